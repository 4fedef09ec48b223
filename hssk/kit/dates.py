"""Partial dates: a birth date may be known to the day, the month or only the year.

Source: QĐ 130/QĐ-BYT and its amendments, XML1 NGAY_SINH: `195800000000` is legal.
"""

import re
from dataclasses import dataclass
from datetime import MAXYEAR, date

DAY, MONTH, YEAR = "D", "M", "Y"
PRECISIONS = (DAY, MONTH, YEAR)
_PARTED = re.compile(r"[\s/.-]+")


@dataclass(frozen=True, slots=True, order=True)
class PartialDate:
    """A date known to a precision. `value` is the first day it may mean."""

    value: date
    precision: str = DAY

    @classmethod
    def of(cls, year: int, month: int = 0, day: int = 0) -> "PartialDate":
        """A partial date from its parts; 0 stands for unknown. ValueError if no such day."""
        if not 1 <= year <= MAXYEAR or max(month, day) > 31:
            raise ValueError("no such day")  # a number too long is an OverflowError else
        if not month:
            return cls(date(year, 1, 1), YEAR)
        if not day:
            return cls(date(year, month, 1), MONTH)
        return cls(date(year, month, day), DAY)

    @property
    def number(self) -> int:
        """yyyymmdd with 00 for what is unknown, the form that linkage compares."""
        year, month, day = self.value.year, self.value.month, self.value.day
        return (
            year * 10000
            + (month * 100 if self.precision != YEAR else 0)
            + (day if self.precision == DAY else 0)
        )

    @classmethod
    def from_number(cls, number: int) -> "PartialDate":
        """The reverse of `number`."""
        return cls.of(number // 10000, number // 100 % 100, number % 100)

    @property
    def iso(self) -> str:
        """As FHIR writes it: 1958-03-05, 1958-03 or 1958."""
        return self.value.isoformat()[: {DAY: 10, MONTH: 7}.get(self.precision, 4)]

    @classmethod
    def from_iso(cls, text: str) -> "PartialDate":
        """The reverse of `iso`. ValueError if no such day."""
        return cls.of(*(int(part) for part in text.split("-")))

    @classmethod
    def typed(cls, text: str) -> "PartialDate":
        """As people type it: 5/3/1958, 3/1958 or 1958, parted by a stroke, a dot, a dash or a
        blank. ValueError for anything else."""
        parts = [int(part) for part in _PARTED.split(text.strip())]
        if len(parts) > 3:
            raise ValueError("no day has so many parts")
        return cls.of(*reversed(parts))

    def __str__(self) -> str:
        """As Vietnamese people write it: 5/3/1958, 3/1958 or 1958."""
        if self.precision == YEAR:
            return str(self.value.year)
        if self.precision == MONTH:
            return f"{self.value.month}/{self.value.year}"
        return format_day(self.value)


def format_day(day: date) -> str:
    """13/3/2024: no leading zeros, as the founding plan writes dates."""
    return f"{day.day}/{day.month}/{day.year}"


def age_on(birth: PartialDate, day: date) -> int:
    """Whole years lived on `day`; from the year alone when no more is known. Never below 0."""
    years = day.year - birth.value.year
    if birth.precision != YEAR and (day.month, day.day) < (birth.value.month, birth.value.day):
        years -= 1
    return max(years, 0)


def year_later(day: date) -> date:
    """The same day one year on; 29 February becomes 1 March."""
    return months_later(day, 12)


def months_later(day: date, months: int) -> date:
    """The same day so many months on; where that month has no such day, the first after it."""
    years, month = divmod(day.month - 1 + months, 12)
    try:
        return date(day.year + years, month + 1, day.day)
    except ValueError:
        return date(day.year + years, month + 2, 1)  # a month without a 31st is never December


def months_lived(birth: date, day: date) -> float:
    """The age in months on `day`: whole ones by the calendar, and the part of the one that runs.
    Below 0 before the birth."""
    whole = (day.year - birth.year) * 12 + day.month - birth.month
    if months_later(birth, whole) > day:
        whole -= 1
    begun = months_later(birth, whole)
    return whole + (day - begun).days / (months_later(birth, whole + 1) - begun).days
