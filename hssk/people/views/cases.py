"""Cases of audit: opened by one officer, confirmed by another, and the log they open."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hssk.access.models import User
from hssk.access.policy import needs
from hssk.access.rights import Right
from hssk.access.services import as_machine, looks
from hssk.access.services.telling import ACTS
from hssk.access.tiers import Kind, Tier
from hssk.access.views.doorkeeper import access
from hssk.people.errors import Refused
from hssk.people.forms.bases import CaseForm, ExactForm, RefusalForm
from hssk.people.models import AuditCase
from hssk.people.models.bases import AUDIT_FOR
from hssk.people.services import cases, one_try_at_a_time
from hssk.people.views.finding import person_typed


@needs(Right.CASES)
def cases_page(request: HttpRequest) -> HttpResponse:
    """One's own cases and those that wait for a second officer, and the form that opens one."""
    form = CaseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = _opened(request, form)
        if made is not None:
            return redirect("people:case", made.pk)
    found = cases.cases_of(request.user, at=timezone.now()).select_related("opened_by")
    context = {"form": form, "lines": [(case, _state(case, timezone.now())) for case in found]}
    return render(request, "people/cases.html", context)


def _opened(request: HttpRequest, form: CaseForm) -> AuditCase | None:
    said, who = form.cleaned_data, access(request)
    with as_machine(who.user, who.day):  # numbers of others' cases count too
        refusal = cases.why_not_opened(said["case_number"])
    if refusal is not None:
        form.add_error("case_number", _say(refusal))
        return None
    person = person_typed(request, form, Right.CASES)
    if person is None:
        return None
    try:
        with as_machine(who.user, who.day):  # a case opens nothing until somebody else confirms
            made = cases.open_case(
                said["case_number"], said["reason"], at=timezone.now(), by=who.user
            )
            cases.name_in_case(made, person, said["name"], by=who.user)
    except Refused as refusal:
        form.add_error("case_number", _say(refusal))
        return None
    return made


@needs(Right.CASES)
def case_page(request: HttpRequest, case: int) -> HttpResponse:
    """One case: whom it is about, what can be done with it, and the log while it is in force."""
    one, now = _mine(request, case), timezone.now()
    own = one.opened_by_id == request.user.pk
    form = ExactForm(request.POST or None)
    if request.method == "POST" and own and form.is_valid() and _named(request, one, form):
        return redirect("people:case", one.pk)
    subjects = list(one.subjects.order_by("pk"))
    access(request).by = Kind.AUDIT
    looks.look(
        access(request), looks.OPEN, Right.CASES, [who.person for who in subjects], tier=Tier.LOG
    )
    seen = cases.looks_in_case(one)
    context = {
        "case": one,
        "state": _state(one, now),
        "until": one.confirmed_at + AUDIT_FOR if one.confirmed_at else None,
        "own": own,
        "form": form if own else RefusalForm(),
        "subjects": [
            {"subject": who, "looks": [_line(look) for look in seen if look.person == who.person]}
            for who in subjects
        ],
    }
    return render(request, "people/case.html", context)


def _line(look: cases.CaseLook) -> dict[str, Any]:
    return {"look": look, "act": ACTS.get(look.act, look.act)}


def _named(request: HttpRequest, case: AuditCase, form: ExactForm) -> bool:
    """Whether there is nothing to correct in a valid form: its person was found and the case asked
    to be about them too, or the case takes nobody more; then nobody is looked for."""
    who = access(request)
    one_try_at_a_time(who.user)  # so that none of several at once fills the case for another
    with as_machine(who.user, who.day):
        refusal = cases.why_not_named(case, by=who.user)
    if refusal is not None:
        messages.error(request, _say(refusal))
        return True
    person, name = person_typed(request, form, Right.CASES), form.cleaned_data["name"]
    if person is None:
        return False
    _do(
        request,
        lambda _at, by: cases.name_in_case(case, person, name, by=by),
        _("Đã thêm người vào vụ."),
    )
    return True


@needs(Right.CASES)
@require_POST
def confirm(request: HttpRequest, case: int) -> HttpResponse:
    """The second officer's yes."""
    one = _mine(request, case)
    _do(request, lambda at, by: cases.confirm_case(one, at=at, by=by), _("Đã xác nhận vụ."))
    return redirect("people:cases")


@needs(Right.CASES)
@require_POST
def refuse(request: HttpRequest, case: int) -> HttpResponse:
    """The second officer's no, with why."""
    one, form = _mine(request, case), RefusalForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Hãy ghi vì sao không xác nhận vụ này."))
        return redirect("people:case", one.pk)
    why = form.cleaned_data["why"]
    _do(request, lambda at, by: cases.refuse_case(one, why, at=at, by=by), _("Đã từ chối vụ."))
    return redirect("people:cases")


@needs(Right.CASES)
@require_POST
def close(request: HttpRequest, case: int) -> HttpResponse:
    """End a case."""
    one = _mine(request, case)
    _do(request, lambda at, by: cases.close_case(one, at=at, by=by), _("Đã đóng vụ."))
    return redirect("people:cases")


def _mine(request: HttpRequest, case: int) -> AuditCase:
    """A case about which the asker may do something; Http404 for any other."""
    found = cases.cases_of(request.user, at=timezone.now()).filter(pk=case)
    one = found.select_related("opened_by", "confirmed_by", "closed_by").first()
    if one is None:
        looks.refused(access(request), looks.OPEN, Right.CASES)
        raise Http404
    return one


def _do(request: HttpRequest, act: Callable[[datetime, User], object], told: str) -> None:
    who = access(request)
    try:
        with as_machine(who.user, who.day):  # the service asks whether it is theirs to do
            act(timezone.now(), who.user)
    except Refused as refusal:
        messages.error(request, _say(refusal))
    else:
        messages.success(request, told)


def _state(case: AuditCase, now: datetime) -> str:
    """waiting, open, refused, closed or over."""
    if case.closed_at:
        return "closed" if case.refused_why is None else "refused"
    if case.confirmed_at is None:
        return "waiting"
    return "open" if now < case.confirmed_at + AUDIT_FOR else "over"


def _say(refusal: Refused) -> str:
    return _(refusal.message).format(**refusal.params)
