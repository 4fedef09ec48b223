"""The planner is asked, works by itself, and what it found is taken over, whole or in part."""

import importlib.util
from collections.abc import Collection
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_noop as _n

from hssk.access.models import User
from hssk.exchange.services import working
from hssk.outreach.errors import CannotPlan
from hssk.outreach.models import (
    CANCELLED,
    PLANNED,
    Campaign,
    Proposal,
    Session,
    SessionHamlet,
    Team,
)
from hssk.outreach.rules.planning import (
    REST,
    Outing,
    Plan,
    Task,
    open_slots,
    saturday_of,
    weekends,
)
from hssk.outreach.rules.solving import NoPlan, NoSolver, solve
from hssk.outreach.services.planning.ground import (
    Ground,
    as_fixed,
    crews_of,
    ground_of,
    sessions_ahead,
)
from hssk.outreach.services.planning.sessions import SessionSaid, make_session
from hssk.places.models import Hamlet

# Proposal.trouble
NO_SOLVER, NO_PLAN, NOBODY, NO_TEAM, OVER = "no-solver", "no-plan", "nobody", "no-team", "over"
NO_DAY, TOO_FEW = "no-day", "too-few"
DAY = timedelta(days=1)
REPLACED = _n("Thay bằng phương án mới")


def can_plan() -> bool:
    """Whether the solver, an optional extra, is installed."""
    return importlib.util.find_spec("ortools") is not None


@transaction.atomic
def ask_plan(campaign: Campaign, *, by: User, at: datetime) -> Proposal:
    """Have a worker plan the weekends from today on; the proposal that it will write into.

    One that is still worked on is given back instead of a second. Raises CannotPlan for a campaign
    that is closed.
    """
    if Campaign.objects.select_for_update().get(pk=campaign.pk).closed_at is not None:
        raise CannotPlan(_n("Chiến dịch này đã khép lại."))
    waiting = campaign.proposals.filter(done_at=None).last()
    proposal = waiting or Proposal.objects.create(campaign=campaign, asked_by=by, asked_at=at)
    working.forgive(job_of(proposal))
    resume(proposal)
    return proposal


def job_of(proposal: Proposal) -> str:
    """The name of the job that works a proposal out."""
    return f"plan-{proposal.pk}"


def resume(proposal: Proposal) -> None:
    """Start the worker of a proposal that is not done, unless one is at it or it failed too often;
    cheap, and called by every page that waits."""
    if proposal.done_at is None and working.is_startable(job_of(proposal)):
        working.start([job_of(proposal)], "plan", str(proposal.pk))


def has_failed(proposal: Proposal) -> bool:
    """Whether its workers died so often that somebody has to ask again."""
    return proposal.done_at is None and working.has_failed(job_of(proposal))


def work_out(proposal: Proposal, *, on: date, now: datetime) -> None:
    """Plan, and write into the proposal what was found, or why nothing was.

    on  the day whose residents are counted
    """
    campaign, today = proposal.campaign, localdate(now)
    plan, trouble, ground = None, "", None
    try:
        ground = ground_of(campaign, on, today)
        task = task_of(campaign, ground, today)
        trouble = _why_not(task, ground, today)
        plan = None if trouble else solve(task)
        if plan is not None and not plan.outings:
            plan, trouble = None, TOO_FEW
    except NoSolver:
        trouble = NO_SOLVER
    except NoPlan:
        trouble = NO_PLAN
    if plan is not None and ground is not None:
        proposal.plan = _written(plan, ground)
    proposal.trouble, proposal.done_at = trouble, now
    proposal.save(update_fields=["plan", "trouble", "done_at"])


def task_of(campaign: Campaign, ground: Ground, today: date) -> Task:
    """What the solver is asked: the days from tomorrow on, for nobody can be told of today any
    more, around the sessions that are fixed; where somebody went of late it rests."""
    kept = [one for one in sessions_ahead(ground, today) if _is_kept(one, campaign, today)]
    return Task(
        max(campaign.first, today + DAY), campaign.last, ground.places, crews_of(campaign, kept),
        ground.rates, ground.share, ground.wanted or None, as_fixed(campaign, kept),
        frozenset(campaign.barred.values_list("hamlet", "on")) | _resting(ground, today),
    )  # fmt: skip


def _is_kept(session: Session, campaign: Campaign, today: date) -> bool:
    if session.on <= today:
        return True
    return session.fixed or not session.proposed or session.campaign_id != campaign.pk


def _resting(ground: Ground, today: date) -> frozenset[tuple[int, date]]:
    """(hamlet, weekend) of those to come on which it is too early to go there again, after the
    sessions that there were, of whatever campaign."""
    here = [place.hamlet for place in ground.places]
    gone = SessionHamlet.objects.filter(
        hamlet__in=here, session__on__range=(today - 7 * REST * DAY, today)
    ).exclude(session__state=CANCELLED)
    return frozenset(
        (hamlet, saturday_of(on) + 7 * later * DAY)
        for hamlet, on in gone.values_list("hamlet", "session__on")
        for later in range(REST)
    )


def _why_not(task: Task, ground: Ground, today: date) -> str:
    if today > task.last:
        return OVER
    if not any(crew.weekdays for crew in task.crews):
        return NO_TEAM
    if not (ground.wanted and ground.remaining):
        return NOBODY
    free = any(open_slots(task, each) for each in weekends(task.first, task.last))
    return "" if free else NO_DAY


def _written(plan: Plan, ground: Ground) -> dict[str, Any]:
    """The proposal as it is kept: of JSON alone."""
    places = {place.hamlet: place for place in ground.places}
    ranked = sorted(ground.places, key=lambda place: -place.remaining)
    rank = {place.hamlet: at for at, place in enumerate(ranked, 1)}
    whole = ground.found / ground.expected
    turns: dict[int, int] = {}
    outings = []
    for outing in plan.outings:
        said = []
        for stop in outing.stops:
            turns[stop.hamlet] = turns.get(stop.hamlet, 0) + 1
            place = places.get(stop.hamlet)
            have, lives = ground.rates.get(place.commune, (0, 0)) if place else (0, 0)
            said.append({
                "hamlet": stop.hamlet, "expected": stop.expected, "remaining": stop.remaining,
                "name": place.name if place else "", "commune": place.commune if place else "",
                "group": place.group if place else "", "rank": rank.get(stop.hamlet, 0),
                "turn": turns[stop.hamlet], "rate": [have, lives],
                "behind": round(100 * (whole - have / lives), 1) if lives else 0,
            })  # fmt: skip
        outings.append(_outing(outing, said))
    return {
        "on": ground.on.isoformat(), "share": round(ground.share, 4), "sessions": ground.sessions,
        "gap": round(plan.gap, 4), "expected": plan.expected, "wanted": ground.wanted,
        "behind": dict(plan.behind), "outings": outings,
    }  # fmt: skip


def _outing(outing: Outing, stops: list[dict[str, Any]]) -> dict[str, Any]:
    return {"day": outing.day.isoformat(), "team": outing.team, "session": outing.session,
            "expected": outing.expected, "stops": stops}  # fmt: skip


@transaction.atomic
def take_over(
    proposal: Proposal, chosen: Collection[int], *, by: User, at: datetime
) -> tuple[int, int]:
    """Make sessions of the outings chosen, by their place in the plan; (made, replaced).

    Sessions to come that an earlier proposal made and nobody kept, moved or held give way, that of
    today does not. Raises
    CannotPlan where nothing is chosen or planned, and where a day is past, or a team went or
    stays elsewhere by now: then nothing is changed.
    """
    campaign, today = proposal.campaign, localdate(at)
    outings = (proposal.plan or {}).get("outings", [])
    wanted = [
        one for place, one in enumerate(outings) if place in chosen and one["session"] is None
    ]
    if not wanted:
        raise CannotPlan(_n("Hãy chọn ít nhất một buổi."))
    before = campaign.sessions.filter(
        proposed=True, fixed=False, state=PLANNED, on__gt=today
    ).update(state=CANCELLED, closed_by=by, closed_at=at, why=REPLACED)
    teams = Team.objects.in_bulk({one["team"] for one in wanted})
    for one in wanted:
        make_session(_said(campaign, teams.get(one["team"]), one), by=by, at=at)
    return len(wanted), before


def _said(campaign: Campaign, team: Team | None, one: dict[str, Any]) -> SessionSaid:
    if team is None:
        raise CannotPlan(_n("Có đội không còn nữa. Hãy đề xuất lại."))
    hamlets = [stop["hamlet"] for stop in one["stops"]]
    first = Hamlet.objects.filter(pk=hamlets[0]).values_list("name", flat=True).first() or ""
    return SessionSaid(
        unit=campaign.unit, hamlets=hamlets, on=date.fromisoformat(one["day"]), place=first[:120],
        campaign=campaign, team=team, proposed=True, fixed=False,
        expected={stop["hamlet"]: stop["expected"] for stop in one["stops"]},
        remaining={stop["hamlet"]: stop["remaining"] for stop in one["stops"]},
    )  # fmt: skip
