"""The page of a unit for those who may see its figures and nobody in it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from hssk.coverage import services
from hssk.coverage.rules import LEAST_SHOWN
from hssk.coverage.services.small import rolled_up
from hssk.coverage.views import counts, showing
from hssk.coverage.views.asking import Asked
from hssk.people.rules import RULE
from hssk.places.models import Unit


def show(request: HttpRequest, unit: Unit, asked: Asked) -> HttpResponse:
    """Totals without rows, filters and small places; a question with filters is asked without."""
    if asked.filters:
        return redirect(asked.cleared(request.path))
    whole = services.figures(unit, asked.on, asked.map_day)
    parts = whole.children[0].kind if whole.children else "hamlet"
    context = {
        **asked.context(request),
        "unit": unit,
        "whole": whole,
        "few": 0 < whole.counts.expected < LEAST_SHOWN,
        "least": LEAST_SHOWN,
        "goal": showing.tidy(whole.goal),
        "states": counts.tiles(whole, asked, counts.STATES),
        "rows": showing.bar_rows(rolled_up(whole.children), asked),
        "name_of_rows": showing.PARTS.get(parts, showing.PARTS["hamlet"]),
        "breadcrumbs": showing.crumbs(asked, unit),
        "counting_rule": _(RULE),
        "maps": unit.level != Unit.COMMUNE,
    }
    return render(request, "coverage/totals.html", context)
