"""What a roster leaves unsaid of homes stays as it is known: silence moves nobody."""

from collections import defaultdict

from hssk.exchange.models import Batch
from hssk.exchange.services.linking import Linked
from hssk.exchange.services.rosters import Home, Places, open_homes
from hssk.exchange.services.statements import covered_units
from hssk.places.models import Hamlet
from hssk.places.services import households_for, units_held

# Where somebody lives now counts before temporary and permanent residence.
_KINDS_FIRST = "CTP"
Place = tuple[int, int | None]


def keep_what_is_known(batch: Batch, linked: list[Linked], places: Places) -> Places:
    """`places` with what the rows leave unsaid filled in from where the people are known to live.

    Who lives in the commune of the row stays in their hamlet when the row names none, and in
    their household there when the row names none. Newcomers to a household that the list does not
    number live where the others of it are known to.
    """
    units = covered_units(linked)
    nowhere = set(Hamlet.objects.filter(unit__in=units, key="").values_list("id", flat=True))
    silent = [item for item in linked if _is_silent(item, places, nowhere)]
    known = [item for item in silent if item.known]
    if not known:
        return places
    homes = open_homes(list({item.person for item in known}), units)
    named = {item.row.unit for item in known if item.row.unit}
    lying_in = {unit.id: units_held(unit) for unit in named}
    unit_of = dict(Hamlet.objects.values_list("id", "unit"))
    kept: dict[int, Place] = {}
    numbered: dict[int, tuple[int, str]] = {}
    for item in known:
        said, there = places[item.row.id], lying_in[unit_of[places[item.row.id][0]]]
        theirs = [
            home for _key, home in homes.get(item.person, ()) if unit_of[home.hamlet] in there
        ]
        home = _home_meant(said, theirs, nowhere)
        if home is not None:
            kept[item.row.id] = home.hamlet, home.household
            if not _is_unnumbered(item):
                numbered[item.row.id] = home.hamlet, item.row.facts["household"]
    households = households_for(set(numbered.values()), batch.on)
    kept |= {row: (place[0], households[place]) for row, place in numbered.items()}
    return {**places, **_newcomers(silent, places, kept), **kept}


def _is_unnumbered(item: Linked) -> bool:
    """Whether the row names no household; the reader calls one without a number "#12"."""
    return item.row.facts.get("household", "#").startswith("#")


def _is_silent(item: Linked, places: Places, nowhere: set[int]) -> bool:
    return places[item.row.id][0] in nowhere or _is_unnumbered(item)


def _home_meant(said: Place, homes: list[Home], nowhere: set[int]) -> Home | None:
    """Which of somebody's homes in the commune a row does not contradict."""
    meant = [home for home in homes if said[0] in nowhere or home.hamlet == said[0]]
    return min(meant, key=lambda home: _KINDS_FIRST.index(home.kind), default=None)


def _newcomers(silent: list[Linked], places: Places, kept: dict[int, Place]) -> dict[int, Place]:
    """Where those live of whom nothing is known, by the others of their unnumbered household."""
    together: dict[Place, set[Place]] = defaultdict(set)
    for row, place in kept.items():
        together[places[row]].add(place)
    newcomers = {}
    for item in silent:
        said = places[item.row.id]
        others = together[said] if said[1] is not None and _is_unnumbered(item) else set()
        if len(others) == 1 and item.row.id not in kept:
            newcomers[item.row.id] = next(iter(others))
    return newcomers
