"""What came of going to somebody: kept here, and what it changes done where that is kept.

A record made or seen, a book opened, a death and a departure are acts of `people.services.lives`;
they move the ledger, and withdrawing the contact takes them back. Refusals, absences and telephones
that cannot are kept here alone: they say why somebody is still missing.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_noop as _n

from hssk.access.rights import Right
from hssk.access.services import Access, as_machine, look
from hssk.access.services.looks import CONTACT
from hssk.kit.dates import PartialDate
from hssk.kit.moments import transaction_moment
from hssk.kit.text import clean
from hssk.outreach.errors import CannotRecord
from hssk.outreach.models import Contact, Kind
from hssk.outreach.services.caring import end_care
from hssk.outreach.services.sides import own_sides, registered_sides
from hssk.people.models import Departure, Person, Residence
from hssk.people.rules import counted_stay
from hssk.people.services import homes_of, keys_of, lives, roots_of
from hssk.people.services.lives import Died

# what the station of first contact may say of whoever lives in another commune
OF_CARE = frozenset(Kind) - {Kind.DIED, Kind.MOVED, Kind.UNKNOWN}
LONGEST_AWAY = timedelta(days=5 * 366)  # by a wrong year nobody would go there for decades
MISTAKEN = "Ghi nhầm kết quả."  # kept where a contact is withdrawn and nothing is said


@dataclass(frozen=True)
class _Said:
    """An outcome as it is about to be written, of whom (a root) and by whom."""

    person: UUID
    on: date
    since: PartialDate
    where: str
    said: str
    at: datetime
    by: Access


@dataclass(frozen=True)
class _Taken:
    """An act that is about to be taken back, with why."""

    act: int
    person: UUID
    why: str
    at: datetime
    by: Access


@dataclass(frozen=True)
class _Made:
    """How an outcome becomes a fact: `make` gives the key of the act, or None where there is
    nothing to do; `undo` takes it back."""

    make: Callable[[_Said], int | None]
    undo: Callable[[_Taken], None]


def record_outcome(
    person: UUID, kind: Kind, *, on: date, by: Access, why: str = "", until: date | None = None,
    where: str = "", since: PartialDate | None = None,
) -> Contact:  # fmt: skip
    """Write down what came of a contact with somebody, and do what follows from it.

    person  any key of theirs; of somebody who lives where `by` may write people down, or is
            registered for first contact with a side of `by` (`sides.own_sides`), which writes of no
            death and no departure
    on      the day of the contact, not to come
    why     the reason in words; who refuses says why
    until   to when somebody is away, where that was said; after `on`
    where   where they moved to, or have a record already: not "" for that one
    since   when they died or left, as nearly as it is known; by default `on`

    Somebody who moved, or whom nobody knows, leaves by the word of who may let them go
    (`lives.may_let_go`); by the word of anybody else it is kept here and waits for that.
    Raises CannotRecord for anybody else's people and for what lacks its words, and Refused as the
    acts of `people.services.lives` do.
    """
    root = _theirs(person, by, care=kind in OF_CARE)
    refuse_lacking(kind, on, by=by, why=clean(why), until=until, where=clean(where))
    with as_machine(by.user, by.day):
        said = _Said(root, on, since or PartialDate(on), clean(where), clean(why),
                     transaction_moment(), by)  # fmt: skip
        home = counted_stay(Residence.objects.filter(person__root=root), by.day)
        act = _FACTS[kind].make(said) if kind in _FACTS else None
        if act is None:
            look(by, CONTACT, by.first_of(Right.MOVE, Right.REGISTERED), [root])
        return Contact.objects.create(
            person=root, household_id=home.household_id if home else None, on=on, kind=kind,
            until=until, where=said.where[:200], said=said.said[:500], act=act,
            by=by.user, at=said.at,
        )  # fmt: skip


def withdraw(contact: Contact, by: Access, *, why: str = "") -> None:
    """Take a contact back, and with it what followed: all is as it was, but for both acts in the
    log.

    Raises CannotRecord where it was withdrawn before or is not of the asker's people (of those who
    are registered with their side, of their own contacts alone), and Refused as the
    acts of `people.services.lives` do.
    """
    root = _theirs(contact.person, by, care=_of_own_care(contact, by))
    with as_machine(by.user, by.day):
        at, words = transaction_moment(), clean(why) or MISTAKEN
        if _kept(contact) is not None:
            raise CannotRecord(_n("Kết quả này đã được rút lại."))
        if contact.act is not None:
            taken = _Taken(contact.act, contact.person, words, at, by)
            _FACTS[Kind(contact.kind)].undo(taken)
        else:
            look(by, CONTACT, by.first_of(Right.MOVE, Right.REGISTERED), [root])
        end_care(contact, by)
        Contact.objects.filter(pk=contact.pk).update(
            taken_back_at=at, taken_back_by=by.user, why=words
        )


def told_to(person: UUID, by: Access) -> list[tuple[Contact, bool]]:
    """Every contact with somebody (a root), the latest first, each with whether it stands and is
    theirs to `withdraw`: any of their area, their own of who is registered with their side."""
    of_area = _lives_with(person, by)
    registered = not of_area and is_registered_with(person, by)
    return [
        (one, one.taken_back_at is None and (of_area or (registered and _of_own_care(one, by))))
        for one in contacts_with(person)
    ]


def _of_own_care(contact: Contact, by: Access) -> bool:
    return contact.by_id == by.user.pk and contact.kind in OF_CARE


def contacts_with(person: UUID) -> QuerySet[Contact]:
    """Every contact with a human being, those withdrawn too, the latest first."""
    about = Contact.objects.filter(person__in=keys_of(person))
    return about.select_related("by", "taken_back_by").order_by("-on", "-at", "-pk")


def latest_of(people: Iterable[UUID]) -> dict[UUID, Contact]:
    """Root → the latest contact that stands, for those of these human beings who have one."""
    keys = dict(Person.objects.filter(root__in=set(people)).values_list("pk", "root"))
    standing = Contact.objects.filter(person__in=keys, taken_back_at=None)
    ordered = standing.select_related("by").order_by("on", "at", "pk")
    return {keys[contact.person]: contact for contact in ordered}


def of_day(people: Iterable[UUID], day: date) -> dict[UUID, list[Contact]]:
    """Root → the contacts of a day that stand, the latest last, of those of these human beings who
    have one; whatever came after that day. Ticks of lists are none of them: whoever was told at
    the door, or said no there, may have come all the same."""
    keys = dict(Person.objects.filter(root__in=set(people)).values_list("pk", "root"))
    standing = Contact.objects.filter(person__in=keys, on=day, taken_back_at=None, line=None)
    found: dict[UUID, list[Contact]] = {}
    for contact in standing.select_related("by").order_by("at", "pk"):
        found.setdefault(keys[contact.person], []).append(contact)
    return found


def met_in(hamlet: int, day: date) -> set[UUID]:
    """The roots of those who were of a household of a hamlet when somebody was with them on a day:
    who died or left by that is among them."""
    there = Contact.objects.filter(household__hamlet=hamlet, on=day, taken_back_at=None, line=None)
    return set(roots_of(there.values_list("person", flat=True)).values())


def brought(contacts: Sequence[Contact]) -> Contact:
    """What a day brought somebody by its contacts, of which there is one: the record that was made,
    whatever the next desk wrote down; else the latest."""
    return next((one for one in contacts if one.kind == Kind.RECORD_MADE), contacts[-1])


def _kept(contact: Contact) -> datetime | None:
    """When a contact was withdrawn; None while it stands. Nobody else withdraws it meanwhile."""
    return Contact.objects.select_for_update().get(pk=contact.pk).taken_back_at


def _theirs(person: UUID, by: Access, *, care: bool) -> UUID:
    """The root of somebody whom `by` may write of; CannotRecord for anybody else, there or not.

    care  whether a side with which they are registered for first contact may, too
    """
    root = Person.objects.filter(pk=person).values_list("root", flat=True).first()
    if root is None or not (_lives_with(root, by) or (care and is_registered_with(root, by))):
        raise CannotRecord(_n("Chỉ ghi được kết quả của người ở địa bàn của bạn."))
    return root


def _lives_with(root: UUID, by: Access) -> bool:
    """Whether somebody (a root) lives where `by` may write people down."""
    return any(by.holds_hamlet(hamlet, Right.MOVE) for hamlet in homes_of(root).hamlets)


def is_registered_with(root: UUID, by: Access) -> bool:
    """Whether somebody (a root) is registered for first contact with a side of `by`."""
    mine = own_sides(by)
    if not (mine.units or mine.facilities):
        return False
    with as_machine(by.user, by.day):
        sides = registered_sides([root], at=transaction_moment())
    return mine.has_any(sides.get(root, ()))


def refuse_lacking(
    kind: Kind, on: date, *, by: Access, why: str, until: date | None, where: str
) -> None:
    """Raise CannotRecord where an outcome lacks what its kind asks for, or speaks of a day to come.

    on     the day of the contact
    until  the day on which somebody away comes back, after `on` and within LONGEST_AWAY
    """
    if on > by.day:
        raise CannotRecord(_n("Ngày liên hệ chưa đến. Hãy xem lại."))
    if until is not None and not on < until <= on + LONGEST_AWAY:
        raise CannotRecord(_n("Ngày trở về phải sau ngày liên hệ, trong vòng năm năm."))
    if kind is Kind.REFUSED and not why:
        raise CannotRecord(_n("Hãy ghi vì sao người này từ chối."))
    if kind is Kind.HAD_ONE and not where:
        raise CannotRecord(_n("Hãy ghi hồ sơ đang ở đâu: cơ sở nào, hoặc số hồ sơ."))


def _enrol(said: _Said) -> int:
    return lives.enrol(said.person, on=said.on, at=said.at, by=said.by).pk


def _see(said: _Said) -> int:
    return lives.enrol(said.person, on=said.on, where=said.where, at=said.at, by=said.by).pk


def _not_enrolled(taken: _Taken) -> None:
    lives.take_back_enrolment(taken.act, taken.why, at=taken.at, by=taken.by)


def _open(said: _Said) -> int:
    return lives.open_book(said.person, on=said.on, by_family=False, at=said.at, by=said.by).pk


def _open_for(said: _Said) -> int:
    return lives.open_book(said.person, on=said.on, by_family=True, at=said.at, by=said.by).pk


def _not_opened(taken: _Taken) -> None:
    lives.take_back_book(taken.act, taken.why, at=taken.at, by=taken.by)


def _leave(reason: str) -> Callable[[_Said], int | None]:
    def leave(said: _Said) -> int | None:
        if not lives.may_let_go(said.person, said.by):
            return None
        day = said.since.value
        return lives.depart(
            said.person, reason, on=day, where=said.where, at=said.at, by=said.by
        ).pk

    return leave


def _back(taken: _Taken) -> None:
    lives.take_back_departure(taken.act, taken.why, at=taken.at, by=taken.by)


def _die(said: _Said) -> int | None:
    if lives.death_of(said.person) is not None:  # somebody else wrote it down: not ours to undo
        return None
    return lives.record_death(said.person, Died(said.since), at=said.at, by=said.by).pk


def _alive(taken: _Taken) -> None:
    standing = lives.death_of(taken.person)
    if standing is not None and standing.pk == taken.act:
        root = Person.objects.values_list("root", flat=True).get(pk=standing.person)
        lives.take_back_death(root, taken.why, at=taken.at, by=taken.by)


_FACTS = {
    Kind.RECORD_MADE: _Made(_enrol, _not_enrolled),
    Kind.HAD_ONE: _Made(_see, _not_enrolled),
    Kind.BOOK_OPENED: _Made(_open, _not_opened),
    Kind.BOOK_BY_FAMILY: _Made(_open_for, _not_opened),
    Kind.MOVED: _Made(_leave(Departure.MOVED), _back),
    Kind.UNKNOWN: _Made(_leave(Departure.UNKNOWN), _back),
    Kind.DIED: _Made(_die, _alive),
}


def contacts_about(keys: set[UUID], days: tuple[date, date]) -> Iterable[tuple[UUID, date]]:
    """Of whom of these keys, and when, from the first day to the last, somebody was gone to."""
    found = Contact.objects.filter(person__in=keys, on__range=days)
    return found.values_list("person", "on").distinct()
