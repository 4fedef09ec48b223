"""Whom a page may be about: people of the area of whoever asks, and people in their care.

Outside both everything is as if it were not there: the same answer as for a key that nobody bears.
"""

from typing import NoReturn
from uuid import UUID

from django.db.models import Q
from django.http import Http404, HttpRequest
from django.utils import timezone

from hssk.access.rights import Right
from hssk.access.services import Access, as_machine, looks
from hssk.access.tiers import Kind
from hssk.access.views.doorkeeper import access
from hssk.people.models import Holding, Listing, Person
from hssk.people.services import Homes, care_of, homes_of


def person_asked(request: HttpRequest, person: UUID, right: Right) -> Person:
    """The person of an address; Http404 for one who is neither of the area nor in one's care.

    Of the area is who lives there now, whatever day is asked about; and of those who live nowhere,
    who lived there last, and whom a list or a record of the area names.
    """
    one = Person.objects.filter(pk=person).first()
    who = access(request)
    mine = who.hamlets(right)
    if one is None:
        turn_away(request, right, person)
    if not (mine is None or _is_of(one, mine, who, right)):
        if not care_of(one, who, at=timezone.now()).exists():
            turn_away(request, right, person)
        who.by = Kind.CARE
    return one


def one_of_the_area(request: HttpRequest, person: UUID, right: Right) -> Person:
    """The person of an address upon whom somebody may act: care alone opens a page and no act."""
    one = person_asked(request, person, right)
    if access(request).by is not Kind.AREA:
        turn_away(request, right, person)
    return one


def is_shown(request: HttpRequest, person: Person, right: Right) -> bool:
    """Whether a page about somebody else may name this person besides: by area or by care."""
    who = access(request)
    if is_of_the_area(request, person, right):
        return True
    return care_of(person, who, at=timezone.now()).exists()


def is_of_the_area(request: HttpRequest, person: Person, right: Right) -> bool:
    """Whether somebody besides the one of the address is of the asker's area: care is no area."""
    who = access(request)
    mine = who.hamlets(right)
    return mine is None or _is_of(person, mine, who, right)


def may_here(request: HttpRequest, person: Person, right: Right, *, by_care: bool) -> bool:
    """Whether a page about somebody whom another right opens may offer what `right` opens of them,
    by area or `by_care` too: it may be held elsewhere alone."""
    if not access(request).allows(right):
        return False
    asks = is_shown if by_care else is_of_the_area
    return asks(request, person, right)


def turn_away(request: HttpRequest, right: Right, *people: UUID) -> NoReturn:
    """Not there and not yours are one answer, and both are written down."""
    looks.refused(access(request), looks.OPEN, right, people)
    raise Http404


def _is_of(person: Person, hamlets: frozenset[int], who: Access, right: Right) -> bool:
    homes = _homes_of(person, who)
    if homes.hamlets & hamlets or homes.now:
        return bool(homes.hamlets & hamlets)
    named = Q(person__root=person.root)
    if Listing.objects.filter(named, hamlet_id__in=hamlets).exists():
        return True
    units = [held.unit for held in Holding.objects.filter(named).select_related("unit")]
    return any(unit is not None and who.holds_unit(unit, right) for unit in units)


def _homes_of(person: Person, who: Access) -> Homes:
    """Where somebody lives, asked once for a page, which may ask of several rights."""
    if not hasattr(person, "homes"):
        with as_machine(who.user, who.day):  # this very answer tells that they are not of here
            person.homes = homes_of(person.root)  # type: ignore[attr-defined]
    return person.homes  # type: ignore[attr-defined]
