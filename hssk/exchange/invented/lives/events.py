"""When and why somebody comes to care: the calendar of a life, before any visit is written out.

Each year and each course has dice of its own, so the years of a window cost no other years, and
any subset of people is stable.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from itertools import accumulate
from random import Random

from .births import Delivery, deliveries, delivery_of
from .catalogue import Acute, Chronic, acute, chronic
from .chance import along, at_hour, dice, poisson, where_reaches
from .folk import Folk, Person

_YEARLY = ((0.0, 4.8), (1.0, 4.6), (5.0, 2.5), (8.0, 1.2), (15.0, 1.0), (45.0, 1.3), (70.0, 2.3))
_ANTENATAL_WEEKS = (9, 13, 18, 23, 28, 32, 35, 37, 39)
_FIXED = {"delivery", "newborn", "last"}
_LENGTH_OF_TB = 7  # visits, one every four weeks


@dataclass(frozen=True, slots=True)
class Event:
    """One coming to care; `cause` is a key of the catalogue or a code, `step` counts a course."""

    at: datetime
    kind: str
    cause: str
    step: int = 0
    delivery: Delivery | None = None


def events(person: Person, folk: Folk, since: date, until: date) -> list[Event]:
    """Everything from `since` to `until`, both included, in order; nothing after death."""
    first, last = max(since, person.born), min(until, person.died or until)
    if first > last:
        return []
    found = [
        *_by_year(person, folk, first, last),
        *_courses(person, folk.seed, first, last),
        *_of_births(person, folk),
    ]
    if person.died and first <= person.died + timedelta(15):
        found += _last_illness(person, folk.seed)
    # births and the last illness cannot be put off: nothing else may lie in their way
    fixed = [event.at for event in found if event.kind in _FIXED]
    inside = [
        event
        for event in found
        if first <= event.at.date() <= last
        and (event.kind in _FIXED or not any(_in_the_way(event.at, at) for at in fixed))
    ]
    return sorted(inside, key=lambda event: event.at)


def _in_the_way(at: datetime, fixed: datetime) -> bool:
    return -timedelta(12) < at - fixed < timedelta(9)


def conditions(person: Person, seed: int) -> list[tuple[Chronic, date, bool]]:
    """(long illness, day it was found, whether the person keeps coming for it)."""
    rng = dice(seed, person.index, "long")
    found: list[tuple[Chronic, date, bool]] = []
    for entry in chronic().values():
        chance, care = rng.random() * 100, rng.random() * 100
        if entry.sex and entry.sex != person.sex:
            chance *= 6  # rare with the other sex, not unknown
        if entry.key == "hiv" and any(other.key == "methadone" for other, _, _ in found):
            chance /= 40
        age = where_reaches(entry.curve, chance)
        if age is not None:
            onset = person.born + timedelta(age * 365.2425)
            found.append((entry, onset, care < entry.in_care))
    return found


@cache
def _choices(group: int, sex: int) -> tuple[list[Acute], list[int]]:
    fitting = [a for a in acute().values() if a.weights[group] and a.sex in (0, sex)]
    return fitting, list(accumulate(a.weights[group] for a in fitting))


def _by_year(person: Person, folk: Folk, first: date, last: date) -> Iterator[Event]:
    for year in range(first.year, last.year + 1):
        rng = dice(folk.seed, person.index, year)
        age = year + 0.5 - person.born.year
        group = 0 if age < 6 else 1 if age < 16 else 2 if age < 60 else 3
        women = 1.15 if person.sex == 2 and group >= 2 else 1.0
        entries, weights = _choices(group, person.sex)
        for _ in range(poisson(along(_YEARLY, age) * person.frailty * women, rng)):
            entry = rng.choices(entries, cum_weights=weights)[0]
            yield Event(_moment(entry, year, rng), "acute", entry.code)
        yield from _sensitive(person, folk, year, rng)


def _moment(entry: Acute, year: int, rng: Random) -> datetime:
    months = entry.months if entry.months and rng.random() < 0.85 else range(1, 13)
    day = date(year, rng.choice(months), rng.randrange(1, 29))
    by_night = rng.random() < entry.stay / 300
    return at_hour(day, rng, 0, 23.5) if by_night else at_hour(day, rng)


def _sensitive(person: Person, folk: Folk, year: int, rng: Random) -> Iterator[Event]:
    """Pregnancies that end early, and violence; never near a birth of the household's children."""
    age, day = year - person.born.year, date(year, 1, 1) + timedelta(rng.randrange(365))
    ended, violence, which = rng.random(), rng.random(), rng.random()
    if person.sex == 2 and 16 <= age <= 43 and ended < 0.016:
        births = [delivery.at.date() for delivery in deliveries(person, folk)]
        if all(not -80 < (birth - day).days < 300 for birth in births):
            kind = "O04.9" if which < 0.45 else "O03.9"
            yield Event(at_hour(day, rng), "ended", kind, step=rng.randrange(6, 12))
    if (person.sex == 2 and 17 <= age <= 58 and violence < 0.004) or (
        3 <= age <= 16 and violence < 0.0008
    ):
        yield Event(at_hour(day, rng, 0, 23.5), "violence", "T74.1" if which < 0.85 else "T74.2")


def _courses(person: Person, seed: int, first: date, last: date) -> Iterator[Event]:
    for entry, onset, in_care in conditions(person, seed):
        if not in_care or onset > last:
            continue
        step = max(0, (first - onset).days // entry.every)
        while (day := onset + timedelta(step * entry.every)) <= last:
            if entry.key == "tuberculosis" and step >= _LENGTH_OF_TB:
                break
            rng = dice(seed, person.index, entry.key, step)
            missed = entry.programme == "" and step and rng.random() < 0.22
            if not missed:
                day += timedelta(rng.randrange(0, 5))
                yield Event(at_hour(day, rng, 7, 11), "chronic", entry.key, step)
            step += 1


def _of_births(person: Person, folk: Folk) -> Iterator[Event]:
    own = delivery_of(person, folk) if person.born.year >= 2000 else None
    if own and own.place:
        rng = dice(folk.seed, person.index, "newborn")
        if len(own.newborns) > 1 or own.weeks < 37 or rng.random() < 0.25:
            mine = next(n for n in own.newborns if n.child == person.index)
            yield Event(mine.born, "newborn", "Z38.0", delivery=own)
    for delivery in deliveries(person, folk):
        rng = dice(folk.seed, person.index, "antenatal", delivery.at.date())
        goes = rng.choices((0, 0.35, 0.65, 0.95), (6, 24, 40, 30))[0]
        for week in _ANTENATAL_WEEKS:
            if rng.random() < goes and week < delivery.weeks:
                day = delivery.at.date() - timedelta((delivery.weeks - week) * 7 - 2)
                yield Event(at_hour(day, rng), "antenatal", "Z36.9", week, delivery)
        if delivery.place:
            before = timedelta(minutes=rng.randrange(60, 600))
            # a birth soon after midnight was begun on the day before
            yield Event(delivery.at - before, "delivery", "O80.0", delivery=delivery)


def _last_illness(person: Person, seed: int) -> Iterator[Event]:
    """The stay in which somebody died; more than half die at home and leave no paper."""
    rng = dice(seed, person.index, "last")
    assert person.died is not None
    if rng.random() < 0.42:
        age = person.age_on(person.died)
        cause = "J18.9" if age < 15 else rng.choice(("I64", "I50.9"))
        start = max(person.born, person.died - timedelta(rng.randrange(0, 9)))
        yield Event(at_hour(start, rng, 1, 9), "last", cause)
