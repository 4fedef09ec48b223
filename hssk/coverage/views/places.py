"""A unit with its parts, and a hamlet with its households."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from hssk.access.policy import needs
from hssk.access.rights import Right
from hssk.access.services.looks import LIST
from hssk.coverage import services
from hssk.coverage.rules import SMALL, gap_to_goal
from hssk.coverage.services.lists import in_hamlets
from hssk.coverage.services.shapes import Child, Counts, Figures
from hssk.coverage.views import counts, groups, reading, scope, showing, totals, within
from hssk.coverage.views.asking import Asked, asked_of
from hssk.people.rules import RULE
from hssk.places.errors import UnknownUnit
from hssk.places.models import Hamlet, Unit

HOUSEHOLDS_ON_A_PAGE = 24


@needs(Right.FIGURES)
def unit_page(request: HttpRequest, code: str) -> HttpResponse:
    """A province, district or commune on a day, with the parts below it."""
    asked = asked_of(request)
    try:
        unit = within.unit_asked(request, code, asked, Right.FIGURES)
    except UnknownUnit as trouble:
        return no_such_unit(request, code, asked, trouble)
    return show_unit(request, unit, asked)


def no_such_unit(
    request: HttpRequest, code: str, asked: Asked, trouble: UnknownUnit
) -> HttpResponse:
    """A code that nobody bears on the day asked: say so, and offer another day."""
    context = {
        **asked.context(request),
        "latest_url": "",
        "data_day": None,
        "trouble": _(trouble.message).format(**trouble.params),
        "code": code,
        "others": [
            {
                "unit": other,
                "day": day,
                "url": asked.url("unit", other.code, on=day.isoformat(), map=None),
            }
            for other, day in reading.meant_by(code, asked.on)
        ],
    }
    return render(request, "coverage/no_such_unit.html", context, status=404)


def nothing_yet(request: HttpRequest, asked: Asked) -> HttpResponse:
    """No data at all: the two steps that bring it in. None on that day: when it begins."""
    begins = scope.first_day(asked, request.path)
    if begins:
        return render(
            request, "coverage/early.html", {**asked.context(request), "data_day": None, **begins}
        )
    return render(request, "coverage/empty.html", ways_in(request))


def ways_in(request: HttpRequest) -> dict[str, str]:
    """The addresses by which files come in, for whoever may deliver any."""
    names = {"import_url": "exchange:import", "batches_url": "exchange:batches"}
    who = within.access(request)
    return {key: showing.named_url(name, who) for key, name in names.items()}


def show_unit(
    request: HttpRequest, unit: Unit, asked: Asked, *, first: bool = False
) -> HttpResponse:
    """The figure of a unit beside the software's own, its parts worst first, and every count."""
    if not within.access(request).holds_unit(unit, Right.REGISTER):
        return totals.show(request, unit, asked)
    whole = services.figures(unit, asked.on, asked.map_day, asked.filters)
    it = whole.counts
    if first and not (it.expected or it.records or asked.filters):
        return nothing_yet(request, asked)
    ground = whole.ground
    parts = whole.children[0].kind if whole.children else "hamlet"
    context = {
        **asked.context(request),
        "unit": unit,
        "first": first,
        "whole": whole,
        "statement": whole.statement.removeprefix(f"{whole.name}: "),
        "goal": showing.tidy(whole.goal),
        **_counts(whole, asked),
        "rows": showing.bar_rows(whole.children, asked),
        "name_of_rows": showing.PARTS.get(parts, showing.PARTS["hamlet"]),
        "links": _links(unit, asked),
        "breadcrumbs": [] if first else showing.crumbs(asked, unit),
        "counting_rule": _(RULE),
        "maps": unit.level != Unit.COMMUNE,
        "scope": scope.scope_of(unit, whole, ground),
    }
    if not it.expected and not asked.filters:
        context.update(scope.first_day(asked, request.path))
    if it.expected <= SMALL:
        scope.registered(asked, ground.hamlets, unit.path)
        if not asked.filters:
            context["multiples"] = groups.multiples(whole, ground, asked)
    if not asked.filters:
        context["records"] = counts.tiles(whole, asked, counts.RECORDS)
        context["why"] = _reconciled(whole, asked)
        context["pace"] = services.pace(unit, asked.on, whole.goal, known=whole)
    return render(request, "coverage/unit.html", context)


def _counts(whole: Figures, asked: Asked) -> dict[str, Any]:
    """Every count of residents: states, what our own record says (by part too), and the rest."""
    tiles = {
        "states": counts.tiles(whole, asked, counts.STATES),
        "further": counts.tiles(whole, asked, counts.FURTHER),
    }
    if not whole.own:
        return tiles
    lines = counts.own_lines(whole, lambda name: asked.url("list", whole.key, name, map=None))
    parts = counts.own_multiples(whole) if len(whole.children) > 1 else []
    return {**tiles, "own": lines, "own_multiples": parts}


def _links(unit: Unit, asked: Asked) -> dict[str, str]:
    return {
        "missing": asked.url("list", unit.code, "missing", map=None),
        "missing_file": asked.url("missing-file", unit.code, map=None),
        "table_file": asked.url("table-file", unit.code),
        "changes": asked.url("changes", unit.code, map=None),
        "goal": asked.url("goal", unit.code),
    }


def _reconciled(whole: Figures, asked: Asked) -> dict[str, Any]:
    """The steps from the software's two numbers to the true ones, those of nothing left out."""
    unit = whole.ground.unit
    why = services.why_different(unit, asked.on, whole)
    sides = {}
    for side, steps in (("records", why.of_records), ("rows", why.of_rows)):
        sides[side] = [
            {
                "text": step.text,
                "count": step.count,
                "url": asked.url("list", unit.code, step.name, map=None)
                if step.name in counts.LISTS
                else "",
            }
            for step in steps
            if step.count
        ]
    return {"total": why, **sides}


@needs(Right.REGISTER)
def hamlet_page(request: HttpRequest, hamlet: int) -> HttpResponse:
    """A hamlet: its figure, and its households as houses with their people, worst first."""
    place = within.hamlet_asked(request, hamlet, Right.REGISTER)
    asked = asked_of(request)
    unit = reading.unit_of(place, asked.on)
    homes = services.households(place.pk, asked.on, asked.filters)
    it = Counts.total(home.counts for home in homes)
    goal = services.goal_of(unit or place.unit)
    page = Paginator(homes, HOUSEHOLDS_ON_A_PAGE).get_page(request.GET.get("page"))
    drawn = _drawn(place, page.object_list, asked)
    within.look(request, LIST, (person for home in drawn for person in home.pop("people")))
    context = {
        **asked.context(request),
        "hamlet": place,
        "name": showing.hamlet_name(place, unit),
        "unit": unit,
        "counts": it,
        "goal": showing.tidy(goal),
        "gap": gap_to_goal(it.found, it.expected, goal),
        "tiles": _hamlet_tiles(place, it, asked),
        "own": counts.own_lines(
            Child("hamlet", str(place.pk), "", it),
            lambda name: asked.url("hamlet-list", place.pk, name, map=None),
        ),
        "page": page,
        "homes": drawn,
        "breadcrumbs": showing.crumbs(asked, unit, place),
        "counting_rule": _(RULE),
    }
    if not it.expected and not asked.filters:
        context.update(scope.first_day(asked, request.path))
    scope.registered(asked, [place.pk], (unit or place.unit).path)
    return render(request, "coverage/hamlet.html", context)


def _hamlet_tiles(place: Hamlet, it: Counts, asked: Asked) -> list[dict[str, Any]]:
    return [
        {
            "label": each.title,
            "value": getattr(it, each.name),
            "tone": each.tone,
            "note": each.says,
            "url": asked.url("hamlet-list", place.pk, each.name, map=None),
        }
        for each in counts.STATES
    ]


def _drawn(place: Hamlet, homes: list, asked: Asked) -> list[dict[str, Any]]:
    """Each household with its people as a house shows them; those of no household are counted."""
    people: dict[str, list] = {}
    for person in in_hamlets([place.pk], asked.on, asked.filters):
        people.setdefault(str(person.household_id or ""), []).append(person)
    drawn = []
    for home in homes:
        inside = people.get(home.key, [])
        head = next((person.head for person in inside if person.head), "")
        drawn.append(
            {
                "counts": home.counts,
                "people": list(showing.shown(inside)),
                "name": showing.household_name(home.name, head),
                "url": asked.url("household", int(home.key))
                if home.key
                else asked.url("alone", place.pk),
                "alone": not home.key,
                "house": showing.house(inside, asked) if home.key else [],
                "missing": [person for person in inside if person.state_name == "missing"],
            }
        )
    return drawn
