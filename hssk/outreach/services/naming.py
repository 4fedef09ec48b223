"""What hamlets are called where people go out to them, and in which commune they lie."""

from collections.abc import Iterable
from datetime import date

from hssk.coverage.services.naming import told_apart
from hssk.places.models import Hamlet, Unit
from hssk.places.services import kept_while_places_stand, on_map


@kept_while_places_stand(8)
def names_on(map_day: date) -> dict[int, str]:
    """Hamlet → its name as a list of its ward says it on the map of a day: with the former commune
    where another of the ward bears the same, for people must not go to the wrong one. Of every
    hamlet, asked once for a page; shared: read only."""
    return {pk: name for pk, (name, _commune) in known_on(map_day).items()}


def commune_on(hamlet: Hamlet, map_day: date) -> Unit:
    """The commune that a hamlet is drawn in on the map of a day, else the one it belongs to."""
    return known_on(map_day)[hamlet.pk][1]


def lies(hamlet: Hamlet, map_day: date) -> str:
    """Where a hamlet is, as it is written on the map of a day: "Bản A, Xã B"."""
    name, commune = known_on(map_day)[hamlet.pk]
    return f"{name}, {commune}"


def communes_of(hamlets: Iterable[int], map_day: date) -> dict[int, str]:
    """Hamlet → the commune it is drawn in on the map of a day, else the one it belongs to."""
    known = known_on(map_day)
    return {pk: str(known[pk][1]) for pk in hamlets}


@kept_while_places_stand(8)
def known_on(map_day: date) -> dict[int, tuple[str, Unit]]:
    """Every hamlet → that name, and its commune; shared: read only."""
    rows = list(Hamlet.objects.values_list("pk", "unit", "name"))
    units = {unit for _pk, unit, _name in rows}
    drawn, own = on_map(units, map_day), Unit.objects.in_bulk(units)
    apart = told_apart(rows, drawn)
    return {
        pk: (
            apart.get(pk, name),
            drawn.chosen.get(pk) or drawn.target.get(unit) or own[unit],
        )
        for pk, unit, name in rows
    }
