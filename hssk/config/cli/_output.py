"""Files that a command writes: whole, or not at all."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from hssk.kit.errors import Trouble


@contextmanager
def written_whole(path: Path) -> Iterator[TextIO]:
    """A UTF-8 text file that appears under its name once everything is written."""
    scratch = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with scratch.open("w", encoding="utf-8", newline="") as out:
            yield out
        scratch.replace(path)
    except OSError as error:
        raise Trouble(
            "Không ghi được {file}: {reason}. Chọn thư mục khác hoặc giải phóng chỗ trống.",
            file=path,
            reason=error.strerror or error,
        ) from error
    finally:
        scratch.unlink(missing_ok=True)
