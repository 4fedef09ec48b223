"""Somebody lives here no more: moved away, or nobody here knows them. The first half of a move.

Whoever may say that somebody has left (Right.RELEASE) ends their homes; where they have gone to is
for that commune to propose (decision 13). What a departure ends is labelled below
`DEPARTURES_BELOW`, what a move ends above it and below zero, what files end above zero: so each
takes back its own.
"""

from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext_noop as _n

from hssk.access.rights import Right
from hssk.access.services import Access, as_machine, look
from hssk.access.services.looks import LEAVE
from hssk.kit.text import clean
from hssk.people.errors import Refused
from hssk.people.models import Departure, Person, Residence
from hssk.people.services.homes_kept import DEPARTURES_BELOW, departures_stand_again
from hssk.people.services.identity import keys_of
from hssk.people.services.lives.waiting import while_nobody_links
from hssk.people.services.living import homes_of
from hssk.people.services.moves.replaying import end_reopened


def depart(
    person: UUID, reason: str, *, on: date, where: str = "", at: datetime, by: Access
) -> Departure:
    """Write down that `person` (a root) lives here no more from a day on.

    reason  MOVED or UNKNOWN of Departure; `where` to, in words
    Raises Refused for whom `by` may not let go, who lives nowhere, a day to come, and while a file
    is being linked.
    """
    _refuse_unless_theirs(person, by)
    with as_machine(by.user, by.day):
        while_nobody_links()
        Person.objects.select_for_update().get(pk=person)
        if on > by.day:
            raise Refused(_n("Ngày này chưa đến. Hãy xem lại."))
        if not homes_of(person).now:
            raise Refused(_n("Người này không còn ở đây theo sổ."))
        made = Departure.objects.create(
            person=person, reason=reason, on=on, where=clean(where)[:200], at=at, by=by.user
        )
        departures_stand_again(made.pk)
        look(by, LEAVE, Right.RELEASE, [person])
    return made


def may_let_go(person: UUID, by: Access) -> bool:
    """Whether `by` may say that somebody, by any key, has left every home where they are known."""
    root = Person.objects.filter(pk=person).values_list("root", flat=True).first()
    known = homes_of(root).hamlets if root is not None else frozenset()
    return bool(known) and by.holds_hamlets(known, Right.RELEASE)


def _refuse_unless_theirs(person: UUID, by: Access) -> None:
    if not may_let_go(person, by):
        raise Refused(_n("Chỉ cán bộ dân số hoặc trung tâm y tế cho ra khỏi địa bàn được."))


def take_back_departure(act: int, why: str, *, at: datetime, by: Access) -> None:
    """Say that somebody has not left after all, and why: their homes stand as they did, but for
    those that a move accepted since would have ended.

    Raises Refused for whom `by` may not let go, where it was taken back already, without a reason,
    and while a file is being linked.
    """
    _refuse_unless_theirs(Departure.objects.values_list("person", flat=True).get(pk=act), by)
    with as_machine(by.user, by.day):
        while_nobody_links()
        made = Departure.objects.select_for_update().get(pk=act)
        if made.taken_back_at is not None:
            raise Refused(_n("Việc này đã được rút lại."))
        if not clean(why):
            raise Refused(_n("Hãy ghi vì sao rút lại."))
        Departure.objects.filter(pk=act).update(
            taken_back_at=at, taken_back_by=by.user, why=clean(why)
        )
        ended = Residence.objects.filter(ended_by=DEPARTURES_BELOW - made.pk)
        homes = set(ended.values_list("pk", flat=True))
        ended.update(until=None, ended_by=None)
        end_reopened(homes, keys_of(made.person), after=made.at)
        look(by, LEAVE, Right.RELEASE, [made.person])
