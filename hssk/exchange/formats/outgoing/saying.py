"""What a record says in one column, in the ways that import workbooks ask for it. Pure.

A way is a field and, after a colon, how it is written: `birth:dmy`, `sex:12`, `ethnicity:code`.
Nothing is made up: of a birth of which the year is known, the year is said and no day.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from hssk.kit.dates import DAY, PartialDate

Cell = str | int | date | None
EMPTY, FIXED = "", "fixed"
_MALE, _FEMALE = 1, 2


@dataclass(frozen=True, kw_only=True)
class Resident:
    """Somebody as a record of theirs is to be opened, or corrected, in other software.

    sex        1 male, 2 female, 0 unknown
    ethnicity  (code, name) of QĐ 121-TCTK/PPCĐ, ("", "") where it is not known
    opened     the day from which the record is
    kind       what the row is for, in words
    """

    name: str
    birth: PartialDate | None = None
    sex: int = 0
    pid: str = ""
    cmnd: str = ""
    bhxh: str = ""
    phone: str = ""
    ethnicity: tuple[str, str] = ("", "")
    head: str = ""
    relation: str = ""
    household: str = ""
    hamlet: str = ""
    unit: str = ""
    unit_code: str = ""
    district: str = ""
    province: str = ""
    province_code: str = ""
    insurance_place: str = ""
    opened: date | None = None
    kind: str = ""


@dataclass(frozen=True)
class Saying:
    """What one column says: a way of WAYS, EMPTY, or FIXED with its `text`."""

    way: str
    text: str = ""


def row_of(columns: Sequence[Saying], who: Resident, number: int) -> list[Cell]:
    """The cells of one row: as many as there are columns; None where nothing is said.

    number  the running number of the row, from 1
    """
    return [_cell(column, who, number) or None for column in columns]


def _cell(column: Saying, who: Resident, number: int) -> Cell:
    if column.way == "number":
        return number
    if column.way == FIXED:
        return column.text
    return WAYS[column.way](who) if column.way else None


def _as_day(day: PartialDate | None) -> Cell:
    """A day as a date of the workbook; what is known of one that is not known whole, as text."""
    return day.value if day and day.precision == DAY else str(day or "")


def _as_dmy(day: PartialDate | None) -> str:
    return f"{day.value:%d/%m/%Y}" if day and day.precision == DAY else str(day or "")


def _as_ymd(day: PartialDate | None) -> str:
    """As QĐ 130/QĐ-BYT writes NGAY_SINH, without the hour: 19900313, 19580000."""
    return f"{day.number:08d}" if day else ""


def _as_iso(day: PartialDate | None) -> str:
    return day.iso if day else ""


def _year(day: PartialDate | None) -> Cell:
    return day.value.year if day else None


def _month(day: PartialDate | None) -> Cell:
    return day.number // 100 % 100 if day else None


def _day(day: PartialDate | None) -> Cell:
    return day.number % 100 if day else None


def _opened(who: Resident) -> PartialDate | None:
    return PartialDate(who.opened) if who.opened else None


def _sex(male: str, female: str) -> Callable[[Resident], Cell]:
    return lambda who: {_MALE: male, _FEMALE: female}.get(who.sex)


def _last_name(who: Resident) -> str:
    return " ".join(who.name.split()[:-1])


def _first_name(who: Resident) -> str:
    return who.name.split()[-1] if who.name.split() else ""


def _address(who: Resident) -> str:
    return ", ".join(filter(None, (who.hamlet, who.unit, who.district, who.province)))


WAYS: dict[str, Callable[[Resident], Cell]] = {
    "number": lambda _who: None,  # `row_of` counts
    "name": lambda who: who.name,
    "name:upper": lambda who: who.name.upper(),
    "last_name": _last_name,
    "first_name": _first_name,
    "birth:date": lambda who: _as_day(who.birth),
    "birth:dmy": lambda who: _as_dmy(who.birth),
    "birth:ymd": lambda who: _as_ymd(who.birth),
    "birth:iso": lambda who: _as_iso(who.birth),
    "birth:year": lambda who: _year(who.birth),
    "birth:month": lambda who: _month(who.birth),
    "birth:day": lambda who: _day(who.birth),
    "sex:words": _sex("Nam", "Nữ"),
    "sex:12": _sex("1", "2"),
    "sex:10": _sex("1", "0"),
    "pid": lambda who: who.pid,
    "pid:any": lambda who: who.pid or who.cmnd,
    "cmnd": lambda who: who.cmnd,
    "bhxh": lambda who: who.bhxh,
    "phone": lambda who: who.phone,
    "ethnicity": lambda who: who.ethnicity[1],
    "ethnicity:code": lambda who: who.ethnicity[0],
    "head": lambda who: who.head,
    "relation": lambda who: who.relation,
    "household": lambda who: who.household,
    "hamlet": lambda who: who.hamlet,
    "unit": lambda who: who.unit,
    "unit:code": lambda who: who.unit_code,
    "district": lambda who: who.district,
    "province": lambda who: who.province,
    "province:code": lambda who: who.province_code,
    "address": _address,
    "insurance_place": lambda who: who.insurance_place,
    "opened:date": lambda who: _as_day(_opened(who)),
    "opened:dmy": lambda who: _as_dmy(_opened(who)),
    "opened:ymd": lambda who: _as_ymd(_opened(who)),
    "kind": lambda who: who.kind,
}
