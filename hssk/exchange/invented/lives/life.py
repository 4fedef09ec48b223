"""A whole life, or the visits of a window of it: the same whatever else is asked for."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from . import catalogue
from .background import allergies, family, risks
from .births import birth
from .catalogue import Facility
from .chance import dice
from .events import Event, conditions, events
from .folk import Folk, Person
from .motherhood import (
    antenatal_visit,
    delivery_visit,
    ended_visit,
    newborn_visit,
    violence_visit,
)
from .outpatient import acute_visit, choose_facility, course_visit, referring_visit
from .shapes import Life, Visit
from .stays import place_of_stay, stay_visit
from .vaccines import vaccinations

_MATERNAL = {"antenatal": antenatal_visit, "delivery": delivery_visit, "ended": ended_visit}
_AT_THE_STATION = {"J18.9", "A09.9", "A09.0", "J20.9", "J06.9", "B34.9", "N39.0"}


def live(person: Person, folk: Folk, until: date) -> Life:
    """Everything of a person's health up to the day, from birth."""
    seen = tuple(visits(person, folk, since=person.born, until=until))
    return replace(background(person, folk, until), visits=seen)


def background(person: Person, folk: Folk, until: date) -> Life:
    """The same without visits, which are most of the work: what the form of a record asks."""
    last = min(until, person.died or until)
    return Life(
        person=person.index,
        visits=(),
        vaccinations=vaccinations(person, folk, until),
        allergies=allergies(person, folk.seed),
        risks=risks(person, folk.seed, last),
        family=family(person, folk, last),
        birth=birth(person, folk),
        blood=person.blood,
        conditions=tuple(
            (entry.key, since) for entry, since, _ in conditions(person, folk.seed) if since <= last
        ),
        died=person.died if person.died and person.died <= until else None,
    )


def visits(person: Person, folk: Folk, *, since: date, until: date) -> Iterator[Visit]:
    """Visits that begin from `since` to `until`, both included, in order of arrival.

    Who lies in a bed, or is dead, goes nowhere else: such events are left out. A window starts
    some days early, so that a stay that reaches into it keeps its place.
    """
    free = None
    for event in events(person, folk, since - timedelta(15), until):
        drafted = write_out(event, person, folk)
        if free and drafted[0].arrival < free:
            continue
        for visit in drafted:
            # an hour of the way home
            free = max(visit.closed + timedelta(hours=1), free or visit.closed)
            if since <= visit.arrival.date() <= until:
                yield visit


def write_out(event: Event, person: Person, folk: Folk) -> list[Visit]:
    """The visit, or the two of a referral, that an event leads to."""
    rng = dice(folk.seed, person.index, event.kind, event.at)
    if event.kind == "chronic":
        entry = catalogue.chronic()[event.cause]
        return [course_visit(event, person, entry, folk.seed, rng)]
    if event.kind in _MATERNAL:
        return [_MATERNAL[event.kind](event, person, rng)]
    if event.kind == "newborn":
        return [newborn_visit(event, person, rng)]
    if event.kind == "violence":
        return [violence_visit(event, person, rng)]
    return _illness(event, person, folk, event.kind == "last")


def _illness(event: Event, person: Person, folk: Folk, last: bool) -> list[Visit]:
    """Acute illness: seen and sent home, or kept, often after the station sent them up."""
    rng = dice(folk.seed, person.index, event.kind, event.at, "illness")
    entry = catalogue.acute()[event.cause]
    if not last and rng.random() * 100 >= entry.stay:
        return [acute_visit(event, person, choose_facility(person, rng), rng)]
    if not last and event.cause in _AT_THE_STATION and rng.random() < 0.14:
        return _stay_and_further(event, person, person.station, rng)
    place = place_of_stay(entry, rng)
    before = event.at - timedelta(hours=rng.randrange(2, 5))
    if last or rng.random() < 0.55 or before.date() != event.at.date():
        return _stay_and_further(event, person, place, rng)
    sent = referring_visit(event, person, place, rng, moment=before)
    return [sent, *_stay_and_further(event, person, place, rng, referred_from=sent.facility.code)]


def _stay_and_further(
    event: Event, person: Person, place: Facility, rng: Random, *, referred_from: str = ""
) -> list[Visit]:
    """A stay, and the one at the hospital that it leads to when it ends in a referral."""
    stay = stay_visit(event, person, place, rng, referred_from=referred_from)
    after = stay.end + timedelta(hours=2)
    if not stay.referral or (person.died and after.date() >= person.died):
        return [stay]
    further = catalogue.facilities()[stay.referral.to]
    again = replace(event, at=after)
    return [stay, stay_visit(again, person, further, rng, referred_from=place.code)]
