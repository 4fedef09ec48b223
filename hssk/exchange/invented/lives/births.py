"""Births: one truth that the mother's visit, the child's own and the record's first page share."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from .catalogue import Facility, facilities
from .chance import dice
from .folk import Folk, Person
from .shapes import Birth, Newborn

_FIRST_YEAR_OF_FILES = 2000  # who was born before has no birth in any file


@dataclass(frozen=True, slots=True)
class Delivery:
    """Children born together of one mother; `place` is None for a birth at home."""

    mother: int
    at: datetime
    place: Facility | None
    caesarean: bool
    weeks: int
    newborns: tuple[Newborn, ...]
    order: int  # which of the mother's births it is


def deliveries(mother: Person, folk: Folk) -> list[Delivery]:
    """Every birth of a woman's children who live in her household, in order of time."""
    if mother.sex != 2:
        return []
    by_day: dict[datetime, list[Person]] = {}
    for index in mother.children:
        child = folk[index]
        day = datetime.combine(child.born, time())
        by_day.setdefault(day, []).append(child)
    found: list[Delivery] = []
    for order, (day, children) in enumerate(sorted(by_day.items()), start=1):
        told = day.year >= _FIRST_YEAR_OF_FILES and 14 < mother.age_on(day.date()) < 50
        close = found and (day - found[-1].at) < timedelta(300)
        if told and not close:
            found.append(_delivery(mother, day, children, order, folk.seed))
    return found


def delivery_of(child: Person, folk: Folk) -> Delivery | None:
    """The birth of this child, None if its mother is not in the household or it is untold."""
    if child.mother is None:
        return None
    for delivery in deliveries(folk[child.mother], folk):
        if any(newborn.child == child.index for newborn in delivery.newborns):
            return delivery
    return None


def _delivery(
    mother: Person, day: datetime, children: list[Person], order: int, seed: int
) -> Delivery:
    rng = dice(seed, mother.index, "birth", day.date())
    twins = len(children) > 1
    at = day + timedelta(minutes=rng.randrange(5, 23 * 60))
    weeks = max(30, min(41, round(rng.gauss(36.6 if twins else 39.2, 1.4))))
    caesarean = rng.random() < (0.6 if twins else 0.2 if mother.ethnicity == "01" else 0.11)
    at_home = 0.03 if mother.ethnicity == "01" else max(0.04, 0.4 - 0.02 * (day.year - 2004))
    home = not twins and not caesarean and rng.random() < at_home
    codes = ("12001", "12002") if caesarean or twins else ("12001", "12002", mother.station.code)
    place = None if home else facilities()[rng.choices(codes, (55, 40, 5)[: len(codes)])[0]]
    newborns = []
    for number, child in enumerate(children, start=1):
        mean = 3120 - (40 - weeks) * 130 - (260 if twins else 0)
        weight = max(1100, round(rng.gauss(mean, 330) / 10) * 10)
        state = "Yếu, phải hồi sức" if rng.random() < 0.03 else "Khỏe, khóc to"
        newborns.append(
            Newborn(
                child=child.index,
                born=at + timedelta(minutes=(number - 1) * rng.randrange(3, 15)),
                sex=child.sex,
                weight=weight,
                number=number,
                caesarean=caesarean,
                weeks=weeks,
                state=state,
            )
        )
    return Delivery(mother.index, at, place, caesarean, weeks, tuple(newborns), order)


def birth(person: Person, folk: Folk) -> Birth:
    """How this person was born; drawn alone where no delivery tells."""
    delivery = delivery_of(person, folk)
    if delivery:
        mine = next(n for n in delivery.newborns if n.child == person.index)
        weight, weeks, caesarean = mine.weight, delivery.weeks, delivery.caesarean
        weak = mine.state.startswith("Yếu")
    else:
        rng = dice(folk.seed, person.index, "born")
        weight, weeks = max(1500, round(rng.gauss(3050, 360) / 10) * 10), 39
        caesarean, weak = rng.random() < 0.1, rng.random() < 0.02
    length = round(50 + (weight - 3100) / 300)
    return Birth(caesarean, weeks < 37, weak, weight, length)
