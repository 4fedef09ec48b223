"""What is known before a file is linked: every statement in force, as linkage reads it."""

from collections import defaultdict
from dataclasses import dataclass
from uuid import UUID

import numpy as np
from django.db import connection

from hssk.exchange.linkage import Entries
from hssk.exchange.services.area import Within
from hssk.exchange.services.receiving import Staged
from hssk.kit.copying import array_of
from hssk.places.models import Hamlet, Unit
from hssk.places.rules import hamlet_key, same_hamlet

ROSTER, RECORD = 0, 1

# The last word of every source on a person: what is in force, or what was when nothing is.
_KNOWN = """
    SELECT p.root, 0, s.row, s.name, {born}, s.sex, s.pid, s.cmnd, s.bhxh, s.phone,
           h.unit_id, s.hamlet_id, s.household_id, s.relation, '', s.decided
    FROM people_listing s JOIN people_person p ON p.id = s.person_id
    JOIN places_hamlet h ON h.id = s.hamlet_id
    WHERE s.until IS NULL OR NOT EXISTS (
        SELECT FROM people_listing l WHERE l.person_id = s.person_id AND l.until IS NULL)
    UNION ALL
    SELECT p.root, 1, s.row, s.name, {born}, s.sex, s.pid, s.cmnd, s.bhxh, s.phone,
           s.unit_id, s.hamlet_id, NULL, '', s.number, s.decided
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
    """Statements that stand, and whom they are about; not `decided` is a link that still asks."""

    entries: Entries
    rows: list[int | None]
    people: list[UUID]
    decided: list[bool]

    def __len__(self) -> int:
        return len(self.rows)


def _column(rows: list[tuple], index: int, *, kind=np.int32) -> np.ndarray:
    return np.array([-1 if row[index] is None else row[index] for row in rows], dtype=kind)


def known_within(area: Within | None) -> tuple[Known, Known]:
    """All statements that a new file may be about: those of the people of an area, and the rest.

    area  None for everything: then nothing is the rest
    """
    with connection.cursor() as cursor:
        cursor.execute(_KNOWN)
        rows = cursor.fetchall()
    if area is None:
        return _known(rows), _known([])
    mine = area.roots()
    inside = [row for row in rows if row[0] in mine]
    return _known(inside), _known([row for row in rows if row[0] not in mine])


def known_in(area: Within) -> Known:
    """All statements about the people of an area; nothing of anybody else is read."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT * FROM ({_KNOWN}) AS said WHERE said.root = ANY(%s::uuid[]) ORDER BY 2, 3",
            [array_of(area.roots())],
        )
        return _known(cursor.fetchall())


def _known(rows: list[tuple]) -> Known:
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
    return Known(entries, [row[2] for row in rows], list(people), [row[15] for row in rows])


class KnownHamlets:
    """Which known hamlet a text means in a commune; a record never makes a new one."""

    def __init__(self) -> None:
        self.keys: dict[int, dict[str, int]] = defaultdict(dict)
        for hamlet, unit, key in Hamlet.objects.values_list("id", "unit", "key"):
            self.keys[unit][key] = hamlet
        self.met: dict[tuple[int, str], int | None] = {}

    def meant(self, unit: Unit | None, text: str) -> int | None:
        """The hamlet; None where the text is empty, the commune unknown, or the name is new."""
        if unit is None or not text:
            return None
        if (unit.id, text) not in self.met:
            known = self.keys[unit.id]
            self.met[unit.id, text] = known.get(same_hamlet(hamlet_key(text), known))
        return self.met[unit.id, text]


def entries_of(staged: list[Staged], kind: int, households: dict[int, int]) -> Entries:
    """Staged rows as linkage reads them.

    households  source row → household, for the rows of a roster
    """

    def words(key: str) -> list[str]:
        return [row.facts.get(key, "") for row in staged]

    def numbers(key: str, kind=np.int32) -> np.ndarray:
        return np.array([row.facts.get(key, 0) for row in staged], dtype=kind)

    hamlets = KnownHamlets()

    def hamlet(row: Staged) -> int:
        meant = hamlets.meant(row.unit, row.facts.get("hamlet", ""))
        return -1 if meant is None else meant

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
