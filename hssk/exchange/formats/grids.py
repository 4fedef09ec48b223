"""Sheets as they lie in a file, for lists that are not of residents: what the child sends of them.

A small list only: it is sent and kept whole, and somebody reads each of its rows.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

from hssk.exchange.formats.errors import UnreadableFile
from hssk.exchange.formats.rows import Cell
from hssk.exchange.formats.tables import legacy
from hssk.exchange.formats.tables.refusals import refuse
from hssk.exchange.formats.tables.sheets import as_cell, open_sheets
from hssk.exchange.formats.wire import GRID, send

MOST_ROWS, MOST_COLUMNS = 2_000, 200


@dataclass(frozen=True, slots=True)
class Grid:
    """One visible sheet: its filled rows in Unicode, each with the number that Excel shows."""

    title: str
    rows: list[tuple[int, list[Cell]]]


def send_grids(path: str, out: BinaryIO) -> None:
    """Send every visible sheet of the file at `path`. Refuses one with too many rows."""
    rows = 0
    for sheet in open_sheets(path):
        filled = [i for i, row in enumerate(sheet.rows) if any(c not in (None, "") for c in row)]
        rows += len(filled)
        if rows > MOST_ROWS:
            raise refuse("too_many_rows")
        legacy.settle(sheet.rows)
        cut = [[as_cell(cell) for cell in sheet.rows[i][:MOST_COLUMNS]] for i in filled]
        numbers = [sheet.number(i) for i in filled]
        if not sheet.hidden:
            send(out, GRID, (sheet.title, list(zip(numbers, cut, strict=True))))
    send(out, "done", None)


def grids_in(told: Iterator[tuple[str, Any]]) -> list[Grid]:
    """The sheets that a child tells of. Raises UnreadableFile as it says, EOFError for no end."""
    found = []
    for what, content in told:
        if what == GRID:
            found.append(Grid(*content))
        elif what == "refused":
            raise UnreadableFile(*content)
        elif what == "memory":
            raise refuse("too_large")
        elif what == "done":
            return found
    raise EOFError
