"""What is true of files and rows: when a row is known again, when a file is not believed."""

from hashlib import blake2b
from uuid import UUID

import orjson

from hssk.exchange.formats import Row
from hssk.kit.text import fold

# A file that matches fewer of the people it should than this is a wrong file, wrong columns or a
# wrong unit far more often than a true picture.
LEAST_MATCH_RATE = 0.5
# Below this many people or rows a low rate may be chance.
FEWEST_TO_JUDGE = 100
# More rows of other units than this, and the file is of another unit.
MOST_STRANGE_ROWS = 0.5

_ZERO_SAYS_SOMETHING = {"app", "visits"}  # never opened, no visit; elsewhere 0 is "not known"


def facts_of(row: Row) -> dict:
    """What was read from a row, as it is stored: empty fields left out, days as ISO text.

    `birth` is yyyymmdd as a number, 00 for the parts that are not known.
    """
    facts = {
        "name": row.name,
        "birth": row.birth.number if row.birth else 0,
        "sex": row.sex,
        "pid": row.pid,
        "cmnd": row.cmnd,
        "bhxh": row.bhxh,
        "card": row.card,
        "phone": row.phone,
        "unit": row.unit_text,
        "hamlet": row.hamlet_text,
        "household": row.household_no,
        "relation": row.relation,
        "ethnicity": row.ethnicity,
        "place": row.insurance_place,
        "note": row.note,
        "address": row.address,
        "number": row.system_number,
        "created": row.created and row.created.isoformat(),
        "updated": row.updated and row.updated.isoformat(),
        "app": row.app_opened,
        "visits": row.visits,
        "status": row.status,
    }
    return {
        key: value
        for key, value in facts.items()
        if value or (key in _ZERO_SAYS_SOMETHING and value not in ("", None))
    }


def row_digest(kind: str, facts: dict, occurrence: int) -> bytes:
    """16 bytes that name a row by what it says, wherever it stands.

    occurrence  how many rows of the same file said exactly this before
    """
    said = orjson.dumps([kind, facts, occurrence], option=orjson.OPT_SORT_KEYS)
    return blake2b(said, digest_size=16).digest()


def person_of_row(row: int) -> UUID:
    """The key of the person whom source row `row` brings in: the same again after every replay."""
    return UUID(bytes=blake2b(b"person/%d" % row, digest_size=16).digest(), version=5)


def status_says(status: str) -> tuple[bool, bool]:
    """(dead, moved): what the status of a record in another system means."""
    folded = fold(status)
    dead = any(word in folded for word in ("chet", "tu vong", "da mat"))
    return dead, "chuyen" in folded and not dead


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
