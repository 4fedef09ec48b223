"""How one clerk or another types a date, a number, a name into a cell."""

import unicodedata
from datetime import date

import numpy as np

EPOCH = date(1970, 1, 1)
DIGITS = {"pid": 12, "cmnd": 9, "bhxh": 10, "phone": 10}
AS_DATE, AS_TEXT, AS_SHORT_TEXT, AS_DIGITS = range(4)

Cell = str | int | date | None


def written(number: int, digits: int) -> str:
    """A number as text of so many digits, "" for none."""
    return f"{number:0{digits}d}" if number else ""


def date_cell(birth: int, way: int) -> Cell:
    """A birth yyyymmdd in one of four ways; what is known to the year only is a number or text."""
    year, month, day = birth // 10000, birth // 100 % 100, birth % 100
    if not month:
        return year if way in {AS_DATE, AS_DIGITS} else str(year)
    if not day:
        return f"{month:02d}/{year}"
    if way == AS_DATE:
        return date(year, month, day)
    if way == AS_TEXT:
        return f"{day:02d}/{month:02d}/{year}"
    if way == AS_SHORT_TEXT:
        return f"{day}-{month}-{year}"
    return str(birth)


def number_cell(number: int, digits: int, way: int) -> Cell:
    """0 as text with all its digits, 1 as a number, 2 as text that lost its zeros."""
    if not number:
        return None
    if way == 0:
        return written(number, digits)
    return number if way == 1 else str(number)


def untidy(name: str, way: int) -> str:
    """A name with spaces too many, or in decomposed letters: the same name to a careful reader."""
    if way == 1:
        return name.replace(" ", "  ", 1)
    if way == 2:
        return f" {name} "
    return unicodedata.normalize("NFD", name) if way == 3 else name


def name_cells(names: list[str], rng: np.random.Generator, *, rate: float) -> list[Cell]:
    """The names as typed, a share of them untidily."""
    way = np.where(rng.random(len(names)) < rate, rng.integers(1, 4, len(names)), 0)
    return [untidy(name, w) if w else name for name, w in zip(names, way.tolist(), strict=True)]


def date_cells(
    births: np.ndarray, rng: np.random.Generator, *, shares: tuple[float, ...]
) -> list[Cell]:
    """The dates, in the four ways of `date_cell` by these shares."""
    ways = rng.choice(len(shares), len(births), p=shares)
    return [date_cell(b, w) for b, w in zip(births.tolist(), ways.tolist(), strict=True)]


def number_cells(
    numbers: np.ndarray, kind: str, rng: np.random.Generator, *, lost_zero: float
) -> list[Cell]:
    """Numbers of one kind of DIGITS, a share of them without their leading zeros."""
    lost = rng.random(len(numbers)) < lost_zero
    ways = np.where(lost, rng.choice([1, 1, 1, 2], len(numbers)), 0)
    digits = DIGITS[kind]
    return [number_cell(n, digits, w) for n, w in zip(numbers.tolist(), ways.tolist(), strict=True)]


def day_cell(days_since_epoch: int) -> date:
    return date.fromordinal(EPOCH.toordinal() + days_since_epoch)
