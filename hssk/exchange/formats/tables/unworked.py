"""Cells of an .xlsx whose formula failed or was never worked out.

The reader of workbooks gives them as blank, and a blank says that nobody knows: what is wrong
with such a cell is to be told. Those of .xls and .ods: `unworked_xls`, `unworked_ods`.
"""

import re
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import Any

from hssk.exchange.formats.tables.extents import DAMAGE, column_index
from hssk.exchange.formats.tables.stream import Workbook

UNWORKED = "#?"  # in place of a result that the program which wrote the file never worked out
ERRORS = frozenset((
    "#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!", "#SPILL!", "#CALC!",
    "#GETTING_DATA", UNWORKED,
))  # fmt: skip
_CHUNK = 1 << 20
_CELL = re.compile(rb'<c r="([A-Z]{1,3})(\d+)"([^>]*[^>/])?>(.*?)</c>', re.DOTALL)
_VALUE = re.compile(rb"<v>([^<]+)</v>")


def put_in(rows: list[list[Any]], found: Iterable[tuple[int, int, str]]) -> None:
    """Write what `unworked` found in a sheet where its `rows` are blank."""
    for row, column, said in found:
        cells = rows[row] if row < len(rows) else []
        if column < len(cells) and cells[column] in (None, ""):
            cells[column] = said


def known_error(said: str) -> str:
    """What a failed cell says, or UNWORKED where it is an error that only its program knows."""
    return said if said in ERRORS else UNWORKED


def unworked(path: str) -> Iterator[tuple[str, list[tuple[int, int, str]]]]:
    """Sheet by sheet that is shown: its title, and (row, column, what stands there) of such cells,
    from 0 on.

    Nothing of whatever is no .xlsx, and no more once a part is broken: the reader says what is
    wrong. A formula whose result is an empty text is a blank cell, and none of these.
    """
    with suppress(*DAMAGE, KeyError, SyntaxError), zipfile.ZipFile(path) as archive:
        book = Workbook(archive)  # a broken XML part is a SyntaxError
        for title, part, hidden in book.sheets():
            if not hidden:
                with archive.open(book.names[part.lower()]) as stream:
                    yield title, [cell for text in _rows(stream) for cell in _in(text)]


def _rows(stream: Any) -> Iterator[bytes]:
    """The sheet in pieces of whole rows, of those that hold a formula or an error."""
    rest = b""
    while chunk := stream.read(_CHUNK):
        whole = rest + chunk
        cut = max(whole.rfind(b"<row"), 0)
        rest = whole[cut:]
        if _worth_it(whole[:cut]):
            yield whole[:cut]
    if _worth_it(rest):
        yield rest


def _worth_it(text: bytes) -> bool:
    return b"<f" in text or b't="e"' in text


def _in(text: bytes) -> Iterator[tuple[int, int, str]]:
    for letters, row, attributes, inner in _CELL.findall(text):
        value = _VALUE.search(inner)
        if b't="e"' in attributes:
            said = known_error(value[1].decode("utf-8", "replace") if value else "")
        elif b"<f" in inner and not value and b't="str"' not in attributes:
            said = UNWORKED
        else:
            continue
        yield int(row) - 1, column_index(letters.decode()), said
