"""The figures of a unit or hamlet for those who may see them and nobody behind them."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from hssk.access.policy import needs
from hssk.access.rights import Right
from hssk.coverage import services
from hssk.coverage.reports.content import Line
from hssk.coverage.rules import LEAST_SHOWN, gap_to_goal
from hssk.coverage.services import Child, Figures
from hssk.coverage.services.reporting import PROGRESS, lines_since
from hssk.coverage.services.shapes import Counts
from hssk.coverage.services.small import OWN, parted
from hssk.coverage.services.trend import month_starts, trend
from hssk.coverage.views import counts, reading, showing, within
from hssk.coverage.views.asking import Asked, asked_of
from hssk.coverage.views.next_steps import what_next
from hssk.people.rules import RULE
from hssk.places.models import Unit

TOGETHER = "together"  # how a place without figures of its own is marked
OWN_TOGETHER = "own together"  # and one of which what our own record says is not told by itself


def show(request: HttpRequest, unit: Unit, asked: Asked) -> HttpResponse:
    """Totals without rows, filters and small places; a question with filters is asked without."""
    if asked.filters:
        return redirect(asked.cleared(request.path))
    numbers = services.numbers_on(asked.on)
    whole = services.figures(unit, asked.on, asked.map_day, numbers=numbers)
    if away := within.gives_away(request, unit, asked.on, numbers=numbers):
        _tell_together(whole)
    elif within.gives_away(request, unit, asked.on, levels=(OWN,), numbers=numbers):
        whole.statement = OWN_TOGETHER
    parts = whole.children[0].kind if whole.children else "hamlet"
    more = {
        **({} if away else _lately(request, unit, whole, asked)),
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
    numbers = services.numbers_on(asked.on)
    held = numbers.get(place.pk, Counts())
    goal = services.goal_of(unit or place.unit)
    whole = Child("hamlet", str(place.pk), showing.hamlet_name(place, unit), held, goal)
    rows = asked.access.holds_hamlet(place.pk, Right.REGISTER)
    if unit is not None and not rows and asked.access.holds_unit(unit, Right.FIGURES):
        beside = services.figures(unit, asked.on, numbers=numbers).children
        away = within.gives_away(request, unit, asked.on, numbers=numbers)
        if away or whole.key in parted(beside):
            _tell_together(whole)
        elif whole.key in parted(beside, (OWN,)):
            whole.statement = OWN_TOGETHER
    return _page(request, whole, asked, {"breadcrumbs": showing.crumbs(asked, unit, place)})


def _lately(request: HttpRequest, unit: Unit, whole: Figures, asked: Asked) -> dict[str, Any]:
    """The parts of a unit with what changed since the month began, the trend, and what to do."""
    since = month_starts(whole.on, 1)[0]
    lines = lines_since(whole, since)
    days = {point.day: point for point in trend(whole)}
    away = {day for day in {since, *days} if within.gives_away(request, unit, day, whole.on)}
    points = [point for day, point in days.items() if day not in away]
    if since in away:
        lines = [{**line, "before": None} for line in lines]
    return {
        "rows": [_row(line, whole.goal, asked) for line in lines],
        "since": since,
        "points": points,
        "shares": [point.share for point in points],
        "steps": what_next(whole, lines, newest=asked.latest, today=asked.today),
        "report_url": asked.url("report", whole.key, PROGRESS.kind),
    }


def _row(line: Line, goal: float, asked: Asked) -> dict[str, Any]:
    """A line as the page shows it: one figure, the change, how many are still to be reached."""
    people, found, to_decide = line["now"][:3]
    named = len(line["keys"]) == 1 and line["kind"] != "hamlet"
    place = Child(line["kind"], line["keys"][0], line["name"], Counts())
    return {
        "label": line["name"],
        "url": showing.place_url(place, asked) if named else "",
        "found": found,
        "to_decide": to_decide,
        "expected": people,
        "gap": gap_to_goal(found, people, goal),
        "change": found - line["before"][1] if line["before"] else None,
    }


def _tell_together(place: Child) -> None:
    """Take the figures out of a place that the unit above tells together with a small one: whoever
    sees that unit would have those of the small one by taking these from the sum."""
    place.counts = Counts()
    place.statement = TOGETHER


def _page(request: HttpRequest, whole: Child, asked: Asked, more: dict[str, Any]) -> HttpResponse:
    context = {
        **asked.context(request),
        "whole": whole,
        "few": 0 < whole.counts.expected < LEAST_SHOWN,
        "together": whole.statement is TOGETHER,
        "least": LEAST_SHOWN,
        "goal": showing.tidy(whole.goal),
        "states": counts.without_lists(whole),
        "own": [] if whole.statement is OWN_TOGETHER else counts.own_lines(whole, lambda _name: ""),
        "counting_rule": _(RULE),
        **more,
    }
    return render(request, "coverage/totals.html", context)
