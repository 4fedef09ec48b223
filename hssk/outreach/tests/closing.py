"""A campaign of a ward of today with two large hamlets and two small ones, a team and costs."""

from datetime import timedelta
from decimal import Decimal

from django.utils import timezone

from hssk.outreach.services.planning import (
    CampaignSaid,
    SessionSaid,
    TeamSaid,
    make_session,
    open_campaign,
    save_cost,
    save_team,
)
from hssk.outreach.tests.place import CODE, many
from hssk.places.models import Unit
from hssk.places.services import on_map
from tests.village import hamlet, village

PLACES = {"Bản Một": 60, "Bản Hai": 40, "Bản Nhỏ": 12, "Bản Con": 20}


def settle() -> Unit:
    """The hamlets with their people; the unit of today that they lie in."""
    for name, count in PLACES.items():
        village(many(count, name, CODE).replace("Lò Thị", f"Lò {name.split()[1]}"))
    unit = hamlet(CODE, "Bản Một").unit
    return on_map({unit.pk}, timezone.localdate()).target[unit.pk]


def opened(unit, by):
    """A campaign that began a month ago, as of today."""
    today, now = timezone.localdate(), timezone.now()
    said = CampaignSaid(
        name="Cuối năm", percent=Decimal(95), first=today - timedelta(days=30),
        last=today + timedelta(days=60), map_day=today,
    )  # fmt: skip
    campaign = open_campaign(said, unit, by=by, at=now)
    save_team(campaign, TeamSaid(name="Đội 1", capacity=40, staff="BS Vàng, ĐD Lò"))
    save_cost(campaign, "Bồi dưỡng", "session", 150_000)
    save_cost(campaign, "Xăng xe", "hamlet", 50_000)
    save_cost(campaign, "Tờ rơi", "once", 700_000)
    return campaign


def session_to(campaign, by, *names, days=0, **more):
    """A session of the campaign's team to these hamlets, so many days from today."""
    return make_session(
        SessionSaid(
            unit=campaign.unit, campaign=campaign, team=campaign.teams.get(),
            hamlets=[hamlet(CODE, name).pk for name in names],
            on=timezone.localdate() + timedelta(days=days), place=f"Nhà văn hóa {names[0]}",
            **more,
        ),
        by=by, at=timezone.now(),
    )  # fmt: skip
