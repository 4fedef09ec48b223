"""Whether a file is one of claims, by its first words and not by its name."""

import os
from pathlib import Path

_ROOT = "GIAMDINHHS"
_ENOUGH = 4096


def is_claims(path: str | os.PathLike[str]) -> bool:
    """Whether the file begins like an envelope of claims, in any of the encodings they come in."""
    with Path(path).open("rb") as file:
        begin = file.read(_ENOUGH)
    return any(f"<{_ROOT}".encode(code) in begin for code in ("utf-8", "utf-16-le", "utf-16-be"))
