"""Campaigns and sessions in the world, and whose they are not: nothing of them names anybody."""

from collections.abc import Callable, Collection
from datetime import time, timedelta
from typing import Any

from django.utils import timezone

from hssk.access.models import User
from hssk.outreach.models import Campaign, Cost, Proposal, Session, Team
from hssk.places.models import Hamlet


def go_out(hamlets: Collection[Hamlet], by: User) -> None:
    """A campaign of each commune with a team, a cost and a proposal; a session to each hamlet."""
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


def of_others(
    one_of: Callable[[Any], Any], units: Collection[int], hamlets: Collection[int]
) -> dict[str, Any]:
    """A key of each kind that lies in units and hamlets of others."""
    sessions = Session.objects.filter(stops__hamlet__in=hamlets)
    by_campaign = {"team": Team, "cost": Cost, "proposal": Proposal}
    campaigns = Campaign.objects.filter(unit__in=units)
    return {
        "session": one_of(sessions.values_list("pk", flat=True)),
        "campaign": one_of(campaigns.values_list("pk", flat=True)),
        **{
            key: one_of(model.objects.filter(campaign__in=campaigns).values_list("pk", flat=True))
            for key, model in by_campaign.items()
        },
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
        "outing": ["0"], f"came-{theirs['hamlet']}": "3",
    }  # fmt: skip
