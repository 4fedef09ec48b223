"""What a page may be about: places and people within the area of whoever asks.

Outside it everything is as if it were not there: the same answer as for a key that nobody bears.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from hssk.access.rights import Right
from hssk.access.services import looks
from hssk.access.views.doorkeeper import access
from hssk.coverage import services
from hssk.coverage.services.figures import Numbers
from hssk.coverage.services.small import parted
from hssk.coverage.views.asking import Asked
from hssk.coverage.views.reading import ONE_DAY
from hssk.people.views.asked import turn_away
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
        turn_away(request, right)
    return get_object_or_404(Hamlet.objects.select_related("unit"), pk=hamlet)


def household_asked(request: HttpRequest, household: int, right: Right) -> Household:
    """The household of an address, with its hamlet; Http404 outside the area."""
    home = Household.objects.select_related("hamlet__unit").filter(pk=household).first()
    if home is None or not access(request).holds_hamlet(home.hamlet_id, right):
        turn_away(request, right)
    return home


def gives_away(
    request: HttpRequest,
    unit: Unit,
    day: date,
    map_day: date | None = None,
    levels: Sequence[Iterable[str]] = (),
    *,
    numbers: Numbers | None = None,
) -> bool:
    """Whether the figures of a unit on `day` would tell the asker, who sees no row there, of a
    small place: they see a unit above, too, that tells this one, or what it lies in, as one line
    with the small one; by taking these figures from the line they would have those.

    map_day  a day on which the unit is in force, where it is not on `day`
    levels   of further numbers (`small.parted`)
    numbers  those of `numbers_on(day)`, where whoever asks has them
    """
    pairs = _seen_above(request, unit)
    if pairs and numbers is None:  # they are of all places, so those of each level
        numbers = services.numbers_on(day)
    for inner, above in pairs:
        beside = services.figures(above, day, map_day, numbers=numbers).children
        if inner.code in parted(beside, levels):
            return True
    return False


def crosses(request: HttpRequest, unit: Unit, day: date) -> bool:
    """Whether the asker, who sees no row there, sees a unit above that holds more than this one:
    of people parted otherwise than by place they are told there, and only there."""
    return bool(_seen_above(request, unit)) and not services.ground_of(unit, day).every


def _seen_above(request: HttpRequest, unit: Unit) -> list[tuple[Unit, Unit]]:
    """Each unit with the one above it, up from `unit`, as far as the asker may see figures; none
    for whoever sees the rows of `unit`."""
    who, inner, pairs = access(request), unit, []
    if who.holds_unit(unit, Right.REGISTER):
        return []
    while (above := inner.parent) is not None and who.holds_unit(above, Right.FIGURES):
        pairs.append((inner, above))
        inner = above
    return pairs


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
            day = day_of(post.unit, asked)
            found[post.area] = asked.url("unit", post.unit.code, on=day)
    return [{"label": label, "url": url} for label, url in sorted(found.items())]


def day_of(unit: Unit, asked: Asked) -> str | None:
    """A day on which to ask for a unit: None for the one asked, when it is in force then."""
    if unit.valid_until and unit.valid_until <= asked.on:
        return (unit.valid_until - ONE_DAY).isoformat()
    if unit.valid_from and unit.valid_from > asked.on:
        return unit.valid_from.isoformat()
    return None


def look(request: HttpRequest, act: str, people: Iterable[UUID]) -> None:
    """Write down that these people are about to be shown, from the register."""
    looks.look(access(request), act, Right.REGISTER, people)
