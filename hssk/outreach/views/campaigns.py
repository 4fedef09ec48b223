"""Campaigns: what is to be reached, what is planned, what it brings and costs."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hssk.access.policy import needs
from hssk.access.rights import Right
from hssk.access.views.doorkeeper import access
from hssk.coverage.forms import NEW_MAP
from hssk.coverage.rules import DEFAULT_GOAL
from hssk.coverage.views.showing import tidy
from hssk.kit.numbers import format_date
from hssk.kit.words import language
from hssk.outreach.closing_forms import SpentForm
from hssk.outreach.models import CANCELLED, Campaign
from hssk.outreach.models.campaigns import ONCE
from hssk.outreach.planning_forms import CampaignForm, CostForm
from hssk.outreach.reports.plan import plan_file
from hssk.outreach.reports.words import forecast_words, yield_words
from hssk.outreach.services import planning
from hssk.outreach.services.closing import save_spent
from hssk.outreach.services.naming import known_on
from hssk.outreach.views import showing_plans
from hssk.outreach.views.closing import TYPES
from hssk.outreach.views.going_out import campaign_asked, told, units_of
from hssk.outreach.views.within import day_counted

PLACES_ON_A_PAGE = 100
LAST_OLD_DAY = date.fromordinal(NEW_MAP.toordinal() - 1)


@needs(Right.PLAN)
def new_campaign(request: HttpRequest) -> HttpResponse:
    """Open a campaign of a unit in which one plans."""
    today = access(request).day
    first = {"percent": DEFAULT_GOAL, "first": today, "last": date(today.year, 12, 31)}
    units = units_of(request)
    form = CampaignForm(request.POST or None, units=units, maps=_maps(today), initial=first)
    if request.method == "POST" and form.is_valid():
        unit = form.cleaned_data.pop("unit")
        made = told(request, lambda: planning.open_campaign(
            _said(form), unit, by=access(request).user, at=timezone.now()), form=form)  # fmt: skip
        if made:
            return redirect("plans:campaign", made.pk)
    lead = _("Chiến dịch có mục tiêu, ngày, đội và chi phí. Máy tính xem bao giờ đạt.")
    words = _("Mở chiến dịch")
    context = {"form": form, "title": words, "action": words, "lead": lead}
    return render(request, "outreach/plan_form.html", context)


@needs(Right.PLAN)
def edit_campaign(request: HttpRequest, campaign: int) -> HttpResponse:
    """Change the goal, the days or the map of a campaign."""
    one = campaign_asked(request, campaign)
    now = {"name": one.name, "percent": tidy(float(one.percent)), "first": one.first,
           "last": one.last, "map_day": one.map_day.isoformat()}  # fmt: skip
    maps = _maps(access(request).day, one.map_day)
    form = CampaignForm(request.POST or None, units=None, maps=maps, initial=now)
    if request.method == "POST" and form.is_valid():
        act = lambda: planning.save_campaign(one, _said(form))  # noqa: E731
        if told(request, act, _("Đã lưu."), form):
            return redirect("plans:campaign", one.pk)
    context = {"form": form, "title": one.name, "action": _("Lưu"), "campaign": one}
    return render(request, "outreach/plan_form.html", context)


def _said(form: CampaignForm) -> planning.CampaignSaid:
    said = {**form.cleaned_data, "map_day": date.fromisoformat(form.cleaned_data["map_day"])}
    said.pop("unit", None)
    return planning.CampaignSaid(**said)


def _maps(*days: date) -> list[tuple[str, str]]:
    """The map of now, that before the reform, and the one that a campaign has."""
    words = _("như ngày {day}")
    known = sorted({*days, LAST_OLD_DAY}, reverse=True)
    return [(day.isoformat(), words.format(day=format_date(day, language()))) for day in known]


@needs(Right.PLAN)
def campaign_page(request: HttpRequest, campaign: int) -> HttpResponse:
    """The goal, when it will be met and what would be needed; sessions, teams and costs."""
    return _page(request, campaign_asked(request, campaign), CostForm(None))


@needs(Right.PLAN)
@require_POST
def close_campaign(request: HttpRequest, campaign: int) -> HttpResponse:
    """Nothing more is planned by it."""
    one, user = campaign_asked(request, campaign), access(request).user
    act = lambda: planning.close_campaign(one, by=user, at=timezone.now())  # noqa: E731
    told(request, act, _("Đã khép lại chiến dịch."))
    return redirect("plans:campaign", one.pk)


@needs(Right.PLAN)
@require_POST
def add_cost(request: HttpRequest, campaign: int) -> HttpResponse:
    """A line of what it costs; one of the same name is written anew."""
    one, form = campaign_asked(request, campaign), CostForm(request.POST)
    if form.is_valid():
        said = form.cleaned_data
        act = lambda: planning.save_cost(one, said["cost"], said["of"], said["amount"])  # noqa: E731
        if told(request, act, _("Đã lưu."), form):
            return redirect("plans:campaign", one.pk)
    return _page(request, one, form)


@needs(Right.PLAN)
@require_POST
def drop_cost(request: HttpRequest, campaign: int, cost: int) -> HttpResponse:
    """Take a line of costs away."""
    one = campaign_asked(request, campaign)
    line = one.costs.filter(pk=cost).first()
    if line is not None:
        told(request, lambda: planning.drop_cost(line), _("Đã xóa."))
    return redirect("plans:campaign", one.pk)


@needs(Right.PLAN)
@require_POST
def spent_once(request: HttpRequest, campaign: int, cost: int) -> HttpResponse:
    """What was really paid of a line that is counted once."""
    one, form = campaign_asked(request, campaign), SpentForm(request.POST)
    line = one.costs.filter(pk=cost, of=ONCE).first()
    if line is not None and form.is_valid():
        save_spent(line, form.cleaned_data["paid"])
        messages.success(request, _("Đã lưu."))
    elif line is not None:
        messages.warning(request, " ".join(form.errors["paid"]))
    return redirect("plans:campaign", one.pk)


@needs(Right.PLAN)
def plan_pdf(request: HttpRequest, campaign: int) -> HttpResponse:
    """The plan as an official paper, to print."""
    return _plan(request, campaign, "pdf")


@needs(Right.PLAN)
def plan_word(request: HttpRequest, campaign: int) -> HttpResponse:
    """The same to be numbered and signed."""
    return _plan(request, campaign, "docx")


def _plan(request: HttpRequest, campaign: int, kind: str) -> HttpResponse:
    one, who = campaign_asked(request, campaign), access(request)
    told_ = planning.campaign_told(one, who.day, by=who.user)
    lines = planning.costs(one, [line.session for line in told_.sessions])
    made = told(request, lambda: plan_file(told_, lines, kind, timezone.now()))
    if made is None:
        return redirect("plans:campaign", one.pk)
    answer = HttpResponse(made, content_type=TYPES[kind])
    answer["Content-Disposition"] = f'attachment; filename="ke-hoach-{one.pk}-{who.day}.{kind}"'
    return answer


@needs(Right.PLAN)
def places_page(request: HttpRequest, campaign: int) -> HttpResponse:
    """Who remains in each hamlet, who is set aside, and which hamlets lie on one road; of whom a
    page had no field nothing is changed."""
    one = campaign_asked(request, campaign)
    ground = planning.ground_of(one, day_counted(request), access(request).day)
    page = Paginator(ground.places, PLACES_ON_A_PAGE).get_page(request.GET.get("page"))
    if request.method == "POST":
        said = {place.hamlet: request.POST.get(f"road-{place.hamlet}") for place in ground.places}
        roads = {hamlet: name for hamlet, name in said.items() if name is not None}
        if told(request, lambda: planning.save_roads(one, roads), _("Đã lưu.")):
            return redirect(f"{reverse('plans:places', args=[one.pk])}?page={page.number}")
    roads = dict(one.roads.values_list("hamlet", "name"))
    rows = [{"place": place, "road": roads.get(place.hamlet, "")} for place in page]
    context = {"campaign": one, "ground": ground, "rows": rows, "page": page}
    return render(request, "outreach/plan_places.html", context)


def _page(request: HttpRequest, one: Campaign, form: CostForm) -> HttpResponse:
    today = access(request).day
    ground = planning.ground_of(one, day_counted(request), today)
    ahead = planning.sessions_ahead(ground, today)
    outlook = planning.outlook(one, ground, ahead)
    sessions = list(
        one.sessions.select_related("team").prefetch_related("stops__hamlet").order_by("on", "pk")
    )
    standing = [session for session in sessions if session.state != CANCELLED]
    lines, known = planning.costs(one, standing), known_on(today)
    context: dict[str, Any] = {
        "campaign": one, "ground": ground, "form": form,
        "goal": tidy(float(one.percent)),
        "facts": showing_plans.facts(ground, ground.remaining),
        "told": forecast_words(one, ground, outlook),
        "yield": yield_words(ground),
        "picture": showing_plans.picture(one, ground, outlook),
        "sessions": [
            showing_plans.session_line(session, today, known, outlook.brings.get(session.pk))
            for session in standing
        ],
        "cancelled": len(sessions) - len(standing),
        "others": len([session for session in ahead if session.campaign_id != one.pk]),
        "teams": one.teams.prefetch_related("days_off").order_by("name"),
        "costs": showing_plans.cost_lines(lines), "sum": sum(line.sum for line in lines),
        "spent": sum(line.spent for line in lines), "once": ONCE,
        "can_plan": planning.can_plan(),
        "proposal": one.proposals.last(),
    }  # fmt: skip
    return render(request, "outreach/campaign.html", context)
