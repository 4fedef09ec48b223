"""Sessions: made by hand or from a proposal, moved, kept, cancelled, noted as held.

None of it needs the planner, nor a campaign.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_noop as _n

from hssk.access.models import User
from hssk.outreach.errors import CannotPlan
from hssk.outreach.models import (
    CANCELLED,
    HELD,
    PLANNED,
    Barred,
    Campaign,
    Session,
    SessionHamlet,
    Team,
)
from hssk.outreach.rules.planning import saturday_of
from hssk.places.models import Unit
from hssk.places.services import hamlets_held

LONGEST_AHEAD = timedelta(days=3 * 366)
BEGINS, ENDS = time(7, 30), time(16, 30)


@dataclass(frozen=True, kw_only=True)
class SessionSaid:
    """What a session is to be.

    unit      whose it is; every hamlet lies in it
    hamlets   their keys, in the order in which they are gone to
    staff     who goes, where no team does
    expected  hamlet → how many are expected; remaining: hamlet → how many have no record
    proposed  by the planner; fixed: no plan touches it
    """

    unit: Unit
    hamlets: Sequence[int]
    on: date
    place: str
    begins: time = BEGINS
    ends: time = ENDS
    campaign: Campaign | None = None
    team: Team | None = None
    staff: str = ""
    expected: Mapping[int, int] = field(default_factory=dict)
    remaining: Mapping[int, int] = field(default_factory=dict)
    proposed: bool = False
    fixed: bool = True
    why: str = ""


@transaction.atomic
def make_session(said: SessionSaid, *, by: User, at: datetime) -> Session:
    """A session that is planned.

    Raises CannotPlan for a day that is past, farther than three years or outside the campaign, for
    hamlets outside the unit, a team of another campaign or one that is out that day, where nobody
    goes, and where it would end before it begins.
    """
    _checked(said, localdate(at))
    session = Session.objects.create(
        unit=said.unit, campaign=said.campaign, team=said.team, on=said.on, begins=said.begins,
        ends=said.ends, place=said.place, staff=said.staff, proposed=said.proposed,
        fixed=said.fixed, why=said.why, made_by=by, made_at=at,
    )  # fmt: skip
    SessionHamlet.objects.bulk_create(
        SessionHamlet(
            session=session, hamlet_id=hamlet, expected=said.expected.get(hamlet),
            remaining=said.remaining.get(hamlet),
        )
        for hamlet in dict.fromkeys(said.hamlets)
    )  # fmt: skip
    return session


@transaction.atomic
def move_session(session: Session, said: SessionSaid, *, at: datetime) -> None:
    """A person changes its day, hours, place, team or staff; from then on it is fixed.

    The hamlets stay: for others a session of their own is made. Raises CannotPlan as `make_session`
    does, and for one that was held or cancelled.
    """
    _planned(session)
    said = replace(said, hamlets=[stop.hamlet_id for stop in session.stops.all()])
    _checked(said, localdate(at), session)
    Session.objects.filter(pk=session.pk).update(
        on=said.on, begins=said.begins, ends=said.ends, place=said.place, team=said.team,
        staff=said.staff, fixed=True,
    )  # fmt: skip


def fix_session(session: Session, *, fixed: bool) -> None:
    """Keep a planned session as it is, whatever is planned around it, or let it go again."""
    Session.objects.filter(pk=session.pk, state=PLANNED).update(fixed=fixed)


@transaction.atomic
def cancel_session(session: Session, why: str, *, by: User, at: datetime) -> None:
    """It does not take place. What the planner proposed is not proposed for that weekend again.

    Raises CannotPlan where nothing is said of why, and for one that was held or cancelled.
    """
    _planned(session)
    if not why.strip():
        raise CannotPlan(_n("Hãy ghi vì sao hủy buổi này."))
    Session.objects.filter(pk=session.pk).update(
        state=CANCELLED, closed_by=by, closed_at=at, why=why.strip()
    )
    if session.proposed and session.campaign_id:
        weekend = saturday_of(session.on)
        Barred.objects.bulk_create(
            (
                Barred(campaign_id=session.campaign_id, hamlet_id=stop.hamlet_id, on=weekend)
                for stop in session.stops.all()
            ),
            ignore_conflicts=True,
        )


@transaction.atomic
def hold_session(session: Session, came: Mapping[int, int], *, by: User, at: datetime) -> None:
    """It took place: for how many people of each hamlet a record was opened; said again, the last
    holds. What later plans expect is learned from this.

    came  hamlet → people, 0 or more; hamlets that are not of the session are passed over

    Raises CannotPlan for a day to come, and for one that was cancelled.
    """
    now = Session.objects.select_for_update().get(pk=session.pk)
    if now.state == CANCELLED or now.on > localdate(at):
        raise CannotPlan(_n("Chỉ ghi kết quả cho buổi đã diễn ra."))
    Session.objects.filter(pk=now.pk).update(state=HELD, closed_by=by, closed_at=at)
    for stop in now.stops.all():
        if stop.hamlet_id in came:
            stop.came = max(0, came[stop.hamlet_id])
            stop.save(update_fields=["came"])


def _planned(session: Session) -> None:
    if Session.objects.select_for_update().get(pk=session.pk).state != PLANNED:
        raise CannotPlan(_n("Buổi này đã diễn ra hoặc đã hủy."))


def _checked(said: SessionSaid, today: date, itself: Session | None = None) -> None:
    if not said.hamlets:
        raise CannotPlan(_n("Hãy chọn ít nhất một tổ, bản."))
    if not hamlets_held(said.unit, today).issuperset(said.hamlets):
        raise CannotPlan(_n("Có tổ, bản không thuộc {unit}."), unit=said.unit)
    if not said.begins < said.ends:
        raise CannotPlan(_n("Giờ kết thúc phải sau giờ bắt đầu."))
    if not today <= said.on <= today + LONGEST_AHEAD:
        raise CannotPlan(_n("Hãy chọn một ngày từ hôm nay, trong vòng ba năm."))
    _by_campaign(said)
    if said.team is None and not said.staff.strip():
        raise CannotPlan(_n("Hãy chọn đội, hoặc ghi ai đi."))
    if said.team is not None:
        _free(said.team, said.on, itself)


def _by_campaign(said: SessionSaid) -> None:
    campaign = said.campaign
    if campaign is None:
        if said.team is not None:
            raise CannotPlan(_n("Đội {name} chỉ đi trong chiến dịch của mình."), name=said.team)
        return
    if Campaign.objects.select_for_update().get(pk=campaign.pk).closed_at is not None:
        raise CannotPlan(_n("Chiến dịch này đã khép lại."))
    if not campaign.first <= said.on <= campaign.last:
        raise CannotPlan(_n("Ngày ấy nằm ngoài chiến dịch {name}."), name=campaign)
    if said.team is not None and said.team.campaign_id != campaign.pk:
        raise CannotPlan(_n("Đội {name} chỉ đi trong chiến dịch của mình."), name=said.team)


def _free(team: Team, on: date, itself: Session | None) -> None:
    out = team.sessions.standing().filter(on=on)
    if (out.exclude(pk=itself.pk) if itself else out).exists():
        raise CannotPlan(_n("Đội {name} đã có buổi khác trong ngày ấy."), name=team)
    if team.days_off.filter(on=on).exists():
        raise CannotPlan(_n("Đội {name} nghỉ ngày ấy."), name=team)
