"""A picture of a list got out: of which copy it can be."""

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from hssk.access.policy import needs
from hssk.access.rights import Right
from hssk.access.services import looks
from hssk.access.views.doorkeeper import access
from hssk.outreach.rules.copies import LEVELS
from hssk.outreach.services.naming import known_on
from hssk.outreach.services.tracing import Traced, trace
from hssk.outreach.tracing_form import TraceForm
from hssk.outreach.views.copies import line_of

# millimetres on paper, as papers/list.typ sets them: from one rule to the next; and from the left
# edge of the box to the right end of the rule below it, a column of 20 that the box stands 3 in
_ROW, _BOX, _STEP = 11.0, 17.0, 0.6


@needs(Right.LOOKS)
def trace_page(request: HttpRequest) -> HttpResponse:
    """The rows as they were seen; then which copies show them so, whose, and how sure that is.

    Nobody is named here but those whose names were typed, and they alone stand in the log. Whoever
    typed them in an order that no copy has learns nothing, not whether a list has them.
    """
    form, who = TraceForm(request.POST or None), access(request)
    crumbs = [{"label": _("Danh sách bị lộ ra ngoài")}]
    context: dict[str, Any] = {"form": form, "levels": _levels(), "breadcrumbs": crumbs}
    people: list[UUID] = []
    if request.method == "POST" and form.is_valid():
        found = trace(form.cleaned_data["rows"], by=who)
        people = found.people
        context |= {"asked": len(form.cleaned_data["rows"]), **_told(found, who.day)}
    looks.look(who, looks.LIST, Right.LOOKS, people)
    return render(request, "outreach/trace.html", context)


def _told(found: Traced, today: date) -> dict[str, Any]:
    known = known_on(today)
    lines = [{"shown": one, **line_of(one.copy, today, known)} for one in found.shown]
    return {"found": lines, "sure": found.sure, "other": max(found.peers - 1, 0)}


def _levels() -> list[tuple[int, float, float]]:
    """Level, from rule to rule, and from the box to the end of the rule, in millimetres."""
    return [(n, _ROW + n * _STEP, _BOX - n * _STEP) for n in range(LEVELS)]
