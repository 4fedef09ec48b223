"""The copies of one's area: what is out, what is overdue, and what came back."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, F, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST

from hssk.access.policy import needs
from hssk.access.rights import Right
from hssk.access.services import looks
from hssk.access.views.doorkeeper import access
from hssk.outreach.forms import OFFICES, PURPOSES, CloseForm, TicksheetForm, ticks_for
from hssk.outreach.models import LOST, Copy
from hssk.outreach.papers.lists import list_as_pdf
from hssk.outreach.rules import Cover, Holder, Purpose
from hssk.outreach.services import close, note_taken
from hssk.outreach.services.chasing import overdue_for
from hssk.outreach.services.naming import known_on, lies
from hssk.outreach.views.within import copies_of, copy_asked, done, named_on, ticked, withheld
from hssk.places.models import Unit

ROWS_ON_A_PAGE = 50


@needs(Right.LISTS)
def copies_page(request: HttpRequest) -> HttpResponse:
    """Every copy of the area: overdue first, then those out, then those closed, newest first."""
    today = access(request).day
    known = known_on(today)
    counted = copies_of(request).annotate(
        listed=Count("lines"), ticked=Count("lines", filter=~Q(lines__tick=""))
    )
    ordered = counted.order_by(F("closed_at").desc(nulls_first=True), "until", "-issued_at")
    page = Paginator(ordered, ROWS_ON_A_PAGE).get_page(request.GET.get("page"))
    looks.look(access(request), looks.LIST, Right.LISTS, [])
    context = {
        "page": page,
        "lines": [line_of(copy, today, known) for copy in page.object_list],
        "out": copies_of(request).out().count(),
        "overdue": overdue_for(access(request)).count(),
        "of_first_contact": access(request).allows(Right.REGISTERED),
    }
    return render(request, "outreach/copies.html", context)


@needs(Right.LISTS)
def copy_page(request: HttpRequest, copy: int) -> HttpResponse:
    """One copy: who has it till when, its lines, and what came back beside them."""
    one = copy_asked(request, copy)
    return _page(request, one, CloseForm())


@needs(Right.LISTS)
def paper(request: HttpRequest, copy: int) -> HttpResponse:
    """The copy on A4; the same bytes each time."""
    one = copy_asked(request, copy)
    lines = list(one.lines.all())
    named = named_on(lines)
    looks.look(access(request), looks.PRINT, Right.LISTS, named)
    if not is_handed(one, access(request).day) or withheld(request, named):
        return redirect("outreach:copy", one.pk)  # which says why
    place = lies(one.hamlet, one.issued_on)
    answer = HttpResponse(list_as_pdf(one, lines, place), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{one.serial}.pdf"'
    return answer


@needs(Right.LISTS)
@require_POST
def taken(request: HttpRequest, copy: int) -> HttpResponse:
    """The holder signed for it."""
    one = copy_asked(request, copy)
    done(request, lambda: note_taken(one, at=timezone.now()), _("Đã ghi là người giữ đã ký nhận."))
    looks.look(access(request), looks.OPEN, Right.LISTS, [])
    return redirect("outreach:copy", one.pk)


@needs(Right.LISTS)
@require_POST
def close_copy(request: HttpRequest, copy: int) -> HttpResponse:
    """It came back, or is lost."""
    one = copy_asked(request, copy)
    form = CloseForm(request.POST)
    if form.is_valid():
        said, user = form.cleaned_data, access(request).user
        why = said["why"] if said["closing"] == LOST else ""
        told = _("Đã ghi.")
        done(request, lambda: close(one, said["closing"], why, by=user, at=timezone.now()), told)
        looks.look(access(request), looks.OPEN, Right.LISTS, [])
        return redirect("outreach:copy", one.pk)
    return _page(request, one, form)


@needs(Right.LISTS)
@require_POST
def ticks(request: HttpRequest, copy: int) -> HttpResponse:
    """What stood on the paper that came back."""
    one = copy_asked(request, copy)
    ticked(request, one)
    looks.look(access(request), looks.OPEN, Right.LISTS, [])
    return redirect("outreach:copy", one.pk)


def _page(request: HttpRequest, one: Copy, form: CloseForm) -> HttpResponse:
    today, lines = access(request).day, list(one.lines.all())
    named = named_on(lines)
    looks.look(access(request), looks.LIST, Right.LISTS, named)
    context = {
        **line_of(one, today, known_on(today)),
        "rows": lines,
        "answers": answers_of(one),
        "form": form,
        "printed": is_handed(one, today),
        "sent": TicksheetForm(),
        "withheld": len(withheld(request, named)) if not one.closed_at else 0,
        "whole_households": one.cover == Cover.HOUSEHOLDS,
    }
    return render(request, "outreach/copy.html", context)


def is_handed(copy: Copy, day: date) -> bool:
    """Whether a copy may be printed, and taken as a workbook: until it comes back or ends."""
    return not copy.closed_at and not copy.is_overdue(day)


def answers_of(copy: Copy) -> list[tuple[str, str]]:
    """(value, words) of the answers that pages offer beside each line."""
    return list(ticks_for(copy.purpose).items())


def line_of(copy: Copy, today: date, known: Mapping[int, tuple[str, Unit]]) -> dict[str, Any]:
    """How a copy stands, in words and in a tone, and where its hamlet is by `naming.known_on`."""
    if copy.closed_at:
        # of people the same words say that they died
        lost = "missing", pgettext("copy", "đã mất")
        state = lost if copy.closing == LOST else ("found", _("đã trả lại"))
    elif copy.is_overdue(today):
        state = ("missing", _("quá hạn, chưa trả"))
    else:
        state = ("ask", _("đang giữ"))
    hamlet, commune = known[copy.hamlet_id]
    return {
        "copy": copy, "hamlet": hamlet, "commune": commune,
        "purpose": PURPOSES[Purpose(copy.purpose)],
        "office": OFFICES[Holder(copy.office)], "tone": state[0], "state": state[1],
        "overdue": copy.is_overdue(today),
    }  # fmt: skip
