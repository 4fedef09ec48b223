"""What extent the sheets of an .xlsx state, without reading them."""

import lzma
import re
import zipfile
import zlib

_DIMENSION = re.compile(
    rb"<(?:\w+:)?dimension\b[^>]*\bref=\"(?:\$?[A-Z]+\$?\d+:)?\$?([A-Z]+)\$?(\d+)\""
)
_HEAD = 4096
# what the standard library raises for a zip that is cut short, altered or made with odd methods
DAMAGE = (
    zipfile.BadZipFile,
    OSError,
    ValueError,
    EOFError,
    NotImplementedError,
    RuntimeError,
    zlib.error,
    lzma.LZMAError,
)


def column_index(letters: str) -> int:
    """0 for A, 25 for Z, 26 for AA. Empty or other characters are not refused here."""
    index = 0
    for letter in letters:
        index = index * 26 + ord(letter) - 64
    return index - 1


def column_letter(index: int) -> str:
    """The reverse of `column_index`."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def stated_cells(path: str) -> int:
    """The largest rows × columns that a sheet of the workbook at `path` states; 0 if none does."""
    most = 0
    try:
        with zipfile.ZipFile(path) as archive:
            for name in archive.namelist():
                if not name.lower().startswith("xl/worksheets/") or not name.endswith(".xml"):
                    continue
                with archive.open(name) as part:
                    found = _DIMENSION.search(part.read(_HEAD))
                if found:
                    width = column_index(found[1].decode()) + 1
                    most = max(most, width * int(found[2]))
    except DAMAGE:
        return 0  # the reader that follows says what is wrong
    return most
