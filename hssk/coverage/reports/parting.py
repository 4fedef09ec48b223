"""Which places a table tells each by itself, and which as one line, so that nobody stands out.

A place of fewer than 30 people is told with others. Who takes every other line from the sum must
still not learn how many of that place have a record, wait or have none: each figure of it stays
open by 5 people at least, or by as many as the sum alone leaves open.
Source: protection.md §1.5, I19.

Every day has one parting of its places: `together` of the figures of that day. Whatever is told of
that day afterwards (a report, a comparison with another day) tells whole lines of that parting or
sums of them, and so nothing that the first table did not. docs/decisions/0023.
"""

from collections.abc import Mapping, Sequence

from hssk.coverage.rules import LEAST_SHOWN

LEAST_OPEN = 5  # people by which a figure that is not told stays open

Numbers = Mapping[str, Sequence[int]]


def together(places: Numbers, start: frozenset[str] = frozenset()) -> frozenset[str]:
    """The keys of the places that are told as one line; none where every place is large.

    places  key → how many people live there, then how many of them are in each state told
    start   keys that are told together whatever their size: they were so before

    Where nobody lives there is nobody to be found: a day before the list of a place came tells
    nothing of those who are on it now.
    """
    few = {
        key for key, (people, *_of) in places.items()
        if 0 < people < LEAST_SHOWN or key in start
    }  # fmt: skip
    if not few:
        return frozenset()
    rest = sorted(places.keys() - few, key=lambda key: (places[key][0], key))
    while rest:
        wanted = _lacking(places, few, rest)
        if wanted is None:
            break
        few.add(rest.pop(wanted))
    return frozenset(few)


def _lacking(places: Numbers, few: set[str], rest: list[str]) -> int | None:
    """Which of `rest` joins the line: the smallest that adds what it lacks; None if nothing."""
    line, whole = _sums(places, few), _sums(places, places)
    largest = max(places[key][0] for key in few)
    if len(few) < 2 or line[0] < LEAST_SHOWN or line[0] - largest < LEAST_OPEN:
        return 0
    for which in range(1, len(line)):
        if line[which] < min(LEAST_OPEN, whole[which]):
            return next(n for n, key in enumerate(rest) if places[key][which])
        without, among_all = line[0] - line[which], whole[0] - whole[which]
        if without < min(LEAST_OPEN, among_all):
            return next(n for n, key in enumerate(rest) if places[key][0] > places[key][which])
    return None if _sizes_open(places, few, places[rest[0]][0]) else 0


def _sums(places: Numbers, keys: Mapping[str, object] | set[str]) -> list[int]:
    return [sum(column) for column in zip(*(places[key] for key in keys), strict=True)]


def _sizes_open(places: Numbers, few: set[str], smallest_told: int) -> bool:
    """Whether the rule itself tells the size of no place: the small ones have fewer than 30
    people, those that joined them no more than the smallest place that is told."""
    boxes = [
        (0, LEAST_SHOWN - 1) if places[key][0] < LEAST_SHOWN
        else (LEAST_SHOWN, max(smallest_told, places[key][0]))
        for key in few
    ]  # fmt: skip
    total = sum(places[key][0] for key in few)
    lows, highs = sum(low for low, _high in boxes), sum(high for _low, high in boxes)
    return all(
        min(high, total - (lows - low)) - max(low, total - (highs - high)) >= LEAST_OPEN
        for low, high in boxes
    )
