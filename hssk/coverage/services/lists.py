"""The lists behind the figures: each reads the rows that its count counts."""

import re
from collections.abc import Iterable
from datetime import date

from django.db import connection

from hssk.coverage.services.ground import ground_of
from hssk.coverage.services.selection import where
from hssk.coverage.services.shapes import Filters, Person
from hssk.coverage.services.upkeep import settle
from hssk.kit.dates import PartialDate
from hssk.people.rules import relation_code
from hssk.places.models import Unit

HEAD = "01"

# the relation stands on the residence that puts the person there
_PEOPLE = """
    SELECT c.person_id, p.name, p.birth_on, p.birth_precision, p.sex, c.state, c.flags,
           COALESCE(c.fresh_since <= %(on)s AND c.fresh_until > %(on)s, false),
           c.hamlet_id, h.name, c.household_id, COALESCE(k.number, ''), COALESCE(r.relation, ''),
           c.ethnicity, c.insurance_place, c.since, h.unit_id, p.name_sort
    FROM coverage_row c
    JOIN people_person p ON p.id = c.person_id
    JOIN places_hamlet h ON h.id = c.hamlet_id
    LEFT JOIN places_household k ON k.id = c.household_id
    LEFT JOIN LATERAL (
        SELECT r.relation FROM people_person m JOIN people_residence r ON r.person_id = m.id
        WHERE m.root = c.person_id AND r.hamlet_id = c.hamlet_id
          AND r.household_id IS NOT DISTINCT FROM c.household_id
          AND r.since <= %(on)s AND (r.until IS NULL OR r.until > %(on)s)
        ORDER BY r.relation = '', strpos('CTP', r.kind), r.since DESC, r.id LIMIT 1
    ) r ON TRUE
    WHERE {condition}
"""


def natural(number: str) -> tuple:
    """A key under which household 2 stands before 10, and 10 before 10A; none at the end."""
    return (not number, [(int(part), "") if part.isdigit() else (0, part)
                         for part in re.findall(r"\d+|\D+", number)])  # fmt: skip


def missing(
    unit: Unit | str, on: date, filters: Filters | None = None, map_day: date | None = None
) -> list[Person]:
    """Every resident of `unit` on `on` with no record in force, by hamlet and household.

    As many as the count `missing` of `figures` with the same arguments.
    """
    return people_with("missing", unit, on, filters, map_day)


def people_with(
    count: str,
    unit: Unit | str,
    on: date,
    filters: Filters | None = None,
    map_day: date | None = None,
) -> list[Person]:
    """The residents behind a count of `figures`: "expected", "found", "away", "fresh" and so on.

    count    a name in selection.OF_ROW; "doubles" counts rows, this lists the people who have them
    returns  by hamlet, household (2 before 10), head first, then by name
    """
    ground = ground_of(unit, on, map_day)
    return in_hamlets(list(ground.hamlets), on, filters, count, ground.names)


def people_of(
    hamlet_id: int, household_id: int | None, on: date, filters: Filters | None = None
) -> list[Person]:
    """The residents of a household on `on`, head first; of no household when None."""
    people = in_hamlets([hamlet_id], on, filters)
    return [person for person in people if person.household_id == household_id]


def in_hamlets(
    hamlets: Iterable[int],
    on: date,
    filters: Filters | None = None,
    count: str = "expected",
    names: dict[int, str] | None = None,
) -> list[Person]:
    """The residents of these hamlets of that count, as `people_with` orders them.

    names  hamlet id → what it is called, where its name alone does not tell
    """
    settle()
    condition, params = where(on, filters, count)
    params["hamlets"] = list(hamlets)
    heads = heads_of(params["hamlets"], on)
    with connection.cursor() as cursor:
        cursor.execute(
            _PEOPLE.format(condition=f"c.hamlet_id = ANY(%(hamlets)s) AND {condition}"), params
        )
        rows = cursor.fetchall()
    people = [(_person(row, heads, names or {}), row[-1]) for row in rows]
    people.sort(
        key=lambda each: (
            natural(each[0].hamlet),
            each[0].hamlet_id,
            natural(each[0].household),
            relation_code(each[0].relation) != HEAD,
            each[1],
            each[0].id,
        )
    )
    return [person for person, _sort in people]


def _person(row: tuple, heads: dict[int, str], names: dict[int, str]) -> Person:
    (key, name, born, precision, sex, state, flags, fresh, hamlet_id, hamlet, household_id, number,
     relation, ethnicity, insurance_place, since, unit_id, _sort) = row  # fmt: skip
    return Person(
        id=key, name=name, birth=PartialDate(born, precision or "D") if born else None, sex=sex,
        state=state, flags=flags, fresh=fresh, hamlet_id=hamlet_id,
        hamlet=names.get(hamlet_id, hamlet),
        household_id=household_id, household=number, relation=relation,
        head=heads.get(household_id, ""), ethnicity=ethnicity, insurance_place=insurance_place,
        since=since, unit_id=unit_id,
    )  # fmt: skip


def heads_of(hamlets: Iterable[int], on: date) -> dict[int, str]:
    """Household id → name of its head on `on`, where a list says who that is."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT relation FROM people_residence WHERE relation <> ''")
        spellings = [text for (text,) in cursor.fetchall() if relation_code(text) == HEAD]
        cursor.execute(
            """SELECT DISTINCT ON (r.household_id) r.household_id, p.name
            FROM people_residence r JOIN people_person m ON m.id = r.person_id
            JOIN people_person p ON p.id = m.root
            WHERE r.hamlet_id = ANY(%(hamlets)s) AND r.relation = ANY(%(heads)s)
              AND r.household_id IS NOT NULL
              AND r.since <= %(on)s AND (r.until IS NULL OR r.until > %(on)s)
            ORDER BY r.household_id, strpos('CTP', r.kind) DESC, r.since DESC, r.id""",
            {"hamlets": list(hamlets), "heads": spellings, "on": on},
        )
        return dict(cursor.fetchall())
