"""The form of QĐ 831 is filled, by whoever has the person in their care."""

import json
from collections.abc import Mapping
from types import MappingProxyType
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hssk.access.policy import needs
from hssk.access.rights import Right
from hssk.access.services import looks
from hssk.access.services.looks import OPEN
from hssk.access.tiers import Tier
from hssk.access.views.doorkeeper import access
from hssk.people.models import Person
from hssk.people.views.asked import person_asked
from hssk.records.forms import HistoryForm
from hssk.records.rules.sections import Tier as Guarded
from hssk.records.services import Clash, Filed, Stands, file_answers, sight, standing
from hssk.records.views.answered import told, versions_of
from hssk.records.views.record import closed, in_care, known_of, who_is
from hssk.records.views.record import filed as back_to_record
from hssk.records.views.visit import moment_named

_MOST = 20_000  # signs of the marks that a page carries: far more than the form has items


@needs(Right.RECORD)
def history_form(request: HttpRequest, person: UUID) -> HttpResponse:
    """What was asked about somebody's past, as it stands, and its filing."""
    one = person_asked(request, person, Right.RECORD)
    if one.root != one.pk:
        return redirect("records:form", one.root)
    who = who_is(one)
    if who["closed"] or not in_care(request, one):
        looks.look(access(request), OPEN, Right.RECORD, [one.root])
        if who["closed"]:
            return closed(request, one, who)
        return render(request, "records/form_closed.html", who | _links(one))
    mine = sight(access(request).user, by_care=True)
    stands, versions = standing(one.pk, mine), versions_of(one, mine)
    read = [*versions, *(entry for known in stands.values() for entry in known.entries)]
    most = max((Guarded.ROUTINE, *(entry.tier for entry in read)))  # one's own sensitive ones too
    looks.look(access(request), OPEN, Right.RECORD, [one.root], tier=Tier[Guarded(most).name])
    form = _form(one, stands, request.POST or None, known_of(request, one))
    if request.method == "POST" and form.is_valid():
        filed = _file(request, one, form)
        if not filed.clashes:
            messages.success(request, _said(filed))
            return back_to_record(request, one)
        form = _asked_again(request, one, filed)
    at = moment_named(request.GET.get("known", ""))
    context = {**who, **_links(one), **told(versions, at), "form": form,
               "shown": list(form.shown()), "corrects": bool(stands),
               "today": timezone.localdate()}  # fmt: skip
    return render(request, "records/form.html", context)


def _links(one: Person) -> dict[str, str]:
    return {
        "back": reverse("records:record", args=[one.root]),
        "new_url": reverse("records:new-visit", args=[one.root]),
        "here": reverse("records:form", args=[one.root]),
    }


def _form(
    one: Person,
    stands: dict[str, Stands],
    data: Mapping[str, str] | None,
    known: Mapping[str, str] = MappingProxyType({}),
) -> HistoryForm:
    marks = json.dumps({code: answered.mark for code, answered in stands.items()})
    return HistoryForm(
        data, sex=one.sex or 0, age=who_is(one)["age"], born=one.birth_on,
        today=timezone.localdate(),
        stands={**known, **{code: answered.answer for code, answered in stands.items()}},
        initial={"seen": marks},
    )  # fmt: skip


def _file(request: HttpRequest, one: Person, form: HistoryForm) -> Filed:
    who = access(request)
    return file_answers(
        one.root, form.answers, seen=_marks(form.cleaned_data["seen"]),
        sight=sight(who.user, by_care=True), author=who.user, on=timezone.localdate(),
        why=form.cleaned_data["why"] or _("Hỏi lại khi cập nhật hồ sơ"),
    )  # fmt: skip


def _marks(text: str) -> dict[str, str]:
    """The marks that the page carried; none where somebody has meddled with them."""
    try:
        told = json.loads(text[:_MOST] or "{}")
    except ValueError:
        return {}
    return {str(key): str(mark) for key, mark in told.items()} if isinstance(told, dict) else {}


def _asked_again(request: HttpRequest, one: Person, filed: Filed) -> HistoryForm:
    """The form as the record stands by now, all that clashed with nobody being filed, and what was
    typed for each item that somebody else has answered since, beside what they answered: filed
    again it is corrected knowingly, and both stay in the history."""
    stands = standing(one.pk, sight(access(request).user, by_care=True))
    data, typed = _form(one, stands, None).as_sent(), request.POST
    for code in (clash.code for clash in filed.clashes):
        data = {name: said for name, said in data.items() if not _tells(name, code)}
        data |= {name: typed[name] for name in typed if _tells(name, code)}
    form = _form(one, stands, data | {"why": typed.get("why", "")})
    form.full_clean()
    for clash in filed.clashes:
        form.add_error(clash.code, _other_answer(clash))
    return form


def _tells(name: str, code: str) -> bool:
    """Whether a field is that of an item, or of what is said beside it."""
    return name == code or name.startswith(f"{code}.")


def _other_answer(clash: Clash) -> str:
    theirs = _("(bỏ trống)")
    if clash.theirs:
        theirs = clash.item.said(clash.theirs) or _("có")
    said = _("Trong lúc bạn gõ, {name} đã ghi: “{answer}”. Ghi lần nữa để giữ câu của bạn, hoặc "
             "sửa ô này.")  # fmt: skip
    return said.format(name=clash.by or _("người khác"), answer=theirs)


def _said(filed: Filed) -> str:
    if not filed.written:
        return _("Không có gì thay đổi.")
    return ngettext("Đã ghi %d mục vào hồ sơ.", "Đã ghi %d mục vào hồ sơ.", filed.written) % (
        filed.written
    )
