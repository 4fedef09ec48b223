"""What a page may be about: places and people within the area of whoever asks.

Outside it everything is as if it were not there: the same answer as for a key that nobody bears.
"""

from collections.abc import Iterable
from typing import NoReturn
from uuid import UUID

from django.db.models import Q
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone

from hssk.access.rights import Right
from hssk.access.services import Access, as_machine, looks
from hssk.access.tiers import Kind
from hssk.access.views.doorkeeper import access
from hssk.coverage.views.asking import Asked
from hssk.coverage.views.reading import ONE_DAY
from hssk.people.models import Holding, Listing, Person
from hssk.people.services import care_of, homes_of
from hssk.places.models import Hamlet, Household, Unit
from hssk.places.services import unit_on


def unit_asked(request: HttpRequest, code: str, asked: Asked, right: Right) -> Unit:
    """The unit of an address. Raises UnknownUnit, and Http404 outside the area."""
    unit = unit_on(code, asked.on)
    if not access(request).holds_unit(unit, right):
        raise Http404
    return unit


def hamlet_asked(request: HttpRequest, hamlet: int, right: Right) -> Hamlet:
    """The hamlet of an address, with its unit; Http404 outside the area."""
    if not access(request).holds_hamlet(hamlet, right):
        _turn_away(request, right)
    return get_object_or_404(Hamlet.objects.select_related("unit"), pk=hamlet)


def household_asked(request: HttpRequest, household: int, right: Right) -> Household:
    """The household of an address, with its hamlet; Http404 outside the area."""
    home = Household.objects.select_related("hamlet__unit").filter(pk=household).first()
    if home is None or not access(request).holds_hamlet(home.hamlet_id, right):
        _turn_away(request, right)
    return home


def person_asked(request: HttpRequest, person: UUID, right: Right) -> Person:
    """The person of an address; Http404 for one who is neither of the area nor in one's care.

    Of the area is who lives there now, whatever day is asked about; and of those who live nowhere,
    who lived there last, and whom a list or a record of the area names.
    """
    one = Person.objects.filter(pk=person).first()
    who = access(request)
    mine = who.hamlets(right)
    if one is None:
        _turn_away(request, right, person)
    if not (mine is None or _is_of(one, mine, who, right)):
        if not care_of(one.root, who, at=timezone.now()).exists():
            _turn_away(request, right, person)
        who.by = Kind.CARE
    return one


def _turn_away(request: HttpRequest, right: Right, *people: UUID) -> NoReturn:
    """Not there and not yours are one answer, and both are written down."""
    looks.refused(access(request), looks.OPEN, right, people)
    raise Http404


def _is_of(person: Person, hamlets: frozenset[int], who: Access, right: Right) -> bool:
    with as_machine(who.user, who.day):  # where somebody lives tells that they are not of here
        homes = homes_of(person.root)
    if homes.hamlets & hamlets or homes.now:
        return bool(homes.hamlets & hamlets)
    named = Q(person__root=person.root)
    if Listing.objects.filter(named, hamlet_id__in=hamlets).exists():
        return True
    units = [held.unit for held in Holding.objects.filter(named).select_related("unit")]
    return any(unit is not None and who.holds_unit(unit, right) for unit in units)


def areas(request: HttpRequest, asked: Asked) -> list[dict[str, str]]:
    """The areas of one's posts that have figures, by name, each with the address of its page."""
    found: dict[str, str] = {}
    for post in access(request).with_right(Right.FIGURES):
        if post.unit is None:
            continue
        if post.hamlet_id is not None:
            rows = access(request).holds_hamlet(post.hamlet_id, Right.REGISTER)
            found[post.area] = asked.url("hamlet" if rows else "hamlet-figures", post.hamlet_id)
        else:
            day = _day_of(post.unit, asked)
            found[post.area] = asked.url("unit", post.unit.code, on=day)
    return [{"label": label, "url": url} for label, url in sorted(found.items())]


def _day_of(unit: Unit, asked: Asked) -> str | None:
    """A day on which to ask for a unit: None for the one asked, when it is in force then."""
    if unit.valid_until and unit.valid_until <= asked.on:
        return (unit.valid_until - ONE_DAY).isoformat()
    if unit.valid_from and unit.valid_from > asked.on:
        return unit.valid_from.isoformat()
    return None


def look(request: HttpRequest, act: str, people: Iterable[UUID]) -> None:
    """Write down that these people are about to be shown, from the register."""
    looks.look(access(request), act, Right.REGISTER, people)
