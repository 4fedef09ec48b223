"""Slips for households: a sealed note each, with a code that says nothing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_noop as _n

from hssk.access.models import User
from hssk.access.services import as_machine
from hssk.coverage.services import Person
from hssk.outreach.errors import CannotIssue
from hssk.outreach.models import Invitation, Slip
from hssk.outreach.rules import Purpose
from hssk.outreach.rules.lists import FEWEST_LISTED
from hssk.outreach.services.issuing import asked_of, heads_of, residents
from hssk.people.services import objectors
from hssk.places.models import Hamlet

LONGEST_AHEAD = timedelta(days=366)


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
    """A slip for each household in which somebody is asked, for every household of the hamlet where
    those are few; whoever lives in none has none.

    Outside stands whose household it is, unless its head objected to standing on paper.
    Raises CannotIssue for a session that is over or farther than a year, and where no household is
    asked.
    """
    if not now < session.at < now + LONGEST_AHEAD:
        raise CannotIssue(_n("Hãy chọn ngày giờ sắp tới, trong vòng một năm."))
    people = residents(session.hamlet, session.on)
    away = objectors(one.id for one in people)
    asked = asked_of(session.purpose, people, session.hamlet, session.on) - away
    homes = dict.fromkeys(
        home for one in people
        if (home := one.household_id) is not None and one.id in asked
    )  # fmt: skip
    if not homes:
        raise CannotIssue(_n("Không có hộ nào cần mời."))
    if len(homes) < FEWEST_LISTED:  # whoever carries so few would know whom they are for
        homes = dict.fromkeys(home for one in people if (home := one.household_id) is not None)
    heads = heads_of(one for one in people if one.id not in away)
    with as_machine(by, localdate(now)):  # what is read above, the asker could see
        return _written(session, homes, heads, by=by, now=now)


def _written(
    session: Session, homes: Iterable[int], heads: Mapping[int | None, Person], *,
    by: User, now: datetime,
) -> Invitation:  # fmt: skip
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
