"""The figures of a place on a day, each level with the exact counts of the level below."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from operator import add
from typing import Any

from django.db import connection

from hssk.coverage import rules
from hssk.coverage.services.goals import goal_of
from hssk.coverage.services.ground import Ground, Part, ground_of
from hssk.coverage.services.ordering import natural
from hssk.coverage.services.selection import LACKING, OWN, RARE, on_ground, where
from hssk.coverage.services.shapes import COUNTS, Child, Counts, Figures, Filters
from hssk.coverage.services.upkeep import settle
from hssk.places.models import Unit

Numbers = dict[int, Counts]  # place → its counts on a day
_COMMON = """
    count(*) AS expected, count(*) FILTER (WHERE c.state = 2) AS found,
    count(*) FILTER (WHERE c.state = 1) AS to_decide,
    count(*) FILTER (WHERE c.fresh_since <= %(on)s AND c.fresh_until > %(on)s) AS fresh,
    count(*) FILTER (WHERE c.flags & 2 > 0) AS visited,
    count(*) FILTER (WHERE c.flags & 4 > 0) AS app_opened
"""
_OWN = ", ".join(f"count(*) FILTER (WHERE {which}) AS {count}" for count, which in OWN.items())
_NOT_OWN = ", ".join(f"0 AS {count}" for count in OWN)
# each count costs as much as the next, however few it counts, so these are asked of few rows
_RARE = """
    count(*) FILTER (WHERE c.flags & 1 > 0) AS away,
    count(*) FILTER (WHERE c.flags & 32 > 0) AS moved_in,
    count(*) FILTER (WHERE c.listed = 0) AS unlisted,
    COALESCE(sum(c.listed - 1) FILTER (WHERE c.listed > 1), 0)::int AS doubles,
    count(*) FILTER (WHERE c.flags & 8 > 0) AS dead_listed,
    count(*) FILTER (WHERE c.flags & 16 > 0) AS moved_listed,
    count(*) FILTER (WHERE c.flags & 128 > 0) AS only_unlisted
"""


def figures(
    unit: Unit | str,
    on: date,
    map_day: date | None = None,
    filters: Filters | None = None,
    *,
    numbers: Numbers | None = None,
) -> Figures:
    """The counts of `unit` on `on` and of each of its parts.

    unit     a unit in force on `on`, or its code then
    map_day  the day whose map draws the parts (the day asked about when None)
    filters  residents to count; rows and records are not people, so with filters they are 0
    numbers  those of `numbers_on`, where whoever asks has them: without filters
    returns  children: communes of a province or district (districts of a province before
             1/7/2025), hamlets of a commune; worst first. Zeros where nothing is known

    Raises UnknownUnit, and LedgerAstray rather than show a figure that cannot be.
    """
    ground, counted = _counted(unit, on, map_day, filters, numbers)
    whole = drawn_up(ground, counted, goal_of(ground.unit))
    whole.filtered, whole.own = bool(filters), counts_own(ground, filters)
    return whole


def drawn_up(
    ground: Ground,
    numbers: dict[int, Counts],
    goal: float,
    more: Mapping[int, Counter[str]] | None = None,
) -> Figures:
    """The counts of a ground and of each of its parts, from those of every place; worst first.

    more  place → further numbers, added up as the counts are
    Raises LedgerAstray rather than show a figure that cannot be.
    """
    whole = Figures(
        ground.unit.level, ground.unit.code, str(ground.unit), Counts(), goal, ground.statement,
        on=ground.on, map_day=ground.map_day, ground=ground,
    )  # fmt: skip
    children, of_no_part = parts_of(ground, numbers, goal, more)
    whole.children = worst_first(children)
    rest, whole.more = _held(of_no_part, numbers, more or {})
    whole.counts = Counts.total([rest, *(child.counts for child in whole.children)])
    for child in whole.children if more else ():
        whole.more.update(child.more)
    for child in (whole, *whole.children):
        child.counts.checked(child.name)
    return whole


def parts_of(
    ground: Ground,
    numbers: dict[int, Counts],
    goal: float,
    more: Mapping[int, Counter[str]] | None = None,
) -> tuple[list[Child], list[int]]:
    """The parts of a ground with their counts, in no order and not checked, and the places that lie
    in none of them; `more` as for `drawn_up`."""
    of_no_part: list[int] = []
    parts: dict[int, tuple[Part, list[int]]] = {}
    for place, part in _parts(ground):
        if place in numbers:
            at = parts.setdefault(id(part), (part, []))[1] if part is not None else of_no_part
            at.append(place)
    children = [
        Child(part.kind, part.key, part.name, counts, goal, part.statement, further, part.former)
        for part, places in parts.values()
        for counts, further in [_held(places, numbers, more or {})]
    ]
    return children, of_no_part


def _held(
    places: list[int], numbers: dict[int, Counts], more: Mapping[int, Counter[str]]
) -> tuple[Counts, Counter[str]]:
    """The counts of these places together, and their further numbers."""
    if len(places) == 1 and not more:  # a hamlet, mostly: what is kept of it, not added up again
        return numbers[places[0]], Counter()
    further: Counter[str] = Counter()
    for place in places if more else ():
        further.update(more.get(place, ()))
    return Counts.total(numbers[place] for place in places), further


def counts_of(unit: Unit | str, on: date, filters: Filters | None = None) -> tuple[Ground, Counts]:
    """The ground of `unit` on `on` with the units that records name, and its counts as a whole."""
    ground, numbers = _counted(unit, on, None, filters)
    whole = Counts.total(numbers[place] for place, _part in _parts(ground) if place in numbers)
    return ground, whole.checked(str(ground.unit))


def numbers_on(on: date) -> dict[int, Counts]:
    """Place → counts of every place that has any on `on`, unfiltered."""
    settle()
    return _standing(on)


def one_number_on(on: date, count: str) -> dict[int, int]:
    """Place → one count of `numbers_on`, for whoever needs no other."""
    settle()
    names: tuple[str, ...] = (count,)
    if count == "missing":
        names = ("expected", "found", "to_decide")
    elif count in LACKING:
        names = ("expected", LACKING[count])
    counted = _added_up(on, names).items()
    return {place: first - sum(less) for place, (first, *less) in counted}


def ground_with_records(
    unit: Unit | str, on: date, *, numbers: Numbers | None = None
) -> tuple[Ground, Numbers]:
    """The ground of `unit` on `on` with the units that records name then, and `numbers_on`, which
    whoever asks may have at hand."""
    return _counted(unit, on, None, None, numbers)


def _parts(ground: Ground) -> Iterator[tuple[int, Part | None]]:
    """Every place that the ground holds, with its part if it has one."""
    yield from ground.hamlets.items()
    if ground.counts_records_of_no_unit:
        yield 0, None
    for unit, part in ground.units.items():
        yield -unit, part


def worst_first(children: Iterable[Child]) -> list[Child]:
    """Most people short of the goal first, then most missing, then by name."""
    return sorted(children, key=lambda c: (-c.gap, -c.counts.missing, natural(c.name), c.key))


def _counted(
    unit: Unit | str,
    on: date,
    map_day: date | None,
    filters: Filters | None,
    numbers: Numbers | None = None,
) -> tuple[Ground, Numbers]:
    """The ground of a question, and place → counts of every place that has any on `on`."""
    if not filters:
        if numbers is None:
            numbers = numbers_on(on)
        named = [-place for place in numbers if place < 0]
        return ground_of(unit, on, map_day, named), numbers
    settle()
    ground = ground_of(unit, on, map_day)
    condition, params = where(on, filters)
    here, hamlets = on_ground(ground)
    own = counts_own(ground, filters)
    return ground, _filtered(f"{condition} AND {here}", {**params, **hamlets}, own=own)


def counts_own(ground: Ground, filters: Filters | None) -> bool:
    """Whether a figure says what our own record does: of some residents of a large place it does
    not, for each count costs as much as the next. The lists are of any place."""
    if not filters:
        return True
    residents = one_number_on(ground.on, "expected")
    return sum(residents.get(hamlet, 0) for hamlet in ground.hamlets) <= rules.SMALL


def _filtered(condition: str, params: dict[str, Any], *, own: bool) -> dict[int, Counts]:
    """Hamlet → counts of the rows of the ledger that meet a condition; `own` as `counts_own`."""
    common_sums = f"{_COMMON}, {_OWN if own else _NOT_OWN}"
    with connection.cursor() as cursor:
        common, rare = (
            cursor.execute(
                f"SELECT c.hamlet_id, {sums} FROM coverage_row c"
                f" WHERE {condition} AND {which} GROUP BY c.hamlet_id",
                params,
            ).fetchall()
            for sums, which in ((common_sums, "TRUE"), (_RARE, RARE))
        )
    rarely = {place: counts for place, *counts in rare}
    return {place: Counts(*counts, *rarely.get(place, ())) for place, *counts in common}


_STANDING = """SELECT place, {asked} FROM coverage_standing
    UNION ALL SELECT place, {asked} FROM coverage_pending WHERE day <= %(on)s"""
STANDING = _STANDING.format(asked=", ".join(COUNTS))


def _standing(on: date) -> dict[int, Counts]:
    """The unfiltered numbers of a day."""
    # what came and was taken back may still stand there as nothing, until it is folded
    counted = _added_up(on, COUNTS)
    return {place: Counts(*counts) for place, counts in counted.items() if any(counts)}


def _added_up(on: date, names: Sequence[str]) -> dict[int, Sequence[int]]:
    """These numbers of every place: as they stand ready for the day of now, else added up."""
    asked = ", ".join(names)
    with connection.cursor() as cursor:
        cursor.execute("SELECT coverage_stand(%s)", [on])
        ready = cursor.fetchone()[0]
        added_up = f"SELECT place, {asked} FROM coverage_on(%(on)s)"
        cursor.execute(_STANDING.format(asked=asked) if ready else added_up, {"on": on})
        found: dict[int, Sequence[int]] = {}
        for place, *counts in cursor.fetchall():
            there = found.get(place)
            found[place] = tuple(map(add, there, counts)) if there else counts
    return found


def households(hamlet_id: int, on: date, filters: Filters | None = None) -> list[Child]:
    """The counts of each household of a hamlet, worst first; those of no household have key ""."""
    settle()
    condition, params = where(on, filters)
    with connection.cursor() as cursor:
        cursor.execute(
            f"""SELECT c.household_id, h.number, {_COMMON}, {_OWN}, {_RARE}
            FROM coverage_row c
            LEFT JOIN places_household h ON h.id = c.household_id
            WHERE c.hamlet_id = %(hamlet)s AND {condition} GROUP BY c.household_id, h.number""",
            {**params, "hamlet": hamlet_id},
        )
        rows = cursor.fetchall()
    return worst_first(
        Child("household", str(key or ""), number or "", Counts(*counts).checked(number or ""))
        for key, number, *counts in rows
    )
