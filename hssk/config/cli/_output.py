"""Files that a command writes: whole, or not at all."""

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from hssk.kit.errors import FULL, Trouble


@contextmanager
def written_whole(path: Path) -> Iterator[TextIO]:
    """A UTF-8 text file that appears under its name once everything is written.

    A file that was there lends it who may read it, a link stays one; a device or a pipe
    (/dev/stdout, /dev/null) is written to: it would be a file ever after.
    """
    real = path.resolve()
    scratch = real.with_name(f".{real.name}.{os.getpid()}")
    try:
        if path.exists() and not path.is_file():
            with path.open("w", encoding="utf-8", newline="") as out:
                yield out
            return
        with scratch.open("w", encoding="utf-8", newline="") as out:
            if real.exists():
                scratch.chmod(stat.S_IMODE(real.stat().st_mode))
            yield out
        scratch.replace(real)
    except OSError as error:
        raise not_written(path, error) from error
    finally:
        scratch.unlink(missing_ok=True)


def not_written(path: Path, error: OSError) -> Trouble:
    """Why the file at `path` could not be written, and what to do."""
    if isinstance(error, FileNotFoundError):
        return Trouble(
            "Không ghi được {file}: không có thư mục {folder}. Tạo thư mục ấy hoặc chọn thư mục "
            "khác.",
            file=path,
            folder=path.parent,
        )
    if error.errno in FULL:
        return Trouble(
            "Không ghi được {file}: ổ đĩa đã đầy. Giải phóng chỗ trống hoặc chọn ổ đĩa khác.",
            file=path,
        )
    return Trouble(
        "Không ghi được {file}: {reason}. Chọn thư mục khác.",
        file=path,
        reason=error.strerror or error,
    )


def seal_in(text: str):
    """The seal of a QR code; Trouble when it is none."""
    from hssk.access.checkpoints import Told

    try:
        return Told.read(text)
    except ValueError as error:
        raise Trouble(
            "Dòng chữ này không phải một mốc của nhật ký xem. Quét lại mã, lấy trọn dòng chữ."
        ) from error


def seals_in(path: Path) -> list:
    """The seals of a log in a file, told or a witness's; Trouble when it is no such file."""
    from hssk.access.checkpoints import Told

    try:
        lines = path.read_text("utf-8").splitlines()
        return [Told.read(" ".join(line.split()[:6])) for line in lines if line.strip()]
    except (OSError, ValueError) as error:
        raise Trouble(
            "{file} không phải tệp mốc của nhật ký xem (hssk audit tell).", file=path
        ) from error
