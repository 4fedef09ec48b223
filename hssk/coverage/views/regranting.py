"""Posts after a reform: before and after for each, and one act that gives them anew."""

from datetime import date, timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from hssk.access.errors import NotYours
from hssk.access.policy import needs
from hssk.access.rights import Right
from hssk.access.services import divided, regrant_many
from hssk.access.views.doorkeeper import access
from hssk.coverage.services import regranting
from hssk.coverage.views.going import WORKBOOK
from hssk.kit.numbers import format_number


@needs(Right.POSTS)
def regrants_page(request: HttpRequest) -> HttpResponse:
    """The posts whose unit is no more, and what giving each anew would open."""
    mine = access(request)
    if request.method == "POST":
        try:
            ended, given = regrant_many(_chosen(request), giver=mine)
        except NotYours as refusal:
            messages.error(request, _(refusal.message))
        else:
            said = _("Đã giao {given} nhiệm vụ mới và kết thúc {ended} nhiệm vụ cũ từ hôm nay.")
            numbers = {"given": format_number(given), "ended": format_number(ended)}
            messages.success(request, said.format(**numbers))
        return redirect("coverage:regrants")
    lines = regranting.regrant_lines(mine)
    reform = max((line.ended for line in lines), default=mine.day)
    before = reform - timedelta(days=1)
    context = {
        "lines": lines,
        "unsaid": sum(one.open for one in divided(mine)),
        "access_days": (before, mine.day),
        "before": before.isoformat(),
        "after": mine.day.isoformat(),
        "access": regranting.access_lines(mine, before, mine.day) if lines else [],
    }
    return render(request, "coverage/regrants.html", context)


def _chosen(request: HttpRequest) -> dict[int, list[int]]:
    """Post → the units ticked for it: fields are called p and the key, their values are units."""
    return {
        int(name[1:]): [int(unit) for unit in request.POST.getlist(name) if unit.isdecimal()]
        for name in request.POST
        if name[:1] == "p" and name[1:].isdecimal()
    }


@needs(Right.POSTS)
def access_file(request: HttpRequest) -> HttpResponse:
    """Who could reach how many people before and after, as a workbook."""
    mine = access(request)
    before, after = (_day(request.GET.get(name), mine.day) for name in ("before", "after"))
    lines = regranting.access_lines(mine, before, after)
    content = regranting.access_workbook(lines, before, after)
    name = 'attachment; filename="truoc-va-sau.xlsx"'
    return HttpResponse(content, content_type=WORKBOOK, headers={"Content-Disposition": name})


def _day(text: str | None, otherwise: date) -> date:
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return otherwise
