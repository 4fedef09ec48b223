"""The book of a session goes out, comes home, and is done or taken back."""

from collections import Counter
from typing import Any

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
from hssk.access.rights import Right
from hssk.access.services import looks
from hssk.access.views.doorkeeper import access
from hssk.exchange.errors import Refused as Unread
from hssk.exchange.formats.door import UnreadableFile
from hssk.kit.numbers import format_number
from hssk.kit.words import language
from hssk.outreach.errors import CannotIssue, CannotRecord, CannotWork
from hssk.outreach.forms import OUTCOMES, BookForm
from hssk.outreach.models import BookFile, Kind
from hssk.outreach.models.daybooks import UNDONE
from hssk.outreach.services import daybooks
from hssk.outreach.services.closing import written_since
from hssk.outreach.views.going_out import session_asked
from hssk.outreach.views.session_day import STATES, day_with, person_typed
from hssk.outreach.views.within import day_counted, whole
from hssk.people.errors import Refused

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# what a row does → (tone of its mark, words)
WORDS = {
    daybooks.DOES: ("found", gettext_lazy("Sẽ ghi")),
    daybooks.THERE: ("found", gettext_lazy("Đã ghi")),
    daybooks.ASKS: ("ask", gettext_lazy("Cần bạn chọn")),
    daybooks.WRONG: ("missing", gettext_lazy("Chưa ghi được")),
    daybooks.NOTHING: ("away", gettext_lazy("Chưa gặp")),
    daybooks.BACK: STATES[UNDONE],
}


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
            form.add_error("upload", said_of(refusal))
        else:
            return redirect("plans:book-file", file.pk)
    return day_with(request, one, form=form)


def said_of(refusal: UnreadableFile | Unread | CannotIssue | CannotWork) -> str:
    """Why a file was not taken, and what to do, in the language of the page."""
    advice = getattr(refusal, "advice", "")
    words = f"{_(refusal.message)} {_(advice) if advice else ''}".strip()
    return words.format(**getattr(refusal, "params", {}))


@needs(Right.MOVE)
def book_file(request: HttpRequest, book: int) -> HttpResponse:
    """What each row of a book that came back would do, or has done."""
    file = _file_asked(request, book)
    undone = file.state == UNDONE
    steps = daybooks.taken_back(file) if undone else daybooks.plan(file, by=access(request))
    named = [step.person for step in steps if step.person]
    named += [other.id for step in steps for other in step.candidates]
    looks.look(access(request), looks.LIST, Right.MOVE, named)
    counts = Counter(step.does for step in steps)
    first = {daybooks.ASKS, daybooks.WRONG}  # what somebody has to see to, before hundreds of rows
    context = {
        "file": file,
        "session": file.session,
        "otherwise": written_since(file.session),
        "state": STATES[file.state],
        "lines": [_line(step) for step in sorted(steps, key=lambda one: one.does not in first)],
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
        "note": step.said("why"),
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
    if row := file.rows.filter(pk=whole(wanted.get("row"))).first():
        daybooks.choose(row, person_typed(wanted.get("person")), by=who)
        return _("Đã chọn người cho dòng này.")
    count = daybooks.carry_out(file, wanted.get("shown", ""), by=who, at=now)
    return _("Đã ghi {n} kết quả.").format(n=format_number(count, language()))


def _file_asked(request: HttpRequest, key: int) -> BookFile:
    file = BookFile.objects.select_related("session", "actor").filter(pk=key).first()
    if file is None:
        raise Http404
    session_asked(request, file.session_id)
    return file
