"""The work list of a hamlet, and of a station of first contact: who lacks what, household by
household, what came of it last, and whose turn it is."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from hssk.access.rights import Right
from hssk.access.services import Access, as_machine
from hssk.coverage.rules import APP_OPENED
from hssk.coverage.services import Person
from hssk.coverage.services.lists import those_of
from hssk.outreach.models import Contact, Kind, Step
from hssk.outreach.services.contacts import latest_of
from hssk.outreach.services.issuing import residents
from hssk.outreach.services.steps import steps_of
from hssk.people.services import first_contacts, registered_with
from hssk.people.services.care import care_units
from hssk.places.models import Hamlet, Unit


class Lack(StrEnum):
    """What the people of a work list have not."""

    RECORD = "record"
    BOOK = "book"


LACKS = {
    Lack.RECORD: lambda one: one.state_name == "missing",
    Lack.BOOK: lambda one: one.state_name == "found" and not one.flags & APP_OPENED,
}


@dataclass
class Asked:
    """One person who lacks something, with the latest contact that stands, if there is any, and
    the commune with whose station they are registered, where that is another than theirs."""

    person: Person
    contact: Contact | None
    registered: Unit | None

    def waits(self, today: date) -> bool:
        """Whether nobody needs to go there today: away until later, refused, or said to be gone."""
        if self.contact is None:
            return False
        if self.contact.kind == Kind.ABSENT:
            return self.contact.until is not None and self.contact.until > today
        return self.contact.kind in (Kind.REFUSED, Kind.MOVED, Kind.UNKNOWN)


@dataclass
class Home:
    """A household of a work list: whose turn it is, and those who lack something; of no household
    where `key` is None.

    theirs  whether it is the turn of the side that reads the list
    due     the day of the next step, if it is said: of the step, or when somebody is back
    """

    key: int | None
    number: str
    head: str
    hamlet: str
    owner: Unit
    theirs: bool
    due: date | None
    waits: bool
    people: list[Asked] = field(default_factory=list)
    sides: list[Unit] = field(default_factory=list)


def worklist(hamlet: Hamlet, on: date, lack: Lack, *, by: Access, at: datetime) -> list[Home]:
    """The households of a hamlet in which somebody lacks it on a day: those that are our turn
    first, those that wait last, else as the register orders them.

    by  who holds the hamlet; contacts, steps and registrations are read as of now (`at`)
    """
    lacking = [one for one in residents(hamlet, on) if LACKS[lack](one)]
    return _homes(lacking, {hamlet.unit_id}, by=by, at=at)


def registered_list(on: date, lack: Lack, *, by: Access, at: datetime) -> list[Home]:
    """The same of those who are registered with the asker's stations for first contact and live in
    other communes, wherever that is."""
    units = care_units(by) & {unit.pk for unit in by.units(Right.MOVE)}
    with as_machine(by.user, by.day):
        roots = registered_with(units, at=at)
        found = those_of(roots, on)
    lacking = [one for one in found if one.unit_id not in units and LACKS[lack](one)]
    return _homes(lacking, units, by=by, at=at)


def _homes(lacking: list[Person], mine: set[int], *, by: Access, at: datetime) -> list[Home]:
    roots = [one.id for one in lacking]
    keys = {one.household_id for one in lacking if one.household_id is not None}
    with as_machine(by.user, by.day):  # of people whom the asker was seen to have
        contacts, registered, steps = latest_of(roots), first_contacts(roots, at=at), steps_of(keys)
        own = {one.unit_id for one in lacking}
        units = Unit.objects.in_bulk({*registered.values(), *own, *mine})
        homes: dict[object, Home] = {}
        for one in lacking:
            place = one.household_id if one.household_id is not None else one.id
            if place not in homes:
                homes[place] = _home(one, steps.get(one.household_id or 0), units, mine)
            unit = units.get(registered.get(one.id, 0))
            elsewhere = unit if unit is not None and unit.pk != one.unit_id else None
            homes[place].people.append(Asked(one, contacts.get(one.id), elsewhere))
    for home in homes.values():
        _settle(home, by.day)
    return sorted(homes.values(), key=lambda home: (home.waits, not home.theirs))


def _home(one: Person, step: Step | None, units: dict[int, Unit], mine: set[int]) -> Home:
    owner = step.owner if step is not None else units[one.unit_id]
    return Home(
        key=one.household_id, number=one.household, head=one.head, hamlet=one.hamlet, owner=owner,
        theirs=owner.pk in mine, due=step.due if step else None, waits=False,
        sides=[units[one.unit_id]],
    )  # fmt: skip


def _settle(home: Home, today: date) -> None:
    """What follows from everybody of a household together."""
    home.waits = all(one.waits(today) for one in home.people)
    back = [one.contact.until for one in home.people if one.contact and one.contact.until]
    home.due = min(filter(None, [home.due, *back]), default=None)
    sides = {unit.pk: unit for one in home.people if (unit := one.registered)}
    home.sides = [unit for unit in (*home.sides, *sides.values()) if unit.pk != home.owner.pk]
