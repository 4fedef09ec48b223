"""The first page: the figure of everything there is, or what to do first."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from hssk.coverage.views import places, reading, showing
from hssk.coverage.views.asking import asked_of


def home(request: HttpRequest) -> HttpResponse:
    """The unit that holds all the data; without data, the two steps that bring it in."""
    asked = asked_of(request)
    unit = reading.whole_on(asked.on) if asked.latest else None
    if unit is None:
        return render(
            request,
            "coverage/empty.html",
            {"import_url": showing.named_url("exchange:import"),
             "batches_url": showing.named_url("exchange:batches")},
        )  # fmt: skip
    return places.show_unit(request, unit, asked, first=True)
