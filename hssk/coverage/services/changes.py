"""What changed between two days, by name."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from hssk.coverage.services.figures import numbers_on
from hssk.coverage.services.ground import Ground, ground_of
from hssk.coverage.services.lists import touched
from hssk.coverage.services.ordering import household_order, place_order
from hssk.coverage.services.pages import Pages
from hssk.coverage.services.shapes import Counts
from hssk.coverage.services.upkeep import settle
from hssk.kit.numbers import format_date
from hssk.kit.words import language
from hssk.places.models import Unit

WHAT = ("entered", "left", "got", "lost")


@dataclass(frozen=True, slots=True)
class Changed:
    """One person to whom something happened between two days; `unit` is the commune.

    elsewhere  another place has them by now: counted, and not named
    """

    id: UUID
    name: str
    hamlet: str
    household: str
    unit: str = ""
    elsewhere: bool = False


@dataclass(frozen=True, slots=True)
class Changes:
    """What became of a unit's residents from `since` to `on`.

    entered, left  people who are residents here on one of the days only
    got, lost      people here on both days, whose record is found on one of them only
    before, after  the counts on both days; after.expected = before.expected + entered − left, and
                   after.found = before.found + got − lost + found among entered − among left
    says           what is compared here, in a sentence, since the pace counts something else
    Of people len() is how many there are; a slice reads those names alone.
    """

    since: date
    on: date
    before: Counts
    after: Counts
    entered: Pages[Changed]
    left: Pages[Changed]
    got: Pages[Changed]
    lost: Pages[Changed]
    says: str = ""


# Whoever has one row of the ledger over both days has not changed, so only rows that ended or began
# between them are compared. `a` is how somebody stood on the first day, `b` on the second.
_BOTH_DAYS = """
    WITH a AS (
        SELECT person_id, hamlet_id, household_id, state FROM coverage_row
        WHERE since <= %(since)s AND until > %(since)s AND until <= %(on)s
          AND (%(all_before)s OR hamlet_id = ANY(%(before)s))
    ), b AS (
        SELECT person_id, hamlet_id, household_id, state FROM coverage_row
        WHERE since > %(since)s AND since <= %(on)s AND until > %(on)s
          AND (%(all_after)s OR hamlet_id = ANY(%(after)s))
    ), both_days AS (
        -- no COALESCE: behind row security nobody is looked up by what may leak (CASE may not)
        SELECT CASE WHEN b.person_id IS NULL THEN a.person_id ELSE b.person_id END AS person_id,
               COALESCE(b.hamlet_id, a.hamlet_id) AS hamlet_id,
               CASE WHEN b.person_id IS NULL THEN a.household_id ELSE b.household_id END
                   AS household_id,
               CASE WHEN a.person_id IS NULL THEN 'entered' WHEN b.person_id IS NULL THEN 'left'
                    WHEN b.state = 2 AND a.state < 2 THEN 'got'
                    WHEN a.state = 2 AND b.state < 2 THEN 'lost' END AS what
        FROM a FULL JOIN b ON b.person_id = a.person_id
    )
"""
_COUNTED = f"""{_BOTH_DAYS} SELECT what, hamlet_id, count(*) FROM both_days
    WHERE what IS NOT NULL GROUP BY what, hamlet_id"""
_NAMED = f"""{_BOTH_DAYS}
    SELECT c.person_id, COALESCE(NULLIF(p.name, ''), p.called), c.hamlet_id, c.household_id,
           COALESCE(k.number, ''), COALESCE(p.name_sort, '')
    FROM both_days c LEFT JOIN people_person p ON p.id = c.person_id
    LEFT JOIN places_household k ON k.id = c.household_id WHERE c.what = %(what)s
"""


def changes(unit: Unit | str, since: date, on: date) -> Changes:
    """What changed in `unit` from `since` to `on`: how many, and by name page by page.

    unit  a unit in force on `on`, or its code then; `since` is asked on the map of `on`
    """
    settle()
    ground = ground_of(unit, on)
    hamlets = list(ground.hamlets)
    numbers = numbers_on(on)
    before = _sum_on(hamlets, since)
    after = Counts.total(numbers[pk] for pk in hamlets if pk in numbers)
    comparing = _Comparing(ground, since, None if before.expected else numbers)
    people = {what: comparing.people(what) for what in WHAT}
    return Changes(since, on, before, after, **people, says=_says(since, on, before))


def _says(since: date, on: date, before: Counts) -> str:
    days = {"since": format_date(since, language()), "on": format_date(on, language())}
    if not before.expected:
        return _(
            "Ngày {since} chưa có danh sách nhân khẩu, nên ai có tên ngày {on} cũng là mới đến và "
            "không ai là mới có hồ sơ. Nhịp lập hồ sơ tính cách khác: theo ngày lập ghi trên hồ sơ."
        ).format(**days)
    return _(
        "So hai ngày theo tên: “có hồ sơ” là người có trong danh sách cả hai ngày, ngày {since} "
        "chưa có hồ sơ, ngày {on} đã có."
    ).format(**days)


class _Comparing:
    """The people of a ground on two days: where those changed stand, and some of them by name."""

    def __init__(self, ground: Ground, since: date, all_new: dict[int, Counts] | None) -> None:
        """`all_new`: the numbers of the second day, where nobody was a resident on the first."""
        self.ground = ground
        hamlets, every = list(ground.hamlets), ground.every
        self.asked: dict[str, Any] = {
            "since": since, "on": ground.on, "before": hamlets, "after": hamlets,
            "all_before": every, "all_after": every,
        }  # fmt: skip
        self.held = self._held() if all_new is None else self._all_entered(all_new)

    def people(self, what: str) -> Pages[Changed]:
        held = self.held[what]
        return Pages(lambda: sum(held.values()), lambda start, stop: self._read(what, start, stop))

    def _held(self) -> dict[str, dict[int, int]]:
        """What → hamlet → how many, in the order of the list."""
        with connection.cursor() as cursor:
            cursor.execute(_COUNTED, self.asked)
            rows = sorted(cursor.fetchall(), key=lambda row: self._place(row[1]))
        return {what: {pk: count for kind, pk, count in rows if kind == what} for what in WHAT}

    def _all_entered(self, numbers: dict[int, Counts]) -> dict[str, dict[int, int]]:
        """The same where everybody is new: the figures have it ready."""
        hamlets = [pk for pk in self.ground.hamlets if pk in numbers and numbers[pk].expected]
        entered = {pk: numbers[pk].expected for pk in sorted(hamlets, key=self._place)}
        return {what: entered if what == "entered" else {} for what in WHAT}

    def _place(self, hamlet: int) -> tuple:
        commune, name = str(self.ground.communes[hamlet]), self.ground.called[hamlet]
        return place_order(commune=commune, hamlet=name, hamlet_id=hamlet)

    def _read(self, what: str, start: int, stop: int | None) -> list[Changed]:
        held = self.held[what]
        stop = sum(held.values()) if stop is None else stop
        hamlets, before = touched(held, start, stop)
        side = "before" if what == "left" else "after"  # they are listed where they stand then
        here: dict[str, Any] = {side: list(hamlets), f"all_{side}": False, "what": what}
        with connection.cursor() as cursor:
            cursor.execute(_NAMED, {**self.asked, **here})
            rows = cursor.fetchall()
        rows.sort(key=lambda row: (
            self._place(row[2]), household_order(row[4], row[3]), row[1] is None, row[5], row[0],
        ))  # fmt: skip
        return [
            Changed(
                key,
                name or "",
                self.ground.called[hamlet],
                number,
                str(self.ground.communes[hamlet]),
                name is None,
            )
            for key, name, hamlet, _household, number, _sort in rows[start - before : stop - before]
        ]


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
