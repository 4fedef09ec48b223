"""The area of whoever delivers or decides: whom a file may find, and where it may place people."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db import connection
from django.db.models import BooleanField, Exists, OuterRef, Q
from django.db.models.expressions import RawSQL

from hssk.access.rights import Right
from hssk.access.services import Access
from hssk.exchange.models import Batch, LinkDecision, SourceRow
from hssk.people.models import Holding, Listing, Residence
from hssk.places import services as places
from hssk.places.models import Unit

# Everybody of whom anything was ever said there: a place knows its own lists and records again;
# and who is known from records of these units' own files alone, which name no commune.
_ROOTS = """
    SELECT p.root FROM people_residence s JOIN people_person p ON p.id = s.person_id
    WHERE s.hamlet_id = ANY(%(hamlets)s)
    UNION
    SELECT p.root FROM people_listing s JOIN people_person p ON p.id = s.person_id
    WHERE s.hamlet_id = ANY(%(hamlets)s)
    UNION
    SELECT p.root FROM people_holding s JOIN people_person p ON p.id = s.person_id
    WHERE s.unit_id = ANY(%(units)s)
    UNION (
        WITH own AS MATERIALIZED (SELECT id FROM exchange_batch WHERE unit_id = ANY(%(units)s))
        SELECT p.root FROM people_holding s JOIN people_person p ON p.id = s.person_id
        WHERE s.unit_id IS NULL
        GROUP BY p.root HAVING bool_and(s.source IN (SELECT id FROM own))
        EXCEPT
        SELECT p.root FROM people_person p WHERE EXISTS (
            SELECT FROM people_residence s WHERE s.person_id = p.id)
        OR EXISTS (SELECT FROM people_listing s WHERE s.person_id = p.id)
        OR EXISTS (SELECT FROM people_holding s WHERE s.person_id = p.id AND s.unit_id IS NOT NULL)
    )
"""


@dataclass(frozen=True)
class Within:
    """An area: `hamlets` of the data, and the `units` of records and files."""

    hamlets: frozenset[int]
    units: frozenset[int]

    @classmethod
    def of(cls, hamlets: frozenset[int], areas: Iterable[Unit]) -> "Within":
        """The area of these hamlets and units; records name units of any day."""
        held = {unit for area in areas for unit in places.units_held(area)}
        return cls(hamlets, frozenset(held))

    def both_sides(self) -> Q:
        """The condition that what either row of a pair states lies in the area.

        Of decisions whose pair has its `other` row at hand.
        """
        other = LinkDecision.objects.filter(self._says(), row=OuterRef("other"))
        return self._says() & Q(Exists(other))

    def _says(self) -> Q:
        """The condition that what the row of a decision states of its person lies in the area; of a
        claim, which may state nothing but a visit, that the person does."""
        spoken = {"row": OuterRef("row_id"), "person": OuterRef("person")}
        hamlets, units = _ranges(self.hamlets), _ranges(self.units)
        there = RawSQL("%s::int8multirange @> hamlet_id::bigint", [hamlets], BooleanField())
        kept = RawSQL("%s::int8multirange @> unit_id::bigint", [units], BooleanField())
        listed = Listing.objects.filter(there, **spoken)
        held = Holding.objects.filter(kept, **spoken)
        lives = Residence.objects.filter(there, person=OuterRef("person"), until=None)
        return Exists(listed) | Exists(held) | Exists(lives) & of_a_claim()

    def roots(self) -> set[UUID]:
        """The people of the area, by root."""
        with connection.cursor() as cursor:
            cursor.execute(_ROOTS, {"hamlets": list(self.hamlets), "units": list(self.units)})
            return {root for (root,) in cursor.fetchall()}


def of_a_claim() -> Exists:
    """The condition that the row of a decision is of a file of claims.

    Asked of those alone whom nothing else answers for: joined, the kind of every row's file would
    be found first, and all that is asked besides be asked again after it.
    """
    return Exists(SourceRow.objects.filter(id=OuterRef("row_id"), batch__kind=Batch.CLAIMS))


def _ranges(keys: frozenset[int]) -> str:
    """These keys as ranges, which is how the database is asked for one of them: a province has
    thousands of hamlets, mostly one after the other, and the planner weighs each key of a list."""
    ranges: list[list[int]] = []
    for key in sorted(keys):
        if ranges and ranges[-1][1] == key:
            ranges[-1][1] = key + 1
        else:
            ranges.append([key, key + 1])
    return "{" + ",".join(f"[{first},{end})" for first, end in ranges) + "}"


def units_of(access: Access) -> list[int] | None:
    """The units of the posts by which somebody delivers files; None for all there are."""
    if access.holds_everything(Right.FILES):
        return None
    return sorted(unit.pk for unit in access.units(Right.FILES))


def area_of(batch: Batch) -> Within | None:
    """The area in which a file may find and place people, the same at each replay; None for all."""
    if batch.area is None:
        return None
    areas = list(Unit.objects.filter(id__in=batch.area))
    day = batch.created_at.date()
    hamlets = (places.hamlets_held(area, day) for area in areas)
    return Within.of(frozenset[int]().union(*hamlets), areas)


class Beyond:
    """Which rows of a batch lie outside its area; no queries once it is made.

    What is delivered by posts of everything has nothing outside.
    """

    def __init__(self, batch: Batch) -> None:
        area = area_of(batch)
        self.units = None if area is None else area.units
        self.around = []  # what units are called in each unit above the batch's own, nearest first
        above = batch.unit.parent if area else None
        while above is not None:
            self.around.append(places.UnitNames(above, batch.on))
            above = above.parent

    def meant(self, text: str, found: Unit | None) -> Unit | None:
        """The commune outside the area that a row names; None where it names none, or several.

        found  the commune of the batch's unit that it names
        """
        if self.units is None:
            return None
        if found is not None:
            return None if found.pk in self.units else found
        for names in self.around if text else ():
            if (meant := names.meant(text)) is not None:
                return commune_meant(meant)
        return None


def commune_meant(meant: Unit | places.Ambiguous | None) -> Unit | None:
    """What is meant, where it is one commune."""
    return meant if isinstance(meant, Unit) and meant.level == Unit.COMMUNE else None
