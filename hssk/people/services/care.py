"""Care as a basis: opened by an event, ended some days after it, opened anew by the next.

Written by whichever room makes the visit, the referral or the enrolment.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from django.db.models import Q, QuerySet, Value
from django.db.models.functions import Greatest

from hssk.access.models import User
from hssk.access.rights import Right, Role
from hssk.access.services import Access
from hssk.access.tiers import Kind, Tier, opens
from hssk.people.models import Basis, Person
from hssk.places.models import Unit
from hssk.places.services import replaced_by


class Event(StrEnum):
    """What brings somebody into the care of a facility."""

    VISIT = "visit"
    OPENING = "opening"  # of their record, at a desk where they stand
    REFERRAL = "referral"
    PROGRAMME = "programme"
    FIRST_CONTACT = "first-contact"  # the facility registered for first contact


AFTERWARDS = timedelta(days=30)
REFERRAL_FOR = timedelta(days=90)
# A visit that nobody closes counts as closed after so long, so that it does not open for ever.
LONGEST_VISIT = timedelta(days=90)
_BEFOREHAND = {
    Event.VISIT: LONGEST_VISIT + AFTERWARDS,
    Event.OPENING: AFTERWARDS,
    Event.REFERRAL: REFERRAL_FOR,
    Event.PROGRAMME: None,
    Event.FIRST_CONTACT: None,
}


def open_care(
    person: UUID, unit: Unit, event: Event, *, at: datetime, actor: User, source: str = ""
) -> Basis:
    """Open `person` to the clinicians of `unit` from `at` on.

    event    a referral ends by itself after 90 days; the others 30 days after `close_care`
    source   a label of what made it, such as "visit 12", for whoever asks later
    Source: protection.md §1.3
    """
    ahead = _BEFOREHAND[event]
    return Basis.objects.create(
        person=person, kind=Kind.CARE, unit=unit, why=event, since=at,
        until=at + ahead if ahead else None, granted_by=actor, source=source,
    )  # fmt: skip


@dataclass(frozen=True)
class Opening:
    """Care that an event opens: of whom, to the clinicians of which unit, from when."""

    person: UUID
    unit: int
    event: Event
    since: datetime
    ended: datetime | None = None  # of a visit that is over

    @property
    def until(self) -> datetime | None:
        if self.ended is not None:
            return max(self.ended, self.since) + AFTERWARDS
        ahead = _BEFOREHAND[self.event]
        return self.since + ahead if ahead else None


def open_many(openings: Iterable[Opening], *, at: datetime, actor: User, source: str) -> int:
    """Open care for many at once; how many bases were written.

    What would be over by `at` opens nothing; whoever is registered at a unit already is not
    registered there again.
    """
    asked = [one for one in openings if one.until is None or one.until > at]
    standing = set(
        Basis.objects.at(at)
        .filter(kind=Kind.CARE, until=None, person__in={one.person for one in asked})
        .values_list("person", "unit", "why")
    )
    new = {(one.person, one.unit, one.event, one.until): one for one in asked
           if (one.person, one.unit, one.event.value) not in standing}  # fmt: skip
    Basis.objects.bulk_create(
        (
            Basis(person=one.person, kind=Kind.CARE, unit_id=one.unit, why=one.event,
                  since=one.since, until=one.until, granted_by=actor, source=source)
            for one in new.values()
        ),
        batch_size=2_000,
    )  # fmt: skip
    return len(new)


def end_all(source: str, *, at: datetime, actor: User) -> int:
    """End at once every basis that `source` made, as when its file is taken back; how many. Care,
    and the guardians whom it told."""
    open_or_to_come = Basis.objects.filter(Q(until=None) | Q(until__gt=at))
    return open_or_to_come.filter(kind__in=(Kind.CARE, Kind.GUARDIAN), source=source).update(
        until=Greatest(Value(at), "since"), ended_by=actor
    )  # fmt: skip


def leave_first_contact(
    registered: Mapping[UUID, int | None], *, made_by: str, at: datetime, actor: User
) -> int:
    """End the registrations that people have left: they are registered at these units now (None
    for a facility that is no station); how many.

    made_by  how the source of the registrations begins that this may end
    """
    standing = Basis.objects.at(at).filter(
        kind=Kind.CARE, why=Event.FIRST_CONTACT, until=None, source__startswith=made_by,
        person__in=list(registered),
    )  # fmt: skip
    left = [one.pk for one in standing if registered[one.person] != one.unit_id]
    return Basis.objects.filter(pk__in=left).update(
        until=Greatest(Value(at), "since"), ended_by=actor
    )


def close_care(basis: Basis, *, at: datetime, actor: User) -> None:
    """The visit, programme or registration has ended: the basis ends 30 days later.

    One that ends before that of itself stays as it is.
    """
    end_basis(basis, at=at + AFTERWARDS, actor=actor)


def end_basis(basis: Basis, *, at: datetime, actor: User) -> None:
    """End a basis at `at`, unless it ends earlier; it opens nothing from then on."""
    locked = Basis.objects.select_for_update().get(pk=basis.pk)
    until = max(at, locked.since)
    if locked.until is None or until < locked.until:
        Basis.objects.filter(pk=basis.pk).update(until=until, ended_by=actor)
    basis.refresh_from_db()


def care_of(person: Person, who: Access, *, at: datetime) -> QuerySet[Basis]:
    """The bases by which care opens a person to `who` at `at`, the latest first; those of whoever
    was merged into them too."""
    found = Basis.objects.at(at).filter(
        kind=Kind.CARE, person__in=person.keys, unit__in=care_units(who)
    )
    return found.select_related("unit").order_by("-since", "-pk")


def station_at(hamlets: Iterable[int], who: Access) -> Unit | None:
    """The unit whose station `who` treats at, by a post whose area holds any of these hamlets; None
    where none does: a post elsewhere opens nobody of here."""
    there = frozenset(hamlets)
    for post in who.with_right(Right.RECORD):
        if post.unit is not None and there & (who.hamlets_of(post) or frozenset()):
            return post.unit
    return None


def care_units(who: Access) -> set[int]:
    """The ids of the units whose care is theirs: those of posts to whom care opens the register,
    and those that such a unit wholly took the place of."""
    posts = [post for post in who.posts if Tier.REGISTER in opens(Role(post.role), Kind.CARE)]
    units = frozenset(post.unit_id for post in posts if post.unit_id is not None)
    return {*units, *replaced_by(units)}


def first_contacts(people: Iterable[UUID], *, at: datetime) -> dict[UUID, int]:
    """Root → the unit whose station people (roots) are registered with for first contact."""
    roots = dict(Person.objects.filter(root__in=set(people)).values_list("id", "root"))
    standing = _registrations(at).filter(person__in=roots)
    ordered = standing.order_by("since", "pk").values_list("person", "unit")
    return {roots[person]: unit for person, unit in ordered if unit is not None}


def registered_with(units: Iterable[int], *, at: datetime) -> dict[UUID, int]:
    """Root → the unit, of everybody registered for first contact with a station of these."""
    standing = _registrations(at).filter(unit__in=set(units)).values_list("person", "unit")
    found = {person: unit for person, unit in standing if unit is not None}
    roots = Person.objects.filter(pk__in=found).values_list("pk", "root")
    return {root: found[person] for person, root in roots}


def _registrations(at: datetime) -> QuerySet[Basis]:
    return Basis.objects.at(at).filter(kind=Kind.CARE, why=Event.FIRST_CONTACT, until=None)
