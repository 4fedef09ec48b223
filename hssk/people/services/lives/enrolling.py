"""Somebody who had no record has one: opened by a hand, or seen by one to be kept elsewhere.

What follows is a record that stands until an extract lists one of them (exchange makes way for it),
so that nobody counts twice; taken back, it was never there.
"""

from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext_noop as _n

from hssk.access.rights import Right
from hssk.access.services import Access, as_machine, look
from hssk.access.services.looks import ENROL
from hssk.kit.text import clean
from hssk.people.errors import Refused
from hssk.people.models import Enrolment, Holding, Person, Residence
from hssk.people.models.facts import OPENED
from hssk.people.rules import counted_stay
from hssk.people.services.identity import keys_of, refresh_people
from hssk.people.services.lives.waiting import while_nobody_links

# the system of a record that a hand saw elsewhere; whoever has one, or one that a hand OPENED, is
# named by lists still, unlike who was written down by hand (STATION)
SEEN = "seen"


def enrol(person: UUID, *, on: date, where: str = "", at: datetime, by: Access) -> Enrolment:
    """Write down that a record of `person` (a root) was opened on a day, or seen `where` it is.

    on     the day of the record, not to come
    where  "" for one opened here; else words for the facility or the number it was seen under
    Raises Refused for whom a record stands already, for the dead, who lives nowhere, a day to come,
    and while a file is being linked.
    """
    with as_machine(by.user, by.day):
        while_nobody_links()
        one = Person.objects.select_for_update().get(pk=person)
        home = _home(one, on, by)
        kept = Holding.objects.filter(person__root=person, until=None, decided=True)
        if kept.exists():
            raise Refused(_n("Người này đã có hồ sơ trong sổ; không cần lập nữa."))
        held = Holding.objects.create(
            person=one, system=SEEN if clean(where) else OPENED, since=on, created=on, updated=on,
            unit=home.hamlet.unit, hamlet=home.hamlet, name=one.name, birth_on=one.birth_on,
            birth_precision=one.birth_precision, sex=one.sex,
        )  # fmt: skip
        made = Enrolment.objects.create(
            person=person, on=on, where=clean(where)[:200], holding=held.pk, at=at, by=by.user
        )
        look(by, ENROL, by.first_of(Right.MOVE, Right.REGISTERED), [person])
    return made


def take_back_enrolment(act: int, why: str, *, at: datetime, by: Access) -> None:
    """Say that a record was not opened after all, and why; the act stays written.

    Raises Refused where it was taken back already, without a reason, and while a file is linked.
    """
    with as_machine(by.user, by.day):
        while_nobody_links()
        made = Enrolment.objects.select_for_update().get(pk=act)
        if made.taken_back_at is not None:
            raise Refused(_n("Việc này đã được rút lại."))
        if not clean(why):
            raise Refused(_n("Hãy ghi vì sao rút lại."))
        Enrolment.objects.filter(pk=act).update(
            taken_back_at=at, taken_back_by=by.user, why=clean(why)
        )
        gone = Holding.objects.filter(pk=made.holding)
        about = list(gone.values_list("person", flat=True))
        gone.delete()
        refresh_people(about)
        look(by, ENROL, by.first_of(Right.MOVE, Right.REGISTERED), [made.person])


def enrolments_of(person: UUID) -> list[Enrolment]:
    """The records of somebody that a hand opened or saw, those that stand, the latest first."""
    acts = Enrolment.objects.filter(person__in=keys_of(person), taken_back_at=None)
    return list(acts.select_related("by").order_by("-at"))


def _home(one: Person, on: date, by: Access) -> Residence:
    if on > by.day:
        raise Refused(_n("Ngày này chưa đến. Hãy xem lại."))
    if Person.objects.filter(root=one.pk, died_on__isnull=False).exists():
        raise Refused(_n("Người này đã mất."))
    stays = Residence.objects.filter(person__root=one.pk).select_related("hamlet__unit")
    home = counted_stay(stays, by.day)
    if home is None:
        raise Refused(_n("Người này không còn ở đây theo sổ. Hãy xem lại nơi ở trước."))
    return home
