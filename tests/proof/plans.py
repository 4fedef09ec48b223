"""Campaigns and sessions in the world, and whose they are not: nothing of them names anybody."""

from collections.abc import Collection, Mapping
from datetime import time, timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from hssk.access.models import User
from hssk.outreach.models import (
    BookFile,
    Campaign,
    Closing,
    Cost,
    DayReport,
    Proposal,
    Session,
    Team,
)
from hssk.outreach.reports.day import day_content
from hssk.outreach.services.closing import send_day
from hssk.places.models import Hamlet
from tests.proof.drawn import Find, keys_of


def go_out(hamlets: Collection[Hamlet], by: User) -> None:
    """A campaign of each commune with a team, a cost and a proposal; a session to each hamlet, whose
    day is closed and reported."""
    now, today = timezone.now(), timezone.localdate()
    campaigns = {
        unit: Campaign.objects.create(
            unit=unit, name="x", percent=95, first=today, last=today + timedelta(days=60),
            map_day=today, made_at=now, made_by=by,
        )
        for unit in {hamlet.unit for hamlet in hamlets}
    }  # fmt: skip
    for campaign in campaigns.values():
        Team.objects.create(campaign=campaign, name="x", capacity=9, weekdays=[5, 6])
        Cost.objects.create(campaign=campaign, name="x", of="session", amount=1)
        Proposal.objects.create(
            campaign=campaign, asked_at=now, asked_by=by, done_at=now, trouble="no-plan"
        )
    for hamlet in hamlets:
        session = Session.objects.create(
            unit=hamlet.unit, campaign=campaigns[hamlet.unit], on=today, begins=time(7),
            ends=time(16), place="x", staff="x", made_at=now, made_by=by,
        )  # fmt: skip
        session.stops.create(hamlet=hamlet, expected=3)
        Closing.objects.create(session=session, began=time(7), ended=time(16), problems="x")
        session.spendings.create(name="x", amount=1)
        send_day(session, day_content(session, by=by, today=today), by=by, at=now)


def send_books(home_of: Mapping[int, tuple[UUID, str]], by: User) -> None:
    """A book of each session that goes where somebody lives, with one line, and one that came back;
    and a number of its queue for them.

    home_of  hamlet → somebody who lives there, and their name
    """
    now = timezone.now()
    for number, session in enumerate(Session.objects.filter(stops__hamlet__in=home_of), 1):
        hamlet = session.stops.get().hamlet_id
        person, name = home_of[hamlet]
        book = session.books.create(serial=f"{number:05}", on=session.on, made_at=now, made_by=by)
        book.lines.create(number=1, person=person, hamlet_id=hamlet, name=name)
        file = session.files.create(
            file_name="x.xlsx", digest=f"{number:064}", size=1, actor=by, created_at=now
        )
        file.rows.create(sheet="x", number=1, cells=[name], said={"name": ["A", name]})
        session.seats.create(user=by, desk="record", since=now)
        session.tickets.create(
            number=1, person=person, hamlet_id=hamlet, desk="record", standing="waiting",
            came_at=now, since=now, by=by,
        )  # fmt: skip


def of_others(units: Collection[int], hamlets: Collection[int]) -> dict[str, Find]:
    """How to find keys of each kind that lie in units and hamlets of others."""
    sessions = Session.objects.filter(stops__hamlet__in=hamlets)
    # whoever has a hamlet that one goes to reads its sessions there
    mine = Campaign.objects.filter(sessions__in=Session.objects.exclude(stops__hamlet__in=hamlets))
    campaigns = Campaign.objects.filter(unit__in=units).exclude(pk__in=mine.values("pk"))
    by_session = {"book": BookFile, "daily": DayReport}
    by_campaign = {"team": Team, "cost": Cost, "proposal": Proposal}
    return {
        "session": sessions.values_list("pk", flat=True).all,
        "campaign": campaigns.values_list("pk", flat=True).all,
        **{kind: keys_of(model, session__in=sessions) for kind, model in by_session.items()},
        **{kind: keys_of(model, campaign__in=campaigns) for kind, model in by_campaign.items()},
    }


def filled_in(theirs: dict[str, Any]) -> dict[str, Any]:
    """What the forms of plans ask, for the places of others, on days that could be."""
    today = timezone.localdate()
    soon = (today + timedelta(days=7)).isoformat()
    return {
        "on": soon, "begins": "7:30", "ends": "16:30", "staff": "x", "place": "x",
        "hamlets": [theirs["hamlet"]], "unit": theirs["unit"], "name": "x", "percent": "95",
        "first": today.isoformat(), "last": soon, "map_day": today.isoformat(), "capacity": "9",
        "weekdays": ["5"], "cost": "x", "of": "session", "amount": "1", "fixed": "1", "why": "x",
        "outing": ["0"], f"came-{theirs['hamlet']}": "3", "began": "7:30", "ended": "16:30",
        "paid": "1", "seen": "x", "spent-0": "1", "number": "1", "desk": "doctor", "act": "done",
    }  # fmt: skip
