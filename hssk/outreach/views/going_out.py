"""Which campaigns and sessions a page may be about: those of one's own area.

A campaign is of who plans in the whole of its unit; a session of who makes sessions in all of its
hamlets. Any other is as if it were not there.
"""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.forms import Form
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from hssk.access.rights import Right
from hssk.access.views.doorkeeper import access
from hssk.coverage.views.reading import units_above
from hssk.outreach.errors import CannotPlan
from hssk.outreach.models import Campaign, Proposal, Session, Team
from hssk.outreach.views.within import hamlets_of
from hssk.places.models import Unit
from hssk.places.services import on_map


def campaign_asked(request: HttpRequest, campaign: int) -> Campaign:
    """The campaign of an address; Http404 outside the area."""
    every = Campaign.objects.select_related("unit", "made_by")
    return _mine(request, every.filter(pk=campaign).first())


def team_asked(request: HttpRequest, team: int) -> Team:
    """The team of an address, with its campaign; Http404 outside the area."""
    one = Team.objects.select_related("campaign__unit").filter(pk=team).first()
    _mine(request, one.campaign if one else None)
    return one  # type: ignore[return-value]


def proposal_asked(request: HttpRequest, proposal: int) -> Proposal:
    """The proposal of an address, with its campaign; Http404 outside the area."""
    one = Proposal.objects.select_related("campaign__unit").filter(pk=proposal).first()
    _mine(request, one.campaign if one else None)
    return one  # type: ignore[return-value]


def campaigns_of(request: HttpRequest) -> list[Campaign]:
    """The campaigns of units in which one plans: those open first, newest first."""
    who = access(request)
    if not who.allows(Right.PLAN):
        return []
    every = Campaign.objects.select_related("unit").order_by("-made_at")
    mine = [one for one in every if who.holds_unit(one.unit, Right.PLAN)]
    return sorted(mine, key=lambda one: one.closed_at is not None)


def sessions_of(request: HttpRequest) -> QuerySet[Session]:
    """The sessions that go to some hamlet in which one makes sessions."""
    mine = access(request).hamlets(Right.SESSIONS)
    every = Session.objects.select_related("campaign", "team", "unit", "made_by", "closed_by")
    every = every.prefetch_related("stops__hamlet")
    if mine is None:
        return every
    return every.filter(pk__in=Session.objects.filter(stops__hamlet__in=mine).values("pk"))


def session_asked(request: HttpRequest, session: int) -> Session:
    """The session of an address; Http404 where one does not make sessions in all its hamlets."""
    one = sessions_of(request).filter(pk=session).first()
    if one is None or not access(request).holds_hamlets(
        (stop.hamlet_id for stop in one.stops.all()), Right.SESSIONS
    ):
        raise Http404
    return one


def may_change(request: HttpRequest, session: Session) -> bool:
    """A team is sent by who plans its campaign; whoever else goes, by who makes sessions there."""
    if session.team_id is None or session.campaign is None:
        return True
    return access(request).holds_unit(session.campaign.unit, Right.PLAN)


def units_of(request: HttpRequest) -> QuerySet[Unit]:
    """The units of today in the whole of which one plans and of which any hamlet is known."""
    who = access(request)
    named = set(hamlets_of(request, Right.PLAN).values_list("unit", flat=True))
    drawn = on_map(named, who.day)
    communes = {unit.pk: unit for unit in (*drawn.target.values(), *drawn.chosen.values())}
    above = {up.pk: up for unit in communes.values() for up in units_above(unit, who.day)}
    mine = [
        pk for pk, unit in {**communes, **above}.items() if who.holds_unit(unit, Right.PLAN)
    ]  # fmt: skip
    return Unit.objects.filter(Q(pk__in=mine)).order_by("path")


def told(
    request: HttpRequest, act: Callable[[], Any], said: str = "", form: Form | None = None
) -> Any:
    """Do `act` and say so; None where it cannot be, which the form says, or else the page."""
    try:
        done = act()
    except CannotPlan as refusal:
        words = _(refusal.message).format(**refusal.params)
        if form is not None:
            form.add_error(None, words)
        else:
            messages.warning(request, words)
        return None
    if said:
        messages.success(request, said)
    return done if done is not None else True


def _mine(request: HttpRequest, one: Campaign | None) -> Campaign:
    if one is None or not access(request).holds_unit(one.unit, Right.PLAN):
        raise Http404
    return one
