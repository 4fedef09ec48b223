"""The day of a session: who comes is checked in; the book goes out and comes home."""

from collections import Counter
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from hssk.access.policy import needs
from hssk.access.refusals import Noted
from hssk.access.rights import Right
from hssk.access.services import looks
from hssk.access.views.doorkeeper import access
from hssk.coverage.services import Person
from hssk.exchange.errors import Refused as Unread
from hssk.exchange.formats import UnreadableFile
from hssk.kit.numbers import format_number
from hssk.kit.words import language
from hssk.outreach.errors import CannotRecord, CannotWork
from hssk.outreach.forms import OUTCOMES
from hssk.outreach.models import CANCELLED, BookFile, Kind, Session
from hssk.outreach.services import daybooks
from hssk.outreach.services.contacts import record_outcome
from hssk.outreach.services.daybooks.checking_in import came, found_by_scan
from hssk.outreach.views.going_out import session_asked
from hssk.outreach.views.within import day_counted
from hssk.people.errors import Refused

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# what a row does → (tone of its mark, words)
WORDS = {
    daybooks.DOES: ("found", gettext_lazy("Sẽ ghi")),
    daybooks.THERE: ("found", gettext_lazy("Đã ghi")),
    daybooks.ASKS: ("ask", gettext_lazy("Cần bạn chọn")),
    daybooks.WRONG: ("missing", gettext_lazy("Chưa ghi được")),
    daybooks.NOTHING: ("away", gettext_lazy("Chưa gặp")),
}
STATES = {
    "waiting": ("ask", gettext_lazy("Chờ bạn xem và ghi")),
    "done": ("found", gettext_lazy("Đã ghi")),
    "undone": ("away", gettext_lazy("Đã rút lại")),
}


class BookForm(Noted):
    """A book that came back."""

    upload = forms.FileField(
        label=gettext_lazy("Kéo sổ đã điền vào đây, hoặc chọn tệp"),
        help_text=gettext_lazy("Một tệp .xlsx, .xls, .ods hoặc .csv."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.csv,.ods"}),
    )


class ScanForm(Noted):
    """What a scanner typed, or a person."""

    scanned = forms.CharField(
        label=gettext_lazy("Quét mã trên thẻ, hoặc gõ số, hoặc gõ tên và năm sinh"),
        max_length=2_000,
        widget=forms.TextInput(attrs={"autofocus": True, "autocomplete": "off"}),
    )


@needs(Right.MOVE)
def day_page(request: HttpRequest, session: int) -> HttpResponse:
    """Who has come, by hamlet; the box to check people in; the book and what came back of it."""
    one = session_asked(request, session)
    looks.look(access(request), looks.LIST, Right.MOVE, [])
    return _day(request, one)


def _day(request: HttpRequest, one: Session, **told: Any) -> HttpResponse:
    context = {
        "session": one,
        "came": came(one),
        "files": [(file, *STATES[file.state]) for file in one.files.select_related("actor")],
        "form": BookForm(None),
        "scan": ScanForm(None),
        "may_close": one.state != CANCELLED and one.on <= access(request).day,
        **told,
    }
    return render(request, "outreach/session_day.html", context)


@needs(Right.MOVE)
@require_POST
def book(request: HttpRequest, session: int) -> HttpResponse:
    """A new book of the session, to take along."""
    one, who = session_asked(request, session), access(request)
    try:
        made, lines, content = daybooks.make_daybook(
            one, day_counted(request), by=who.user, at=timezone.now()
        )
    except CannotWork as refusal:
        messages.warning(request, _(refusal.message).format(**refusal.params))
        return redirect("plans:day", one.pk)
    looks.look(who, looks.EXPORT, Right.MOVE, [line.person for line in lines])
    headers = {"Content-Disposition": f'attachment; filename="so_buoi_{made.serial}.xlsx"'}
    return HttpResponse(content, content_type=WORKBOOK, headers=headers)


@needs(Right.MOVE)
@require_POST
def send_book(request: HttpRequest, session: int) -> HttpResponse:
    """A book came back: kept, row by row; nothing is done yet."""
    one, who = session_asked(request, session), access(request)
    form = BookForm(request.POST, request.FILES)
    looks.look(who, looks.LIST, Right.MOVE, [])
    if form.is_valid():
        try:
            file = daybooks.stage(form.cleaned_data["upload"], one, by=who.user, at=timezone.now())
        except (UnreadableFile, Unread, CannotWork) as refusal:
            form.add_error("upload", _said(refusal))
        else:
            return redirect("plans:book-file", file.pk)
    return _day(request, one, form=form)


def _said(refusal: UnreadableFile | Unread | CannotWork) -> str:
    advice = getattr(refusal, "advice", "")
    words = f"{_(refusal.message)} {_(advice) if advice else ''}".strip()
    return words.format(**getattr(refusal, "params", {}))


@needs(Right.MOVE)
def book_file(request: HttpRequest, book: int) -> HttpResponse:
    """What each row of a book that came back would do, or has done."""
    file = _file_asked(request, book)
    steps = daybooks.plan(file, by=access(request))
    named = [step.person for step in steps if step.person]
    named += [other.id for step in steps for other in step.candidates]
    looks.look(access(request), looks.LIST, Right.MOVE, named)
    counts = Counter(step.does for step in steps)
    context = {
        "file": file,
        "state": STATES[file.state],
        "lines": [_line(step) for step in steps],
        "digest": daybooks.digest_of_plan(steps),
        "todo": counts[daybooks.DOES],
        "sums": [
            {"label": words, "tone": tone, "count": counts[does]}
            for does, (tone, words) in WORDS.items()
            if counts[does]
        ],
        "breadcrumbs": [
            {"label": _("Ngày của buổi"), "url": reverse("plans:day", args=[file.session_id])},
            {"label": file.file_name},
        ],
    }
    return render(request, "outreach/book_file.html", context)


def _line(step: daybooks.Step) -> dict[str, Any]:
    tone, words = WORDS[step.does]
    return {
        "step": step, "tone": tone, "words": words, "name": step.said("name"),
        "birth": step.said("birth"), "hamlet": step.said("hamlet"),
        "outcome": OUTCOMES[step.kind] if step.kind else step.said("outcome"),
        "problem": _problem(step),
    }  # fmt: skip


def _problem(step: daybooks.Step) -> str:
    said = {key: OUTCOMES[value] if isinstance(value, Kind) else value
            for key, value in step.params.items()}  # fmt: skip
    return _(step.message).format(**said) if step.message else ""


@needs(Right.MOVE)
@require_POST
def book_act(request: HttpRequest, book: int) -> HttpResponse:
    """Write down what the rows say, take the file back, or say whom a row is about."""
    file, who, now = _file_asked(request, book), access(request), timezone.now()
    looks.look(who, looks.LIST, Right.MOVE, [])
    try:
        with transaction.atomic():
            words = _act(request, file, now)
    except (CannotWork, CannotRecord, Refused) as refusal:
        messages.warning(request, _(refusal.message).format(**refusal.params))
    else:
        messages.success(request, words)
    return redirect("plans:book-file", file.pk)


def _act(request: HttpRequest, file: BookFile, now: Any) -> str:
    who, wanted = access(request), request.POST
    if wanted.get("act") == "undo":
        count = daybooks.take_back(file, by=who, at=now)
        return _("Đã rút lại {n} kết quả.").format(n=format_number(count, language()))
    if row := file.rows.filter(pk=_whole(wanted.get("row"))).first():
        daybooks.choose(row, _person(wanted.get("person")), by=who)
        return _("Đã chọn người cho dòng này.")
    count = daybooks.carry_out(file, wanted.get("shown", ""), by=who, at=now)
    return _("Đã ghi {n} kết quả.").format(n=format_number(count, language()))


@needs(Right.MOVE)
@require_POST
def check_in(request: HttpRequest, session: int) -> HttpResponse:
    """Somebody came: who a card or a name means, of those one may write down."""
    one, who = session_asked(request, session), access(request)
    form = ScanForm(request.POST)
    found: list[Person] = []
    if form.is_valid():
        found = found_by_scan(one, form.cleaned_data["scanned"], by=who)
    looks.look(who, looks.LIST, Right.MOVE, [other.id for other in found])
    again = ScanForm(None)
    first = next((other.id for other in found if other.state_name == "missing"), None)
    if first is not None:
        again.fields["scanned"].widget.attrs.pop("autofocus")  # the first button has it
    return _day(request, one, scan=again, asked=form.is_valid(), found=found, first=first)


@needs(Right.MOVE)
@require_POST
def made(request: HttpRequest, session: int) -> HttpResponse:
    """A record was opened for somebody who came."""
    one, who = session_asked(request, session), access(request)
    person = _person(request.POST.get("person"))
    try:
        with transaction.atomic():
            record_outcome(person, Kind.RECORD_MADE, on=one.on, by=who)
    except (CannotRecord, Refused) as refusal:
        looks.look(who, looks.LIST, Right.MOVE, [])
        messages.warning(request, _(refusal.message).format(**refusal.params))
    else:
        messages.success(request, _("Đã lập hồ sơ. Mời người tiếp theo."))
    return redirect("plans:day", one.pk)


def _file_asked(request: HttpRequest, key: int) -> BookFile:
    file = BookFile.objects.select_related("session", "actor").filter(pk=key).first()
    if file is None:
        raise Http404
    session_asked(request, file.session_id)
    return file


def _whole(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 19 else 0


def _person(text: str | None) -> UUID:
    try:
        return UUID(text or "")
    except ValueError:
        raise Http404 from None
