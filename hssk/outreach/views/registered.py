"""The work list of those who are registered with one's station or hospital for first contact."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from hssk.access.policy import needs
from hssk.access.rights import Right
from hssk.access.views.doorkeeper import access
from hssk.outreach.services import our_turn, own_sides, registered_communes, registered_list
from hssk.outreach.services.contacts import OF_CARE
from hssk.outreach.views.households import REGISTERED, List, called, lack_asked, shown
from hssk.outreach.views.within import day_counted
from hssk.places.models import Facility, Unit


@needs(Right.REGISTERED)
def registered_page(request: HttpRequest) -> HttpResponse:
    """Where those live who have no record, or no book, each commune with how many; and the
    households of one commune, or those whose turn is ours."""
    who, lack, now = access(request), lack_asked(request), timezone.now()
    mine, on = own_sides(who), max(day_counted(request), who.day)
    who.by = mine.by
    communes = registered_communes(on, lack, by=who, at=now)
    chosen = _chosen(request, [unit for unit, _count in communes])
    if chosen is None:
        homes = our_turn(on, lack, by=who, at=now)
    else:
        homes = registered_list(on, lack, by=who, at=now, commune=chosen)
    kept = {"list": REGISTERED, **({"commune": chosen.pk} if chosen else {})}
    stations = sorted(who.units(Right.REGISTERED), key=str)
    facilities = Facility.objects.filter(pk__in=mine.facilities).order_by("name")
    context = {
        "sides": [called(side) for side in (*stations, *facilities) if mine.has(side)],
        "communes": communes,
        "chosen": chosen,
        "all": sum(count for _unit, count in communes),
        **shown(request, List(homes, lack, Right.REGISTERED, kept, OF_CARE, mine)),
    }
    return render(request, "outreach/registered.html", context)


def _chosen(request: HttpRequest, communes: list[Unit]) -> Unit | None:
    """The commune that the address names, of those where anybody is registered here."""
    return next((unit for unit in communes if str(unit.pk) == request.GET.get("commune")), None)
