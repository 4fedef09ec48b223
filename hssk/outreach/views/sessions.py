"""Sessions: of the whole area by day, made by hand, moved, kept, cancelled, noted as held."""

from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hssk.access.policy import needs
from hssk.access.rights import Right
from hssk.access.views.doorkeeper import access
from hssk.coverage.services import numbers_on
from hssk.coverage.views.reading import unit_of
from hssk.outreach.models import CANCELLED, HELD, PLANNED, Campaign, Closing, Session
from hssk.outreach.planning_forms import CancelForm, SessionForm, as_said
from hssk.outreach.services import planning
from hssk.outreach.services.closing import written_since
from hssk.outreach.services.naming import known_on
from hssk.outreach.views import showing_plans
from hssk.outreach.views.going_out import (
    campaign_asked,
    campaigns_of,
    may_change,
    session_asked,
    sessions_of,
    told,
)
from hssk.outreach.views.picking import picked
from hssk.outreach.views.within import day_counted, hamlets_of
from hssk.places.models import Hamlet, Unit
from hssk.places.services import hamlets_held

ROWS_ON_A_PAGE = 50


@needs(Right.PLAN, Right.SESSIONS)
def sessions_page(request: HttpRequest) -> HttpResponse:
    """The campaigns in which one plans, and the sessions of the area: those to come first."""
    today = access(request).day
    every = sessions_of(request).exclude(state=CANCELLED)
    past = request.GET.get("past") == "1"
    shown = every.filter(on__lt=today).order_by("-on", "pk") if past else (
        every.filter(on__gte=today).order_by("on", "begins", "pk"))  # fmt: skip
    page = Paginator(shown, ROWS_ON_A_PAGE).get_page(request.GET.get("page"))
    known = known_on(today)
    context = {
        "page": page, "past": past,
        "lines": [showing_plans.session_line(one, today, known) for one in page.object_list],
        "unsaid": every.filter(on__lt=today, state=PLANNED).count(),
        "campaigns": campaigns_of(request),
        "plans": access(request).allows(Right.PLAN),
        "makes": access(request).allows(Right.SESSIONS),
    }  # fmt: skip
    return render(request, "outreach/sessions.html", context)


@needs(Right.SESSIONS)
def new_session(request: HttpRequest) -> HttpResponse:
    """A session by hand, of no campaign."""
    return _new(request, None)


@needs(Right.PLAN)
def new_session_of(request: HttpRequest, campaign: int) -> HttpResponse:
    """A session of a campaign by hand."""
    return _new(request, campaign_asked(request, campaign))


def _new(request: HttpRequest, campaign: Campaign | None) -> HttpResponse:
    hamlets = hamlets_of(request, Right.PLAN if campaign else Right.SESSIONS)
    if campaign:
        hamlets = hamlets.filter(pk__in=hamlets_held(campaign.unit, access(request).day))
    narrows = request.method == "POST" and "look" in request.POST
    typed = request.POST.dict() if narrows else None
    form = SessionForm(
        None if narrows else request.POST or None, hamlets=hamlets, campaign=campaign,
        initial=typed,
    )  # fmt: skip
    if request.method == "POST" and not narrows and form.is_valid():
        said = _said(request, form, campaign)
        made = said and told(
            request,
            lambda: planning.make_session(said, by=access(request).user, at=timezone.now()),
            _("Đã lập buổi."), form,
        )  # fmt: skip
        if made:
            return redirect("plans:session", made.pk)
    context = {
        "form": form, "title": _("Lập buổi bằng tay"), "action": _("Lập buổi"),
        "campaign": campaign, "pick": picked(request, hamlets),
        "lead": _("Chọn tổ, bản, ngày, địa điểm và ai đi. Không cần máy đề xuất."),
    }  # fmt: skip
    return render(request, "outreach/session_new.html", context)


def _said(
    request: HttpRequest, form: SessionForm, campaign: Campaign | None
) -> planning.SessionSaid | None:
    said: dict[str, Any] = dict(form.cleaned_data)
    hamlets = list(said.pop("hamlets"))
    unit = campaign.unit if campaign else _commune(hamlets, access(request).day)
    if unit is None:
        form.add_error("hamlets", _("Hãy chọn các tổ, bản của một xã, phường."))
        return None
    numbers = numbers_on(day_counted(request))
    left = {one.pk: numbers[one.pk].missing for one in hamlets if one.pk in numbers}
    keys = [one.pk for one in hamlets]
    return planning.SessionSaid(unit=unit, hamlets=keys, campaign=campaign, remaining=left, **said)


def _commune(hamlets: list[Hamlet], day: date) -> Unit | None:
    """The one commune in which these hamlets lie; None where there are several."""
    units = {unit_of(one, day) or one.unit for one in hamlets}
    return units.pop() if len(units) == 1 else None


@needs(Right.SESSIONS)
def session_page(request: HttpRequest, session: int) -> HttpResponse:
    """Where, when, who, how many; what may be done with it."""
    return _page(request, session_asked(request, session))


@needs(Right.SESSIONS)
def move_session(request: HttpRequest, session: int) -> HttpResponse:
    """Another day, hour, place or team; from then on it is fixed."""
    one = session_asked(request, session)
    if not may_change(request, one) or one.state != PLANNED:
        return redirect("plans:session", one.pk)
    form = SessionForm(
        request.POST or None, hamlets=None, campaign=one.campaign, initial=as_said(one)
    )
    if request.method == "POST" and form.is_valid():
        said = planning.SessionSaid(
            unit=one.unit, hamlets=[], campaign=one.campaign, **form.cleaned_data
        )
        act = lambda: planning.move_session(one, said, at=timezone.now())  # noqa: E731
        if told(request, act, _("Đã lưu. Phương án sau giữ nguyên buổi này."), form):
            return redirect("plans:session", one.pk)
    context = {"form": form, "title": _("Dời hoặc sửa buổi"), "action": _("Lưu"), "session": one}
    return render(request, "outreach/plan_form.html", context)


@needs(Right.SESSIONS)
@require_POST
def fix_session(request: HttpRequest, session: int) -> HttpResponse:
    """Keep it, whatever is planned around it; or let it go again."""
    one = session_asked(request, session)
    if may_change(request, one):
        planning.fix_session(one, fixed=request.POST.get("fixed") == "1")
    return redirect("plans:session", one.pk)


@needs(Right.SESSIONS)
@require_POST
def cancel_session(request: HttpRequest, session: int) -> HttpResponse:
    """It does not take place."""
    one, form = session_asked(request, session), CancelForm(request.POST)
    if not may_change(request, one):
        return redirect("plans:session", one.pk)
    if form.is_valid():
        why, user = form.cleaned_data["why"], access(request).user
        act = lambda: planning.cancel_session(one, why, by=user, at=timezone.now())  # noqa: E731
        told(request, act, _("Đã hủy buổi."))
        return redirect("plans:session", one.pk)
    return _page(request, one, cancel=form)


def _page(request: HttpRequest, one: Session, cancel: CancelForm | None = None) -> HttpResponse:
    today = access(request).day
    change, known = may_change(request, one), known_on(today)
    context = {
        **showing_plans.session_line(one, today, known),
        "stops": [(known[stop.hamlet_id][0], stop) for stop in one.stops.all()],
        "may_move": change and one.state == PLANNED,
        "may_hold": one.state in (PLANNED, HELD) and one.on <= today,
        "cancel": cancel or CancelForm(None),
        "closing": Closing.objects.filter(session=one).first(),
        "otherwise": written_since(one),
        "spent": sum(line.amount for line in one.spendings.all()),
        "sent": one.reports.select_related("sent_by"),
        "plans": one.campaign is not None
        and access(request).holds_unit(one.campaign.unit, Right.PLAN),
    }
    return render(request, "outreach/session.html", context)
