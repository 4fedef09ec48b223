"""What is shown to those who may see figures and no row: nothing from which a few people stand out.

Source: protection.md §1.5: coverage is exact for units of 30 people and more, else rolled up.
"""

from collections.abc import Iterable

from django.utils.translation import ngettext

from hssk.coverage.reports.parting import together
from hssk.coverage.services.figures import worst_first
from hssk.coverage.services.shapes import Child, Counts

TOLD = ("expected", "found", "to_decide", "missing", "app_opened")  # of each place, in every table


def rolled_up(children: list[Child]) -> list[Child]:
    """The places one level down, those with few people as one line, the worst first.

    So many places are on the line that nobody finds a small one out by taking the others from the
    whole (`reports.parting`).
    """
    few = few_of(children)
    rest = [child for child in children if child.key not in few]
    return worst_first([*rest, *([as_one(children, few)] if few else [])])


def few_of(children: Iterable[Child], start: frozenset[str] = frozenset()) -> frozenset[str]:
    """The keys of the places that are told as one line."""
    numbers = {c.key: [getattr(c.counts, count) for count in TOLD] for c in children}
    return together(numbers, start)


def as_one(children: Iterable[Child], few: frozenset[str]) -> Child:
    """These of the places as one line."""
    held = [child for child in children if child.key in few]
    counts = Counts.total(child.counts for child in held)
    text = ngettext("{n} nơi ít người, tính chung", "{n} nơi ít người, tính chung", len(held))
    first = held[0]
    return Child(first.kind, "", text.format(n=len(held)), counts, first.goal)
