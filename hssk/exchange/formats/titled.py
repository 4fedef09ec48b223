"""Small lists with a header of their own: which column means what, and what each row says.

Pure: words are read here, whether they are right of this installation is found out elsewhere.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from hssk.exchange.formats.grids import Grid
from hssk.exchange.formats.rows import Cell
from hssk.exchange.formats.tables.extents import column_letter
from hssk.kit.text import clean, fold

_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})|(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T].*)?")
_FIRST_SERIAL, _LAST_SERIAL = 36_526, 73_050  # days of Excel from 2000 to 2099
_DAY_ZERO = date(1899, 12, 30)


@dataclass(frozen=True, slots=True)
class TitledRow:
    """One row: its cells verbatim, and field → (letter of the column, its text)."""

    sheet: str
    number: int
    cells: list[Cell]
    said: dict[str, tuple[str, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Titles:
    """A kind of list: field → what its header may say, folded; the fields that make a header.

    together  fields that two hands may write in columns of their own under the same title: what
              either says counts, and where both differ both are said
    """

    of: Mapping[str, Sequence[str]]
    needed: Collection[str]
    together: Collection[str] = ()

    def columns(self, row: list[Cell]) -> dict[str, int]:
        """Field → column (0 is A) where a row is such a header; empty where it is not."""
        keys = [header_key(cell) for cell in row]
        found = {
            name: keys.index(title)
            for name, titles in self.of.items()
            for title in reversed(titles)
            if title in keys
        }
        return found if found.keys() >= set(self.needed) else {}

    def rows(self, grids: list[Grid]) -> tuple[list[TitledRow], int]:
        """Every row below a header, of every sheet, and how many sheets have such a header."""
        found: list[TitledRow] = []
        sheets = 0
        for grid in grids:
            if fold(grid.title).startswith("huong dan"):
                continue
            sheets += any(self.columns(row) for _number, row in grid.rows)
            found += self._of_sheet(grid)
        return found, sheets

    def _of_sheet(self, grid: Grid) -> Iterator[TitledRow]:
        columns: dict[str, list[int]] = {}
        for number, cells in grid.rows:
            if header := self.columns(cells):
                columns = {name: self._same(name, at, cells) for name, at in header.items()}
                continue
            said = {
                name: (column_letter(places[0]), text)
                for name, places in columns.items()
                if (text := _text_of(cells, places))
            }
            if said:
                yield TitledRow(grid.title, number, cells, said)

    def _same(self, name: str, at: int, header: list[Cell]) -> list[int]:
        """The columns of a field: of most the first, of those read together every one."""
        if name not in self.together:
            return [at]
        title = header_key(header[at])
        return [place for place, cell in enumerate(header) if header_key(cell) == title]


def _text_of(cells: list[Cell], places: list[int]) -> str:
    """What a row says there, each text once."""
    texts = (as_text(cells[at]) for at in places if at < len(cells))
    return " / ".join(dict.fromkeys(filter(None, texts)))


def header_key(cell: Cell) -> str:
    """A header as it is compared: "Tổ, bản (nếu có)" → "to ban"."""
    bare = re.sub(r"\(.*?\)|[*:]", " ", str(cell or ""))
    return " ".join(re.sub(r"[^\w]+", " ", fold(bare)).split())


def as_text(cell: Cell) -> str:
    """A cell as one reads it: a day as 13/3/2024, a whole number without its point."""
    if isinstance(cell, datetime | date):
        return f"{cell.day}/{cell.month}/{cell.year}"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return clean(str(cell)) if cell is not None else ""


def day_said(text: str) -> date | None:
    """The day that a text means, 13/3/2024, 2024-03-13 or Excel's number of it; None for none."""
    if text.isdecimal() and _FIRST_SERIAL <= int(text[:9]) <= _LAST_SERIAL:
        return _DAY_ZERO + timedelta(days=int(text))
    match = _DAY.fullmatch(text.strip())
    if match is None:
        return None
    day, month, year, other_year, other_month, other_day = match.groups()
    try:
        if year:
            return date(int(year), int(month), int(day))
        return date(int(other_year), int(other_month), int(other_day))
    except ValueError:
        return None
