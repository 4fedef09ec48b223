"""Slips for households: a sealed note each, with a code that says nothing."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_noop as _n

from hssk.access.models import User
from hssk.coverage.services import Person
from hssk.outreach.errors import CannotIssue
from hssk.outreach.models import Invitation, Slip
from hssk.outreach.rules import Purpose
from hssk.outreach.services.issuing import ASKED, residents
from hssk.people.rules import relation_code
from hssk.people.rules.relations import HEAD
from hssk.people.services import objectors
from hssk.places.models import Hamlet


@dataclass(frozen=True, kw_only=True)
class Session:
    """What a hamlet is invited to.

    on     the day whose residents are meant
    place  where, as it is printed
    at     when it begins
    """

    hamlet: Hamlet
    purpose: Purpose
    on: date
    place: str
    at: datetime


@transaction.atomic
def invite(session: Session, *, by: User, now: datetime) -> Invitation:
    """A slip for each household in which somebody is asked; whoever lives in none has none.

    Outside stands whose household it is, unless its head objected to standing on paper.
    Raises CannotIssue for a session that is over, and where no household is asked.
    """
    if session.at <= now:
        raise CannotIssue(_n("Buổi này đã qua. Hãy chọn ngày giờ sắp tới."))
    people = residents(session.hamlet, session.on)
    asked = ASKED[session.purpose]
    away = objectors(one.id for one in people)
    homes = dict.fromkeys(
        home for one in people
        if (home := one.household_id) is not None and asked(one) and one.id not in away
    )  # fmt: skip
    if not homes:
        raise CannotIssue(_n("Không có hộ nào cần mời."))
    heads = {
        one.household_id: one for one in people
        if relation_code(one.relation) == HEAD and one.id not in away
    }  # fmt: skip
    invitation = Invitation.objects.create(
        hamlet=session.hamlet, purpose=session.purpose, on=session.on, place=session.place,
        at=session.at, issued_at=now, issued_by=by,
    )  # fmt: skip
    Slip.objects.bulk_create(_slip(invitation, home, heads.get(home)) for home in homes)
    return invitation


def _slip(invitation: Invitation, home: int, head: Person | None) -> Slip:
    slip = Slip(invitation=invitation, household_id=home)
    if head is not None:
        slip.head, slip.called = head.id, head.name
    return slip
