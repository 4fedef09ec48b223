"""The figures of a unit or hamlet for those who may see them and nobody behind them."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from hssk.access.policy import needs
from hssk.access.rights import Right
from hssk.coverage import services
from hssk.coverage.rules import LEAST_SHOWN
from hssk.coverage.services import Child
from hssk.coverage.services.shapes import Counts
from hssk.coverage.services.small import rolled_up
from hssk.coverage.views import counts, reading, showing, within
from hssk.coverage.views.asking import Asked, asked_of
from hssk.people.rules import RULE
from hssk.places.models import Unit


def show(request: HttpRequest, unit: Unit, asked: Asked) -> HttpResponse:
    """Totals without rows, filters and small places; a question with filters is asked without."""
    if asked.filters:
        return redirect(asked.cleared(request.path))
    whole = services.figures(unit, asked.on, asked.map_day)
    parts = whole.children[0].kind if whole.children else "hamlet"
    more = {
        "rows": showing.bar_rows(rolled_up(whole.children), asked),
        "name_of_rows": showing.PARTS.get(parts, showing.PARTS["hamlet"]),
        "breadcrumbs": showing.crumbs(asked, unit),
        "maps": unit.level != Unit.COMMUNE,
    }
    return _page(request, whole, asked, more)


@needs(Right.FIGURES)
def hamlet_page(request: HttpRequest, hamlet: int) -> HttpResponse:
    """The figure of one hamlet, for its head."""
    place = within.hamlet_asked(request, hamlet, Right.FIGURES)
    asked = asked_of(request)
    if asked.filters:
        return redirect(asked.cleared(request.path))
    unit = reading.unit_of(place, asked.on)
    held = services.numbers_on(asked.on).get(place.pk, Counts())
    goal = services.goal_of(unit or place.unit)
    whole = Child("hamlet", str(place.pk), showing.hamlet_name(place, unit), held, goal)
    return _page(request, whole, asked, {"breadcrumbs": showing.crumbs(asked, unit, place)})


def _page(request: HttpRequest, whole: Child, asked: Asked, more: dict[str, Any]) -> HttpResponse:
    context = {
        **asked.context(request),
        "whole": whole,
        "few": 0 < whole.counts.expected < LEAST_SHOWN,
        "least": LEAST_SHOWN,
        "goal": showing.tidy(whole.goal),
        "states": counts.without_lists(whole),
        "own": counts.own_lines(whole, lambda _name: ""),
        "counting_rule": _(RULE),
        **more,
    }
    return render(request, "coverage/totals.html", context)
