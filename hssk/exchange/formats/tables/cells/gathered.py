"""The cells of a column of dates, each once and sorted by how they are kept."""

from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple

_SIGNS = frozenset("/-.")  # between day, month and year


class DateCells(NamedTuple):
    """The distinct cells of a column: days as a program keeps them, texts such as 03/05/1990, with
    one sign of three between, and whatever else there is."""

    real: list[date]
    texts: list[str]
    others: list[Any]

    @classmethod
    def of(cls, values: Iterable[Any]) -> "DateCells":
        cells = cls([], [], [])
        for value in set(values):
            kind = type(value)
            if kind is date:
                cells.real.append(value)
            elif (
                kind is str
                and len(value) == 10
                and value[2] == value[5]
                and value[2] in _SIGNS
                and value[6:].isdecimal()
            ):
                cells.texts.append(value)
            else:
                cells.others.append(value)
        return cells
