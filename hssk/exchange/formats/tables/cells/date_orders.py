"""In which order a column writes day and month, weighed over all its cells.

A date with a day above 12 shows its order by itself; the others follow what most of those show.
An Excel set to the other order turns the text it can read into real dates, day and month
exchanged, and leaves the rest as text. That shows as well: no real date then has a day above 12,
and every text has. Where nothing shows anything, Viet Nam writes the day first.
"""

import re
from calendar import monthrange
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from math import log
from operator import attrgetter
from typing import Any

from hssk.exchange.formats.tables.cells.dates import (
    DMY,
    ISO_DAY,
    MDY,
    MDY_SWAPPED,
    SWAPPED,
    is_serial,
    serial_day,
)
from hssk.exchange.formats.tables.cells.gathered import DateCells

TEXT, REAL = "text", "real"
Remark = tuple[str, dict[str, str]]

_TWO_PARTS = re.compile(r"^\s*(\d{1,2})\s*[/.\-\s]\s*(\d{1,2})\s*[/.\-\s]\s*\d{2}")
_HIGH = 0.6  # of the days of a year are above the 12th
_ASTRAY = 0.05  # of the cells of a swapped column did not go the way of the others
_SURE = 4.0  # log odds, 50 to 1
_SUSPECT = 2.0
_CLEAR = 5  # dates that agree outweigh what was said of an earlier file
_MANY_TO_ONE = 3  # month first goes against custom
_SPREAD = 50  # no day of the year counts for more than a 50th: 1/7 may stand for "unknown"
_DAY_OF_YEAR, _LEAP_YEAR = attrgetter("month", "day"), 2000
_TYPING_SLIPS = 50  # one in so many goes without saying

_ORDERS = {  # text month-first, real dates exchanged
    (False, False): DMY,
    (True, False): MDY,
    (False, True): SWAPPED,
    (True, True): MDY_SWAPPED,
}
_SENTENCES = {
    MDY: "Cột {column} ghi tháng trước ngày; đã đọc theo cách đó.",
    SWAPPED: "Cột {column}: Excel đã đảo ngày và tháng ở các ô kiểu ngày; đã đảo lại.",
    TEXT: "Cột {column}: {few} ngày ghi ngược thứ tự ngày, tháng so với {most} ngày; "
    "xem lại các ngày từ 12 trở xuống.",
    REAL: "Cột {column}: có thể Excel đã đảo ngày và tháng ở một số ô kiểu ngày, nhưng chưa đủ rõ "
    "nên đọc như đã ghi; xem lại các ngày từ 12 trở xuống.",
    "astray": "Cột {column}: {few} ô kiểu ngày không bị đảo như {most} ô khác; "
    "xem lại các ngày từ 12 trở xuống.",
}


@dataclass(frozen=True)
class Judgement:
    """`unsure` names the kinds of cells, TEXT or REAL, whose low days may be the other way round.

    `remarks` are (sentence, its numbers), still to be told of which column.
    """

    order: str
    unsure: frozenset[str] = frozenset()
    remarks: tuple[Remark, ...] = ()


@dataclass(frozen=True)
class _Evidence:
    """How many dates of each kind; of equal day and month none, they look the same either way."""

    day_first: int = 0
    month_first: int = 0
    low_text: int = 0
    real_high: int = 0
    real_low: int = 0

    def swapped(self) -> float:
        """Log odds that the real dates are exchanged and the text is what could not be."""
        left = max(self.day_first, self.month_first)
        text, real = left + self.low_text, self.real_high + self.real_low
        if not text or not real:
            return 0.0  # one kind of cell alone shows nothing
        share = text / (text + real)
        return (
            left * log(_HIGH * (1 - _ASTRAY) / (share * _HIGH))
            + self.low_text * log(_ASTRAY / 2 / (share * (1 - _HIGH)))
            + self.real_low * log((1 - _HIGH) * (1 - _ASTRAY) / ((1 - share) * (1 - _HIGH)))
            + self.real_high * log(_ASTRAY / 2 / ((1 - share) * _HIGH))
        )

    def left_over(self) -> float:
        """Log odds that the text is only what an Excel of the other order could not turn."""
        left = max(self.day_first, self.month_first)
        return left * log((1 - _ASTRAY) / _HIGH) + self.low_text * log(_ASTRAY / (1 - _HIGH))


def judge(values: Iterable[Any], told: str = "") -> Judgement:
    """How a column writes its dates.

    values  all its cells
    told    the order that somebody chose, or that an earlier file of this shape had; it decides
            where the cells do not. A swap is never taken on trust: each file has its own Excel.
    """
    seen = _evidence(values)
    month_first, swapped = _month_first(seen, told), seen.swapped() >= _SURE
    few, most = seen.month_first, seen.day_first
    if month_first:
        few, most = most, few
    text: list[Remark] = [(_SENTENCES[MDY], {})] if month_first else []
    unsure = {TEXT} if few * 4 > most else set[str]()
    if few * _TYPING_SLIPS > most:
        text.append((_SENTENCES[TEXT], _numbers(few, most)))
    real: list[Remark] = []
    if swapped:
        real = [(_SENTENCES[SWAPPED], {})]
        if seen.real_high:
            real.append((_SENTENCES["astray"], _numbers(seen.real_high, seen.real_low)))
    elif seen.real_low and (seen.swapped() >= _SUSPECT or seen.left_over() >= _SURE):
        real = [(_SENTENCES[REAL], {})]
        exchanged = most * (1 - _HIGH) / _HIGH  # as many as such leftovers betray
        unsure |= {REAL} if exchanged * 5 > seen.real_low else set()
    return Judgement(_ORDERS[month_first, swapped], frozenset(unsure), (*text, *real))


def _numbers(few: int, most: int) -> dict[str, str]:
    return {"few": str(few), "most": str(most)}


def _month_first(seen: _Evidence, told: str) -> bool:
    """Whether the text is month-first: by far the most dates say so, else what was told."""
    first, second = seen.day_first, seen.month_first
    if max(first, second) >= _CLEAR and min(first, second) * 4 <= max(first, second):
        told = ""
    if told:
        return told in (MDY, MDY_SWAPPED)
    # of true month-first dates most have a high day; one among many low ones is a slip
    return second > 0 and second >= first * _MANY_TO_ONE and second * 10 >= seen.low_text


def _evidence(values: Iterable[Any]) -> _Evidence:
    days = Counter[tuple[str, int, int]]()
    for value, count in _alike(values):
        if day := _day_shown(value):
            days[day] += count
    most = days.total() // _SPREAD + 1
    found = Counter[str]()
    for (kind, _, _), count in days.items():
        found[kind] += min(count, most)
    return _Evidence(**found)


def _alike(values: Iterable[Any]) -> Iterator[tuple[Any, int]]:
    """One of the distinct cells that show the same day of a year, and how many those are: looked
    at once, for a list has a hundred times more dates than a year has days."""
    cells = DateCells.of(values)
    for (month, day), count in Counter(map(_DAY_OF_YEAR, cells.real)).items():
        yield date(_LEAP_YEAR, month, day), count
    for start, count in Counter([text[:6] for text in cells.texts]).items():
        yield f"{start}{_LEAP_YEAR}", count
    for value in cells.others:
        yield value, 1


def _day_shown(value: Any) -> tuple[str, int, int] | None:
    """What kind of evidence a cell is, and the two numbers it shows; None when it is none.

    An impossible date is none: every Excel leaves it as text.
    """
    if isinstance(value, str):
        if iso := ISO_DAY.match(value):
            return _real_shown(int(iso[2]), int(iso[3]))
        found = _TWO_PARTS.match(value)
        return _text_shown(int(found[1]), int(found[2])) if found else None
    if is_serial(value):
        value = serial_day(value)
    return _real_shown(value.month, value.day) if isinstance(value, date) else None


def _text_shown(first: int, second: int) -> tuple[str, int, int] | None:
    if first == second or not first or not second:
        return None
    if max(first, second) <= 12:
        return "low_text", first, second
    month, day = sorted((first, second))
    if month > 12 or day > monthrange(2001, month)[1]:
        return None
    return "day_first" if first == day else "month_first", first, second


def _real_shown(month: int, day: int) -> tuple[str, int, int] | None:
    if month == day or not month or not day:
        return None
    return "real_high" if day > 12 else "real_low", month, day
