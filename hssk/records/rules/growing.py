"""How children of an age and a sex weigh and stand: the standards of the WHO.

A figure of a child is told apart where it lies more than two standard deviations from the median
(WHO: underweight, stunted; beyond, large for the age). It decides nothing.

Source: WHO Child Growth Standards (2006) and Reference (2007), codes/growth_who.csv, which may be
left out of an installation (decision 35): there is no band then. Cole and Green, Statistics in
Medicine 11 (1992), for the formula.
"""

from collections.abc import Iterator
from functools import cache
from math import exp, log
from typing import NamedTuple

from hssk.records.rules import tables

TABLE = "growth_who.csv"
LIMIT = 2.0  # standard deviations


class At(NamedTuple):
    """The distribution of one measure at one month of age: skewness, median, variation."""

    skew: float
    median: float
    spread: float

    def value(self, z: float) -> float:
        """What a child `z` standard deviations from the median has, in the unit of the median."""
        if self.skew:
            return float(self.median * (1 + self.skew * self.spread * z) ** (1 / self.skew))
        return self.median * exp(self.spread * z)

    def z(self, value: float) -> float:
        """How many standard deviations from the median a value above 0 lies."""
        if self.skew:
            return float(((value / self.median) ** self.skew - 1) / (self.skew * self.spread))
        return log(value / self.median) / self.spread


@cache
def _table() -> dict[tuple[str, int], list[At]]:
    found: dict[tuple[str, int], list[At]] = {}
    lines = tables.lines_of(TABLE) if (tables.CODES / TABLE).exists() else []
    for row in lines:  # by month, from birth, without a gap
        at = At(float(row["l"]), float(row["m"]), float(row["s"]))
        found.setdefault((row["measure"], int(row["sex"])), []).append(at)
    return found


def expected(measure: str, sex: int, age: float) -> At | None:
    """The distribution of "weight" (kg) or "height" (cm) at an age in months.

    sex  1 male, 2 female. None where there is no standard: another sex, before birth, too old.
    """
    months = _table().get((measure, sex), [])
    return months[int(age)] if 0 <= age < len(months) else None


def usual(measure: str, sex: int, until: float) -> Iterator[tuple[int, float, float, float]]:
    """(month, low, median, high) of children from birth to an age in months; low and high lie
    LIMIT from the median. Nothing where there is no standard."""
    for month, at in enumerate(_table().get((measure, sex), [])):
        if month > until:
            return
        yield month, at.value(-LIMIT), at.median, at.value(LIMIT)
