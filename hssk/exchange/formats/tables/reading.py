"""A whole file read: its sheets, its rows, and what is to be said about them."""

from dataclasses import dataclass, field
from functools import cached_property
from itertools import repeat
from typing import Any

from hssk.exchange.formats.rows import Columns, Row
from hssk.exchange.formats.tables.layout.model import ROSTER, Layout
from hssk.exchange.formats.tables.notes import Note
from hssk.kit.dates import PartialDate

_ROW_FIELDS = tuple(name for name in Row.__dataclass_fields__ if name not in ("sheet", "problems"))
_DEFAULTS: dict[str, Any] = {
    "name": "", "birth": None, "sex": 0, "created": None, "updated": None, "app_opened": None,
    "visits": None,
}  # fmt: skip


@dataclass
class SheetReading:
    """One sheet. `title_lines` and `header_rows` are verbatim rows, to be written back as they are.

    A sheet without a list of people has no layout, no rows, and a note that says why.
    """

    title: str
    layout: Layout | None
    rows_count: int = 0
    notes: list[Note] = field(default_factory=list)
    title_lines: list[list[Any]] = field(default_factory=list)
    header_rows: list[list[Any]] = field(default_factory=list)


@dataclass
class Reading:
    """What a file holds. `kind` is "roster" or "records"; rows are in the order of the file.

    `runs` are the rows as they were read, by column, each run with the title of its sheet.
    """

    kind: str = ROSTER
    sheets: list[SheetReading] = field(default_factory=list)
    runs: list[tuple[str, Columns]] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)

    def __len__(self) -> int:
        return sum(len(columns.numbers) for _, columns in self.runs)

    @cached_property
    def rows(self) -> list[Row]:
        """The rows one by one, for whoever looks at single ones."""
        return [row for title, columns in self.runs for row in rows_of(title, columns)]

    def sample(self, count: int = 5) -> dict[str, list[Row]]:
        """Sheet title → its first `count` rows, for the page that shows what was guessed."""
        samples: dict[str, list[Row]] = {sheet.title: [] for sheet in self.sheets if sheet.layout}
        wanted = dict.fromkeys(samples, count)
        at = 0
        for sheet in self.sheets:
            if sheet.layout:
                samples[sheet.title] = self.rows[
                    at : at + min(wanted[sheet.title], sheet.rows_count)
                ]
            at += sheet.rows_count
        return samples


class _Births(dict[Any, PartialDate | None]):
    def __missing__(self, number: int | None) -> PartialDate | None:
        self[number] = value = PartialDate.from_number(number) if number else None
        return value


_births = _Births()


def rows_of(title: str, columns: Columns) -> list[Row]:
    """The rows of one sheet (or of a run of its rows) from their columns."""
    size = len(columns.numbers)
    cells = list(map(list, zip(*columns.cells, strict=True))) or [[] for _ in range(size)]
    values: list[Any] = []
    for name in _ROW_FIELDS:
        if name == "number":
            values.append(columns.numbers)
        elif name == "cells":
            values.append(cells)
        elif name == "birth":
            values.append(map(_births.__getitem__, columns.fields["birth"]))
        else:
            values.append(columns.fields.get(name) or repeat(_DEFAULTS.get(name, "")))
    get = columns.problems.get
    problems = [get(position) or [] for position in range(size)]
    return list(map(Row, repeat(title), *values, problems))
