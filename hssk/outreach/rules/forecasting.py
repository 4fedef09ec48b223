"""When the goal is met, with a band, by a plan and what is known of the yield.

The band is of the yield alone: shares are drawn from its distribution, the plan is walked through
with the tenth, the mean and the ninetieth of a hundred, and the day read at which enough came.
"""

import random
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from heapq import heapify, heappop, heappush, heapreplace
from itertools import accumulate

from hssk.outreach.rules.loads import come
from hssk.outreach.rules.planning import LEAST, STOPS, Crew, Outing, Place

DRAWS, SEED = 400, 7
# the greatest first, so both below zero: people expected, hamlet
_Stop = tuple[int, int]
# people a day brings, below zero; the order of its group; its stops; where else the group may go
_Next = tuple[int, int, list[_Stop], list[_Stop]]


@dataclass(frozen=True)
class Forecast:
    """`early`, `middle`, `late`: the day on which enough people are reached, None for not by the
    plan's end, and where nothing is wanted any more.

    reached    people by the plan's end: few, as expected, many
    more_days  team-days that the rest needs at the expected yield; None where going alone never
               does it: those left have refused, moved, are away, or stay away
    curves     few, as expected, many: (day, people reached by its end), a point for each outing
    brings     session → how many are expected of it: what stands beside each adds up to all
    """

    early: date | None
    middle: date | None
    late: date | None
    reached: tuple[int, int, int]
    more_days: int | None
    curves: tuple[tuple[tuple[date, int], ...], ...] = ()
    brings: Mapping[int | None, int] = field(default_factory=dict)


def forecast(
    outings: Sequence[Outing],
    places: Sequence[Place],
    crews: Sequence[Crew],
    wanted: int,
    told: tuple[float, float],
) -> Forecast:
    """What a plan brings.

    wanted  people to reach before the goal is met; 0 where it is met already
    told    (a, b) of the yield's distribution, as `planning.learned` gives it
    """
    dice, mean = random.Random(SEED), told[0] / sum(told)
    shares = sorted(dice.betavariate(*told) for _draw in range(DRAWS))
    room = {crew.team: crew.capacity for crew in crews}
    walks = [
        _walked(outings, places, room, share)
        for share in (shares[DRAWS // 10], mean, shares[-1 - DRAWS // 10])
    ]
    late, middle, early = (_day(gained, wanted) for gained, _left in walks)
    few, some, many = (sum(people for _day, people in gained) for gained, _left in walks)
    more = _more(walks[1][1], places, crews, wanted - some, mean)
    curves = tuple(_summed(gained) for gained, _left in walks)
    sessions = (outing.session for outing in _in_order(outings))
    brings = dict(zip(sessions, (came for _day, came in walks[1][0]), strict=True))
    return Forecast(early, middle, late, (few, some, many), more, curves, brings)


def _in_order(outings: Sequence[Outing]) -> list[Outing]:
    return sorted(outings, key=lambda one: (one.day, one.team))


def _summed(gained: Sequence[tuple[date, int]]) -> tuple[tuple[date, int], ...]:
    sums = accumulate(people for _day, people in gained)
    return tuple(zip((day for day, _people in gained), sums, strict=True))


def _walked(
    outings: Sequence[Outing], places: Sequence[Place], room: Mapping[int, int], share: float
) -> tuple[list[tuple[date, int]], dict[int, int]]:
    left = {place.hamlet: place.remaining for place in places}
    gained: list[tuple[date, int]] = []
    for outing in _in_order(outings):
        able, came = room.get(outing.team, 0), 0
        for stop in outing.stops:
            people = min(come(left.get(stop.hamlet, 0), share), able - came)
            left[stop.hamlet] = left.get(stop.hamlet, 0) - people
            came += people
        gained.append((outing.day, came))
    return gained, left


def _day(gained: Sequence[tuple[date, int]], wanted: int) -> date | None:
    so_far = 0
    for day, people in gained if wanted > 0 else ():
        so_far += people
        if so_far >= wanted:
            return day
    return None


def _more(
    left: Mapping[int, int],
    places: Sequence[Place],
    crews: Sequence[Crew],
    short: int,
    share: float,
) -> int | None:
    """Team-days beyond the plan, of teams that go out on some weekday, each where most come.

    A day changes its own hamlets alone, so that what waits is kept in heaps, of each travel group
    and of the groups: a province has thousands of days to come.
    """
    rooms = [crew.capacity for crew in crews if crew.weekdays]
    room = sum(rooms) // len(rooms) if rooms else 0
    if short <= 0 or not room:
        return 0 if short <= 0 else None
    remaining, groups = dict(left), defaultdict[str, list[_Stop]](list)
    for place in places:
        if (people := come(remaining[place.hamlet], share)) >= LEAST:
            heappush(groups[place.group], (-people, -place.hamlet))
    waiting = [_next(order, asked, room) for order, asked in enumerate(groups.values())]
    heapify(waiting)
    days = 0
    while short > 0:
        if not waiting:
            return None
        _brings, order, stops, asked = waiting[0]
        able = room
        for people, hamlet in stops:
            part = -people if -people < able else able
            able, short = able - part, short - part
            remaining[-hamlet] = after = remaining[-hamlet] - part
            if (again := come(after, share)) >= LEAST:
                heappush(asked, (-again, hamlet))
        if asked:
            heapreplace(waiting, _next(order, asked, room))
        else:
            heappop(waiting)
        days += 1
    return days


def _next(order: int, asked: list[_Stop], room: int) -> _Next:
    """The best next day in one travel group, taken out of where it may go."""
    stops: list[_Stop] = []
    brings = 0
    while asked and len(stops) < STOPS:
        stops.append(heappop(asked))
        brings += stops[-1][0]
    return max(-room, brings), order, stops, asked
