"""Copies of lists in the world, and in plain Python who may read which."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.utils import timezone

from hssk.access.models import User
from hssk.access.rights import Role
from hssk.outreach.models import (
    Card,
    CardRun,
    Contact,
    Copy,
    Handover,
    Invitation,
    Kind,
    ListedPerson,
    Slip,
    Step,
)
from hssk.outreach.rules import Purpose
from hssk.people.models import Book, Departure, Enrolment
from hssk.places.models import Facility, Hamlet

HAND_OUT = {Role.OFFICER, Role.CLINICIAN, Role.CLERK}


@dataclass(frozen=True)
class Handed:
    """A copy as the reference knows it: of which hamlet, of whom, and who may still hold it."""

    pk: int
    hamlet: int
    roots: frozenset[UUID]
    holder: int | None


def hand_out(
    people: Mapping[UUID, tuple[UUID, str]],
    hamlets: Collection[Hamlet],
    by: User,
    holders: Iterable[User],
    at_home: Iterable[tuple[Hamlet, User]],
) -> list[Handed]:
    """A copy of each hamlet, in turn held by somebody, held until yesterday, and on paper alone; and
    one of a hamlet for each who holds it there.

    people  key → root and name, of whom three stand on each copy
    """
    for hamlet in hamlets:
        _invite(hamlet, by)
        _turn(hamlet, hamlets, by)
    _contact(people, by)
    _print_cards(people, hamlets, by)
    handed, keys, holders = [], list(people), list(holders)
    today = timezone.localdate()
    turns = [
        (hamlet, holders[number % len(holders)] if number % 3 < 2 else None, number % 3 == 1)
        for number, hamlet in enumerate(hamlets)
    ]
    purposes = dict.fromkeys(range(len(turns)), Purpose.NO_RECORD)
    # a hamlet has one copy out for each purpose
    purposes |= dict(enumerate(list(Purpose)[1:], len(turns)))
    turns += [(hamlet, holder, False) for hamlet, holder in at_home]
    for number, (hamlet, holder, over) in enumerate(turns):
        issued = today - timedelta(days=9 if over else 0)
        copy = Copy.objects.create(
            serial=f"P{number}", hamlet=hamlet, cover="people", on=today,
            purpose=purposes[number], seed=bytes(16), issued_at=timezone.now(), issued_on=issued, issued_by=by,
            office="head", holder="Nguoi Giu", holder_user=holder,
            until=issued + timedelta(days=7),
        )  # fmt: skip
        listed = keys[number * 3 : number * 3 + 3]
        ListedPerson.objects.bulk_create(
            ListedPerson(copy=copy, number=at, person=key, name=people[key][1])
            for at, key in enumerate(listed, 1)
        )
        mine = holder.pk if holder and not over else None
        roots = frozenset(people[key][0] for key in listed)
        handed.append(Handed(copy.pk, hamlet.pk, roots, mine))
    return handed


def _invite(hamlet: Hamlet, by: User) -> None:
    invitation = Invitation.objects.create(
        hamlet=hamlet, purpose="no-record", on=timezone.localdate(), place="x", at=timezone.now(),
        issued_at=timezone.now(), issued_by=by,
    )  # fmt: skip
    Slip.objects.create(invitation=invitation, household=hamlet.households.get())


def _print_cards(
    people: Mapping[UUID, tuple[UUID, str]], hamlets: Collection[Hamlet], by: User
) -> None:
    """A run of each hamlet, and everybody's card in one of them, every second handed over."""
    now, today = timezone.now(), timezone.localdate()
    runs = [CardRun.objects.create(hamlet=one, size=9, at=now, by=by) for one in hamlets]
    for number, (person, (_root, name)) in enumerate(people.items()):
        card = Card.objects.create(
            run=runs[number % len(runs)], number=number, person=person, name=name
        )
        if number % 2:
            Handover.objects.create(card=card, on=today, how="station", at=now, by=by)


def _contact(people: Mapping[UUID, tuple[UUID, str]], by: User) -> None:
    """Somebody went to everybody, and wrote down an outcome of each kind of act."""
    today, now = timezone.localdate(), timezone.now()
    told = {"on": today, "at": now, "by": by}
    for person in people:
        Contact.objects.create(person=person, kind=Kind.ABSENT, **told)
        Enrolment.objects.create(person=person, holding=0, **told)
        Book.objects.create(person=person, taken_back_at=now, taken_back_by=by, why="x", **told)
        Departure.objects.create(
            person=person, reason=Departure.MOVED, taken_back_at=now, taken_back_by=by, why="x",
            **told,
        )  # fmt: skip


def _turn(hamlet: Hamlet, hamlets: Collection[Hamlet], by: User) -> None:
    """Its household is the turn of another commune; before that it was that of a hospital, and
    before that of another."""
    others = [other for other in hamlets if other.unit_id != hamlet.unit_id]
    now, place = timezone.now(), {"household": hamlet.households.get(), "hamlet": hamlet}
    for facility in Facility.objects.filter(code__startswith="12H"):
        for ours, theirs in (("owner", "other"), ("other", "owner")):
            Step.objects.create(**place, **{f"{ours}_facility": facility, theirs: hamlet.unit},
                                by=by, at=now, ended_at=now)  # fmt: skip
    Step.objects.create(**place, owner=others[0].unit, other=hamlet.unit, by=by, at=now)
