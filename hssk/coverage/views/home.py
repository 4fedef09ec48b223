"""The first page: the figure of everything there is, or what to do first."""

from django.http import HttpRequest, HttpResponse

from hssk.coverage.views import places, reading
from hssk.coverage.views.asking import asked_of


def home(request: HttpRequest) -> HttpResponse:
    """The unit that holds all the data; without data, the two steps that bring it in."""
    asked = asked_of(request)
    unit = reading.whole_on(asked.on) if asked.latest else None
    if unit is None:
        return places.nothing_yet(request, asked)
    return places.show_unit(request, unit, asked, first=True)
