"""The mark that an invented workbook carries in its properties, and how it is found again."""

import zipfile
from pathlib import Path

MARK = "HSSK-INVENTED"


def is_invented(path: Path) -> bool:
    """Whether the file says of itself that its people do not exist; False for any other file."""
    try:
        with zipfile.ZipFile(path) as book, book.open("docProps/core.xml") as properties:
            return MARK.encode() in properties.read(64 * 1024)
    except (zipfile.BadZipFile, KeyError, OSError):
        return False
