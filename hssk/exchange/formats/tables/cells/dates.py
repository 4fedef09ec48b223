"""Dates as people type them into lists.

A date is worked with here as a number yyyymmdd, 00 for what is unknown (PartialDate.number).
Source: QĐ 130/QĐ-BYT XML1 NGAY_SINH (yyyymmddHHMM, `195800000000` legal); habits of lists.
"""

import re
from collections.abc import Callable, Collection, Iterable
from datetime import date, datetime, timedelta
from typing import Any

from hssk.exchange.formats.tables.cells.gathered import DateCells
from hssk.kit.text import fold

DMY, MDY, SWAPPED, MDY_SWAPPED = "dmy", "mdy", "swapped", "mdy_swapped"

_EARLIEST, _LATEST = 1850, 2150  # a number outside is no year
_OLDEST = 120  # years of age
_NO_LEAP_YEAR = 2001
_SERIAL_EPOCH = date(1899, 12, 30)
_SERIAL_MOST = 91_000  # in the year 2149
_TEXT = re.compile(r"^(\d{1,4})\s*([/.\-\s])\s*(\d{1,2})(?:\s*[/.\-\s]\s*(\d{1,4}))?(?=$|[\sT])")
ISO_DAY = re.compile(r"^\s*(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)")  # how programs write real dates
_PLAIN = re.compile(r"(\d{1,2})([/.\-])(\d{1,2})\2(\d{4})").fullmatch
_MONTH_YEAR = re.compile(r"^(\d{1,2})\s*[/.\-\s]\s*(\d{4})$")
_CLOCK = re.compile(r"[\sT]+\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?\s*([ap]m)?z?$", re.I)
_WORDS = re.compile(r"\b(ngay|thang|nam|sinh|khoang|sn|ns|nguyen|tuoi)\b|[?~(),']")
_ENGLISH = {
    month: index + 1
    for index, month in enumerate(
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
    )
}
_ENGLISH_DATE = re.compile(r"^(\d{1,2})[\s/\-]([a-z]{3})[a-z]*[\s/\-,]+(\d{4}|\d{2})$")
_BLANKS = {
    "",
    "-",
    "--",
    "---",
    "x",
    "khong",
    "khong ro",
    "khong co",
    "chua ro",
    "null",
    "n/a",
    "?",
    "0",
}

Result = tuple[int | None, str]


def is_serial(value: Any) -> bool:
    """Whether a cell is a real date that lost its format: a number too big for a year."""
    return (
        isinstance(value, int | float)
        and not isinstance(value, bool)
        and (_LATEST < value <= _SERIAL_MOST)
    )


def serial_day(value: float) -> date:
    """The day of such a number, whatever its clock time."""
    return _SERIAL_EPOCH + timedelta(days=int(value))


class DateReader:
    """Reads the dates of one column.

    order   "dmy", "mdy", "swapped": text is d/m/y but real dates had day and month exchanged, or
            "mdy_swapped": text is m/d/y and real dates are exchanged too
    on      the day the file was made; what lies after it is doubted, as is an age above 120
    unsure  "text", "real": cells whose low days are marked, for they may be the other way round
    """

    def __init__(self, order: str, on: date, unsure: Collection[str] = ()) -> None:
        self.month_first = order in (MDY, MDY_SWAPPED)
        self.swapped = order in (SWAPPED, MDY_SWAPPED)
        self.unsure = unsure
        self.today = on.year * 10000 + on.month * 100 + on.day
        self.oldest = self.today - _OLDEST * 10000
        self.century = on.year // 100 * 100

    def plain(self, values: Iterable[Any]) -> dict[Any, int]:
        """Cell → yyyymmdd, of the cells of a column that leave nothing to ask: nearly all of them.

        They are what a call would say of each, at a tenth of the time.
        """
        cells = DateCells.of(values)
        found: dict[Any, int] = {}
        if not (self.swapped or "real" in self.unsure):
            found = {day: day.year * 10000 + day.month * 100 + day.day for day in cells.real}
        if not (self.month_first or "text" in self.unsure):
            starts = {start: _day_and_month(start) for start in {text[:6] for text in cells.texts}}
            found |= {
                text: int(text[6:]) * 10000 + starts[text[:6]]
                for text in cells.texts
                if starts[text[:6]]
            }
        first = max(self.oldest, _EARLIEST * 10000)
        last = min(self.today, (_LATEST + 1) * 10000)
        return {value: number for value, number in found.items() if first <= number <= last}

    def __call__(self, value: Any) -> Result:
        """(yyyymmdd with 00 for unknown, or None; fault or "")."""
        number, fault = self._read(value)
        if number is None or fault or self.oldest <= number <= self.today:
            return number, fault
        known = 10_000 if not number % 10_000 else 100 if not number % 100 else 1
        if number // known > self.today // known:
            return number, "date_future"
        if self.today // 10000 - number // 10000 > _OLDEST:
            return number, "date_too_old"
        return number, ""

    def _read(self, value: Any) -> Result:
        if isinstance(value, date):
            return self._real(value.year, value.month, value.day)
        if value is None or isinstance(value, bool):
            return None, ""
        if isinstance(value, int | float):
            return self._from_number(value)
        return self._from_text(str(value))

    def _real(self, year: int, month: int, day: int) -> Result:
        """A date as a program keeps it, unless an Excel of the other order made it."""
        number = year * 10000 + month * 100 + day
        if month == day or day > 12:
            return number, ""
        if self.swapped:
            return year * 10000 + day * 100 + month, ""
        return number, "date_ambiguous" if "real" in self.unsure else ""

    def _from_number(self, value: int | float) -> Result:
        whole = int(value) if abs(value) < 1e15 else 0
        if whole == 0:
            return None, "" if value == 0 else "date_unreadable"
        if _EARLIEST <= whole <= _LATEST and whole == value:
            return whole * 10000, ""
        if 0 < whole <= _SERIAL_MOST:
            day = serial_day(whole)
            return self._real(day.year, day.month, day.day)
        return self._from_digits(str(whole)) if whole > 0 else (None, "date_unreadable")

    def _from_digits(self, digits: str) -> Result:
        """A run of digits: yyyy, mmyyyy, yyyymm, ddmmyyyy, yyyymmdd, with or without a clock."""
        if len(digits) == 4 and _EARLIEST <= int(digits) <= _LATEST:
            return int(digits) * 10000, ""
        if len(digits) in (12, 14):
            return self._checked(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
        if len(digits) in (7, 8):
            return self._from_eight(digits.zfill(8))
        if len(digits) in (5, 6):
            return self._from_six(digits)
        return None, "date_unreadable"

    def _from_eight(self, digits: str) -> Result:
        year_first = self._checked(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
        if year_first[0] is not None and not year_first[1]:
            return year_first
        year_last = self._ordered(int(digits[:2]), int(digits[2:4]), int(digits[4:]))
        if year_last[0] is not None:
            return year_last
        return year_first[0], "date_impossible" if year_first[0] else "date_unreadable"

    def _from_six(self, digits: str) -> Result:
        if len(digits) == 5 and int(digits) <= _SERIAL_MOST and int(digits) >= 10_000:
            return self._from_number(int(digits))
        digits = digits.zfill(6)
        for year, month in ((digits[:4], digits[4:]), (digits[2:], digits[:2])):
            if _EARLIEST <= int(year) <= _LATEST and 0 <= int(month) <= 12:
                return int(year) * 10000 + int(month) * 100, ""
        return None, "date_unreadable"

    def _from_text(self, value: str) -> Result:
        text = value.strip()
        found = _PLAIN(text)
        if found:
            return self._ordered(int(found[1]), int(found[3]), int(found[4]))
        return self._from_loose(value)

    def _from_loose(self, value: str) -> Result:
        text = fold(value)
        if text in _BLANKS:
            return None, ""
        text = _CLOCK.sub("", text)
        if any(letter in "ol" for letter in text) and any(c.isdecimal() for c in text):
            text = re.sub(r"(?<![a-z])[o](?=[\d/.\-])|(?<=[\d/.\-])o(?![a-z])", "0", text)
        english = _ENGLISH_DATE.match(text)
        if english and english[2] in _ENGLISH:
            day, month = int(english[1]), _ENGLISH[english[2]]
            return self._in_year(english[3], lambda year: self._day_month(day, month, year))
        text = " ".join(_WORDS.sub(" ", text).split()).strip(" /.-")
        if text.replace(".0", "").isdecimal() and not text.count("."):
            return self._from_digits(text)
        found = _MONTH_YEAR.match(text)
        if found:
            return self._checked(int(found[2]), int(found[1]), 0)
        return self._from_separated(text)

    def _from_separated(self, text: str) -> Result:
        found = _TEXT.match(text)
        if not found:
            return None, "date_unreadable"
        first, second, third = found[1], int(found[3]), found[4]
        if len(first) == 4:
            number, fault = self._checked(int(first), second, int(third or 0))
            if ISO_DAY.match(text) and number and number % 100 and not fault:
                return self._real(int(first), second, int(third))
            return number, fault
        if third is None or len(first) == 3:
            return None, "date_unreadable"
        return self._in_year(third, lambda year: self._ordered(int(first), second, year))

    def _in_year(self, year: str, read: Callable[[int], Result]) -> Result:
        """What `read` makes of a year as written, with two digits or four."""
        if len(year) in (1, 3):
            return None, "date_unreadable"
        if len(year) == 4:
            return read(int(year))
        full = self.century + int(year)
        full -= 100 if full > self.today // 10000 else 0
        number, fault = read(full)
        return number, fault or "date_two_digit_year"

    def _ordered(self, first: int, second: int, year: int) -> Result:
        day, month = (second, first) if self.month_first else (first, second)
        number, fault = self._day_month(day, month, year)
        if fault or "text" not in self.unsure or first == second or max(first, second) > 12:
            return number, fault
        return number, "date_ambiguous" if first and second else ""

    def _day_month(self, day: int, month: int, year: int) -> Result:
        if month > 12 >= day > 0 and month <= 31:
            number, fault = self._checked(year, day, month)
            return number, fault or ("date_day_first" if self.month_first else "date_swapped")
        return self._checked(year, month, day)

    def _checked(self, year: int, month: int, day: int) -> Result:
        if not _EARLIEST <= year <= _LATEST:
            return None, "date_unreadable"
        if month == 0:
            return (year * 10000, "") if day == 0 else (year * 10000, "date_impossible")
        if month > 12:
            return year * 10000, "date_impossible"
        try:
            date(year, month, day or 1)
        except ValueError:
            return year * 10000, "date_impossible"
        return year * 10000 + month * 100 + day, ""


def _day_and_month(start: str) -> int:
    """mmdd of `03/05/`, day first; 0 for what is no day of every year."""
    day, month = start[:2], start[3:5]
    if not (day.isdecimal() and month.isdecimal()):
        return 0
    try:
        return date(_NO_LEAP_YEAR, int(month), int(day)).month * 100 + int(day)
    except ValueError:
        return 0


def day_of(number: int | None) -> date | None:
    """A full day from its number; None for a partial or missing one."""
    if not number or not number % 100:
        return None
    return date(number // 10000, number // 100 % 100, number % 100)


def as_day(value: Any) -> date | None:
    """A real date of a cell without its clock time; None for anything else."""
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else None
