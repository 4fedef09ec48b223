"""What is true of files and rows: when a row is known again, when a file is not believed."""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from hashlib import blake2b
from itertools import compress, repeat
from typing import Any
from uuid import UUID

import orjson

from hssk.exchange.formats.door import Columns
from hssk.kit.dates import PartialDate
from hssk.kit.text import clean, fold

# A file that matches fewer of the people it should than this is a wrong file, wrong columns or a
# wrong unit far more often than a true picture.
LEAST_MATCH_RATE = 0.5
# Below this many people or rows a low rate may be chance.
FEWEST_TO_JUDGE = 100
# More rows of other units than this, and the file is of another unit.
MOST_STRANGE_ROWS = 0.5

# name of a fact → field of the row, in the order in which facts are written down: by name
_FACTS = {
    "address": "address", "app": "app_opened", "bhxh": "bhxh", "birth": "birth", "card": "card",
    "cmnd": "cmnd", "created": "created", "ethnicity": "ethnicity", "hamlet": "hamlet_text",
    "household": "household_no", "name": "name", "note": "note", "number": "system_number",
    "phone": "phone", "pid": "pid", "place": "insurance_place", "relation": "relation",
    "sex": "sex", "status": "status", "unit": "unit_text", "updated": "updated", "visits": "visits",
}  # fmt: skip
# Facts of which 0 and False say something.
_TOLD_BY_ZERO = {"app", "visits"}
# Columns that only one of the two kinds of file has.
_ONLY_RECORDS = {"system_number", "created", "updated", "app_opened", "visits", "status"}
_ONLY_ROSTERS = {"household", "relation", "head_name", "birth_male"}
# Fewer of them say nothing for sure.
FEWEST_TELLING = 2
# of a UUID below its first 48 bits: the version 8 and the variant, and what is left to choose
_VERSION_8 = 0x8000_8000_0000_0000_0000
_FREE_BITS = 0x0FFF_3FFF_FFFF_FFFF_FFFF


def facts_of(columns: Columns) -> list[dict]:
    """What was read from each row, as it is stored: empty fields left out, days as ISO text.

    `birth` is yyyymmdd as a number, 00 for the parts that are not known. No visit and an app never
    opened say something; any other 0 is "not known". ValueError for a birth on no day there is.
    """
    known = {name: columns.fields[of] for name, of in _FACTS.items() if columns.fields.get(of)}
    for name in known.keys() & _STORED.keys():
        known[name] = list(map(_STORED[name], known[name]))
    names, size = tuple(known), len(columns.numbers)
    rows = zip(*known.values(), strict=True) if known else repeat((), size)
    if _TOLD_BY_ZERO.isdisjoint(known):
        return [dict(compress(zip(names, said, strict=True), said)) for said in rows]
    return [
        {
            name: value
            for name, value in zip(names, said, strict=True)
            if value or value is False or (value == 0 and name == "visits")
        }
        for said in rows
    ]


@cache
def _birth(number: int | None) -> int:
    return PartialDate.from_number(number).number if number else 0


@cache
def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


# name of a fact → how a value as it was read is stored
_STORED: dict[str, Callable[[Any], Any]] = {"birth": _birth, "created": _iso, "updated": _iso}


def written_down(facts: dict) -> bytes:
    """Facts as JSON, the same facts always the same: in the order of `facts_of`."""
    return orjson.dumps(facts)


def row_digest(kind: str, written: bytes, occurrence: int) -> bytes:
    """16 bytes that name a row by what it says, wherever it stands.

    written     its facts, as `written_down`
    occurrence  how many rows of the same file said exactly this before
    """
    said = b'["%s",%s,%d]' % (kind.encode(), written, occurrence)
    return blake2b(said, digest_size=16).digest()


def person_of_row(row: int) -> UUID:
    """The key of the person whom source row `row` brings in: the same again after every replay.

    It begins with the row, so that the people of a file are neighbours in every index, which makes
    writing them half the work. Source: RFC 9562, version 8.
    """
    rest = int.from_bytes(blake2b(b"person/%d" % row, digest_size=10).digest())
    return UUID(int=row << 80 | rest & _FREE_BITS | _VERSION_8)


def status_says(status: str) -> tuple[bool, bool]:
    """(dead, moved): what the status of a record in another system means."""
    folded = fold(status)
    dead = any(word in folded for word in ("chet", "tu vong", "da mat"))
    return dead, "chuyen" in folded and not dead


def kind_of_columns(columns: Iterable[str]) -> str:
    """The kind of file that has these fields, "roster" or "records"; "" where they do not tell.

    columns  names of fields; only several of one kind and none of the other tell
    """
    records, roster = _ONLY_RECORDS.intersection(columns), _ONLY_ROSTERS.intersection(columns)
    if len(records) >= FEWEST_TELLING and not roster:
        return "records"
    if len(roster) >= FEWEST_TELLING and not records:
        return "roster"
    return ""


def match_is_implausible(*, rows: int, matched: int, known: int) -> bool:
    """Whether so few matches throw doubt on the whole file.

    rows     accepted rows of the file
    matched  how many of them are somebody known
    known    people known in the units of the file, of the kind that should match
    """
    should_match = min(rows, known)
    if should_match < FEWEST_TO_JUDGE:
        return False
    return matched < LEAST_MATCH_RATE * should_match


@dataclass(frozen=True, kw_only=True)
class Said:
    """Who somebody is, as one source has it: what a record cannot be without.

    birth   yyyymmdd, 00 for the parts that are not known; 0 for none
    by_hand  whether the personal number was typed by somebody and not read from a list
    """

    name: str = ""
    birth: int = 0
    sex: int = 0
    pid: str = ""
    by_hand: bool = False


def what_differs(ours: Said, theirs: Said) -> list[str]:
    """Of "name", "birth", "sex", "pid", what another system should have otherwise, by what is known
    here; empty where nothing.

    What is not known here corrects nothing, nor does a birth known less exactly. Names differ by
    their letters and marks, not by capitals or blanks. A number that a list states fills an empty
    one, and only one typed by hand corrects another.
    """
    number = ours.pid and (ours.by_hand or not theirs.pid) and ours.pid != theirs.pid
    differs = {
        "name": ours.name and _spelled(ours.name) != _spelled(theirs.name),
        "birth": ours.birth and ours.birth != theirs.birth and _exact(ours) >= _exact(theirs),
        "sex": ours.sex and ours.sex != theirs.sex,
        "pid": number,
    }
    return [field for field, so in differs.items() if so]


def birth_number(on: date | None, precision: str) -> int:
    """A birth as `Said` has it; 0 for none."""
    return PartialDate(on, precision).number if on else 0


def delivered(said: Said) -> bytes:
    """16 bytes of what a delivery said of somebody: the same while nothing of that changes."""
    told = json.dumps([_spelled(said.name), said.birth, said.sex, said.pid])
    return blake2b(told.encode(), digest_size=16).digest()


def _spelled(name: str) -> str:
    return clean(name).casefold()


def _exact(said: Said) -> int:
    """How exactly a birth is known: 0 not at all, 1 the year, 2 the month, 3 the day."""
    return bool(said.birth) + bool(said.birth // 100 % 100) + bool(said.birth % 100)
