"""What a scanner makes of the code of a card: identity cards of every print, insurance cards.

Read by shape and not by place, for every print has its own number of parts; a scanner that acts as
a keyboard mangles marks and signs. The code is not signed: it helps to type, and proves nothing.
Source: domain.md 4.3 (NĐ 70/2024 Đ12).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from hssk.kit.dates import PartialDate
from hssk.kit.text import APOSTROPHES, clean
from hssk.people.rules.identifiers import classify_number

_MOST = 2_000  # signs; no card says more
# the stroke between the parts, and what keyboards of other layouts make of its key
_PARTS = re.compile(r"[|\n\r\t~¦\\{}*§µ¬°]+")
_BEFORE = re.compile(r"\ufeff|\][A-Za-z]\d")  # what scanners put before a code
# a day, or as much of it as is known: of the old the year alone
_DAY = re.compile(r"(?:(?:(\d{2})[/.-]?)?(\d{2})[/.-]?)?((?:19|20)\d{2})")
_HEX = re.compile(r"(?:[0-9a-fA-F]{2}){4,200}")
_BESIDE = f" .?-{APOSTROPHES}"  # what stands in a name beside its letters: H’Len, Rơ-Ông
_AROUND = re.compile(r"^\W+|\W+$")  # signs that a scanner is set to put around a code
_NUMBERS = {"pid", "cmnd", "bhxh", "card"}


@dataclass(frozen=True, slots=True)
class Scanned:
    """What a code says: numbers as (kind, value), the surest first; a name and a birth date, or
    what was typed instead of a code, in `text`."""

    numbers: tuple[tuple[str, str], ...] = ()
    name: str = ""
    birth: PartialDate | None = None
    text: str = ""

    @property
    def words(self) -> str:
        """What to search for where no number is known: the name, and the year of birth."""
        if not self.name:
            return self.text
        return f"{self.name} {self.birth.value.year}" if self.birth else self.name


def scanned(raw: str) -> Scanned:
    """What `raw` says, as a scanner or a person typed it; anything at all is understood as text."""
    code = _BEFORE.sub("", raw[:_MOST], count=2)
    parts = [_mended(part).strip() for part in _PARTS.split(code)]
    if len(parts) == 1:
        number = _number(parts[0])
        return Scanned(numbers=(number,) if number else (), text=clean(parts[0]))
    born = _born(parts)
    named = next((name for name in map(_name, parts) if name), "")
    numbers = tuple(dict.fromkeys(filter(None, map(_number, _numerals(parts)))))
    return Scanned(numbers, named, born, "" if named else clean(" ".join(parts)))


def _mended(part: str) -> str:
    """A part whose marks are as they were where the scanner took each byte for a sign: "SÃ¹ng" is
    Sùng."""
    try:
        return b"".join(map(_byte, part)).decode()
    except UnicodeError:
        return part


def _byte(sign: str) -> bytes:
    """The byte that a sign was taken for; UnicodeError where it is none."""
    return sign.encode("latin-1" if sign < "\xa0" else "cp1252")


def _numerals(parts: list[str]) -> Iterator[str]:
    """The parts that may be numbers: the dates of the card are eight digits, and no number."""
    return (part for part in parts if re.sub(r"\W", "", part).isalnum() and len(part) >= 9)


def _number(part: str) -> tuple[str, str] | None:
    found = classify_number(_AROUND.sub("", part))
    return (found.kind, found.value) if found.kind in _NUMBERS else None


def _born(parts: list[str]) -> PartialDate | None:
    """The first date of the code, of whoever has no birthday the year alone; what comes after it is
    of the card."""
    for part in parts:
        if match := _DAY.fullmatch(part):
            day, month, year = (int(digits or 0) for digits in match.groups())
            try:
                return PartialDate.of(year, month, day)
            except ValueError:
                continue
    return None


def _name(part: str) -> str:
    """The name that a part is: letters in two words and more, no digit, or the same in hex."""
    if _HEX.fullmatch(part) and not part.isdecimal():
        try:
            part = bytes.fromhex(part).decode()
        except ValueError:
            return ""
    written = clean(part)
    if any(sign.isdigit() or sign == "," for sign in written) or len(written.split()) < 2:
        return ""
    return written if all(sign.isalpha() or sign in _BESIDE for sign in written) else ""
