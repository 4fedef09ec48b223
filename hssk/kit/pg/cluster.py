"""The database directory of a home: where it lies, whether it is ours, how it is made."""

import json
import os
import pwd
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from hssk.kit.errors import Trouble
from hssk.kit.home import Home, read_facts, write_whole
from hssk.kit.pg.account import account_for_server, as_account, can_reach

SYSTEM = Path("/var/lib/hssk")
DRAFT = "data-draft-"
LONGEST_SOCKET = 90  # the kernel's limit is 107 with the file name


@dataclass(frozen=True)
class Cluster:
    """`place` holds `data`, `run` (the private socket) and `hssk.json` (our mark)."""

    home: Home
    place: Path
    account: pwd.struct_passwd

    @classmethod
    def of(cls, home: Home, system: Path | None = None) -> "Cluster":
        """The cluster of `home`, as recorded there; placed now if this is the first time."""
        known = home.facts.get("embedded")
        if not known:
            account = account_for_server()
            known = {"place": str(_place(home, account, system or system_directory()))}
            known["account"] = account.pw_name
            home.note(embedded=known)
        # A home that was moved takes the database that lies in it along.
        place = home.path / "pg" if known["place"] == "pg" else Path(known["place"])
        try:
            account = pwd.getpwnam(known["account"])
        except KeyError as error:
            raise Trouble(
                "Cơ sở dữ liệu thuộc tài khoản {account} nhưng máy này không có tài khoản ấy. "
                "Hãy tạo lại tài khoản đó.",
                account=known["account"],
            ) from error
        if os.geteuid() != 0:
            account = pwd.getpwuid(os.geteuid())
        return cls(home, place, account)

    @property
    def data(self) -> Path:
        return self.place / "data"

    @property
    def socket(self) -> Path:
        """Where the private socket is; a short place of its own when the home's path is long."""
        if len(str(self.place)) < LONGEST_SOCKET:
            return self.place / "run"
        return Path(tempfile.gettempdir()) / f"hssk-{self.home.facts['id']}"

    @property
    def mark(self) -> dict:
        return read_facts(self.place / "hssk.json", "home")

    def set_mark(self, state: str, major: int) -> None:
        facts = {
            "home": self.home.facts["id"],
            "path": str(self.home.path),
            "state": state,
            "major": major,
        }
        write_whole(self.place / "hssk.json", json.dumps(facts))

    @property
    def ready(self) -> bool:
        return self.mark.get("state") == "ready"

    def refuse_what_is_not_ours(self, major: int) -> None:
        """Raise Trouble for a directory we did not make, of another owner or version."""
        mark = self.mark
        if self.data.exists() and mark.get("home") != self.home.facts["id"]:
            raise Trouble(
                "Thư mục {data} không do HSSK của {home} tạo ra nên không được dùng. "
                "Hãy dời nó đi chỗ khác hoặc chọn HSSK_HOME khác.",
                data=self.data,
                home=self.home.path,
            )
        if not self.data.exists():
            if mark.get("state") == "ready":
                raise Trouble(
                    "Mất thư mục dữ liệu {data} của {home}. Hãy khôi phục từ bản sao lưu; "
                    "muốn bắt đầu lại từ đầu thì chọn HSSK_HOME khác.",
                    data=self.data,
                    home=self.home.path,
                )
            return
        self._refuse_a_copy(mark)
        if self.data.stat().st_uid != self.account.pw_uid:
            raise Trouble(
                "Thư mục {data} thuộc về uid {owner}, không phải {account}. "
                "Hãy trả lại quyền: chown -R {account} {data}.",
                data=self.data,
                owner=self.data.stat().st_uid,
                account=self.account.pw_name,
            )
        version = self.data / "PG_VERSION"
        made_by = version.read_text().strip() if version.exists() else ""
        if mark.get("state") == "ready" and made_by != str(major):
            raise Trouble(
                "Dữ liệu ở {data} do PostgreSQL {made_by} tạo, bản này mang PostgreSQL {major}. "
                "Không có gì bị thay đổi. Hãy dùng lại bản HSSK trước, kết xuất bằng pg_dump "
                "{made_by}, rồi nạp vào một HSSK_HOME mới.",
                data=self.data,
                made_by=made_by or "?",
                major=major,
            )

    def _refuse_a_copy(self, mark: dict) -> None:
        """Two homes must not open one database: a copied home is refused, a moved one is not."""
        before = Path(mark.get("path", self.home.path))
        inside = self.place == self.home.path / "pg"
        if inside or before == self.home.path:
            return
        if json_id(before) == self.home.facts["id"]:
            raise Trouble(
                "{home} là bản chép của {before}, và cơ sở dữ liệu {place} vẫn thuộc về {before}. "
                "Hãy chọn HSSK_HOME mới, hoặc xóa thư mục cũ nếu đã chuyển hẳn.",
                home=self.home.path,
                before=before,
                place=self.place,
            )

    def make(self, programs: Path, major: int, password: str) -> None:
        """Initialise the data directory; what an interrupted try left is cleared away first.

        Each try has a directory of its own, which becomes `data` once it is whole: a dying initdb
        of the try before, which nobody owns any more, tidies up its own directory and not ours.
        """
        self.place.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.place.chmod(0o711 if os.geteuid() == 0 else 0o700)
        self.set_mark("making", major)
        self.socket.mkdir(mode=0o700, exist_ok=True)
        for left in (self.data, *self.place.glob(f"{DRAFT}*")):
            shutil.rmtree(left, ignore_errors=True)  # marked as ours and never finished
        draft = Path(tempfile.mkdtemp(prefix=DRAFT, dir=self.place))
        secret = self.socket / "password"
        secret.touch(mode=0o600)
        secret.write_text(password)
        for ours in (self.socket, draft, secret):
            os.chown(ours, self.account.pw_uid, self.account.pw_gid)
        try:
            self._initdb(programs, draft, secret)
        finally:
            secret.unlink()
        draft.rename(self.data)

    def _initdb(self, programs: Path, data: Path, secret: Path) -> None:
        """Same bytes, same order on every computer: UTF-8, the built-in C.UTF-8, checksums."""
        made = subprocess.run(
            [
                programs / "bin" / "initdb",
                f"--pgdata={data}",
                "--username=hssk_super",
                f"--pwfile={secret}",
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale=C",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--data-checksums",
                *(["--no-sync"] if is_for_tests() else []),
            ],
            capture_output=True,
            text=True,
            cwd="/",
            env={"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"},
            check=False,
            **as_account(self.account),
        )
        if made.returncode:
            raise Trouble(
                "Không khởi tạo được cơ sở dữ liệu ở {data}: {reason}",
                data=self.data,
                reason=" ".join(made.stderr.split())[-400:],
            )


def json_id(home: Path) -> str:
    return Home(home).facts.get("id", "")


def is_for_tests() -> bool:
    """Test servers may forget everything in a power cut; no other server may."""
    return os.environ.get("HSSK_SERVER_FOR_TESTS") == "1"


def system_directory() -> Path:
    return Path(os.environ.get("HSSK_SYSTEM_DIRECTORY") or SYSTEM)


def _place(home: Home, account: pwd.struct_passwd, system: Path) -> str | Path:
    """`pg` (inside the home), or a system directory where the account cannot enter the home."""
    if can_reach(account, home.path):
        return "pg"
    place = system / home.facts["id"]
    try:
        place.mkdir(mode=0o711, parents=True, exist_ok=True)
        system.chmod(0o755)
    except OSError as error:
        raise Trouble(
            "Tài khoản {account} không vào được {home}, và không tạo được {place}: {reason}. "
            "Hãy đặt HSSK_HOME vào nơi tài khoản ấy vào được.",
            account=account.pw_name,
            home=home.path,
            place=place,
            reason=error.strerror,
        ) from error
    return place
