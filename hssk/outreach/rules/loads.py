"""What a team takes on in a day: hamlets of one travel group, as many people as it can write down.

Made by rule before any weekend is chosen: what shrinks with each round is told apart by rounds.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import cycle

from hssk.outreach.rules.planning import (
    LEAST,
    ROUNDS,
    STOPS,
    Place,
    Task,
    open_slots,
    weekends,
)


@dataclass(frozen=True)
class Load:
    """A day's work of one team: `takes` is (hamlet, people expected). `turn` counts from 0."""

    turn: int
    takes: tuple[tuple[int, int], ...]

    @property
    def size(self) -> int:
        return sum(people for _hamlet, people in self.takes)


def come(remaining: int, share: float) -> int:
    """How many of those who remain are expected at one visit; never more than remain."""
    if share < 0.0 or share > 1.0:
        share = min(max(share, 0.0), 1.0)
    return int(remaining * share)


def fixed_loads(task: Task) -> tuple[list[Load], dict[int, int]]:
    """The fixed sessions with what each is expected to bring, and who remains after them.

    They come first in the sums, whatever their day: a plan never promises anybody twice.
    """
    left = {place.hamlet: place.remaining for place in task.places}
    crews = {crew.team: crew for crew in task.crews}
    found: dict[int, Load] = {}
    for number in sorted(range(len(task.fixed)), key=lambda at: (task.fixed[at].day, at)):
        one = task.fixed[number]
        room = crews[one.team].capacity if one.team in crews else 0
        takes = []
        for hamlet in one.hamlets:
            people = min(come(left.get(hamlet, 0), task.share), room)
            if hamlet in left:
                left[hamlet] -= people
            room -= people
            takes.append((hamlet, people))
        found[number] = Load(0, tuple(takes))
    return [found[number] for number in range(len(task.fixed))], left


def loads_of(task: Task, left: dict[int, int]) -> list[Load]:
    """Every day's work worth going for, first round first; `left` is who remains before."""
    sizes = _sizes(task)
    if not sizes:
        return []
    groups: dict[str, list[Place]] = defaultdict(list)
    for place in task.places:
        groups[place.group].append(place)
    remaining, loads, rooms = dict(left), [], cycle(sizes)
    for turn in range(ROUNDS):
        for _group, places in sorted(groups.items()):
            asked = {place.hamlet: come(remaining[place.hamlet], task.share) for place in places}
            asked = {hamlet: people for hamlet, people in asked.items() if people >= LEAST}
            for load in _bundled(turn, asked, rooms):
                loads.append(load)
                for hamlet, people in load.takes:
                    remaining[hamlet] -= people
    return loads


def _sizes(task: Task) -> list[int]:
    """What the teams can take on, day by day of those on which they go out: loads are made for
    these. One that goes out on none, or seldom, has no part in the others: it takes none of them.
    """
    return [
        size for saturday in weekends(task.first, task.last)
        for day in (saturday, saturday + timedelta(days=1))
        for size in sorted((crew.capacity for crew, on in open_slots(task, saturday)
                            if on == day and crew.capacity >= LEAST), reverse=True)
    ]  # fmt: skip


def _bundled(turn: int, asked: dict[int, int], rooms: Iterator[int]) -> Iterator[Load]:
    """Largest first, a day filled with the next that fit; less than LEAST is left."""
    waiting = sorted(asked.items(), key=lambda one: (-one[1], one[0]))
    while waiting:
        takes: list[tuple[int, int]] = []
        room, later = next(rooms), []
        for hamlet, people in waiting:
            part = min(people, room) if not takes or people <= room else 0
            if part < LEAST or len(takes) == STOPS:
                later.append((hamlet, people))
                continue
            takes.append((hamlet, part))
            room -= part
            if people - part >= LEAST:
                later.append((hamlet, people - part))
        waiting = sorted(later, key=lambda one: (-one[1], one[0]))
        yield Load(turn, tuple(takes))
