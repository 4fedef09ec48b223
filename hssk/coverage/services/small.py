"""What is shown to those who may see figures and no row: nothing from which a few people stand out.

Source: protection.md §1.5: coverage is exact for units of 30 people and more, else rolled up.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from operator import attrgetter

from django.utils.translation import ngettext

from hssk.coverage.reports.parting import together
from hssk.coverage.rules import LEAST_SHOWN
from hssk.coverage.services.figures import (
    Numbers,
    counts_of,
    figures,
    ground_with_records,
    parts_of,
    worst_first,
)
from hssk.coverage.services.goals import goal_of
from hssk.coverage.services.ground import Ground, ground_of
from hssk.coverage.services.shapes import Child, Counts, Figures
from hssk.places.models import Unit
from hssk.places.services import while_they_stand

TOLD = ("expected", "found", "to_decide", "missing", "app_opened")  # of each place, in every table
_told = attrgetter(*TOLD)
# what pages of one place tell besides
OWN = ("verified", "content", "complete", "updated")


def rolled_up(children: list[Child]) -> list[Child]:
    """The places one level down, those with few people as one line, the worst first.

    So many places are on the line that nobody finds a small one out by taking the others from the
    whole (`reports.parting`).
    """
    few = parted(children)
    rest = [child for child in children if child.key not in few]
    return worst_first([*rest, *([as_one(children, few)] if few else [])])


def few_of(
    children: Iterable[Child], start: frozenset[str], more: Iterable[str] = ()
) -> frozenset[str]:
    """The keys of the places that are told as one line, where those of `start` are; `more` is told
    of each besides TOLD."""
    more = tuple(more)
    numbers = {c.key: (*_told(c.counts), *map(c.number, more)) for c in children}
    return together(numbers, start)


def parted(children: list[Child], levels: Sequence[Iterable[str]] = ()) -> frozenset[str]:
    """The parting of a day: the keys of the places that are told as one line.

    levels  further numbers, those first that most tables tell: what a level puts together stays so
            on the next, so that a table of more numbers is of sums of the lines of one of fewer

    What a commune told together its ward tells together: who was told the sum on the last day of
    the one, and each but the small one on the first of the other, would know the small one.
    """
    few: frozenset[str] = frozenset()
    for n, more in enumerate(((), *levels)):
        before = [parted(those, levels[:n]) for those in _by_former(children)]
        few = few_of(children, few.union(*before), more)
    return few


def _by_former(children: list[Child]) -> Iterable[list[Child]]:
    """The hamlets of each former commune; nothing where all are of one."""
    former: dict[int, list[Child]] = {}
    for child in children:
        if child.former is not None:
            former.setdefault(child.former, []).append(child)
    return former.values() if len(former) > 1 else ()


def as_one(children: Iterable[Child], few: frozenset[str]) -> Child:
    """These of the places as one line."""
    held = [child for child in children if child.key in few]
    counts = Counts.total(child.counts for child in held)
    further: Counter[str] = Counter()
    for child in held:
        further.update(child.more)
    text = ngettext("{n} nơi ít người, tính chung", "{n} nơi ít người, tính chung", len(held))
    first = held[0]
    name = text.format(n=len(held))
    return Child(first.kind, "", name, counts, first.goal, more=further)


def told_of(
    unit: Unit | str, on: date, map_day: date | None = None, *, numbers: Numbers | None = None
) -> Figures | None:
    """The figures of a unit as whoever sees no row is told them; None where so few live there that
    the whole would tell of somebody.

    numbers  those of `numbers_on`, where whoever asks has them
    """
    whole = figures(unit, on, map_day, numbers=numbers)
    if whole.counts.expected < LEAST_SHOWN:
        return None
    whole.children = rolled_up(whole.children)
    return whole


def whole_told(unit: Unit | str, on: date) -> Counts | None:
    """The counts of a unit as a whole, for whoever needs none of its parts; None as `told_of`."""
    _ground, whole = counts_of(unit, on)
    return whole if whole.expected >= LEAST_SHOWN else None


def told_together(
    unit: Unit | str, on: date, *, numbers: Numbers | None = None
) -> list[frozenset[int]]:
    """The hamlets of a unit that its tables of a day tell as one line, a set for each line.

    Whatever else is told of that day to those who see no row is worked out from these lines. All of
    a unit that a unit above tells together with others are one line; numbers as `told_of`.
    """
    ground, numbers = ground_with_records(unit, on, numbers=numbers)
    inner = ground.unit
    named = [-place for place in numbers if place < 0]
    goal = goal_of(inner)  # any will do: which places are few is no matter of a goal
    while (above := inner.parent) is not None:
        outer = ground_of(above, on, None, named)
        if inner.code in parted(parts_of(outer, numbers, goal)[0]):
            return [frozenset(ground.hamlets)]
        inner = above
    with while_they_stand():  # a province has a ground for each of its communes
        return list(_lines(ground, numbers, goal))


def _lines(ground: Ground, numbers: dict[int, Counts], goal: float) -> Iterator[frozenset[int]]:
    children, _of_no_part = parts_of(ground, numbers, goal)
    few = parted(children)
    if few:
        yield frozenset(pk for pk, part in ground.hamlets.items() if part.key in few)
    named = [-place for place in numbers if place < 0]
    for child in children:
        if child.kind in (Unit.DISTRICT, Unit.COMMUNE) and child.key and child.key not in few:
            inner = ground_of(child.key, ground.on, None, named)
            if inner.unit != ground.unit:
                yield from _lines(inner, numbers, goal)
