"""What is known before a file is linked: every statement in force, as linkage reads it."""

from dataclasses import dataclass, field
from uuid import UUID

import numpy as np
from django.db import connection

from hssk.exchange.linkage import Entries
from hssk.exchange.services.receiving import Staged
from hssk.places.models import Hamlet
from hssk.places.rules import hamlet_key

ROSTER, RECORD = 0, 1

# The last word of every source on a person: what is in force, or what was when nothing is.
_KNOWN = """
    SELECT p.root, 0, s.row, s.name, {born}, s.sex, s.pid, s.cmnd, s.bhxh, s.phone,
           h.unit_id, s.hamlet_id, s.household_id, s.relation, ''
    FROM people_listing s JOIN people_person p ON p.id = s.person_id
    JOIN places_hamlet h ON h.id = s.hamlet_id
    WHERE s.until IS NULL OR NOT EXISTS (
        SELECT FROM people_listing l WHERE l.person_id = s.person_id AND l.until IS NULL)
    UNION ALL
    SELECT p.root, 1, s.row, s.name, {born}, s.sex, s.pid, s.cmnd, s.bhxh, s.phone,
           s.unit_id, s.hamlet_id, NULL, '', s.number
    FROM people_holding s JOIN people_person p ON p.id = s.person_id
    WHERE s.until IS NULL OR NOT EXISTS (
        SELECT FROM people_holding l WHERE l.person_id = s.person_id AND l.until IS NULL)
    ORDER BY 2, 3
""".format(
    born="""CASE s.birth_precision
        WHEN 'D' THEN to_char(s.birth_on, 'YYYYMMDD')::int
        WHEN 'M' THEN to_char(s.birth_on, 'YYYYMM00')::int
        WHEN 'Y' THEN to_char(s.birth_on, 'YYYY0000')::int ELSE 0 END"""
)


@dataclass
class Known:
    """Statements already believed, and whom they are about."""

    entries: Entries
    rows: list[int | None]
    people: list[UUID]
    hamlets: dict[tuple[int, str], int] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.rows)


def _column(rows: list[tuple], index: int, *, kind=np.int32) -> np.ndarray:
    return np.array([-1 if row[index] is None else row[index] for row in rows], dtype=kind)


def everything_known() -> Known:
    """All statements of this installation that a new file may be about."""
    with connection.cursor() as cursor:
        cursor.execute(_KNOWN)
        rows = cursor.fetchall()
    people: dict[UUID, int] = {}
    index = [people.setdefault(row[0], len(people)) for row in rows]
    entries = Entries(
        name=[row[3] for row in rows],
        birth=_column(rows, 4),
        sex=_column(rows, 5, kind=np.int8),
        pid=[row[6] for row in rows],
        cmnd=[row[7] for row in rows],
        bhxh=[row[8] for row in rows],
        phone=[row[9] for row in rows],
        unit=_column(rows, 10),
        hamlet=_column(rows, 11),
        household=_column(rows, 12),
        relation=[row[13] for row in rows],
        system_number=[row[14] for row in rows],
        source=_column(rows, 1, kind=np.int8),
        person=np.array(index, dtype=np.int32),
    )
    return Known(entries, [row[2] for row in rows], list(people), hamlets_by_key())


def hamlets_by_key() -> dict[tuple[int, str], int]:
    """(unit, spelling-free name) → hamlet, for every hamlet that is known."""
    return {
        (unit, key): hamlet for hamlet, unit, key in Hamlet.objects.values_list("id", "unit", "key")
    }


def entries_of(staged: list[Staged], kind: int, known: Known, households: dict) -> Entries:
    """Staged rows as linkage reads them.

    households  (unit, hamlet text, number) → a number of our own for each household of the file
    """

    def words(key: str) -> list[str]:
        return [row.facts.get(key, "") for row in staged]

    def numbers(key: str, kind=np.int32) -> np.ndarray:
        return np.array([row.facts.get(key, 0) for row in staged], dtype=kind)

    keys: dict[str, str] = {}

    def hamlet(row: Staged) -> int:
        text = row.facts.get("hamlet", "")
        if not text or row.unit is None:
            return -1
        if text not in keys:
            keys[text] = hamlet_key(text)
        return known.hamlets.get((row.unit.id, keys[text]), -1)

    return Entries(
        name=words("name"),
        birth=numbers("birth"),
        sex=numbers("sex", np.int8),
        pid=words("pid"),
        cmnd=words("cmnd"),
        bhxh=words("bhxh"),
        phone=words("phone"),
        unit=np.array([row.unit.id if row.unit else -1 for row in staged], dtype=np.int32),
        hamlet=np.array([hamlet(row) for row in staged], dtype=np.int32),
        household=np.array([households.get(row.id, -1) for row in staged], dtype=np.int32),
        relation=words("relation"),
        system_number=words("number"),
        source=np.full(len(staged), kind, dtype=np.int8),
        person=np.full(len(staged), -1, dtype=np.int32),
    )
