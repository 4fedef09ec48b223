"""A typed visit is corrected or withdrawn, by the station where it was typed."""

from collections.abc import Sequence
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from hssk.access.policy import needs
from hssk.access.rights import Right
from hssk.access.services import looks
from hssk.access.services.looks import OPEN
from hssk.access.tiers import Tier as Told
from hssk.access.views.doorkeeper import access
from hssk.people.models import Basis, Person
from hssk.people.services import care_units
from hssk.people.views.asked import person_asked, turn_away
from hssk.records.forms import CorrectionForm, WithdrawalForm, edition_is_loaded
from hssk.records.models import Entry
from hssk.records.rules.retyped import typed_of
from hssk.records.rules.sections import Tier
from hssk.records.services import (
    Corrected,
    FieldClash,
    correct_visit,
    mark_of,
    sight,
    source_of,
    typed_standing,
    withdraw_visit,
)
from hssk.records.views.record import filed, in_care, who_is
from hssk.records.views.telling_visits import name_of, said_in_field


def may_correct(request: HttpRequest, standing: Sequence[Entry], visit: UUID) -> bool:
    """Whether whoever asks, and has the person in care, may correct or withdraw a visit: one that
    was typed, by themselves or at the station where they type visits now.

    standing  its entries that stand, as far as they are seen
    """
    head = next((one for one in standing if one.entry == visit), None)
    if head is None or head.source is not None:
        return False
    who = access(request)
    first = Entry.objects.filter(entry=visit, version=1)
    here = Basis.objects.filter(source=source_of(visit), unit__in=care_units(who))
    return first.filter(author=who.user).exists() or here.exists()


@needs(Right.RECORD)
def correction_form(request: HttpRequest, person: UUID, visit: UUID) -> HttpResponse:
    """The form of the visit filled with what it says, and its filing: what was typed over it
    becomes new versions, and nothing is overwritten."""
    one, standing = _asked(request, person, visit)
    form = _form(request, standing, visit)
    if request.method == "POST" and form.is_valid():
        came = _correct(request, one, visit, form)
        if not (came.clashes or came.hides):
            messages.info(request, _said(came))
            return filed(request, one, to=_page(person, visit))
        form = _asked_again(request, one, visit, came)
    day = standing[0].on or timezone.localdate()
    context = {
        **who_is(one), "form": form, "visit": visit, "day": day,
        "edition_loaded": edition_is_loaded(day), "diseases_url": reverse("records:diseases"),
        "back": _page(person, visit),
    }  # fmt: skip
    return render(request, "records/correct_visit.html", context)


@needs(Right.RECORD)
def withdrawal_form(request: HttpRequest, person: UUID, visit: UUID) -> HttpResponse:
    """The question why a whole visit is withdrawn, and the withdrawal: it stays in the history."""
    one, standing = _asked(request, person, visit)
    form = WithdrawalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        who = access(request)
        withdraw_visit(
            (one.pk, visit), sight=sight(who.user, by_care=True), author=who.user,
            why=form.cleaned_data["why"], at=timezone.now(), on=who.day,
        )  # fmt: skip
        messages.success(request, _("Đã thu hồi lần khám. Nội dung cũ vẫn đọc được trong lịch sử."))
        return filed(request, one)
    context = {
        **who_is(one), "form": form, "day": standing[0].on, "count": len(standing),
        "back": _page(person, visit),
    }  # fmt: skip
    return render(request, "records/withdraw_visit.html", context)


def _asked(request: HttpRequest, person: UUID, visit: UUID) -> tuple[Person, list[Entry]]:
    """The person and the standing entries of a visit that whoever asks may correct; anything else
    is as if it were not there."""
    one = person_asked(request, person, Right.RECORD)
    cared_for = in_care(request, one)  # by area alone nobody sees what they would correct
    standing = typed_standing(one.pk, visit, sight(access(request).user, by_care=cared_for))
    if not cared_for or not may_correct(request, standing, visit):
        turn_away(request, Right.RECORD, person)
    most = max(Tier(entry.tier) for entry in standing)
    tier = Told[max(most, Tier.ROUTINE).name]
    looks.look(access(request), OPEN, Right.RECORD, [one.root], tier=tier)
    return one, standing


def _form(request: HttpRequest, standing: Sequence[Entry], visit: UUID) -> CorrectionForm:
    stands, mark = typed_of(standing, visit), mark_of(standing)
    return CorrectionForm(request.POST or None, stands=stands, mark=mark)


def _correct(request: HttpRequest, one: Person, visit: UUID, form: CorrectionForm) -> Corrected:
    who = access(request)
    return correct_visit(
        (one.pk, visit), form.visit(form.on or timezone.localdate()),
        seen=form.cleaned_data["seen"], sight=sight(who.user, by_care=True), author=who.user,
        why=form.cleaned_data["why"],
    )  # fmt: skip


def _asked_again(request: HttpRequest, one: Person, visit: UUID, came: Corrected) -> CorrectionForm:
    """The form with what was typed, with what others changed where nothing was, and, beside each
    field that both changed, what they wrote: sent again it is corrected knowingly, and both stay in
    the history. What was left as it was shown is not theirs to lose."""
    standing = typed_standing(one.pk, visit, sight(access(request).user, by_care=True))
    stands, mark = typed_of(standing, visit), mark_of(standing)
    shown = CorrectionForm(stands=came.asked or stands, mark=mark).initial
    form = CorrectionForm({**request.POST.dict(), **shown}, stands=stands, mark=mark)
    form.full_clean()
    for clash in came.clashes:
        form.add_error(clash.field, _other_words(clash))
    if came.hides:
        form.add_error(None, _(
            "Điều vừa gõ thuộc phần nhạy cảm, còn lần khám này do người khác ghi: ghi lại như thế "
            "thì họ không đọc được nữa. Hãy ghi thành một lần khám riêng của bạn."
        ))  # fmt: skip
    return form


def _other_words(clash: FieldClash) -> str:
    said = _("Trong lúc bạn gõ, {name} đã ghi: “{answer}”. Ghi lần nữa để giữ câu của bạn, hoặc "
             "sửa ô này.")  # fmt: skip
    theirs = said_in_field(clash.theirs, clash.field) or _("(bỏ trống)")
    return said.format(name=name_of(clash.by) or _("người khác"), answer=theirs)


def _said(came: Corrected) -> str:
    if came.gone:
        return _("Lần khám này vừa được người khác thu hồi. Điều bạn gõ chưa được ghi.")
    return _("Đã sửa lần khám.") if came.written else _("Không có gì thay đổi.")


def _page(person: UUID, visit: UUID) -> str:
    return reverse("records:visit", args=[person, visit])
