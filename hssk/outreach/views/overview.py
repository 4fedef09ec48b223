"""Campaigns for whoever sees figures and no row, the chair above all: goal, outlook, sessions."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from hssk.access.policy import needs
from hssk.access.rights import Right
from hssk.access.views.doorkeeper import access
from hssk.coverage.reports.telling import moved
from hssk.coverage.services.small import whole_told
from hssk.coverage.views import within
from hssk.coverage.views.showing import tidy
from hssk.outreach.models import Campaign, DayReport, SessionHamlet
from hssk.outreach.planning_forms import WEEKDAYS
from hssk.outreach.reports.words import forecast_words, yield_words
from hssk.outreach.services import planning
from hssk.outreach.views import showing_plans

SHOWN = 30  # reports of days on the page; older ones stand with their campaign


@needs(Right.FIGURES)
def overview(request: HttpRequest) -> HttpResponse:
    """The campaigns that go anywhere in the area, and the reports of days that were sent."""
    every = Campaign.objects.select_related("unit").order_by("-made_at")
    mine = [one for one in every if _holds(request, one) or _goes_here(request, one)]
    context = {
        "campaigns": sorted(mine, key=lambda one: one.closed_at is not None),
        "sent": _sent(request),
        "breadcrumbs": [{"label": _("Chiến dịch")}],
    }
    return render(request, "outreach/overview.html", context)


@needs(Right.FIGURES)
def progress(request: HttpRequest, campaign: int) -> HttpResponse:
    """A campaign: all of it where its unit is the asker's, else the sessions of the area alone."""
    one = Campaign.objects.select_related("unit").filter(pk=campaign).first()
    if one is None or not (_holds(request, one) or _goes_here(request, one)):
        raise Http404
    who = access(request)
    told = planning.campaign_told(one, who.day, by=who.user)
    holds = _holds(request, one)
    days = (who.day, min(one.first, who.day))
    away = holds and any(within.gives_away(request, one.unit, day, who.day) for day in days)
    context: dict[str, Any] = {
        "campaign": one, "goal": tidy(float(one.percent)),
        "whole": holds and told.figures is not None and not away, "away": away,
        "few": holds and told.figures is None,
        "ahead": _lines(request, told.ahead, away), "held": _lines(request, told.held, away),
    }  # fmt: skip
    if context["whole"]:
        context |= _whole(one, told)
    return render(request, "outreach/progress.html", context)


def _whole(one: Campaign, told: planning.CampaignTold) -> dict[str, Any]:
    then = whole_told(one.unit, one.first) if one.first < told.on else None
    return {
        "ground": told.ground, "facts": showing_plans.facts(told.ground, told.remaining),
        "told": forecast_words(one, told.ground, told.forecast), "yield": yield_words(told.ground),
        "picture": showing_plans.picture(one, told.ground, told.forecast),
        "change": moved(told.ground.found - then.found) if then else None,
        "came": sum(line.came or 0 for line in told.held),
        "sessions": len(told.sessions), "shared": told.shared, "others": told.others,
    }  # fmt: skip


def _lines(
    request: HttpRequest, sessions: list[planning.SessionTold], away: bool
) -> list[dict[str, Any]]:
    """The sessions that go to the area; figures only of those that go nowhere else, and none where
    those of the unit would give a small place `away`."""
    mine = access(request).hamlets(Right.FIGURES)
    lines = []
    for one in sessions:
        stops = {stop.hamlet_id for stop in one.session.stops.all()}
        if mine is not None and not stops & mine:
            continue
        inside = (mine is None or stops <= mine) and not away
        shown = (
            one
            if inside
            else planning.SessionTold(one.session, one.communes, None, None, one.hamlets)
        )
        sent = next(iter(one.session.reports.all()), None) if inside else None
        lines.append({"one": shown, "sent": sent, "weekday": WEEKDAYS[one.session.on.weekday()]})
    return lines


def _holds(request: HttpRequest, campaign: Campaign) -> bool:
    return access(request).holds_unit(campaign.unit, Right.FIGURES)


def _goes_here(request: HttpRequest, campaign: Campaign) -> bool:
    mine = access(request).hamlets(Right.FIGURES)
    return mine is None or campaign.sessions.standing().filter(stops__hamlet__in=mine).exists()


def _sent(request: HttpRequest) -> list[DayReport]:
    """The newest reports of days whose hamlets are all of the area."""
    mine = access(request).hamlets(Right.FIGURES)
    every = DayReport.objects.select_related("session").order_by("-session__on", "-pk")
    if mine is not None:
        every = every.filter(session__stops__hamlet__in=mine).exclude(
            session__in=_beyond(mine)
        ).distinct()  # fmt: skip
    return list(every[:SHOWN])


def _beyond(mine: frozenset[int]) -> Any:
    """The sessions that go to a hamlet outside."""
    return SessionHamlet.objects.exclude(hamlet__in=mine).values("session")
