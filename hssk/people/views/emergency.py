"""Breaking the glass, what is behind it, and the review of those who did."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hssk.access.policy import needs
from hssk.access.rights import Right
from hssk.access.services import as_machine, looks
from hssk.access.tiers import Kind, Tier
from hssk.access.views.doorkeeper import access
from hssk.access.views.second import has_second, prove_url, proved_second
from hssk.people.errors import Refused
from hssk.people.forms.bases import REASONS, GlassForm, ReviewForm
from hssk.people.models import Basis
from hssk.people.services import Reason, break_glass, emergency, emergency_set
from hssk.people.views.finding import person_typed

LATEST = 50  # reviewed ones shown


@needs(Right.EMERGENCY)
def break_page(request: HttpRequest) -> HttpResponse:
    """What breaking the glass means, and the form for who has proved the second factor just now."""
    here, now = reverse("people:emergency"), timezone.now()
    with as_machine(access(request).user, access(request).day):  # of one's own breaks
        refusal = emergency.why_not(request.user, at=now)
    proved = has_second(request) and proved_second(request)
    form = GlassForm(request.POST if proved and request.method == "POST" else None)
    if proved and not refusal and form.is_valid():
        basis = _broken(request, form)
        if basis is not None:
            return redirect("people:behind-glass", basis.pk)
    mine = Basis.objects.at(now).filter(kind=Kind.BREAK_GLASS, user=request.user)
    context = {
        "form": form,
        "refusal": _say(refusal) if refusal else "",
        "has_second": has_second(request),
        "proved": proved,
        "prove_url": prove_url(here),
        "open": mine.order_by("-since"),
        "reasons": REASONS,
    }
    return render(request, "people/emergency.html", context)


def _broken(request: HttpRequest, form: GlassForm) -> Basis | None:
    person, said = person_typed(request, form, Right.EMERGENCY), form.cleaned_data
    if person is None:
        return None
    who = access(request)
    try:
        with as_machine(who.user, who.day):  # it opens the emergency set of one person, and tells
            return break_glass(
                person, Reason(said["reason"]), said["note"], at=timezone.now(), user=who.user
            )
    except Refused as refusal:
        form.add_error(None, _say(refusal))
        return None


@needs(Right.EMERGENCY)
def behind_glass(request: HttpRequest, basis: int) -> HttpResponse:
    """The emergency set of one person, for four hours; not there and not yours are one answer."""
    who = access(request)
    one = Basis.objects.at(timezone.now()).filter(
        pk=basis, kind=Kind.BREAK_GLASS, user=request.user
    )
    mine = one.first()
    shown = emergency_set(basis) if mine else None
    if mine is None or shown is None:
        looks.refused(who, looks.OPEN, Right.EMERGENCY)
        raise Http404
    who.by = Kind.BREAK_GLASS
    looks.look(who, looks.OPEN, Right.EMERGENCY, [shown.person], tier=Tier.EMERGENCY)
    context = {
        "basis": mine,
        "set": shown,
        "facts": emergency.further_facts(basis),
        "sex": {1: _("Nam"), 2: _("Nữ")}.get(shown.sex, ""),
        "reason": REASONS[Reason(mine.why)],
    }
    return render(request, "people/behind_glass.html", context)


@needs(Right.LOOKS)
def reviews_page(request: HttpRequest) -> HttpResponse:
    """Whoever broke the glass, those who wait for a review first. It does not say whom they saw."""
    now = timezone.now()
    context = {
        "waiting": [_line(request, one, now) for one in emergency.waiting().select_related("user")],
        "reviewed": [
            _line(request, one, now) for one in emergency.reviewed().select_related("user")[:LATEST]
        ],
        "form": ReviewForm(),
    }
    return render(request, "people/reviews.html", context)


def _line(request: HttpRequest, basis: Any, now) -> dict[str, Any]:
    return {
        "basis": basis,
        "reason": REASONS[Reason(basis.why)],
        "until": basis.since + emergency.REVIEW_WITHIN,
        "late": basis.since + emergency.REVIEW_WITHIN <= now,
        "own": basis.user_id == request.user.pk,
        "latest": basis.reviews.select_related("by").order_by("-at", "-pk").first(),
    }


@needs(Right.LOOKS)
@require_POST
def review(request: HttpRequest, basis: int) -> HttpResponse:
    """Write what was found of one broken glass."""
    one = get_object_or_404(Basis, pk=basis, kind=Kind.BREAK_GLASS)
    form, who = ReviewForm(request.POST), access(request)
    if not form.is_valid():
        messages.error(request, _("Hãy chọn kết luận trước khi ghi."))
        return redirect("people:reviews")
    said = form.cleaned_data
    try:
        with as_machine(who.user, who.day):  # what they find is theirs to say
            emergency.review(
                one, justified=said["justified"] == "yes", note=said["note"],
                at=timezone.now(), by=who.user,
            )  # fmt: skip
    except Refused as refusal:
        messages.error(request, _say(refusal))
    else:
        messages.success(request, _("Đã ghi kết luận."))
    return redirect("people:reviews")


def _say(refusal: Refused) -> str:
    return _(refusal.message).format(**refusal.params)
