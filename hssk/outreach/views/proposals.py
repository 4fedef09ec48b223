"""The planner is asked, waited for, read, and taken over whole or in part."""

import re

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hssk.access.policy import needs
from hssk.access.rights import Right
from hssk.access.views.doorkeeper import access
from hssk.outreach.models import Proposal
from hssk.outreach.services import planning
from hssk.outreach.views import showing_plans
from hssk.outreach.views.going_out import campaign_asked, proposal_asked, told


@needs(Right.PLAN)
@require_POST
def propose(request: HttpRequest, campaign: int) -> HttpResponse:
    """Ask for a plan; without the solver the campaign's page says how to install it."""
    one = campaign_asked(request, campaign)
    if planning.can_plan():
        user = access(request).user
        asked = told(request, lambda: planning.ask_plan(one, by=user, at=timezone.now()))
        if asked:
            return redirect("plans:proposal", asked.pk)
    return redirect("plans:campaign", one.pk)


@needs(Right.PLAN)
def proposal_page(request: HttpRequest, proposal: int) -> HttpResponse:
    """The plan with its reasons, each outing to be chosen; till it is there, how it stands."""
    one = proposal_asked(request, proposal)
    planning.resume(one)
    if one.done_at is None:
        failed = planning.has_failed(one)
        progress = {
            **_state(one),
            "poll_url": "" if failed else reverse("plans:state", args=[one.pk]),
            "next_url": reverse("plans:proposal", args=[one.pk]),
        }
        context = {"campaign": one.campaign, "failed": failed, "progress": progress}
        return render(request, "outreach/plan_working.html", context)
    if request.method == "POST" and _taken(request, one):
        return redirect("plans:campaign", one.campaign_id)
    context = {
        "proposal": one, "campaign": one.campaign, "plan": one.plan,
        "trouble": showing_plans.TROUBLES.get(one.trouble, ""),
        "no_solver": one.trouble == "no-solver",
        "newest": one.pk == one.campaign.proposals.latest("pk").pk,
        **showing_plans.proposal(one),
    }  # fmt: skip
    return render(request, "outreach/proposal.html", context)


def _taken(request: HttpRequest, one: Proposal) -> bool:
    chosen = {int(key) for key in request.POST.getlist("outing") if re.fullmatch("[0-9]{1,5}", key)}
    user = access(request).user
    done = told(request, lambda: planning.take_over(one, chosen, by=user, at=timezone.now()),
                _("Đã nhận các buổi được chọn."))  # fmt: skip
    return done is not None


@needs(Right.PLAN)
def state(request: HttpRequest, proposal: int) -> JsonResponse:
    """How far it is, for the page that waits."""
    one = proposal_asked(request, proposal)
    planning.resume(one)
    return JsonResponse(
        {**_state(one), "finished": one.done_at is not None or planning.has_failed(one)}
    )


def _state(one: Proposal) -> dict[str, object]:
    if planning.has_failed(one):
        return {
            "done": 0,
            "total": None,
            "text": _("Máy chưa lập được phương án. Hãy đề xuất lại."),
        }
    return {"done": 0, "total": None,
            "text": _("Máy đang xếp lịch. Thường mất vài giây, nhiều nhất nửa phút.")}  # fmt: skip
