"""A sheet's data as columns, from which the columns of normal rows grow."""

from collections.abc import Mapping
from typing import Any

from hssk.exchange.formats.rows import Columns
from hssk.exchange.formats.tables.body import Body
from hssk.exchange.formats.tables.cells.faults import problem
from hssk.exchange.formats.tables.cells.memo import Converter, Memo
from hssk.exchange.formats.tables.extents import column_letter
from hssk.exchange.formats.tables.layout.model import Layout
from hssk.exchange.formats.tables.sheets import Sheet, as_cell, as_column
from hssk.exchange.formats.tables.unworked import ERRORS


class Frame:
    """The data rows of one sheet by column, with the fields and problems found so far in `out`."""

    def __init__(self, sheet: Sheet, layout: Layout, body: Body) -> None:
        self.layout, self.body = layout, body
        rows = [sheet.rows[index] for index in body.data]
        width = max(map(len, rows), default=0)
        if rows and min(map(len, rows)) < width:
            rows = [row + [None] * (width - len(row)) for row in rows]
        raw = list(zip(*rows, strict=True))
        while raw and not any(value is not None and value != "" for value in raw[-1]):
            raw.pop()
        self.columns = [as_column(column) for column in raw]
        self.size = len(rows)
        self.out = Columns([sheet.number(index) for index in body.data], self.columns)
        self._fill_merged(sheet)
        self.columns = [self._worked(place, cells) for place, cells in enumerate(self.columns)]

    def _worked(self, place: int, cells: list[Any]) -> list[Any]:
        """The column without what a formula says that failed, which its rows are told instead."""
        if ERRORS.isdisjoint(cells):
            return cells
        fields = [name for name, at in self.layout.columns.items() if at == place]
        if place in self.layout.remarks or fields not in ([], ["number"]):
            faults = dict.fromkeys(ERRORS.intersection(map(_text, cells)), "formula")
            self.blame_all(cells, faults, column_letter(place))
        return [None if _text(value) in ERRORS else value for value in cells]

    def has(self, name: str) -> bool:
        """Whether the sheet has a column for the field, within its width."""
        return self.layout.columns.get(name, len(self.columns)) < len(self.columns)

    def column(self, name: str) -> list[Any]:
        """The verbatim cells of a field; blanks when the sheet has no such column."""
        return self.columns[self.layout.columns[name]] if self.has(name) else [None] * self.size

    def letter(self, name: str) -> str:
        """The column letter of a field, as Excel shows it."""
        return column_letter(self.layout.columns[name])

    def blame(self, position: int, fault: str, name: str = "", value: object = "") -> None:
        """Note a problem of one row."""
        letter = self.letter(name) if name else ""
        found = problem(fault, column=letter, value=value)
        self.out.problems.setdefault(position, []).append(found)

    def converted(
        self, name: str, convert: Converter, known: Mapping[Any, Any] | None = None
    ) -> list[Any]:
        """The results of `convert` over a field's column; its faults become problems.

        known  cell → result, of cells that need not be worked out one by one
        """
        values = self.column(name)
        memo = Memo(convert)
        memo.update(known or {})
        results = memo.column(values)
        if memo.faults:
            self.blame_all(values, memo.faults, self.letter(name))
        return results

    def blame_all(self, values: list[Any], faults: dict[Any, str], letter: str) -> None:
        made = {
            value: problem(fault, column=letter, value=value) for value, fault in faults.items()
        }
        for position, value in enumerate(values):
            if value in made:
                self.out.problems.setdefault(position, []).append(made[value])

    def _fill_merged(self, sheet: Sheet) -> None:
        """Give every row of a merge down a column the value that Excel shows over all of them."""
        wanted = {self.layout.columns.get(n) for n in ("hamlet", "household", "unit", "address")}
        position_of = {index: position for position, index in enumerate(self.body.data)}
        for (top, left), (bottom, _right) in sheet.merged:
            if bottom > top and left in wanted and left < len(self.columns):
                value = as_cell(sheet.rows[top][left])
                for index in range(top, min(bottom, len(sheet.rows)) + 1):
                    position = position_of.get(index)
                    if position is not None and self.columns[left][position] is None:
                        self.columns[left][position] = value


def _text(value: Any) -> str:
    return value if type(value) is str else ""
