"""The list behind each count: as many rows as the count says, page by page."""

from collections.abc import Sequence
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from hssk.coverage import services
from hssk.coverage.services import Child, Figures, Person
from hssk.coverage.services.lists import in_hamlets, natural
from hssk.coverage.views import counts, places, reading, showing
from hssk.coverage.views.asking import Asked, asked_of
from hssk.people.rules import RULE
from hssk.places.errors import UnknownUnit
from hssk.places.models import Hamlet, Unit
from hssk.places.services import unit_on

ROWS_ON_A_PAGE = 50
FEW = 1000
WHY = {"nobody_dead": "dead", "nobody_left": "left", "nobody_unknown": "unknown"}


class Residents(Sequence):
    """The residents of one count, place by place: a slice reads only the hamlets it touches."""

    def __init__(self, unit: Unit, asked: Asked, count: str) -> None:
        self.unit, self.asked, self.wanted = unit, asked, count
        self.whole = services.figures(unit, asked.on, None, asked.filters)

    def __len__(self) -> int:
        return getattr(self.whole.counts, self.wanted)

    def __getitem__(self, part):
        if not len(self):
            return []
        if len(self) <= FEW:  # a few people scattered over many hamlets are read at once
            on, filters = self.asked.on, self.asked.filters
            people = services.people_with(self.wanted, self.unit, on, filters)
            return sorted(people, key=lambda person: person.unit_id)[part]
        return self._of(self.whole, part.start, part.stop)

    def _of(self, place: Figures, start: int, stop: int) -> list[Person]:
        """Rows `start` to `stop` of a place, its parts by name."""
        touched: list[tuple[Child, int, int]] = []
        for child in sorted(place.children, key=lambda part: (not part.key, natural(part.name))):
            held = getattr(child.counts, self.wanted)
            if start < held and stop > 0:
                touched.append((child, max(start, 0), min(stop, held)))
            start, stop = start - held, stop - held
        if place.kind == Unit.COMMUNE:
            return self._of_hamlets(touched)
        return [person for child, first, last in touched for person in self._in(child, first, last)]

    def _in(self, child: Child, start: int, stop: int) -> list[Person]:
        if child.key:
            on, filters = self.asked.on, self.asked.filters
            return self._of(services.figures(child.key, on, None, filters), start, stop)
        ground = services.ground_of(self.unit, self.asked.on)
        unplaced = [pk for pk, part in ground.hamlets.items() if not part.key]
        return in_hamlets(unplaced, self.asked.on, self.asked.filters, self.wanted)[start:stop]

    def _of_hamlets(self, touched: list[tuple[Child, int, int]]) -> list[Person]:
        names = {int(child.key): child.name for child, _start, _stop in touched}
        inside: dict[int, list[Person]] = {pk: [] for pk in names}
        on, filters = self.asked.on, self.asked.filters
        for person in in_hamlets(names, on, filters, self.wanted, names):
            inside[person.hamlet_id].append(person)
        return [
            person
            for child, start, stop in touched
            for person in inside[int(child.key)][start:stop]
        ]


def unit_list(request: HttpRequest, code: str, count: str) -> HttpResponse:
    """The people or records of one count of a unit."""
    asked = asked_of(request)
    if count not in counts.BY_NAME:
        raise Http404
    try:
        unit = unit_on(code, asked.on)
    except UnknownUnit as trouble:
        return places.no_such_unit(request, code, asked, trouble)
    context: dict[str, Any] = {
        "place": str(unit),
        "back": asked.url("unit", unit.code),
        "breadcrumbs": showing.crumbs(asked, unit, None, str(counts.BY_NAME[count].title)),
    }
    if count == "missing":
        context["file_url"] = asked.url("missing-file", unit.code)
    if counts.BY_NAME[count] in counts.RECORDS:
        return _records_page(request, asked, count, _records(unit, asked, count), context)
    people: Sequence[Person] = Residents(unit, asked, count)
    if count == "doubles":  # the count is of rows, the list of the people who stand on them
        people = services.people_with(count, unit, asked.on, asked.filters)
        context["further_rows"] = len(Residents(unit, asked, count))
    return _people_page(request, asked, count, people, context)


def hamlet_list(request: HttpRequest, hamlet: int, count: str) -> HttpResponse:
    """The people of one count of a hamlet."""
    place = get_object_or_404(Hamlet.objects.select_related("unit"), pk=hamlet)
    if count not in counts.BY_NAME or counts.BY_NAME[count] in counts.RECORDS:
        raise Http404
    asked = asked_of(request)
    unit = reading.unit_of(place, asked.on)
    context = {
        "place": showing.hamlet_name(place, unit),
        "back": asked.url("hamlet", place.pk),
        "one_hamlet": True,
        "breadcrumbs": showing.crumbs(asked, unit, place, str(counts.BY_NAME[count].title)),
    }
    people = in_hamlets([place.pk], asked.on, asked.filters, count)
    return _people_page(request, asked, count, people, context)


def _records(unit: Unit, asked: Asked, count: str) -> Sequence[services.Record]:
    if count == "duplicates":
        return services.duplicates(unit, asked.on)
    return services.records_on_nobody(unit, asked.on, WHY[count])


def _people_page(
    request: HttpRequest, asked: Asked, count: str, people: Sequence[Person], more: dict[str, Any]
) -> HttpResponse:
    page = Paginator(people, ROWS_ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        **asked.context(request),
        "listed": counts.BY_NAME[count],
        "page": page,
        "lines": showing.people_lines(list(page.object_list), asked),
        "counting_rule": _(RULE),
        "review_url": showing.named_url("exchange:review") if count == "to_decide" else "",
        **more,
    }
    return render(request, "coverage/people_list.html", context)


def _records_page(
    request: HttpRequest, asked: Asked, count: str, records: Sequence, more: dict[str, Any]
) -> HttpResponse:
    page = Paginator(records, ROWS_ON_A_PAGE).get_page(request.GET.get("page"))
    lines = [{"record": one, "url": asked.url("person", one.person)} for one in page.object_list]
    context = {
        **asked.context(request),
        "listed": counts.BY_NAME[count],
        "page": page,
        "lines": lines,
        **more,
    }
    return render(request, "coverage/record_list.html", context)
