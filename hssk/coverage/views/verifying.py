"""Somebody's identity is confirmed, by whoever has the person or their papers before them."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hssk.access.policy import needs
from hssk.access.rights import Right
from hssk.access.services import as_machine, looks
from hssk.access.services.looks import OPEN
from hssk.access.views.doorkeeper import access
from hssk.coverage.views.asking import asked_of
from hssk.people.errors import CannotVerify
from hssk.people.forms.verifying import TakeBackForm, VerifyForm, by_what
from hssk.people.models import Person
from hssk.people.services import take_verifying_back, verifications, verify
from hssk.people.views.asked import person_asked
from hssk.records.services import typists_of


@needs(Right.VERIFY)
def verify_page(request: HttpRequest, person: UUID) -> HttpResponse:
    """What is confirmed of somebody so far, and the form that confirms it or takes it back."""
    one = _asked(request, person)
    form = VerifyForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _verified(request, one, form):
        messages.success(request, _("Đã ghi nhận xác minh danh tính."))
        return redirect(asked_of(request).url("person", one.root))
    return _page(request, one, form, TakeBackForm())


@needs(Right.VERIFY)
@require_POST
def take_back(request: HttpRequest, person: UUID) -> HttpResponse:
    """Take back what was confirmed, with a reason."""
    one = _asked(request, person)
    form = TakeBackForm(request.POST)
    if form.is_valid() and _taken_back(request, one, form):
        messages.success(request, _("Đã hủy xác minh danh tính."))
        return redirect(asked_of(request).url("person", one.root))
    return _page(request, one, VerifyForm(), form)


def _asked(request: HttpRequest, person: UUID) -> Person:
    one = person_asked(request, person, Right.VERIFY)
    looks.look(access(request), OPEN, Right.VERIFY, [one.root])
    return one


def _page(request: HttpRequest, one: Person, form: VerifyForm, back: TakeBackForm) -> HttpResponse:
    acts = said_of(one.root)
    context = {
        "person": one,
        "birth": one.birth,
        "form": form,
        "take_back_form": back,
        "acts": acts,
        "verified": any(not act["taken_back_at"] for act in acts),
        "back": asked_of(request).url("person", one.root),
    }
    return render(request, "coverage/verify.html", context)


def said_of(person: UUID) -> list[dict[str, Any]]:
    """Each confirmation of a human being, the latest first: by whom, when, by what."""
    return [
        {
            "by": act.by,
            "at": act.at,
            "by_what": by_what(act.how, act.document, act.note),
            "taken_back_at": act.taken_back_at,
            "taken_back_by": act.taken_back_by,
            "why": act.why,
        }
        for act in verifications(person)
    ]


def _verified(request: HttpRequest, one: Person, form: VerifyForm) -> bool:
    who, now = access(request), timezone.now()
    how, document, note = form.confirmed()
    try:
        with as_machine(who.user, who.day):  # whom one may verify was seen before
            typists = typists_of(one.root, timezone.localdate(now))
            verify(one, how, document, note=note, by=who.user, at=now, typed_by=typists)
    except CannotVerify as refusal:
        form.add_error(None, _(refusal.message).format(**refusal.params))
        return False
    return True


def _taken_back(request: HttpRequest, one: Person, form: TakeBackForm) -> bool:
    who = access(request)
    try:
        with as_machine(who.user, who.day):
            take_verifying_back(one, form.cleaned_data["why"], by=who.user, at=timezone.now())
    except CannotVerify as refusal:
        form.add_error(None, _(refusal.message).format(**refusal.params))
        return False
    return True
