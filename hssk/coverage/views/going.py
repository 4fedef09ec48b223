"""What is taken along as a workbook, and the goal that somebody sets."""

import re
from datetime import date
from tempfile import TemporaryFile

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from hssk.access.policy import needs
from hssk.access.rights import Right
from hssk.access.services.looks import EXPORT
from hssk.coverage import services
from hssk.coverage.errors import BadGoal
from hssk.coverage.forms import GoalForm
from hssk.coverage.services import exports
from hssk.coverage.views import places, scope, showing, within
from hssk.coverage.views.asking import asked_of
from hssk.kit.text import fold
from hssk.places.errors import UnknownUnit
from hssk.places.models import Unit

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@needs(Right.REGISTER)
def missing_file(request: HttpRequest, code: str) -> HttpResponse | FileResponse:
    """The missing by name as a workbook, a sheet for each hamlet."""
    asked = asked_of(request)
    try:
        unit = within.unit_asked(request, code, asked, Right.REGISTER)
    except UnknownUnit as trouble:
        return places.no_such_unit(request, code, asked, trouble)
    people = services.missing(unit, asked.on, asked.filters)
    within.look(request, EXPORT, showing.shown(people))
    out = TemporaryFile()  # noqa: SIM115 - the response reads and closes it
    words = asked.filter_form.in_words()
    told = ", ".join(filter(None, (words, scope.newest_in_words(asked))))
    exports.missing_workbook(unit, asked.on, out, asked.filters, told)
    return _sent(out, f"chua-co-ho-so {words}", unit, asked.on)


@needs(Right.REGISTER)
def table_file(request: HttpRequest, code: str) -> HttpResponse | FileResponse:
    """The table of figures as a workbook."""
    asked = asked_of(request)
    try:
        unit = within.unit_asked(request, code, asked, Right.REGISTER)
    except UnknownUnit as trouble:
        return places.no_such_unit(request, code, asked, trouble)
    within.look(request, EXPORT, ())
    out = TemporaryFile()  # noqa: SIM115 - the response reads and closes it
    told = ", ".join(filter(None, (scope.in_words(unit, asked), scope.newest_in_words(asked))))
    exports.coverage_workbook(unit, asked.on, out, asked.map_day, told)
    return _sent(out, "do-bao-phu", unit, asked.on)


def _sent(out, what: str, unit: Unit, on: date) -> FileResponse:
    out.seek(0)
    name = re.sub(r"\W+", "-", fold(f"{what} {unit}")).strip("-")
    return FileResponse(
        out, as_attachment=True, filename=f"{name}-{on}.xlsx", content_type=WORKBOOK
    )


@needs(Right.GOALS)
def goal_page(request: HttpRequest, code: str) -> HttpResponse:
    """Set the goal of a unit, or take it back."""
    asked = asked_of(request)
    try:
        unit = within.unit_asked(request, code, asked, Right.GOALS)
    except UnknownUnit as trouble:
        return places.no_such_unit(request, code, asked, trouble)
    form = GoalForm(request.POST or None, initial={"percent": showing.tidy(services.goal_of(unit))})
    if request.method == "POST" and form.is_valid():
        try:
            goal = services.set_goal(unit, form.cleaned_data["percent"])
        except BadGoal as trouble:
            form.add_error("percent", _(trouble.message).format(**trouble.params))
        else:
            said = _("Mục tiêu của {unit} là {goal} %.")
            shown = f"{showing.tidy(goal)}".replace(".", ",")
            messages.success(request, said.format(unit=unit, goal=shown))
            return redirect(asked.url("unit", unit.code))
    context = {
        **asked.context(request),
        "unit": unit,
        "form": form,
        "back": asked.url("unit", unit.code),
        "breadcrumbs": showing.crumbs(asked, unit, None, _("Mục tiêu")),
    }
    return render(request, "coverage/goal.html", context)
