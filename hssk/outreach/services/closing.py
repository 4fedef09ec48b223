"""The end of a session's day: how it went, what it cost, and the report of it that is sent."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_noop as _n

from hssk.access.models import User
from hssk.coverage.models import LedgerRow
from hssk.coverage.services.lists import those_of
from hssk.exchange.services import delivering
from hssk.kit.official.kept import canonical, digest_of
from hssk.kit.text import fold
from hssk.outreach.errors import CannotPlan
from hssk.outreach.models import HELD, Closing, Contact, Cost, DayReport, Kind, Session, Spending
from hssk.outreach.models.campaigns import DAY, HAMLET, SESSION
from hssk.outreach.services.daybooks.checking_in import Came, came
from hssk.outreach.services.issuing import residents
from hssk.outreach.services.planning import hold_session
from hssk.people.models import Person


@dataclass(frozen=True, kw_only=True)
class DaySaid:
    """How the day of a session went.

    came      hamlet → for how many a record was opened
    began     when the first of the team began, ended: when the last went home
    problems  what went wrong, naming nobody who lives there
    spent     what it cost, by the name of the line of costs: đồng, 0 or more
    """

    came: Mapping[int, int]
    began: time
    ended: time
    problems: str = ""
    spent: Mapping[str, int] = field(default_factory=dict)


@transaction.atomic
def close_day(session: Session, said: DaySaid, *, by: User, at: datetime) -> None:
    """Write down how a session went; said again, the last holds. What was reported stays as sent.

    Raises CannotPlan as `hold_session` does, for hours that end before they begin, and where the
    words name somebody who lives there: they are read by those who see no names.
    """
    if not said.began < said.ended:
        raise CannotPlan(_n("Giờ về phải sau giờ bắt đầu."))
    if _names_somebody(session, said.problems):
        raise CannotPlan(
            _n("Phần khó khăn nêu tên một người dân. Báo cáo gửi lên trên không nêu tên ai: hãy "
               "viết “một người”, “một hộ”.")
        )  # fmt: skip
    hold_session(session, said.came, by=by, at=at)
    Closing.objects.update_or_create(
        session=session,
        defaults={"began": said.began, "ended": said.ended, "problems": said.problems.strip()},
    )
    session.spendings.all().delete()
    Spending.objects.bulk_create(
        Spending(session=session, name=name, amount=amount)
        for name, amount in said.spent.items()
        if amount
    )


def _names_somebody(session: Session, words: str) -> bool:
    """Whether the words hold the full name of a resident of a hamlet of the session."""
    text = f" {re.sub(r'[^0-9a-z]+', ' ', fold(words))} "
    if not text.strip():
        return False
    people = (one for s in session.stops.select_related("hamlet")
              for one in residents(s.hamlet, session.on))  # fmt: skip
    return any(" " in (name := fold(one.name).strip()) and f" {name} " in text for one in people)


def not_in_software(session: Session) -> int:
    """How many of the records that the day of a session brought no extract of the software in use
    has yet."""
    here = set(session.stops.values_list("hamlet", flat=True))
    living = LedgerRow.objects.filter(
        hamlet__in=here, since__lte=session.on, until__gt=session.on
    ).values("person")  # contacts first: few of those who live there were met that day
    noted = Contact.objects.filter(
        person__in=Person.objects.filter(root__in=living).values("pk"),
        kind=Kind.RECORD_MADE, on=session.on, taken_back_at=None,
    ).values("person")  # fmt: skip
    roots = Person.objects.filter(pk__in=noted).values_list("root", flat=True)
    made = [one.id for one in those_of(roots, session.on)
            if one.hamlet_id in here and not one.elsewhere]  # fmt: skip
    return len(delivering.not_in_software(made))


def written_since(session: Session) -> list[Came]:
    """The hamlets of a closed session that have another number of records by now than was written
    down at its end, where contacts of that day came or went since: a book came home later."""
    closed = session.closed_at
    if closed is None or session.state != HELD:
        return []
    of_day = Contact.objects.filter(on=session.on, kind=Kind.RECORD_MADE, line=None)
    since = of_day.filter(Q(at__gt=closed) | Q(taken_back_at__gt=closed))
    here = session.stops.values("hamlet")
    if not since.filter(Q(household__hamlet__in=here) | Q(household=None)).exists():
        return []
    said = dict(session.stops.values_list("hamlet", "came"))
    return [line for line in came(session) if line.made != said[line.hamlet.pk]]


def usual_spending(session: Session) -> dict[str, int]:
    """The lines of costs of a session's campaign with what they come to for it, in đồng: what a
    form shows until somebody says otherwise. Of a line counted a day the first team that closes
    pays; lines counted once are the campaign's own."""
    if session.campaign is None:
        return {}
    others = session.campaign.sessions.filter(on=session.on).exclude(pk=session.pk)
    paid = set(Spending.objects.filter(session__in=others).values_list("name", flat=True))
    stops = session.stops.count()
    lines = session.campaign.costs.filter(of__in=[DAY, SESSION, HAMLET]).order_by("pk")
    return {
        line.name: 0
        if line.of == DAY and line.name in paid
        else line.amount * (stops if line.of == HAMLET else 1)
        for line in lines
    }


def save_spent(cost: Cost, amount: int) -> None:
    """What was really paid of a line that is counted once, in đồng."""
    Cost.objects.filter(pk=cost.pk).update(spent=amount)


def send_day(
    session: Session, content: Mapping[str, object], *, by: User, at: datetime
) -> DayReport:
    """Freeze the report of a day as it is now. Nothing changes it afterwards."""
    text = canonical(content)
    return DayReport.objects.create(
        session=session, sent_by=by, sent_at=at, digest=digest_of(text), content=text
    )
