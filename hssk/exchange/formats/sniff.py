"""Whether a file is one of claims or check-ups, by its first words and not by its name."""

import os
from pathlib import Path

# the last two are check-ups without their envelope, which the reader of claims refuses in words
_ROOTS = ("GIAMDINHHS", "KHAMSUCKHOE", "GIAY_KSK", "THONG_TIN_HANH_CHINH")
_ENOUGH = 4096


def is_claims(path: str | os.PathLike[str]) -> bool:
    """Whether the file begins like an envelope of claims, in any of the encodings they come in, or
    like the message in JSON that such an envelope is sent in."""
    with Path(path).open("rb") as file:
        begin = file.read(_ENOUGH)
    return begin.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{") or any(
        f"<{root}".encode(code) in begin
        for root in _ROOTS for code in ("utf-8", "utf-16-le", "utf-16-be")
    )  # fmt: skip
