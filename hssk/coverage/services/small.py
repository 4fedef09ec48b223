"""What is shown to those who may see figures and no row: nothing from which a few people stand out.

Source: protection.md §1.5: coverage is exact for units of 30 people and more, else rolled up.
"""

from django.utils.translation import ngettext

from hssk.coverage.rules import LEAST_SHOWN
from hssk.coverage.services.figures import worst_first
from hssk.coverage.services.shapes import Child, Counts


def rolled_up(children: list[Child]) -> list[Child]:
    """The places one level down, those with few people as one line, the worst first.

    The line is of two places at least, and of so many people that nobody finds a small place out by
    taking the others from the whole.
    """
    by_size = sorted(children, key=lambda child: child.counts.expected)
    few = [child for child in by_size if child.counts.expected < LEAST_SHOWN]
    rest = by_size[len(few) :]
    while few and rest and (len(few) < 2 or _people(few) < LEAST_SHOWN):
        few.append(rest.pop(0))
    return worst_first([*rest, *([_together(few)] if few else [])])


def _people(children: list[Child]) -> int:
    return sum(child.counts.expected for child in children)


def _together(children: list[Child]) -> Child:
    counts = Counts.total(child.counts for child in children)
    text = ngettext("{n} nơi ít người, tính chung", "{n} nơi ít người, tính chung", len(children))
    first = children[0]
    return Child(first.kind, "", text.format(n=len(children)), counts, first.goal)
