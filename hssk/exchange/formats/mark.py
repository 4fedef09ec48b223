"""The marks that files of our own carry, and how they are found again."""

import zipfile
from pathlib import Path

MARK = "HSSK-INVENTED"
SESSION_BOOK = "HSSK-SESSION"
LIST_COPY = "HSSK-COPY"
_BEGINNING = 4096


def is_invented(path: Path) -> bool:
    """Whether the file says of itself that its people do not exist; False for any other file.

    A workbook says so in its properties, a file of claims in a comment at its beginning.
    """
    with path.open("rb") as file:
        if f"<!-- {MARK}".encode() in file.read(_BEGINNING):
            return True
    return _says(path, MARK)


def is_session_book(path: Path) -> bool:
    """Whether the file is the book of a session, which comes home by a door of its own."""
    return _says(path, SESSION_BOOK)


def is_copy_of_a_list(path: Path) -> bool:
    """Whether the file is a copy that was handed to a hamlet, which comes home by a door too."""
    return _says(path, LIST_COPY)


def _says(path: Path, mark: str) -> bool:
    """Whether the properties of a workbook say so."""
    try:
        with zipfile.ZipFile(path) as book, book.open("docProps/core.xml") as properties:
            return mark.encode() in properties.read(64 * 1024)
    except (zipfile.BadZipFile, KeyError, OSError):
        return False
