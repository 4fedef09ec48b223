"""The queue of a session's day: a number for whoever comes, called from desk to desk.

Numbers are given, called and moved one at a time (the session is locked meanwhile), so that no
number is given twice and nobody is called by two desks. An outcome that is written of somebody
in the queue is seen, not copied: withdrawn, their number waits again.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_noop as _n

from hssk.access.services import Access, as_machine
from hssk.kit.moments import transaction_moment
from hssk.outreach.errors import CannotWork
from hssk.outreach.models import CANCELLED, Contact, Kind, Seat, Session, Ticket
from hssk.outreach.rules.queues import (
    CALLING,
    FIRST,
    Desk,
    Place,
    Standing,
    Tally,
    next_at,
    standing_of,
    tally,
)
from hssk.outreach.services.naming import names_on
from hssk.people.models import Person, Residence
from hssk.people.rules import counted_stay
from hssk.people.services import roots_of
from hssk.places.models import Hamlet

MOST = 999  # numbers of a day
# outcomes of not meeting somebody: they end no wait
UNMET = (Kind.TOLD, Kind.ABSENT)


@dataclass(frozen=True)
class Counted:
    """A hamlet of a day: how many the plan expects (None where nobody said), and who came.

    hamlet  None for those who came from anywhere else
    """

    hamlet: Hamlet | None
    name: str
    expected: int | None
    counts: Tally


def has_queue(session: Session, by: Access) -> bool:
    """Whether numbers are given: on the day of the session, unless it was cancelled."""
    return session.on == by.day and session.state != CANCELLED


@transaction.atomic
def arrive(session: Session, person: UUID, *, by: Access) -> Ticket:
    """The number of somebody in the queue of today: theirs, or the next one. Who had left and
    comes back waits again, under the same number.

    person  a key of somebody whom the asker has seen to be theirs to write down
    Raises CannotWork on any other day, and after number 999.
    """
    if not has_queue(session, by):
        raise CannotWork(_n("Hàng chờ chỉ có trong ngày của buổi."))
    with as_machine(by.user, by.day):
        _hold(session)
        at, mine = transaction_moment(), _keys(person)
        ticket = session.tickets.filter(person__in=mine).first()
        if ticket is None:
            return _given(session, mine[person], at=at, by=by)
        if ticket.standing == Standing.LEFT:
            _move(ticket, FIRST, Standing.WAITING, at=at, by=by)
        return ticket


def _keys(person: UUID) -> dict[UUID, UUID]:
    """Every key of a human being → their root."""
    root = Person.objects.values_list("root", flat=True).get(pk=person)
    return dict(Person.objects.filter(root=root).values_list("pk", "root"))


def _given(session: Session, root: UUID, *, at: datetime, by: Access) -> Ticket:
    last = session.tickets.aggregate(last=Max("number"))["last"] or 0
    if last >= MOST:
        raise CannotWork(_n("Buổi này đã phát hết 999 số."))
    stay = counted_stay(Residence.objects.filter(person__root=root), by.day)
    return Ticket.objects.create(
        session=session, number=last + 1, person=root, hamlet_id=stay.hamlet_id if stay else None,
        desk=FIRST, standing=Standing.WAITING, came_at=at, since=at, by=by.user,
    )  # fmt: skip


def sit_at(session: Session, desk: Desk, *, by: Access) -> None:
    """Say at which desk one works from now on."""
    Seat.objects.update_or_create(
        session=session, user=by.user, defaults={"desk": desk, "since": transaction_moment()}
    )


def desk_of(session: Session, by: Access) -> Desk | None:
    """The desk at which one works; None before one said."""
    said = session.seats.filter(user=by.user).values_list("desk", flat=True).first()
    return Desk(said) if said else None


@transaction.atomic
def call_next(session: Session, desk: Desk, *, by: Access, shown: int | None) -> Place | None:
    """Call whoever has waited longest at a desk; whom one served before is done.

    shown  the number that the asker saw as the one they serve; where it is another by now nothing
           happens, so that a key that was pressed twice calls one
    returns  whom one serves now; None where nobody waits
    """
    with as_machine(by.user, by.day):
        _hold(session)
        places, at = places_of(session, by), transaction_moment()
        mine = served_by(places, by)
        if (mine.number if mine else None) != shown:
            return mine
        if mine is not None:
            _move(_ticket(session, mine.number), mine.desk, Standing.DONE, at=at, by=by)
        called = next_at(places, desk) if desk in CALLING else None
        if called is not None:
            _move(_ticket(session, called.number), desk, Standing.SERVING, at=at, by=by)
        return called


@transaction.atomic
def move(
    session: Session, number: int, standing: Standing, *, by: Access,
    desk: Desk | None = None,
) -> None:  # fmt: skip
    """Have a number stand otherwise: wait (at another desk, or again, last in the line), be
    served by the asker, be done, or have left.

    Raises CannotWork for a number that was not given, and for a desk where nobody waits.
    """
    with as_machine(by.user, by.day):
        _hold(session)
        ticket = _ticket(session, number)
        where = desk or Desk(ticket.desk)
        if where not in CALLING:
            raise CannotWork(_n("Ở bàn đón tiếp không có ai chờ."))
        _move(ticket, where, standing, at=transaction_moment(), by=by)


def places_of(session: Session, by: Access) -> list[Place]:
    """The queue of a session by number, each as it stands now. It holds no name.

    Read as the machine: all who call at a session must see one queue, whoever of it is theirs.
    """
    with as_machine(by.user, by.day):
        tickets = list(session.tickets.all())
        written = _written(tickets, session)
    return [_place(ticket, written) for ticket in tickets]


def served_by(places: Iterable[Place], by: Access) -> Place | None:
    """Whom one serves: called by the asker, and neither sent on nor called away since."""
    return next((one for one in places if one.by == by.user.pk), None)


def counts_of(session: Session, places: Sequence[Place]) -> list[Counted]:
    """The counts of a queue beside the plan, hamlet by hamlet; last those from anywhere else."""
    here: dict[int | None, list[Place]] = defaultdict(list)
    stops = list(session.stops.select_related("hamlet"))
    known, names = {stop.hamlet_id for stop in stops}, names_on(session.on)
    for one in places:
        here[one.hamlet if one.hamlet in known else None].append(one)
    found = [
        Counted(stop.hamlet, names[pk], stop.expected, tally(here[pk]))
        for stop in stops for pk in [stop.hamlet_id]
    ]  # fmt: skip
    return found + ([Counted(None, "", None, tally(here[None]))] if here[None] else [])


def _hold(session: Session) -> None:
    Session.objects.select_for_update().get(pk=session.pk)


def _ticket(session: Session, number: int) -> Ticket:
    ticket = session.tickets.filter(number=number).first()
    if ticket is None:
        raise CannotWork(_n("Buổi này không có số {number}."), number=number)
    return ticket


def _move(ticket: Ticket, desk: Desk, standing: Standing, *, at: datetime, by: Access) -> None:
    ticket.desk, ticket.standing, ticket.since, ticket.by = desk, standing, at, by.user
    ticket.save(update_fields=["desk", "standing", "since", "by"])


def _written(tickets: Sequence[Ticket], session: Session) -> dict[UUID, datetime]:
    """Whom a ticket is of → when the latest outcome that stands was written of them for this
    day."""
    roots = roots_of(ticket.person for ticket in tickets)
    keys = dict(Person.objects.filter(root__in=set(roots.values())).values_list("pk", "root"))
    told = Contact.objects.filter(person__in=keys, on=session.on, taken_back_at=None, line=None)
    latest: dict[UUID, datetime] = {}
    for person, at in told.exclude(kind__in=UNMET).order_by("at").values_list("person", "at"):
        latest[keys[person]] = at
    return {key: latest[root] for key, root in roots.items() if root in latest}


def _place(ticket: Ticket, written: dict[UUID, datetime]) -> Place:
    standing, told = standing_of(
        Standing(ticket.standing), ticket.since, written.get(ticket.person)
    )
    served = ticket.standing == Standing.SERVING
    return Place(
        ticket.number, Desk(ticket.desk), standing, ticket.since, ticket.person,
        ticket.hamlet_id, ticket.by_id if served else None, told,
    )  # fmt: skip
