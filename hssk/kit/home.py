"""The home: one directory that holds everything of one installation."""

import fcntl
import json
import os
import secrets
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from hssk.kit.errors import Trouble

MADE = "keys"  # of home.json: the names of the keys that were made


class Home:
    """One installation: `pg` (database), `files`, `keys`, `logs`, `static` and `home.json`."""

    def __init__(self, path: str | os.PathLike) -> None:
        self.path = Path(path).expanduser().absolute()

    @classmethod
    def current(cls) -> "Home":
        """The home that HSSK_HOME names, else `./var`. Nothing is made yet."""
        return cls(os.environ.get("HSSK_HOME") or "var")

    @property
    def files(self) -> Path:
        return self.path / "files"

    @property
    def keys(self) -> Path:
        return self.path / "keys"

    @property
    def codes(self) -> Path:
        """Code lists that were loaded here, besides those that the program carries."""
        return self.path / "codes"

    @property
    def logs(self) -> Path:
        return self.path / "logs"

    @property
    def static(self) -> Path:
        return self.path / "static"

    @property
    def exists(self) -> bool:
        return (self.path / "home.json").is_file()

    @property
    def facts(self) -> dict:
        """What home.json says: id, invented, where the data is; empty before the first command."""
        return read_facts(self.path / "home.json", "id")

    @property
    def invented(self) -> bool:
        """True when the people in this home are made up (`hssk demo`)."""
        return bool(self.facts.get("invented"))

    def note(self, **facts: object) -> None:
        """Set facts in home.json, whole or not at all, though two commands write at once."""
        with self.locked("home.lock"):
            write_whole(self.path / "home.json", json.dumps({**self.facts, **facts}, indent=1))

    def open(self) -> "Home":
        """Make the home where there is none; refuse one that belongs to somebody else."""
        if not self.path.is_dir():
            try:
                self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
            except OSError as error:
                raise Trouble(
                    "Không tạo được thư mục {home}: {reason}. Hãy đặt HSSK_HOME vào nơi ghi được.",
                    home=self.path,
                    reason=error.strerror,
                ) from error
        self._refuse_a_stranger()
        if not self.exists:
            self._settle()
        elif not self.logs.is_dir():  # swept away by hand; nothing else of a home is made anew
            self.logs.mkdir(mode=0o700, exist_ok=True)
        return self

    def key(self, name: str) -> str:
        """The secret called `name`, made at random when first asked for; for the owner alone.

        That it was made is noted in home.json. Raises Trouble where it was and its file is gone: a
        new one would open nothing that it closed, and nobody would be told.
        """
        path = self.keys / name
        if self.exists and not self.keys.is_dir():
            # new ones would open nothing that the old ones closed
            raise Trouble(
                "Thiếu thư mục khóa {folder}. Dữ liệu chưa bị động tới. Hãy chép lại nguyên thư "
                "mục ấy từ bản sao lưu; đừng tạo thư mục trống thay cho nó.",
                folder=self.keys,
            )
        if not path.exists() or name not in self.facts.get(MADE, ()):
            with self.locked("home.lock"):
                self._make_key(name, path)
        kept = path.read_text("utf-8")
        if not kept.strip():  # it would close what anybody opens
            raise _lost(path)
        return kept

    def _make_key(self, name: str, path: Path) -> None:
        facts = self.facts
        made = facts.get(MADE, [])
        if not path.exists():
            if name in made:
                raise _lost(path)
            write_whole(path, secrets.token_urlsafe(36))
        if facts and name not in made:  # a home may be older than the note
            noted = {**facts, MADE: sorted({*made, name})}
            write_whole(self.path / "home.json", json.dumps(noted, indent=1))

    def set_key(self, name: str, value: str) -> None:
        write_whole(self.keys / name, value)

    @contextmanager
    def locked(self, name: str, *, shared: bool = False) -> Iterator[None]:
        """Hold the named lock file of this home, or share it with others who do; it is let go
        however the process ends."""
        handle = os.open(self.path / name, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_SH if shared else fcntl.LOCK_EX)
            yield
        finally:
            os.close(handle)

    def is_locked(self, name: str, *, or_shared: bool = False) -> bool:
        """Whether some process holds the named lock file of this home, whatever its pid."""
        handle = os.open(self.path / name, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(handle, (fcntl.LOCK_EX if or_shared else fcntl.LOCK_SH) | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        finally:
            os.close(handle)
        return False

    def _refuse_a_stranger(self) -> None:
        owner = self.path.stat().st_uid
        if owner != os.geteuid():
            raise Trouble(
                "Thư mục {home} thuộc về tài khoản khác (uid {owner}); chỉ chủ của nó được dùng. "
                "Hãy chạy bằng tài khoản đó hoặc đặt HSSK_HOME vào thư mục khác.",
                home=self.path,
                owner=owner,
            )

    def _settle(self) -> None:
        """Lay out a new home. A directory with other things in it keeps its own mode."""
        if self.keys.is_dir() and any(self.keys.iterdir()):
            self._refuse_to_begin_anew()
        if not any(self.path.iterdir()):
            # As root the database runs under another account, which must pass through.
            self.path.chmod(0o711 if os.geteuid() == 0 else 0o700)
        for folder in (self.files, self.keys, self.logs):
            folder.mkdir(mode=0o700, exist_ok=True)
        with self.locked("home.lock"):
            if not self.exists:
                facts = {"id": uuid.uuid4().hex, "invented": False}
                write_whole(self.path / "home.json", json.dumps(facts, indent=1))

    def _refuse_to_begin_anew(self) -> None:
        """Of keys without home.json: a new one would take neither them nor the database for ours.
        Another command may be writing it right now: it holds the lock, and it is there then."""
        with self.locked("home.lock"):
            if not self.exists:
                raise Trouble(
                    "Mất tệp {file}. Dữ liệu chưa bị động tới. Hãy chép lại đúng tệp ấy từ bản sao "
                    "lưu; đừng xóa hay dời các thư mục bên cạnh.",
                    file=self.path / "home.json",
                )


def _lost(key: Path) -> Trouble:
    return Trouble(
        "Thiếu tệp khóa {file}. Dữ liệu chưa bị động tới. Hãy chép lại đúng tệp ấy từ "
        "bản sao lưu; đừng tạo tệp khác thay cho nó.",
        file=key,
    )


def read_facts(path: Path, needed: str) -> dict:
    """What a small file of facts says; {} where there is none.

    Trouble where it is damaged: no JSON, or without the fact that is `needed`.
    """
    try:
        facts = json.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return {}
    except ValueError:  # no JSON, or no UTF-8
        facts = None
    if isinstance(facts, dict) and needed in facts:
        return facts
    raise Trouble(
        "Tệp {file} bị hỏng nên không đọc được. Dữ liệu không nằm trong tệp này và chưa bị động "
        "tới. Hãy chép lại đúng tệp ấy từ bản sao lưu; nếu không có bản sao lưu, giữ nguyên cả "
        "thư mục và nhờ người hỗ trợ, đừng xóa tệp.",
        file=path,
    )


def write_whole(path: Path, text: str) -> None:
    """Write `text` so that a reader, or a power cut, leaves the old file or the new, never half."""
    handle, draft = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
    except OSError:  # a full disk is not to be filled with drafts
        Path(draft).unlink()
        raise
    Path(draft).replace(path)
