"""The sides of a household: the station of its commune, and where people of it are registered for
first contact. A station stands as its commune, any other facility as itself."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from hssk.access.rights import Right
from hssk.access.services import Access
from hssk.access.tiers import Kind
from hssk.outreach.models import Side
from hssk.people.models import Residence
from hssk.people.services import care_units, facilities_of, first_contacts
from hssk.places.models import Facility, Household, Unit


@dataclass(frozen=True)
class Own:
    """The sides for which somebody acts upon those who are registered with them: stations, as keys
    of their communes, and facilities."""

    units: frozenset[int] = frozenset()
    facilities: frozenset[int] = frozenset()

    def has(self, side: Side) -> bool:
        """Whether a side is one of them."""
        return side.pk in (self.facilities if isinstance(side, Facility) else self.units)

    def has_any(self, sides: Iterable[Side]) -> bool:
        """Whether one of `sides` is one of them."""
        return any(self.has(side) for side in sides)

    @property
    def by(self) -> Kind:
        """By what kind of basis they come to those registered there."""
        return Kind.REGISTERED if self.facilities else Kind.CARE


def own_sides(who: Access) -> Own:
    """The stations whose care is theirs, and the facilities of which they are the officer."""
    stations = care_units(who) & {unit.pk for unit in who.units(Right.REGISTERED)}
    return Own(frozenset(stations), who.facilities)


def registered_sides(people: Iterable[UUID], *, at: datetime) -> dict[UUID, list[Side]]:
    """Root → the sides with which these people (roots) are registered: the station that a card
    names, and the facility that the register states. Asked as the machine."""
    roots = set(people)
    stations, facilities = first_contacts(roots, at=at), facilities_of(roots)
    units = Unit.objects.in_bulk(set(stations.values()))
    others = Facility.objects.in_bulk(set(facilities.values()))
    found: dict[UUID, list[Side]] = {}
    for root, unit in stations.items():
        found.setdefault(root, []).append(units[unit])
    for root, facility in facilities.items():
        found.setdefault(root, []).append(others[facility])
    return found


def sides_of(household: Household, *, at: datetime) -> tuple[list[Side], dict[UUID, list[Side]]]:
    """The sides of a household, its own commune first, and who of it is registered with which.
    Asked as the machine."""
    living = Residence.objects.filter(household=household, until=None)
    members = living.values_list("person__root", flat=True)
    registered = registered_sides(members, at=at)
    every: list[Side] = [household.hamlet.unit, *(s for each in registered.values() for s in each)]
    return list(dict.fromkeys(every)), registered


def named(side: Side) -> str:
    """A side as the address of a form says it."""
    return f"{'f' if isinstance(side, Facility) else 'u'}{side.pk}"
