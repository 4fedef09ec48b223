"""What the texts of a claim mean: moments, decimals, lists, cards, codes of illness.

Nothing here corrects: a text that does not mean what it should gives None or "", and the rules say
so to who must repair it.
Source: QĐ 130/QĐ-BYT and QĐ 4750/QĐ-BYT, notes to NGAY_SINH, MA_THE_BHYT, MA_BENH_KT, DON_GIA.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import zip_longest
from typing import TypeVar

from hssk.kit.dates import DAY, MONTH, YEAR, PartialDate
from hssk.kit.text import plain

_DATE = re.compile(r"(\d{4})(\d\d)(\d\d)", re.ASCII)
_TIME = re.compile(r"(\d\d)(\d\d)", re.ASCII)
_BIRTH = re.compile(r"(\d{4})(?:(\d\d)(?:(\d\d)(\d{4})?)?)?", re.ASCII)
_DECIMAL = re.compile(r"-?\d{1,15}(?:\.\d{1,10})?", re.ASCII)
_WITH_COMMA = re.compile(r"0,\d+|\d+,(\d{1,2}|\d{4,})", re.ASCII)
_ICD = re.compile(r"([A-Z]\d\d)(\d{0,2})", re.ASCII)
_MARKS = str.maketrans("", "", " .†*+‡")
OFFSET = "+07:00"  # Vietnam has one time all year; claims do not write it
_LONG = 40  # letters: longer texts are neither moments nor numbers, and would fill the memory
_MANY = 20_000  # texts remembered
EDGES = " \t\r\n\v\f\u00a0\u2000\u200b\u200c\u200d\u2028\u2029\u3000\ufeff"
Meaning = TypeVar("Meaning")


def clean(text: str) -> str:
    """A value as it is kept: NFC, nothing blank at its ends; "" for what is blank.

    A blank of any other width becomes a plain one: FHIR allows no other inside a text.
    """
    if text.isascii():
        return text.strip()
    return plain(unicodedata.normalize("NFC", text).strip(EDGES))


class _Known(dict[str, Meaning]):
    """Text → what it means; not of long texts, and begun anew when there are too many."""

    def __init__(self, means: Callable[[str], Meaning]) -> None:
        self.means = means

    def __missing__(self, text: str) -> Meaning:
        meaning = self.means(text)
        if len(text) <= _LONG:
            if len(self) >= _MANY:
                self.clear()
            self[text] = meaning
        return meaning


def remembered(means: Callable[[str], Meaning]) -> Callable[[str], Meaning]:
    """`means`, which tells what a text means, asked once for each of the texts that come again and
    again: a claim tells the same few moments and amounts hundreds of times."""
    return _Known(means).__getitem__  # looked up, and no function called, where it is known


@dataclass(frozen=True, slots=True)
class Moment:
    """A day known to a precision, and the minute of it (0 to 1439) where that is known."""

    known: PartialDate
    minute: int | None = None

    @property
    def day(self) -> date:
        """The day, the first one it may be where only the month or the year is known."""
        return self.known.value

    @property
    def fhir(self) -> str:
        """A FHIR dateTime: 1958, 1958-05, 1958-05-04 or 2024-03-11T08:30:00+07:00."""
        text = self.known.value.isoformat()
        if self.known.precision != DAY:
            return text[: {YEAR: 4, MONTH: 7}[self.known.precision]]
        if self.minute is None:
            return text
        return f"{text}T{self.minute // 60:02}:{self.minute % 60:02}:00{OFFSET}"


@remembered
def moment(text: str) -> Moment | None:
    """A moment written yyyymmdd or yyyymmddHHMM; 00 for an unknown day or month. None if none."""
    known, minute = _known_day(text[:8]), _minute(text[8:])
    if known is None or minute is None:
        return None
    return Moment(known, minute if minute >= 0 and known.precision == DAY else None)


@remembered
def _known_day(text: str) -> PartialDate | None:
    return _partial(*map(int, found.groups())) if (found := _DATE.fullmatch(text)) else None


@remembered
def _minute(text: str) -> int | None:
    """The minute of the day of HHMM; -1 where nothing is written, None where no minute is."""
    if not text:
        return -1
    hour, minute = map(int, found.groups()) if (found := _TIME.fullmatch(text)) else (24, 0)
    return hour * 60 + minute if hour < 24 and minute < 60 else None


def day_of(text: str) -> date | None:
    """The day of a moment known to the day; None for any other text."""
    found = moment(text)
    return found.day if found and found.known.precision == DAY else None


@remembered
def birth_of(text: str) -> PartialDate | None:
    """A day of birth: `195800000000` is the year 1958. The hour, often 0000 for unknown, is left.

    yyyy and yyyymm, which are not of the annex but occur, are read as well.
    """
    found = _BIRTH.fullmatch(text)
    return _partial(*(int(part or 0) for part in found.groups()[:3])) if found else None


def _partial(year: int, month: int, day: int) -> PartialDate | None:
    try:
        return PartialDate.of(year, month, day)
    except ValueError:
        return None


@remembered
def decimal_of(text: str) -> Decimal | None:
    """A number with a decimal point, as the annex asks; None for `1,5`, `1 000` or no number."""
    return Decimal(text) if _DECIMAL.fullmatch(text) else None


@remembered
def measured(text: str) -> Decimal | None:
    """What somebody measured: as `decimal_of`, or with a decimal comma where it parts no thousands:
    `3,9` and `0,125`; of `1,234` nobody can tell, so None."""
    return decimal_of(text.replace(",", ".") if _WITH_COMMA.fullmatch(text) else text)


def items(text: str) -> list[str]:
    """What is listed with `;`, without blanks."""
    return [item for part in text.split(";") if (item := part.strip())]


def parallel(*texts: str) -> list[tuple[str, ...]]:
    """Lists with `;` that belong together, by position; "" where one is shorter or blank."""
    lists = ([part.strip() for part in text.split(";")] for text in texts)
    return [row for row in zip_longest(*lists, fillvalue="") if any(row)]


@dataclass(frozen=True, slots=True)
class Card:
    """One insurance card of a claim, with the facility it is registered at and its validity."""

    number: str
    facility: str = ""
    since: date | None = None
    until: date | None = None

    @property
    def bhxh(self) -> str:
        """The ten digits of the holder's insurance number; "" where the card shows none.

        Cards bear 15 signs ending in them or, since 2021, these ten alone; a personal number (12
        digits, since 2025) shows none.
        """
        found = re.fullmatch(r"(?:[A-Z]{2}[1-5]\d\d)?(\d{10})", self.number, re.ASCII)
        return found[1] if found else ""


def cards_of(row: dict[str, str]) -> tuple[Card, ...]:
    """The cards of a row of XML1 or XML0, in the order they were used."""
    return tuple(
        Card(number.upper(), facility.upper(), day_of(since), day_of(until))
        for number, facility, since, until in parallel(
            row["MA_THE_BHYT"], row["MA_DKBD"], row["GT_THE_TU"], row["GT_THE_DEN"]
        )
        if number
    )


def icd_code(text: str) -> str:
    """A code of ICD-10 in one spelling: J189, j18.9 and J18.9† are J18.9. "" for no such code."""
    found = _ICD.fullmatch(text.upper().translate(_MARKS))
    if not found:
        return ""
    return f"{found[1]}.{found[2]}" if found[2] else found[1]


def illnesses(text: str) -> list[str]:
    """What is listed as illnesses with `;` (or, as some write, `,`), each once, in order: codes in
    one spelling, and what is no code as it was written."""
    parts = (part.strip() for part in re.split("[;,]", text))
    return list(dict.fromkeys(icd_code(part) or part for part in parts if part))


def icd_codes(text: str) -> list[str]:
    """The codes of a list with `;` (or, as some write, `,`) in one spelling, each once, in order;
    what is no code is left out."""
    codes = (icd_code(part) for part in re.split("[;,]", text))
    return list(dict.fromkeys(code for code in codes if code))
