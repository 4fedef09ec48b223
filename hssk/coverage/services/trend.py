"""How a place came to its figure: people and people with a record as months began, and today."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import connection

from hssk.coverage.rules import LEAST_SHOWN
from hssk.coverage.services.shapes import Figures
from hssk.coverage.services.upkeep import settle

MONTHS = 6

# sums of the kept counts, of no column but two: a figure of a day as `coverage_on` has it
_SUMS = """
    WITH days AS (SELECT d, (SELECT max(month) FROM coverage_month WHERE month <= d) AS opened
                  FROM unnest(%(days)s::date[]) AS d)
    SELECT d, sum(expected)::int, sum(found)::int FROM (
        SELECT d, expected, found FROM days JOIN coverage_month c ON c.month = opened
        WHERE place = ANY(%(hamlets)s)
        UNION ALL
        SELECT d, expected, found FROM days JOIN coverage_day c
            ON c.day <= d AND c.day >= COALESCE(opened, '-infinity')
        WHERE place = ANY(%(hamlets)s)
        UNION ALL
        SELECT d, expected, found FROM days JOIN coverage_pending c ON c.day <= d
        WHERE place = ANY(%(hamlets)s)
    ) AS parts GROUP BY d ORDER BY d
"""


@dataclass(frozen=True, slots=True)
class Point:
    """A figure of one day."""

    day: date
    found: int
    expected: int

    @property
    def share(self) -> float:
        return 100 * self.found / self.expected


def trend(whole: Figures) -> list[Point]:
    """The figure of a place at the beginning of each of the last months, and on its own day; none
    of days on which fewer than 30 people were known there."""
    settle()
    days = [*month_starts(whole.on, MONTHS), whole.on]
    with connection.cursor() as cursor:
        cursor.execute(_SUMS, {"days": days, "hamlets": list(whole.ground.hamlets)})
        points = [Point(day, found, people) for day, people, found in cursor.fetchall()]
    return [point for point in points if point.expected >= LEAST_SHOWN]


def month_starts(on: date, months: int) -> list[date]:
    """The first days of this many months, the last of them before `on`; in order."""
    found: list[date] = []
    while len(found) < months:
        on = (on - timedelta(days=1)).replace(day=1)
        found.insert(0, on)
    return found
