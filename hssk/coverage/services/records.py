"""The records behind the figures: on nobody, duplicates, vanished, kept elsewhere; and, of rosters,
the rows that are about nobody who lives where they list them."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import connection

from hssk.coverage import rules
from hssk.coverage.services.figures import ground_with_records
from hssk.coverage.services.ground import Ground
from hssk.coverage.services.lists import touched
from hssk.coverage.services.pages import Pages
from hssk.coverage.services.selection import FIRST, IN_FORCE, MEMBERS, ODD, ON_EXTRACT
from hssk.coverage.services.shapes import Counts
from hssk.kit.dates import PartialDate
from hssk.places.models import Unit

WHY = {
    "dead": rules.DEAD_NOBODY,
    "left": rules.LEFT_NOBODY,
    "unknown": rules.UNKNOWN_NOBODY,
}


@dataclass(frozen=True, slots=True)
class Record:
    """One record of another system, or one row of a roster, as a list shows it.

    kind     "record", or "row" of a roster
    number   that system's own number of a record; the household's number of a row
    unit     where a record is kept; the commune of a row
    address  as the record says; the hamlet of a row
    status   as the record says; the note of a row
    since    the day from which the unlisted are missing from the newest extract; else None
    elsewhere  of somebody whom another place has by now: what the record says is seen, they are not
    """

    id: int
    person: UUID
    name: str
    birth: PartialDate | None
    sex: int
    number: str
    unit: str
    address: str
    status: str
    updated: date | None
    why: str = ""
    since: date | None = None
    kind: str = "record"
    elsewhere: bool = False


# the days of a row of the ledger; whether a unit, a hamlet belong to the ground
_DAY = "c.since <= %(on)s AND c.until > %(on)s"
_KEPT_HERE = "COALESCE({unit} = ANY(%(units)s), %(whole)s)"
_HELD_HERE = _KEPT_HERE.format(unit="h.unit_id")
_FIRST_HERE = _KEPT_HERE.format(unit="c.units[1]")
# the same where it is asked for and not denied, in words for which there is an index
_FIRST_FOUND_HERE = "(c.units[1] = ANY(%(units)s) OR %(whole)s AND c.units[1] IS NULL)"
_LIVES_HERE = "c.hamlet_id = ANY(%(hamlets)s)"
# only these can be kept elsewhere than they live: what is unusual, and hamlets given by hand to
# another unit than the rest of their own
_PERHAPS_ELSEWHERE = f"({ODD} AND c.flags & 256 > 0 OR c.hamlet_id = ANY(%(odd)s))"

_OWNER = f"CROSS JOIN LATERAL {MEMBERS} AS m (id)"
_HELD = f"{_OWNER} JOIN people_holding h ON h.person_id = m.id AND {IN_FORCE.format(fact='h')}"
_ROWS = f"{_OWNER} JOIN people_listing h ON h.person_id = m.id AND {IN_FORCE.format(fact='h')}"

_ROW = "coverage_row c"
_NOBODY = "coverage_nobody c"
# the unlisted may be of anybody, resident or not
_UNLISTED = """(
    SELECT person_id, members, since, until, -1 AS why FROM coverage_row c
    WHERE c.flags & 3968 > 0 AND c.flags & 2048 > 0
    UNION ALL
    SELECT person_id, members, since, until, why FROM coverage_nobody WHERE lost IS NOT NULL
) AS c"""

# name → where the rows of the ledger stand, what they meet, how their facts are found, and which
RECORDS: dict[str, tuple[str, str, str, str]] = {
    "duplicates": (_ROW, f"{ODD} AND c.flags & 1024 > 0", _HELD,
                   f"{ON_EXTRACT} AND {_HELD_HERE} AND h.id IS DISTINCT FROM {FIRST}"),
    "records_unlisted": (_UNLISTED, "TRUE", _HELD, f"NOT {ON_EXTRACT} AND {_HELD_HERE}"),
    "kept_for_others": (_ROW, f"{_PERHAPS_ELSEWHERE} AND NOT {_LIVES_HERE}"
                        f" AND c.units IS NOT NULL AND {_FIRST_FOUND_HERE}", _HELD,
                        f"h.id = {FIRST}"),
    "kept_elsewhere": (_ROW, f"{_PERHAPS_ELSEWHERE} AND {_LIVES_HERE}"
                       f" AND c.units IS NOT NULL AND NOT {_FIRST_HERE}", _HELD, f"h.id = {FIRST}"),
    **{f"nobody_{name}": (_NOBODY, f"c.units IS NOT NULL AND c.why = {why}", _HELD,
                          f"{ON_EXTRACT} AND {_HELD_HERE}") for name, why in WHY.items()},
}  # fmt: skip
# counted in the ledger by the unit that keeps them
_OF_UNITS = {"duplicates", "nobody_dead", "nobody_left", "nobody_unknown"}
# so that no more owners are met than those with a record in the units of a page
_SOME_UNIT = " AND (c.units && %(units)s::bigint[] OR %(whole)s)"
_LISTED_HERE = "h.hamlet_id = ANY(%(hamlets)s)"
ROWS: dict[str, tuple[str, str, str, str]] = {
    "listed_nobody": (_NOBODY, "c.listed > 0", _ROWS, _LISTED_HERE),
    "listed_for_others": (_ROW, f"{ODD} AND c.flags & 512 > 0 AND NOT {_LIVES_HERE}", _ROWS,
                          _LISTED_HERE),
    "listed_elsewhere": (_ROW, f"{ODD} AND c.flags & 512 > 0 AND {_LIVES_HERE}", _ROWS,
                         f"NOT {_LISTED_HERE}"),
}  # fmt: skip
LISTED = {**RECORDS, **ROWS}

_AS_RECORD = """h.id, c.person_id, COALESCE(NULLIF(h.name, ''), p.called, ''), h.birth_on,
    h.birth_precision, h.sex, h.number,
    COALESCE(u.kind || ' ' || u.name, ''), h.address, h.status, h.updated, {why},
    CASE WHEN h.unlisted_since <= %(on)s THEN h.unlisted_since END, 'record', p.id IS NULL"""
_AS_ROW = """h.id, c.person_id, h.name, h.birth_on, h.birth_precision, h.sex,
    COALESCE(k.number, ''), u.kind || ' ' || u.name, l.name, h.note, NULL::date, {why},
    NULL::date, 'row', p.id IS NULL"""
# one by one (OFFSET): behind the wall the planner takes the records for few, and would compare them
# with every unit of the nation
_RECORD_PLACES = """LEFT JOIN LATERAL (
    SELECT kind, name, code FROM places_unit WHERE id = h.unit_id OFFSET 0) u ON TRUE"""
_ROW_PLACES = """JOIN places_hamlet l ON l.id = h.hamlet_id JOIN places_unit u ON u.id = l.unit_id
    LEFT JOIN places_household k ON k.id = h.household_id"""


def records_with(count: str, unit: Unit | str, on: date) -> Pages[Record]:
    """The records or rows behind one count or step of `unit` on `on`, by unit and name.

    count  a name in RECORDS or ROWS: "duplicates", "records_unlisted", "nobody_dead",
           "kept_elsewhere", "listed_nobody" and so on. As many as the count of that name says
    """
    return _pages([count], unit, on)


def records_on_nobody(unit: Unit | str, on: date, why: str | None = None) -> Pages[Record]:
    """Records in force in `unit` whose person is no resident on `on`, of this whole installation.

    why  "dead", "left" or "unknown"; all when None. As many as the counts of the same name
    """
    return _pages([f"nobody_{name}" for name in ([why] if why else WHY)], unit, on)


def duplicates(unit: Unit | str, on: date) -> Pages[Record]:
    """Further records of residents who have several: all but the one that counts.

    The one that counts is decided before undecided, then the oldest.
    """
    return records_with("duplicates", unit, on)


def parameters(ground: Ground) -> dict:
    """What the texts above ask of a ground."""
    return {
        "on": ground.on,
        "units": list(ground.units),
        "whole": ground.counts_records_of_no_unit,
        "hamlets": list(ground.hamlets),
        "odd": list(ground.odd),
    }


def counted(name: str, *, every: bool = False) -> str:
    """SQL that counts the rows of a list.

    every  the ground holds every hamlet there is, so that nobody lives or is listed elsewhere
    """
    rows, which, facts, meet = LISTED[name]
    if every and name in ("kept_for_others", "listed_for_others", "listed_elsewhere"):
        return "SELECT 0"
    if every:
        which, meet = (text.replace(_LIVES_HERE, "TRUE") for text in (which, meet))
        meet = meet.replace(_LISTED_HERE, "TRUE")
    if name.startswith("kept_"):  # one record each, so the ledger's own rows are as many
        return f"SELECT count(*) FROM {rows} WHERE {_DAY} AND {which}"
    if name in ("listed_for_others", "listed_elsewhere"):
        meet = meet.replace("h.hamlet_id", "-l.place")
        return f"""SELECT count(*) FROM {rows} CROSS JOIN LATERAL unnest(c.listed_in) AS l (place)
            WHERE {_DAY} AND {which} AND {meet}"""
    return f"SELECT count(*) FROM {rows} {facts} WHERE {_DAY} AND {which} AND {meet}"


def _pages(names: list[str], unit: Unit | str, on: date) -> Pages[Record]:
    ground, numbers = ground_with_records(unit, on)
    asked = parameters(ground)
    held = _by_code(names, ground, numbers)

    def count() -> int:
        if held is not None:
            return sum(count for count, _units in held.values())
        with connection.cursor() as cursor:
            cursor.execute("SELECT " + " + ".join(f"({counted(name)})" for name in names), asked)
            return cursor.fetchone()[0]

    def read(start: int, stop: int | None) -> list[Record]:
        here, before, inside = asked, 0, ""
        if held is not None and stop is not None:
            counts = {code: count for code, (count, _units) in held.items()}
            codes, before = touched(counts, start, stop)
            units = [unit for code in codes for unit in held[code][1]]
            here, inside = {**asked, "units": units, "whole": 0 in units}, _SOME_UNIT
        some = {**here, "start": start - before, "most": None if stop is None else stop - start}
        with connection.cursor() as cursor:
            cursor.execute(
                " UNION ALL ".join(f"({_listed(name)}{inside})" for name in names)
                + " ORDER BY unit_code, name_sort, 1 OFFSET %(start)s LIMIT %(most)s",
                some,
            )
            return [_record(row) for row in cursor.fetchall()]

    return Pages(count, read)


def _by_code(
    names: list[str], ground: Ground, numbers: dict[int, Counts]
) -> dict[str, tuple[int, list[int]]] | None:
    """Code → how many records these lists have of its units (0 for none), in their order.

    None where the ledger does not count by unit what they list.
    """
    if not set(names) <= _OF_UNITS:
        return None
    wanted = [*ground.units, *([0] if ground.counts_records_of_no_unit else [])]
    codes = dict(Unit.objects.filter(pk__in=wanted).values_list("pk", "code"))
    found: dict[str, tuple[int, list[int]]] = {}
    for unit in sorted(wanted, key=lambda unit: codes.get(unit, "")):
        counts = numbers.get(-unit) or Counts()
        some, units = found.get(codes.get(unit, ""), (0, []))
        more = sum(getattr(counts, name) for name in names)
        found[codes.get(unit, "")] = some + more, [*units, unit]
    return {code: held for code, held in found.items() if held[0]}


def _listed(name: str) -> str:
    rows, which, facts, meet = LISTED[name]
    shape, places = (_AS_RECORD, _RECORD_PLACES) if name in RECORDS else (_AS_ROW, _ROW_PLACES)
    shape = shape.format(why="-1" if rows == _ROW else "c.why")
    return f"""SELECT {shape}, COALESCE(u.code, '') AS unit_code, p.name_sort
        FROM {rows} {facts} {places} LEFT JOIN people_person p ON p.id = c.person_id
        WHERE {_DAY} AND {which} AND {meet}"""


_WHY_NAMES = {value: name for name, value in WHY.items()}


def _record(row: tuple) -> Record:
    (key, person, name, born, precision, sex, number, unit, address, status, updated, why, since,
     kind, elsewhere, _code, _sort) = row  # fmt: skip
    return Record(
        key, person, name, PartialDate(born, precision or "D") if born else None, sex, number,
        unit, address, status, updated, _WHY_NAMES.get(why, ""), since, kind, elsewhere,
    )  # fmt: skip
