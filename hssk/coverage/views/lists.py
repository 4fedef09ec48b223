"""The list behind each count: as many rows as the count says, page by page."""

from collections.abc import Sequence
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from hssk.access.policy import needs
from hssk.access.rights import Right
from hssk.access.services.looks import LIST
from hssk.coverage import services
from hssk.coverage.services import Person
from hssk.coverage.services.lists import people_in
from hssk.coverage.services.selection import LACKING, OWN
from hssk.coverage.views import counts, places, reading, showing, within
from hssk.coverage.views.asking import Asked, asked_of
from hssk.people.rules import RULE
from hssk.places.errors import UnknownUnit
from hssk.places.models import Unit

ROWS_ON_A_PAGE = 50
OF_OWN_RECORD = frozenset({*OWN, *LACKING})


@needs(Right.REGISTER)
def unit_list(request: HttpRequest, code: str, count: str) -> HttpResponse:
    """The people or records of one count of a unit."""
    asked = asked_of(request)
    if count not in counts.LISTS:
        raise Http404
    try:
        unit = within.unit_asked(request, code, asked, Right.REGISTER)
    except UnknownUnit as trouble:
        return places.no_such_unit(request, code, asked, trouble)
    context: dict[str, Any] = {
        "place": str(unit),
        "back": asked.url("unit", unit.code),
        "one_unit": unit.level == Unit.COMMUNE,
        "breadcrumbs": showing.crumbs(asked, unit, None, str(counts.LISTS[count].title)),
    }
    if count == "missing":
        context["file_url"] = asked.url("missing-file", unit.code)
    if count not in counts.OF_PEOPLE:
        records = services.records_with(count, unit, asked.on)
        return _records_page(request, asked, count, records, context)
    if count == "doubles":  # the count is of rows, the list of the people who stand on them
        whole = services.counts_of(unit, asked.on, asked.filters)[1]
        context["further_rows"] = whole.doubles
    people = services.people_with(count, unit, asked.on, asked.filters)
    return _people_page(request, asked, count, people, context)


@needs(Right.REGISTER)
def hamlet_list(request: HttpRequest, hamlet: int, count: str) -> HttpResponse:
    """The people of one count of a hamlet."""
    place = within.hamlet_asked(request, hamlet, Right.REGISTER)
    if count not in counts.OF_PEOPLE:
        raise Http404
    asked = asked_of(request)
    unit = reading.unit_of(place, asked.on)
    context = {
        "place": showing.hamlet_name(place, unit),
        "back": asked.url("hamlet", place.pk),
        "one_unit": True,
        "one_hamlet": True,
        "breadcrumbs": showing.crumbs(asked, unit, place, str(counts.LISTS[count].title)),
    }
    people = people_in(place.pk, asked.on, asked.filters, count)
    return _people_page(request, asked, count, people, context)


def _people_page(
    request: HttpRequest, asked: Asked, count: str, people: Sequence[Person], more: dict[str, Any]
) -> HttpResponse:
    page = Paginator(people, ROWS_ON_A_PAGE).get_page(request.GET.get("page"))
    within.look(request, LIST, showing.shown(page.object_list))
    context = {
        **asked.context(request),
        "listed": counts.LISTS[count],
        "of_own_record": count in OF_OWN_RECORD,
        "page": page,
        "lines": showing.people_lines(list(page.object_list), asked),
        "counting_rule": _(RULE),
        "review_url": showing.named_url("exchange:review", asked.access)
        if count == "to_decide"
        else "",
        **more,
    }
    return render(request, "coverage/people_list.html", context)


def _records_page(
    request: HttpRequest, asked: Asked, count: str, records: Sequence, more: dict[str, Any]
) -> HttpResponse:
    page = Paginator(records, ROWS_ON_A_PAGE).get_page(request.GET.get("page"))
    # also those whom it does not lead to: what their record says is shown
    within.look(request, LIST, (one.person for one in page.object_list))
    lines = [
        {"record": one, "url": "" if one.elsewhere else asked.url("person", one.person)}
        for one in page.object_list
    ]
    context = {
        **asked.context(request),
        "listed": counts.LISTS[count],
        "page": page,
        "lines": lines,
        **more,
    }
    return render(request, "coverage/record_list.html", context)
