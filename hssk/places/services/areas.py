"""What lies in an area: units of its own days, and those of other days that lie wholly in it."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import Count

from hssk.places.models import Hamlet, Unit, UnitSuccession
from hssk.places.services.maps import on_map, within
from hssk.places.services.mark import kept_while_places_stand

_KEPT = 256  # areas of posts asked about in this process lately
_KEPT_OF_UNITS = 4096  # and the units asked about in each


def holds(area: Unit, unit: Unit) -> bool:
    """Whether `unit` is `area` or lies below it, on a day on which both were in force."""
    below = unit.path == area.path or unit.path.startswith(area.path + "/")
    return below and _begin(area) < _end(unit) and _begin(unit) < _end(area)


def held(area: Unit, units: Iterable[Unit], today: date) -> set[int]:
    """The ids of those of `units` that lie in `area`: below it, or wholly in what it is made of.

    A unit that was divided between `area` and another is not in it: that nobody can tell. What
    `area` is made of is told for `today` where it is in force then.
    """
    units = list(units)
    inside = {unit.pk for unit in units if holds(area, unit)}
    rest = [unit.pk for unit in units if unit.pk not in inside]
    if rest and (area.valid_from or area.valid_until):
        target = on_map(rest, _day_of(area, today)).target
        inside |= {pk for pk, at in target.items() if holds(area, at)}
    return inside


def lies_in(area: Unit, unit: Unit, today: date) -> bool:
    """Whether `unit` lies in `area`, as `held` tells of many."""
    return holds(area, unit) or _came_to_lie(area, unit, today)


@kept_while_places_stand(_KEPT_OF_UNITS)
def _came_to_lie(area: Unit, unit: Unit, today: date) -> bool:
    return bool(held(area, [unit], today))


@kept_while_places_stand(_KEPT)
def units_held(area: Unit) -> frozenset[int]:
    """The ids of all units that lie in `area`, as `held` tells of each; four queries.

    Those below it, those that wholly became one of them, and those that one of them alone became.
    """
    inside = {unit.pk for unit in Unit.objects.filter(within(area)) if holds(area, unit)}
    steps = UnitSuccession.objects
    became = set(steps.filter(new__in=inside, whole=True).values_list("old", flat=True))
    heirs = steps.filter(old__in=inside).values_list("new", flat=True)
    alone = steps.filter(new__in=list(heirs)).values("new").annotate(of=Count("id")).filter(of=1)
    return frozenset(inside | became | set(alone.values_list("new", flat=True)))


@kept_while_places_stand(_KEPT)
def replaced_by(units: frozenset[int]) -> frozenset[int]:
    """The ids of the units that one of `units` wholly took the place of."""
    before = UnitSuccession.objects.filter(new__in=units, whole=True)
    return frozenset(before.values_list("old", flat=True))


@kept_while_places_stand(_KEPT)
def hamlets_held(area: Unit, today: date) -> frozenset[int]:
    """The ids of the hamlets in `area`, those of divided units as somebody has chosen for them."""
    rows = list(Hamlet.objects.values_list("id", "unit_id"))
    units = Unit.objects.in_bulk({unit for _pk, unit in rows})
    inside = held(area, units.values(), today)
    hamlets = {pk for pk, unit in rows if unit in inside}
    if area.valid_from or area.valid_until:
        chosen = on_map({unit for _pk, unit in rows} - inside, _day_of(area, today)).chosen
        hamlets |= {pk for pk, at in chosen.items() if holds(area, at)}
    return frozenset(hamlets)


def _begin(unit: Unit) -> date:
    return unit.valid_from or date.min


def _end(unit: Unit) -> date:
    return unit.valid_until or date.max


def _day_of(area: Unit, today: date) -> date:
    """A day on which `area` is in force, the latest that is not to come."""
    if area.valid_until and area.valid_until <= today:
        return area.valid_until - timedelta(days=1)
    return max(today, area.valid_from or today)
