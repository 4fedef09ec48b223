"""A table as page, paper, Word file and workbook all show it."""

from collections.abc import Sequence
from dataclasses import dataclass

from hssk.kit.numbers import NO_FIGURE, format_number
from hssk.kit.words import language

TEXT, NUMBER, PERCENT = "text", "number", "percent"
PLAIN = 3  # the depth of a row of a table without parts


@dataclass(frozen=True)
class Column:
    """width  in letters"""

    title: str
    kind: str = NUMBER
    width: int = 9


@dataclass(frozen=True)
class Cell:
    """One figure: as it is read, and as a workbook holds it (None where there is none)."""

    text: str
    value: str | int | float | None


def text_cell(value: str) -> Cell:
    """Words in a table."""
    return Cell(value, value)


def number_cell(value: int | None) -> Cell:
    """A number in a table, as the active language writes it; a dash where there is none."""
    return Cell(NO_FIGURE if value is None else format_number(value, language()), value)


@dataclass(frozen=True)
class Row:
    """depth  0 the whole, 1 its parts, 2 those of a part, PLAIN; drawn: found, waiting, of all.

    The whole and its parts stand in bold, those of a part are set in.
    """

    depth: int
    cells: Sequence[Cell]
    drawn: tuple[int, int, int] | None = None

    @property
    def strong(self) -> bool:
        return self.depth < 2


@dataclass(frozen=True)
class Table:
    """A table with its title and what is said below it; a bar a row under the head `drawn`, with a
    tick at the `goal` in per cent, if there is one."""

    title: str
    columns: Sequence[Column]
    rows: Sequence[Row]
    notes: Sequence[str] = ()
    goal: float | None = None
    drawn: str = ""

    @property
    def lines(self) -> list[tuple[Row, list[tuple[Cell, Column]]]]:
        """The rows, each with what stands in which column."""
        return [(row, list(zip(row.cells, self.columns, strict=True))) for row in self.rows]
