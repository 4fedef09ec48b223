"""The work list of a hamlet, and of a station of first contact: who lacks what, household by
household, what came of it last, and whose turn it is."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum

from django.db.models import Q

from hssk.access.services import Access, as_machine
from hssk.coverage.rules import APP_OPENED
from hssk.coverage.services import Filters, Person
from hssk.coverage.services.by_commune import by_commune
from hssk.coverage.services.lists import in_hamlets, those_of
from hssk.outreach.models import Contact, Kind, Side, Step
from hssk.outreach.services.contacts import latest_of
from hssk.outreach.services.issuing import residents
from hssk.outreach.services.naming import known_on
from hssk.outreach.services.sides import Own, own_sides, registered_sides
from hssk.outreach.services.steps import steps_of
from hssk.people.services import registered_with
from hssk.places.models import Facility, Hamlet, Unit
from hssk.places.services import on_map


class Lack(StrEnum):
    """What the people of a work list have not."""

    RECORD = "record"
    BOOK = "book"


# what is asked of the ledger first, and then of each
COUNTED = {Lack.RECORD: "missing", Lack.BOOK: "found"}
LACKS = {
    Lack.RECORD: lambda one: one.state_name == "missing",
    Lack.BOOK: lambda one: one.state_name == "found" and not one.flags & APP_OPENED,
}


@dataclass
class Asked:
    """One person who lacks something, with the latest contact that stands, if there is any, and
    (by `tell_sides`) where they are registered for first contact, where that is not the station of
    their commune."""

    person: Person
    contact: Contact | None
    registered: list[Side] = field(default_factory=list)

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

    hamlet  and unit: what they are called on the map of today; `commune`: of the day counted
    theirs  whether it is the turn of the side that reads the list
    due     the day of the next step, if it is said: of the step, or when somebody is back
    step    that it was handed over: by whom, when and why; None where it never was
    sides   by `tell_sides`: those to whom it may be handed over
    """

    key: int | None
    number: str
    head: str
    hamlet: str
    unit: str
    commune: Unit
    owner: Side
    theirs: bool
    due: date | None
    waits: bool
    step: Step | None = None
    people: list[Asked] = field(default_factory=list)
    sides: list[Side] = field(default_factory=list)


def worklist(hamlet: Hamlet, on: date, lack: Lack, *, by: Access, at: datetime) -> list[Home]:
    """The households of a hamlet in which somebody lacks it on a day: those that are our turn
    first, those that wait last, else as the register orders them.

    by  who holds the hamlet; contacts, steps and registrations are read as of now (`at`)
    """
    lacking = [one for one in residents(hamlet, on) if LACKS[lack](one)]
    own = Own(units=frozenset({hamlet.unit_id}))
    return homes_of_people(lacking, own, by=by, at=at, every=True)


def registered_list(
    on: date, lack: Lack, *, by: Access, at: datetime, commune: Unit | None = None
) -> list[Home]:
    """The same of those who are registered with the asker's side for first contact and live in
    other communes, or in one of those of today; for a facility that is no station, of all
    registered there.

    A household stands here with those of its people alone, and without the name of its head, who
    may be nobody's here.
    """
    mine = own_sides(by)
    with as_machine(by.user, by.day):
        places = Hamlet.objects.all()
        if commune is not None:
            drawn = _drawn_on(places.values_list("unit", flat=True), by.day)
            places = places.filter(unit__in=[pk for pk, unit in drawn.items() if unit == commune])
        found = _registered(mine, on, lack, at, set(places.values_list("pk", flat=True)))
    return homes_of_people(found, mine, by=by, at=at, registered_here=True)


def our_turn(on: date, lack: Lack, *, by: Access, at: datetime) -> list[Home]:
    """Those households of `registered_list` that are the turn of the asker's side."""
    mine = own_sides(by)
    with as_machine(by.user, by.day):
        steps = Step.objects.filter(ended_at=None).filter(
            Q(owner__in=mine.units) | Q(owner_facility__in=mine.facilities)
        )
        hamlets = dict(steps.values_list("household", "hamlet"))
        found = _registered(mine, on, lack, at, set(hamlets.values())) if hamlets else []
    handed = [one for one in found if one.household_id in hamlets]
    return homes_of_people(handed, mine, by=by, at=at, registered_here=True)


def registered_communes(
    on: date, lack: Lack, *, by: Access, at: datetime
) -> list[tuple[Unit, int]]:
    """Where those of `registered_list` live: communes of today by name, each with how many."""
    mine = own_sides(by)
    with as_machine(by.user, by.day):
        held = Counter(one.unit_id for one in _of_stations(mine, on, lack, at))
        for code in _codes(mine):
            counted = by_commune(on, code, COUNTED[lack])
            if lack is Lack.BOOK:  # opened is counted among those found
                opened = by_commune(on, code, "app_opened")
                counted = {unit: n - opened.get(unit, 0) for unit, n in counted.items()}
            held.update(counted)
    drawn = _drawn_on([unit for unit, count in held.items() if count], by.day)
    today: Counter[Unit] = Counter()
    for pk, unit in drawn.items():
        today[unit] += held[pk]
    return sorted(today.items(), key=lambda each: str(each[0]))


def _drawn_on(communes: Iterable[int], day: date) -> dict[int, Unit]:
    """Commune of whatever day → what took its place on the map of a day; itself where several did,
    for which of them is not known."""
    keys = set(communes)
    target = on_map(keys, day).target
    return {pk: target.get(pk, unit) for pk, unit in Unit.objects.in_bulk(keys).items()}


def _registered(
    mine: Own, on: date, lack: Lack, at: datetime, hamlets: Collection[int]
) -> list[Person]:
    """Asked as the machine: of people whom the asker's sides have."""
    stations = (one for one in _of_stations(mine, on, lack, at) if one.hamlet_id in hamlets)
    found = [*stations, *_of_facilities(mine, on, lack, hamlets)]
    return [replace(one, head="") for one in found]


def _of_stations(mine: Own, on: date, lack: Lack, at: datetime) -> list[Person]:
    if not mine.units:
        return []
    found = those_of(registered_with(mine.units, at=at), on, COUNTED[lack])
    return [one for one in found if one.unit_id not in mine.units and LACKS[lack](one)]


def _of_facilities(mine: Own, on: date, lack: Lack, hamlets: Collection[int]) -> list[Person]:
    """Those whom the ledger counts as registered there on the day."""
    return [
        one for code in _codes(mine)
        for one in in_hamlets(hamlets, on, Filters(insurance_place=code), COUNTED[lack])
        if LACKS[lack](one)
    ]  # fmt: skip


def _codes(mine: Own) -> list[str]:
    codes = Facility.objects.filter(pk__in=mine.facilities).values_list("code", flat=True)
    return list(codes)


def homes_of_people(
    lacking: list[Person],
    mine: Own,
    *,
    by: Access,
    at: datetime,
    registered_here: bool = False,
    every: bool = False,
) -> list[Home]:
    """The households of these people; with `registered_here` of those alone who are registered with
    a side of `mine` now, as the wall lets them be seen. `every`: nobody else of these households
    lacks it."""
    with as_machine(by.user, by.day):  # of people whom the asker was seen to have
        if registered_here:
            there = registered_sides((one.id for one in lacking), at=at)
            lacking = [one for one in lacking if mine.has_any(there.get(one.id, ()))]
        contacts = latest_of(one.id for one in lacking)
        steps = steps_of({one.household_id for one in lacking if one.household_id is not None})
        if every and steps:
            steps = _with_somebody(steps, lacking, at)
        communes = Unit.objects.in_bulk({one.unit_id for one in lacking})
        known = known_on(by.day)
    homes: dict[object, Home] = {}
    for one in lacking:
        place = one.household_id if one.household_id is not None else one.id
        if place not in homes:
            step, where = steps.get(one.household_id or 0), known[one.hamlet_id]
            homes[place] = _home(one, step, communes[one.unit_id], mine, where)
        homes[place].people.append(Asked(one, contacts.get(one.id)))
    for home in homes.values():
        _settle(home, by.day)
    return sorted(homes.values(), key=lambda home: (home.waits, not home.theirs))


def _with_somebody(steps: dict[int, Step], lacking: list[Person], at: datetime) -> dict[int, Step]:
    """Those steps whose owner has somebody of the household to go to still. Where it has not, its
    list shows the household no more: the others are the turn of their station again."""
    asked = [one for one in lacking if one.household_id in steps]
    registered = registered_sides((one.id for one in asked), at=at)
    there: dict[int | None, list[Side]] = {}
    for one in asked:
        there.setdefault(one.household_id, []).extend(registered.get(one.id, ()))
    own = {one.household_id: Own(units=frozenset({one.unit_id})) for one in asked}
    return {
        home: step for home, step in steps.items()
        if step.side in there[home] or own[home].has(step.side)
    }  # fmt: skip


def tell_sides(homes: Collection[Home], *, by: Access, at: datetime) -> None:
    """Say of these households where their people are registered, and to whom each may be handed
    over. Asked for those of a page: of a whole hamlet it would take longer than all the rest."""
    with as_machine(by.user, by.day):  # of people whom the asker was seen to have
        people = [one.person.id for home in homes for one in home.people]
        registered = registered_sides(people, at=at)
    for home in homes:
        for one in home.people:
            told = registered.get(one.person.id, ())
            one.registered = [side for side in told if side != home.commune]
        every = [home.commune, *(side for one in home.people for side in one.registered)]
        home.sides = [side for side in dict.fromkeys(every) if side != home.owner]


def _home(one: Person, step: Step | None, own: Unit, mine: Own, where: tuple[str, Unit]) -> Home:
    owner, (hamlet, commune) = step.side if step is not None else own, where
    return Home(
        key=one.household_id, number=one.household, head=one.head, hamlet=hamlet, unit=str(commune),
        commune=own, owner=owner, theirs=mine.has(owner), due=step.due if step else None,
        waits=False, step=step,
    )  # fmt: skip


def _settle(home: Home, today: date) -> None:
    """What follows from everybody of a household together."""
    home.waits = all(one.waits(today) for one in home.people)
    back = [one.contact.until for one in home.people if one.contact and one.contact.until]
    home.due = min(filter(None, [home.due, *back]), default=None)
