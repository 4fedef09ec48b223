"""What changed between two days, and when the goal is reached if it goes on so."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db import connection

from hssk.coverage import rules
from hssk.coverage.services.figures import figures
from hssk.coverage.services.goals import goal_of
from hssk.coverage.services.ground import ground_of
from hssk.coverage.services.shapes import Counts
from hssk.coverage.services.upkeep import settle
from hssk.places.models import Unit

PACE_DAYS = 90


@dataclass(frozen=True, slots=True)
class Changed:
    """One person to whom something happened between two days."""

    id: UUID
    name: str
    hamlet: str
    household: str


@dataclass(frozen=True, slots=True)
class Changes:
    """What became of a unit's residents from `since` to `on`.

    entered, left  people who are residents here on one of the days only
    got, lost      people here on both days, whose record is found on one of them only
    before, after  the counts on both days; after.expected = before.expected + entered − left, and
                   after.found = before.found + got − lost + found among entered − among left
    """

    since: date
    on: date
    before: Counts
    after: Counts
    entered: list[Changed]
    left: list[Changed]
    got: list[Changed]
    lost: list[Changed]


_CHANGED = """
    WITH a AS (
        SELECT person_id, hamlet_id, household_id, state FROM coverage_row
        WHERE since <= %(since)s AND until > %(since)s AND hamlet_id = ANY(%(before)s)
    ), b AS (
        SELECT person_id, hamlet_id, household_id, state FROM coverage_row
        WHERE since <= %(on)s AND until > %(on)s AND hamlet_id = ANY(%(after)s)
    ), both_days AS (
        SELECT COALESCE(b.person_id, a.person_id) AS person_id,
               COALESCE(b.hamlet_id, a.hamlet_id) AS hamlet_id,
               CASE WHEN b.person_id IS NULL THEN a.household_id ELSE b.household_id END
                   AS household_id,
               CASE WHEN a.person_id IS NULL THEN 'entered' WHEN b.person_id IS NULL THEN 'left'
                    WHEN b.state = 2 AND a.state < 2 THEN 'got'
                    WHEN a.state = 2 AND b.state < 2 THEN 'lost' END AS what
        FROM a FULL JOIN b ON b.person_id = a.person_id
    )
    SELECT c.what, p.id, p.name, h.name, COALESCE(k.number, ''), h.id
    FROM both_days c JOIN people_person p ON p.id = c.person_id
    JOIN places_hamlet h ON h.id = c.hamlet_id
    LEFT JOIN places_household k ON k.id = c.household_id
    WHERE c.what IS NOT NULL ORDER BY h.name, k.number, p.name_sort, p.id
"""


def changes(unit: Unit | str, since: date, on: date) -> Changes:
    """What changed in `unit` from `since` to `on`, by name.

    unit  a unit in force on `on`, or its code then; `since` is asked on the map of `on`
    """
    settle()
    ground = ground_of(unit, on)
    hamlets = list(ground.hamlets)
    with connection.cursor() as cursor:
        cursor.execute(_CHANGED, {"since": since, "on": on, "before": hamlets, "after": hamlets})
        rows = cursor.fetchall()
    sorted_out: dict[str, list[Changed]] = {"entered": [], "left": [], "got": [], "lost": []}
    for what, key, name, hamlet, household, place in rows:
        sorted_out[what].append(Changed(key, name, ground.names.get(place, hamlet), household))
    before, after = (_sum_on(hamlets, day) for day in (since, on))
    return Changes(since, on, before, after, **sorted_out)


def _sum_on(hamlets: list[int], day: date) -> Counts:
    """The numbers of these hamlets together, whatever map they lie on."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT COALESCE(sum(expected), 0), COALESCE(sum(found), 0),
                      COALESCE(sum(to_decide), 0)
            FROM coverage_on(%s) WHERE place = ANY(%s)""",
            [day, hamlets],
        )
        return Counts(*cursor.fetchone())


_NEWLY_FOUND = """
    WITH made AS MATERIALIZED (
        SELECT DISTINCT p.root FROM people_holding h JOIN people_person p ON p.id = h.person_id
        WHERE h.since > %(since)s AND h.since <= %(on)s AND h.decided
          AND NOT EXISTS (SELECT FROM people_holding e JOIN people_person q ON q.id = e.person_id
                          WHERE q.root = p.root AND e.since <= %(since)s)
    )
    SELECT count(*) FROM made JOIN coverage_row r ON r.person_id = made.root
    WHERE r.since <= %(on)s AND r.until > %(on)s AND r.state = 2 AND r.hamlet_id = ANY(%(hamlets)s)
"""


def _newly_found(hamlets: list[int], since: date, on: date) -> int:
    """How many residents with a record on `on` had none made by `since`."""
    with connection.cursor() as cursor:
        cursor.execute(_NEWLY_FOUND, {"hamlets": hamlets, "since": since, "on": on})
        return cursor.fetchone()[0]


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast people are found, and when the goal is reached if that goes on.

    gained   people found on `on` whose first record was made in the last `days` days
    reached  the day; `on` itself when the goal is met, None when there is no pace to go by
    """

    goal: float
    gap: int
    gained: int
    days: int
    reached: date | None


def pace(unit: Unit | str, on: date, goal: float | None = None, days: int = PACE_DAYS) -> Pace:
    """When `unit` reaches `goal` per cent at the pace of the last `days` days.

    What counts is the day on which the software made a resident's first record, not the day on
    which a file told us of it: the first extract brings years of records in at once.
    """
    ground = ground_of(unit, on)
    now = figures(ground.unit, on).counts
    wanted = goal_of(ground.unit) if goal is None else goal
    gap = rules.gap_to_goal(now.found, now.expected, wanted)
    gained = _newly_found(list(ground.hamlets), on - timedelta(days=days), on)
    return Pace(
        wanted, gap, gained, days, rules.day_reached(on=on, gap=gap, gained=gained, days=days)
    )
