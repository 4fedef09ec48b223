"""Campaigns: their goal and days, the teams that go out, what it costs."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext_noop as _n

from hssk.access.models import User
from hssk.outreach.errors import CannotPlan
from hssk.outreach.models import Campaign, Cost, Road, Team, TeamOff
from hssk.places.models import Unit

LONGEST = timedelta(days=3 * 366)


@dataclass(frozen=True, kw_only=True)
class CampaignSaid:
    """What a campaign is to be: the share to reach in per cent, 0 < percent <= 100, from when, till
    when (both days count), and on the map of which day."""

    name: str
    percent: Decimal
    first: date
    last: date
    map_day: date


@dataclass(frozen=True, kw_only=True)
class TeamSaid:
    """What a team is to be; `weekdays` and `off` as in `models.Team` and `TeamOff`."""

    name: str
    capacity: int
    staff: str = ""
    skills: str = ""
    weekdays: Collection[int] = frozenset({5, 6})
    off: Collection[date] = field(default_factory=frozenset)


def open_campaign(said: CampaignSaid, unit: Unit, *, by: User, at: datetime) -> Campaign:
    """A new campaign of `unit`. Raises CannotPlan for a goal or days that cannot be."""
    _checked(said)
    return Campaign.objects.create(unit=unit, made_by=by, made_at=at, **vars(said))


@transaction.atomic
def save_campaign(campaign: Campaign, said: CampaignSaid) -> None:
    """Change what a campaign is to be. Raises CannotPlan as `open_campaign` does, for one that is
    closed, and where a session that stands would lie outside its days."""
    _checked(said)
    _open(campaign)
    standing = campaign.sessions.standing()
    if standing.exclude(on__range=(said.first, said.last)).exists():
        raise CannotPlan(
            _n("Có buổi nằm ngoài những ngày ấy. Hãy dời hoặc hủy những buổi đó trước.")
        )
    Campaign.objects.filter(pk=campaign.pk).update(**vars(said))


def close_campaign(campaign: Campaign, *, by: User, at: datetime) -> None:
    """Nothing more is planned by it. Its sessions stay as they are. Raises CannotPlan if closed."""
    _open(campaign)
    Campaign.objects.filter(pk=campaign.pk).update(closed_by=by, closed_at=at)


@transaction.atomic
def save_team(campaign: Campaign, said: TeamSaid, team: Team | None = None) -> Team:
    """Make a team of a campaign, or change `team`. Raises CannotPlan for a name that is taken, a
    team that can write down nobody, or one that goes out on no day."""
    _open(campaign)
    if said.capacity < 1 or not said.weekdays:
        raise CannotPlan(_n("Một đội lập hồ sơ cho ít nhất 1 người mỗi ngày, ít nhất một thứ."))
    known = campaign.teams.filter(name=said.name)
    if (known.exclude(pk=team.pk) if team else known).exists():
        raise CannotPlan(_n("Đã có đội tên {name}. Hãy đặt tên khác."), name=said.name)
    team = team or Team(campaign=campaign)
    team.name, team.capacity, team.staff, team.skills, team.weekdays = (
        said.name, said.capacity, said.staff, said.skills, sorted(said.weekdays),
    )  # fmt: skip
    team.save()
    team.days_off.all().delete()
    TeamOff.objects.bulk_create(TeamOff(team=team, on=day) for day in sorted(set(said.off)))
    return team


def drop_team(team: Team) -> None:
    """Take a team away. Raises CannotPlan for one that has sessions, cancelled ones too: they say
    who went."""
    _open(team.campaign)
    if team.sessions.exists():
        raise CannotPlan(
            _n("Đội {name} đã có buổi nên không xóa được. Có thể bỏ hết ngày đi của đội."),
            name=team.name,
        )
    team.delete()


def save_cost(campaign: Campaign, name: str, of: str, amount: int) -> Cost:
    """A line of what the campaign costs; one with that name is written anew.

    of      models.campaigns.ONCE, DAY, SESSION or HAMLET
    amount  đồng for each, 0 or more
    """
    _open(campaign)
    line, _made = Cost.objects.update_or_create(
        campaign=campaign, name=name, defaults={"of": of, "amount": amount}
    )
    return line


def drop_cost(cost: Cost) -> None:
    """Take a line of costs away."""
    _open(cost.campaign)
    cost.delete()


@transaction.atomic
def save_roads(campaign: Campaign, roads: Mapping[int, str]) -> None:
    """The travel group of each of these hamlets; an empty name is that of its commune."""
    _open(campaign)
    campaign.roads.filter(hamlet__in=roads).delete()
    Road.objects.bulk_create(
        Road(campaign=campaign, hamlet_id=hamlet, name=name.strip()[:40])
        for hamlet, name in sorted(roads.items())
        if name.strip()
    )


def _open(campaign: Campaign) -> None:
    if Campaign.objects.select_for_update().get(pk=campaign.pk).closed_at is not None:
        raise CannotPlan(_n("Chiến dịch này đã khép lại."))


def _checked(said: CampaignSaid) -> None:
    if not 0 < said.percent <= 100:
        raise CannotPlan(_n("Mục tiêu phải lớn hơn 0 và không quá 100 %."))
    if not said.first <= said.last <= said.first + LONGEST:
        raise CannotPlan(_n("Ngày cuối phải sau ngày đầu, trong vòng ba năm."))
