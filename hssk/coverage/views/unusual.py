"""Unusual looking, for whoever reads the log: what stands out, the reason asked, the matter closed.

It is of this room because neighbours and households are known here and not below.
"""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from hssk.access.errors import NotYours
from hssk.access.forms import AskForm, TieForm
from hssk.access.models import User
from hssk.access.policy import needs
from hssk.access.rights import Right
from hssk.access.services.questioning import KINDS, ask, close, threads, tie, ties
from hssk.access.views.doorkeeper import access
from hssk.coverage.services.unusual import unusual_looks

PERIODS = (7, 30, 90)


@needs(Right.LOOKS)
def unusual_page(request: HttpRequest) -> HttpResponse:
    """The findings of the last days, each with what was asked of it; who is whom below."""
    ties_form = TieForm(request.POST if "tie" in request.POST else None)
    if request.method == "POST" and _done(request, ties_form):
        return redirect(request.get_full_path())
    days = next((n for n in PERIODS if str(n) == request.GET.get("days")), PERIODS[0])
    day = access(request).day
    found = unusual_looks(access(request), day - timedelta(days=days), day + timedelta(days=1))
    users = User.objects.in_bulk({one.user for one in found} | set(ties()))
    asked = threads()
    lines: list[dict[str, Any]] = [
        {
            "finding": one,
            "user": users[one.user],
            "said": KINDS[one.kind],
            "thread": asked.pop((one.user, one.kind, one.day), None),
            "own": one.user == access(request).user.pk,
        }
        for one in found
    ]
    context = {
        "lines": lines,
        "days": days,
        "periods": PERIODS,
        "before": [thread for thread in asked.values() if not thread.closed],
        "tied": sorted(str(users[user]) for user in ties()),
        "form": ties_form,
    }
    return render(request, "coverage/unusual.html", context)


def _done(request: HttpRequest, ties_form: TieForm) -> bool:
    """Do what was sent: a step about a finding, or a tie; whether it was whole."""
    who = access(request)
    if ties_form.is_bound:
        if ties_form.is_valid():
            tie(who, ties_form.cleaned_data["user"], ties_form.cleaned_data["person"])
            messages.success(request, _("Đã ghi."))
        return ties_form.is_valid()
    form = AskForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Hãy ghi lý do trước khi gửi."))
        return True
    said = form.cleaned_data
    act = ask if said["step"] == "ask" else close
    try:
        act(who, said["about"], said["kind"], said["day"], looks=said["looks"], text=said["text"])
    except NotYours as refusal:
        messages.error(request, _(refusal.message))
    else:
        messages.success(request, _("Đã ghi."))
    return True
