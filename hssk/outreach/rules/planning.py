"""Which hamlets on which weekend: what is known, what is wanted, what a plan is. No solver.

A team goes out for a day, to one travel group. Of those who remain in a hamlet a share comes: the
yield. Who refused, moved or is away is taken off before, and promised to nobody.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

SATURDAY = 5  # of date.weekday()
# A hamlet is not gone to again within so many weekends: who did not come needs time to be told.
REST = 3
# How often a hamlet is gone to in one plan, and to how many hamlets a team goes in one day.
ROUNDS, STOPS = 3, 3
# The least number of people for whom a hamlet is gone to.
LEAST = 5
# No commune's rate may stay behind that of all together by more than this, in per cent.
FAIR = 5.0


@dataclass(frozen=True)
class Prior:
    """What is held of the yield before any session: `mean` of those remaining, worth `sessions`.

    origin  where it is from, told beside every forecast
    """

    mean: float
    sessions: int
    origin: str


# No published share was found of those invited to a weekend session of this kind: an assumption,
# cautious and worth two sessions, so that the first ones held outweigh it.
PRIOR = Prior(0.35, 2, "assumed")
# One session says at most as much as so many people: neighbours come, or stay away, together.
WEIGHT = 20


@dataclass(frozen=True)
class Place:
    """One hamlet. `remaining` may be promised: those missing less those set `aside`.

    aside  people who refused, moved or are away, as known: in no expectation
    group  hamlets on one road: a team-day stays within it
    """

    hamlet: int
    name: str
    commune: str
    group: str
    remaining: int
    aside: int = 0


@dataclass(frozen=True)
class Crew:
    """A team: `capacity` records a day, out on `weekdays` (5 Saturday, 6 Sunday), not on `off`."""

    team: int
    name: str
    capacity: int
    weekdays: frozenset[int] = frozenset({5, 6})
    off: frozenset[date] = frozenset()


@dataclass(frozen=True)
class Fixed:
    """A session that a person kept or moved: no plan touches it."""

    session: int
    hamlets: tuple[int, ...]
    day: date
    team: int


@dataclass(frozen=True)
class Stop:
    """One hamlet of a session: how many are expected, of how many who remain by then."""

    hamlet: int
    expected: int
    remaining: int


@dataclass(frozen=True)
class Outing:
    """One team on one day. `session` is that of a fixed one, None of a proposal."""

    day: date
    team: int
    stops: tuple[Stop, ...]
    session: int | None = None

    @property
    def expected(self) -> int:
        return sum(stop.expected for stop in self.stops)


@dataclass(frozen=True)
class Task:
    """All that a plan follows from.

    rates    commune → (people with a record, residents)
    share    the yield, 0 < share < 1
    wanted   people to reach, None for all that is worth going for
    barred   (hamlet, day): struck by hand, that weekend not proposed again
    """

    first: date
    last: date
    places: Sequence[Place]
    crews: Sequence[Crew]
    rates: Mapping[str, tuple[int, int]]
    share: float
    wanted: int | None = None
    fixed: Sequence[Fixed] = ()
    barred: frozenset[tuple[int, date]] = frozenset()
    fair: float = FAIR


@dataclass(frozen=True)
class Plan:
    """Outings by day and team. `worth` and `bound` are the solver's: what was got, and the most
    that could be; `behind` says by how many people communes stay behind what is fair."""

    outings: tuple[Outing, ...]
    worth: int
    bound: int
    behind: Mapping[str, int] = field(default_factory=dict)

    @property
    def gap(self) -> float:
        """How far below the bound, as a share of it; 0 where nothing can be got."""
        return (self.bound - self.worth) / abs(self.bound) if self.bound else 0.0

    @property
    def expected(self) -> int:
        return sum(outing.expected for outing in self.outings)


def is_weekend(day: date) -> bool:
    """Whether sessions are planned on that day of the week."""
    return day.weekday() >= SATURDAY


def saturday_of(day: date) -> date:
    """The Saturday of the week, from Monday to Sunday, that `day` lies in."""
    return day + timedelta(days=SATURDAY - day.weekday())


def weekends(first: date, last: date) -> list[date]:
    """The Saturdays of every weekend of which a day lies within first…last."""
    found, saturday = [], saturday_of(first)
    while saturday <= last:
        found.append(saturday)
        saturday += timedelta(days=7)
    return found


def open_slots(task: Task, saturday: date) -> list[tuple[Crew, date]]:
    """Who can go on which day of that weekend: within the campaign, and not on a fixed session."""
    taken = {(one.team, one.day) for one in task.fixed}
    days = [saturday, saturday + timedelta(days=1)]
    return [
        (crew, day) for day in days if task.first <= day <= task.last
        for crew in sorted(task.crews, key=lambda crew: crew.team)
        if day.weekday() in crew.weekdays and day not in crew.off and (crew.team, day) not in taken
    ]  # fmt: skip


def learned(held: Iterable[tuple[int, int]], prior: Prior = PRIOR) -> tuple[float, float]:
    """(a, b) of the Beta distribution of the yield, after sessions of (came, remained before)."""
    weight = prior.sessions * WEIGHT
    a, b = prior.mean * weight, (1 - prior.mean) * weight
    for came, remained in held:
        if remained > 0:
            said = min(WEIGHT, remained)
            part = min(max(came, 0), remained) / remained
            a, b = a + said * part, b + said * (1 - part)
    return a, b
