"""The first page: the figure of everything there is, or what to do first."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from hssk.access.policy import needs
from hssk.access.rights import Right
from hssk.coverage.views import places, reading, within
from hssk.coverage.views.asking import Asked, asked_of


@needs(Right.FIGURES, Right.FILES)
def home(request: HttpRequest) -> HttpResponse:
    """The figure of one's own area; without data, the two steps that bring it in.

    The area is the unit that holds all the data, for whoever may see it; else that of their post.
    With posts in several areas, a page that names them.
    """
    asked = asked_of(request)
    unit = reading.whole_on(asked.on) if asked.latest else None
    if unit is None:
        return places.nothing_yet(request, asked)
    if within.access(request).holds_unit(unit, Right.FIGURES):
        return places.show_unit(request, unit, asked, first=True)
    return _own_area(request, asked)


def _own_area(request: HttpRequest, asked: Asked) -> HttpResponse:
    areas = within.areas(request, asked)
    if len(areas) != 1:
        context = {**asked.context(request), "areas": areas, **places.ways_in(request)}
        return render(request, "coverage/areas.html", context)
    return redirect(areas[0]["url"])
