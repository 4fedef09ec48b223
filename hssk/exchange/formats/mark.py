"""The mark that an invented file carries, and how it is found again."""

import zipfile
from pathlib import Path

MARK = "HSSK-INVENTED"
_BEGINNING = 4096


def is_invented(path: Path) -> bool:
    """Whether the file says of itself that its people do not exist; False for any other file.

    A workbook says so in its properties, a file of claims in a comment at its beginning.
    """
    with path.open("rb") as file:
        if f"<!-- {MARK}".encode() in file.read(_BEGINNING):
            return True
    try:
        with zipfile.ZipFile(path) as book, book.open("docProps/core.xml") as properties:
            return MARK.encode() in properties.read(64 * 1024)
    except (zipfile.BadZipFile, KeyError, OSError):
        return False
