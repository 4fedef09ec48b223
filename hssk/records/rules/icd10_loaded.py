"""Editions of ICD-10 in use: those loaded into this home, and the one that the program carries.

A loaded edition is one file in `codes/` of the home, `icd10-<since>.json.gz`: its name, its days,
and the lines of its table. Processes that run see a new one at their next question.
"""

import gzip
from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path

import orjson

from hssk.kit.home import Home
from hssk.records.rules.icd10 import TT06, Edition, diseases_of, edition_on, supplied, system_on

_FILES = "icd10-*.json.gz"


def editions() -> tuple[Edition, ...]:
    """Every edition at hand; loaded ones first, the latest before the others: they correct."""
    files = sorted(Home.current().codes.glob(_FILES), reverse=True)
    known = tuple((str(file), file.stat().st_mtime_ns) for file in files)
    return (*_read(known), supplied())


def edition_at(day: date | None) -> Edition | None:
    """The edition of a visit that ended on `day`; None where none is loaded, or the day unknown."""
    return edition_on(day, editions())


def name_of(code: str, system: str) -> str | None:
    """The Vietnamese name of a normal code in the edition of `system`; None where it has none."""
    for edition in editions():
        begins = edition.since or date.min
        if system_on(begins) == system and code in edition.diseases:
            return edition.diseases[code].name
    return None


def named(code: str, system: str) -> tuple[str, str] | None:
    """The Vietnamese name of a normal code in the edition of `system`, and ""; else in another that
    is at hand, with what that one is called; None where none has the code."""
    if own := name_of(code, system):
        return own, ""
    for one in editions():
        if code in one.diseases:
            return one.diseases[code].name, one.name
    return None


def is_unloaded(system: str, day: date | None) -> bool:
    """Whether a code of `system`, of a visit that ended on `day`, is of an edition that is not
    loaded: it is kept as it came, and judged by nobody."""
    return system == TT06 and edition_at(day) is None


@lru_cache(maxsize=2)
def _read(known: tuple[tuple[str, int], ...]) -> tuple[Edition, ...]:
    return tuple(_edition(orjson.loads(gzip.decompress(Path(file).read_bytes())))
                 for file, _when in known)  # fmt: skip


def _edition(told: Mapping) -> Edition:
    until = told["until"] and date.fromisoformat(told["until"])
    since = date.fromisoformat(told["since"])
    return Edition(told["name"], since, until or None, diseases_of(told["rows"]))


def packed(name: str, since: date, until: date | None, rows: Sequence[Mapping[str, str]]) -> bytes:
    """An edition as its file holds it."""
    told = {"name": name, "since": since.isoformat(), "until": until and until.isoformat(),
            "rows": list(rows)}  # fmt: skip
    return gzip.compress(orjson.dumps(told), mtime=0)


def file_of(since: date) -> Path:
    """Where the edition in force since that day is kept: loaded again, it replaces itself."""
    return Home.current().codes / f"icd10-{since.isoformat()}.json.gz"
