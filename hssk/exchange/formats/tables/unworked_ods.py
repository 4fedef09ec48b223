"""Cells of an .ods whose formula failed, which the reader of workbooks gives as blank.

Source: OpenDocument 1.3, part 3, 9.1; LibreOffice marks such a cell in its own `calcext`.
"""

import zipfile
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from hssk.exchange.formats.tables.extents import DAMAGE
from hssk.exchange.formats.tables.unworked import known_error

_CHUNK = 1 << 20
_MARK = b'calcext:value-type="error"'
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_KIND = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}value-type"
_CELLS = (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell")
_MOST = 1_000  # rows of one repeated row: more are the blank rest of a sheet


def failed_in_ods(path: str) -> Iterator[tuple[str, list[tuple[int, int, str]]]]:
    """As `unworked.unworked`, of an .ods: only what failed, in every sheet."""
    with suppress(*DAMAGE, KeyError, SyntaxError), zipfile.ZipFile(path) as archive:
        with archive.open("content.xml") as part:
            if not _has_any(part):
                return
        with archive.open("content.xml") as part:
            yield from _tables(part)


def _has_any(part: Any) -> bool:
    rest = b""
    while chunk := part.read(_CHUNK):
        if _MARK in rest + chunk:
            return True
        rest = chunk[-len(_MARK) :]
    return False


def _tables(part: Any) -> Iterator[tuple[str, list[tuple[int, int, str]]]]:
    from lxml import etree

    found: list[tuple[int, int, str]] = []
    row = 0
    tags = [f"{_TABLE}table", f"{_TABLE}table-row"]
    for event, element in etree.iterparse(part, ("start", "end"), tag=tags, huge_tree=True):
        if event == "start":
            if element.tag == tags[0]:
                found, row = [], 0
        elif element.tag == tags[0]:
            yield element.get(f"{_TABLE}name", ""), found
        else:
            times = int(element.get(f"{_TABLE}number-rows-repeated", "1"))
            failed = list(_failed(element))
            found += [(row + k, *cell) for k in range(min(times, _MOST)) for cell in failed]
            row += times
            element.clear()


def _failed(row: Any) -> Iterator[tuple[int, str]]:
    """(column, what stands there) of the cells of a row whose formula failed."""
    column = 0
    for cell in row.iterchildren(*_CELLS):
        times = int(cell.get(f"{_TABLE}number-columns-repeated", "1"))
        if cell.get(_KIND) == "error":
            said = known_error("".join(cell.itertext()).strip())
            yield from ((column + k, said) for k in range(min(times, _MOST)))
        column += times
