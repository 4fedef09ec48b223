"""What a child's age leaves to guardians, and what to the child: a table, judged by the minute.

Source: Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15 (children under 7; from 7 the child agrees too);
protection.md §1.4 (15: the sensitive tier closes to guardians; 18: all proxies end at 00:00).

A birth date of which only the month or the year is known is taken as the first day that it may
mean, so that no door stands open longer than it may. Who was born on 29 February grows older on
1 March of other years, as everywhere in the product.
"""

from calendar import isleap
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from hssk.kit.dates import DAY, YEAR, PartialDate

HERE = ZoneInfo("Asia/Ho_Chi_Minh")  # a birthday begins at midnight of this place, wherever asked
ASKED_TOO, APART, GROWN = 7, 15, 18


@dataclass(frozen=True, slots=True)
class Opens:
    """What somebody may open of a booklet: all but the sensitive tier, and the sensitive one.

    child_agrees  a new sharing outside care needs the child's own yes as well
    """

    booklet: bool = False
    sensitive: bool = False
    child_agrees: bool = False


NOTHING = Opens()
# from this age on: what guardians open, and what the child does
_AGES: tuple[tuple[int, Opens, Opens], ...] = (
    (0, Opens(booklet=True, sensitive=True), NOTHING),
    (ASKED_TOO, Opens(booklet=True, sensitive=True, child_agrees=True), NOTHING),
    (APART, Opens(booklet=True, child_agrees=True), Opens(booklet=True, sensitive=True)),
    (GROWN, NOTHING, Opens(booklet=True, sensitive=True)),
)


@dataclass(frozen=True, slots=True)
class Life:
    """The facts of a person that doors depend on; without a birth date none opens."""

    birth: PartialDate | None
    died_on: date | None = None


@dataclass(frozen=True, slots=True)
class Custody:
    """One guardian of one child, from a moment (inclusive) to another (exclusive)."""

    guardian: Life
    since: datetime
    until: datetime | None = None


def birthday(birth: PartialDate, age: int) -> datetime:
    """The moment from which somebody counts as `age`: 00:00 here of the earliest day it may be."""
    first, year = birth.value, birth.value.year + age
    month = 1 if birth.precision == YEAR else first.month
    number = first.day if birth.precision == DAY else 1
    leap_day = (month, number) == (2, 29) and not isleap(year)
    day = date(year, 3, 1) if leap_day else date(year, month, number)
    return datetime.combine(day, time(), HERE)


def guardian_opens(child: Life, held: Custody, at: datetime) -> Opens:
    """What a guardian may open of a child's booklet at `at`, an aware moment.

    Nothing before the custody, from its end on, from the day on which either died, before the
    birth, and from the 18th birthday on.
    """
    holds = held.since <= at and (held.until is None or at < held.until)
    if not holds or not (_lives(child, at) and _lives(held.guardian, at)):
        return NOTHING
    return _row(child, at)[1]


def child_opens(child: Life, at: datetime) -> Opens:
    """What somebody may open of their own booklet at `at`: by themselves from 15 on."""
    return _row(child, at)[2] if _lives(child, at) else NOTHING


def _row(child: Life, at: datetime) -> tuple[int, Opens, Opens]:
    passed: Iterable[tuple[int, Opens, Opens]] = ()
    if child.birth is not None:
        birth = child.birth
        passed = (row for row in _AGES if birthday(birth, row[0]) <= at)
    return max(passed, key=lambda row: row[0], default=(0, NOTHING, NOTHING))


def _lives(one: Life, at: datetime) -> bool:
    return one.died_on is None or at < datetime.combine(one.died_on, time(), HERE)
