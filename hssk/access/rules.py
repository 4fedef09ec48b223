"""Which looking is unusual enough to ask about. None is forbidden: a finding is a question.

Source: protection.md §1.6 no. 1 (insiders who browse neighbours, family, colleagues); the figures
are a proposal, to be set with the privacy officers.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median
from uuid import UUID

FAMILY, NEIGHBOURS, COLLEAGUES = "family", "neighbours", "colleagues"
NIGHT, MANY, FAR, REFUSED = "night", "many", "far", "refused"
KINDS = (FAMILY, NEIGHBOURS, COLLEAGUES, NIGHT, MANY, FAR, REFUSED)
LEAST_NEIGHBOURS, LEAST_NIGHT, LEAST_REFUSED, LEAST_FAR = 3, 5, 5, 20  # on one day
LEAST_MANY, TIMES_PEERS, LEAST_PEERS = 200, 5, 3  # people on a day, times the median, days of peers
EVENING, MORNING = 22, 5  # o'clock; what is looked at after midnight is of the evening before
NEAR = timedelta(days=30)


@dataclass(frozen=True)
class Seen:
    """One look: by whom, when (local time), how many it named; whom, where a person or a household
    was opened and not a list."""

    user: int
    at: datetime
    count: int
    opened: frozenset[UUID] = frozenset()
    refused: bool = False


@dataclass(frozen=True)
class Known:
    """What is known of those looked at and of those who look; people by one key each.

    homes   person → (hamlet, household or None)
    selves  user → the person they are
    roles   user → the roles they hold
    acts    person → days on which something was done with them
    """

    homes: Mapping[UUID, tuple[int, int | None]]
    selves: Mapping[int, UUID]
    roles: Mapping[int, frozenset[str]]
    acts: Mapping[UUID, frozenset[date]]


@dataclass(frozen=True, order=True)
class Finding:
    """Unusual looking of one user on one day: how many looks, and at how many people where that is
    what is unusual (0 where it is not)."""

    day: date
    kind: str
    user: int
    looks: int
    people: int


def unusual(looks: Iterable[Seen], known: Known) -> list[Finding]:
    """Every finding in these looks, the latest day first."""
    days: dict[tuple[int, date], list[Seen]] = defaultdict(list)
    for look in looks:
        days[look.user, _day_of(look.at)].append(look)
    found = [
        Finding(day, kind, user, count, people)
        for (user, day), mine in days.items()
        for kind, count, people in (
            *_of_people(user, day, mine, known),
            *_of_times(mine),
        )
    ]
    return sorted([*found, *_of_peers(days, known)], reverse=True)


def _day_of(at: datetime) -> date:
    return (at - timedelta(hours=MORNING)).date()


def _of_people(
    user: int, day: date, looks: list[Seen], known: Known
) -> Iterable[tuple[str, int, int]]:
    """(kind, looks, people) of whom somebody opened on a day."""
    me = known.selves.get(user)
    hamlet, household = known.homes.get(me, (None, None)) if me else (None, None)
    others = {person for who, person in known.selves.items() if who != user} - {me}

    def of(person: UUID) -> str:
        home = known.homes.get(person, (None, None))
        if person == me or (household is not None and home[1] == household):
            return FAMILY
        if person in others:
            return COLLEAGUES
        if hamlet is not None and home[0] == hamlet:
            return NEIGHBOURS
        near = any(abs(day - act) <= NEAR for act in known.acts.get(person, ()))
        return "" if near else FAR

    least = {FAMILY: 1, COLLEAGUES: 1, NEIGHBOURS: LEAST_NEIGHBOURS, FAR: LEAST_FAR}
    whom: dict[str, set[UUID]] = defaultdict(set)
    count: dict[str, int] = defaultdict(int)
    for look in looks:
        if look.refused:
            continue
        kinds = {person: of(person) for person in look.opened}
        for kind in set(kinds.values()) - {""}:
            count[kind] += 1
            whom[kind] |= {person for person, its in kinds.items() if its == kind}
    return [
        (kind, count[kind], len(them)) for kind, them in whom.items() if len(them) >= least[kind]
    ]


def _of_times(looks: list[Seen]) -> Iterable[tuple[str, int, int]]:
    """(kind, looks, people) of when somebody looked on a day, and of what was refused."""
    night = [
        look for look in looks
        if not look.refused and (look.at.hour >= EVENING or look.at.hour < MORNING)
    ]  # fmt: skip
    refused = sum(look.refused for look in looks)
    if len(night) >= LEAST_NIGHT:
        yield NIGHT, len(night), sum(look.count for look in night)
    if refused >= LEAST_REFUSED:
        yield REFUSED, refused, 0


def _of_peers(days: Mapping[tuple[int, date], list[Seen]], known: Known) -> Iterable[Finding]:
    """Who was shown many times more people on a day than others of the same roles on theirs."""
    shown = {
        key: sum(look.count for look in mine if not look.refused) for key, mine in days.items()
    }
    for (user, day), people in shown.items():
        if people < LEAST_MANY:
            continue
        roles = known.roles.get(user, frozenset())
        peers = [n for (who, _day), n in shown.items()
                 if who != user and n and known.roles.get(who, frozenset()) & roles]  # fmt: skip
        if len(peers) >= LEAST_PEERS and people > TIMES_PEERS * median(peers):
            count = sum(not look.refused for look in days[user, day])
            yield Finding(day, MANY, user, count, people)
