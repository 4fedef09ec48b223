"""What may be told of few people: small reasons stand as one, and a small hamlet as its line."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from hssk.outreach.rules.planning import Place

LEAST = 5  # people below whom a reason is not told by itself


def apart(reasons: Mapping[str, int], least: int = LEAST) -> tuple[dict[str, int], int]:
    """Which reasons are told each by itself, and how many people have any of the others.

    Whoever takes those told from the sum learns of no reason of fewer than `least` people: others
    join the rest, the smallest first, until it is of two reasons and as many people, or all is
    one. The order of what is told is that of `reasons`; reasons of nobody are left out.
    """
    some = {reason: many for reason, many in reasons.items() if many > 0}
    rest = {reason for reason, many in some.items() if many < least}
    for reason in sorted(some.keys() - rest, key=lambda one: (some[one], one)):
        together = sum(some[one] for one in rest)
        if not rest or (len(rest) > 1 and together >= least):
            break
        rest.add(reason)
    told = {reason: many for reason, many in some.items() if reason not in rest}
    return told, sum(some[one] for one in rest)


def evened(places: Sequence[Place], lines: Iterable[frozenset[int]]) -> list[Place]:
    """The places of a plan as they may be told: every hamlet of a line as the line's average, for
    of the line only its sum is told. Hamlets of no line stay as they are.

    A line's sum that its hamlets cannot share evenly loses the rest: no more is promised.
    """
    known = {place.hamlet: place for place in places}
    for line in lines:
        there = [known[hamlet] for hamlet in line if hamlet in known]
        for place in there:
            known[place.hamlet] = replace(
                place,
                remaining=sum(one.remaining for one in there) // len(there),
                aside=sum(one.aside for one in there) // len(there),
            )
    return [known[place.hamlet] for place in places]
