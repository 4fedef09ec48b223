"""A copy goes out as a workbook and comes back: shown row by row before anything is ticked."""

from collections import Counter
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from hssk.access.policy import needs
from hssk.access.rights import Right
from hssk.access.services import looks
from hssk.access.views.doorkeeper import access
from hssk.exchange.errors import Refused as Unread
from hssk.exchange.formats.door import UnreadableFile
from hssk.outreach.errors import CannotIssue
from hssk.outreach.forms import TicksheetForm, ticks_for
from hssk.outreach.models import Copy
from hssk.outreach.rules.ticksheets import Does, TickStep, Wrong, ticks_of
from hssk.outreach.services.ticksheets import digest_of_ticks, read_ticksheet, ticksheet_of
from hssk.outreach.views.books import WORKBOOK, said_of
from hssk.outreach.views.copies import is_handed
from hssk.outreach.views.within import copy_asked, named_on, ticked, withheld

# what a row does → (tone of its mark, words); those to look at first
WORDS = {
    Does.WRONG: ("missing", gettext_lazy("Chưa ghi được")),
    Does.TICKS: ("found", gettext_lazy("Sẽ ghi")),
    Does.THERE: ("found", gettext_lazy("Đã ghi")),
    Does.NOTHING: ("away", gettext_lazy("Để trống")),
}
# what is wrong with a row → how it is said
TROUBLES = {
    Wrong.NUMBER: gettext_lazy(
        "Bản này không có số “{number}”. Hãy chép lại từ tệp đã tải về ở trang này."
    ),
    Wrong.COPY: gettext_lazy("Dòng này là của bản {about}. Hãy gửi tệp ở trang của bản ấy."),
    Wrong.NAME: gettext_lazy(
        "Số này là của {about}, nhưng dòng ghi “{name}”. Có thể một cột đã bị sắp xếp riêng."
    ),
    Wrong.TICK: gettext_lazy(
        "Không hiểu dấu “{tick}”. Ghi: đã báo, đi vắng, không muốn, hoặc cần xem lại."
    ),
    Wrong.TWICE: gettext_lazy("Số này đã có ở dòng {about} với dấu khác. Hãy bỏ một dòng."),
}


@needs(Right.LISTS)
def ticksheet(request: HttpRequest, copy: int) -> HttpResponse:
    """The copy as a workbook; the same bytes each time, and as long as its paper is printed."""
    one = copy_asked(request, copy)
    named = named_on(one.lines.all())
    looks.look(access(request), looks.EXPORT, Right.LISTS, named)
    if not is_handed(one, access(request).day) or withheld(request, named):
        return redirect("outreach:copy", one.pk)  # which says why
    headers = {"Content-Disposition": f'attachment; filename="{one.serial}.xlsx"'}
    return HttpResponse(ticksheet_of(one), content_type=WORKBOOK, headers=headers)


@needs(Right.LISTS)
@require_POST
def send_ticksheet(request: HttpRequest, copy: int) -> HttpResponse:
    """A workbook came back: what each row would do. It is read and kept nowhere."""
    one = copy_asked(request, copy)
    form = TicksheetForm(request.POST, request.FILES)
    steps: list[TickStep] = []
    if form.is_valid():
        try:
            steps = read_ticksheet(form.cleaned_data["upload"], one)
        except (UnreadableFile, Unread, CannotIssue) as refusal:
            form.add_error("upload", said_of(refusal))
    looks.look(access(request), looks.LIST, Right.LISTS, named_on(one.lines.all()) if steps else [])
    return render(request, "outreach/ticksheet.html", _context(one, steps, form))


def _context(one: Copy, steps: list[TickStep], form: TicksheetForm) -> dict[str, Any]:
    counts, shown = Counter(step.does for step in steps), list(WORDS)
    return {
        "copy": one,
        "form": form,
        "lines": [
            _line(step, ticks_for(one.purpose))
            for step in sorted(steps, key=lambda one: shown.index(one.does))
        ],
        "ticks": ticks_of(steps).items(),
        "shown": digest_of_ticks(one),
        "sums": [
            {"label": words, "tone": tone, "count": counts[does]}
            for does, (tone, words) in WORDS.items()
            if counts[does]
        ],
        "breadcrumbs": [
            {"label": one.serial, "url": reverse("outreach:copy", args=[one.pk])},
            {"label": _("Tệp đã về")},
        ],
    }


def _line(step: TickStep, said: dict[str, Any]) -> dict[str, Any]:
    tone, words = WORDS[step.does]
    return {
        "step": step, "tone": tone, "words": words, "name": step.said("name"),
        "tick": said.get(step.tick, "") if step.tick else step.said("tick"),
        "was": said[step.was] if step.was and step.does is Does.TICKS else "",
        "problem": _problem(step),
    }  # fmt: skip


def _problem(step: TickStep) -> str:
    said = {name: step.said(name) for name in ("number", "name", "tick")}
    return str(TROUBLES[step.wrong]).format(about=step.about, **said) if step.wrong else ""


@needs(Right.LISTS)
@require_POST
def do_ticksheet(request: HttpRequest, copy: int) -> HttpResponse:
    """Tick what was shown, if the copy is still as it was then."""
    one = copy_asked(request, copy)
    looks.look(access(request), looks.OPEN, Right.LISTS, [])
    if request.POST.get("shown") != digest_of_ticks(one):
        messages.warning(request, _("Từ lúc bạn xem đã có dấu khác được ghi. Hãy gửi lại tệp."))
    else:
        ticked(request, one)
    return redirect("outreach:copy", one.pk)
