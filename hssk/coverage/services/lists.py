"""The lists behind the figures: each reads the rows that its count counts, page by page."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection

from hssk.coverage.services.figures import one_number_on
from hssk.coverage.services.ground import Ground, ground_of
from hssk.coverage.services.heads import heads_of
from hssk.coverage.services.ordering import household_order, natural, place_order
from hssk.coverage.services.pages import Pages, touched
from hssk.coverage.services.selection import IN_FORCE, OWN, on_ground, where
from hssk.coverage.services.shapes import Filters, Person
from hssk.coverage.services.upkeep import settle
from hssk.kit.dates import PartialDate
from hssk.people.rules import relation_code
from hssk.people.rules.relations import HEAD
from hssk.places.models import Unit

__all__ = [
    "in_hamlets", "missing", "natural", "people_in", "people_of", "people_with", "those_of",
]  # fmt: skip

Home = tuple[int, int | None]  # hamlet, household

# The relation stands on the residence that puts the person there. Whoever lives elsewhere by now is
# counted on the days when they lived here, and shown without a name: they are not the reader's.
_PEOPLE = f"""
    SELECT c.person_id, COALESCE(NULLIF(p.name, ''), p.called), p.birth_on, p.birth_precision,
           p.sex, c.state, c.flags,
           COALESCE(c.fresh_since <= %(on)s AND c.fresh_until > %(on)s, false),
           c.hamlet_id, h.name, c.household_id, COALESCE(k.number, ''), COALESCE(r.relation, ''),
           c.ethnicity, c.insurance_place, c.since, h.unit_id, u.kind || ' ' || u.name,
           ARRAY[{", ".join(f"({which}) IS TRUE" for which in OWN.values())}], p.name_sort
    FROM coverage_row c
    LEFT JOIN people_person p ON p.id = c.person_id
    JOIN places_hamlet h ON h.id = c.hamlet_id
    JOIN places_unit u ON u.id = h.unit_id
    LEFT JOIN places_household k ON k.id = c.household_id
    LEFT JOIN LATERAL (
        SELECT r.relation FROM people_person m JOIN people_residence r ON r.person_id = m.id
        WHERE m.root = c.person_id AND r.hamlet_id = c.hamlet_id
          AND r.household_id IS NOT DISTINCT FROM c.household_id AND {IN_FORCE.format(fact="r")}
        ORDER BY r.relation = '', strpos('CTP', r.kind), r.since DESC, r.id LIMIT 1
    ) r ON TRUE
    WHERE c.hamlet_id = ANY(%(hamlets)s) AND {{condition}}
"""


def missing(
    unit: Unit | str, on: date, filters: Filters | None = None, map_day: date | None = None
) -> list[Person]:
    """Every resident of `unit` on `on` with no record in force, by hamlet and household.

    As many as the count `missing` of `figures` with the same arguments.
    """
    return list(people_with("missing", unit, on, filters, map_day))


def people_with(
    count: str,
    unit: Unit | str,
    on: date,
    filters: Filters | None = None,
    map_day: date | None = None,
) -> Pages[Person]:
    """The residents behind a count of `figures`: "expected", "found", "away", "fresh" and so on.

    count    a name in selection.OF_ROW; "doubles" counts rows, this lists the people who have them
    returns  by commune, hamlet, household (2 before 10), head first, then by name; a slice reads
             no more than the households it touches
    """
    ground = ground_of(unit, on, map_day)
    return _Listing(on, filters, count, ground.order, ground).pages()


def people_in(
    hamlet: int, on: date, filters: Filters | None = None, count: str = "expected"
) -> Pages[Person]:
    """The same of one hamlet, which bears its own name."""
    return _Listing(on, filters, count, [hamlet]).pages()


def people_of(
    hamlet_id: int, household_id: int | None, on: date, filters: Filters | None = None
) -> list[Person]:
    """The residents of a household on `on`, head first; of no household when None."""
    settle()
    condition, params = where(on, filters)
    return _people(condition, params, [(hamlet_id, household_id)])


def in_hamlets(
    hamlets: Iterable[int],
    on: date,
    filters: Filters | None = None,
    count: str = "expected",
    names: dict[int, str] | None = None,
) -> list[Person]:
    """The residents of these hamlets of that count, as `people_with` orders them.

    names  hamlet id → what it is called, where its name alone does not tell
    """
    settle()
    condition, params = where(on, filters, count)
    return _people(condition, {**params, "hamlets": list(hamlets)}, names=names)


def those_of(people: Iterable[UUID], on: date, count: str = "expected") -> list[Person]:
    """Those of `people` (roots) who are residents of that count on `on`, as `people_with` orders
    them, wherever they live."""
    settle()
    condition, params = where(on, None, count)
    asked = {**params, "people": list(people)}
    with connection.cursor() as cursor:
        cursor.execute(
            f"""SELECT DISTINCT c.hamlet_id FROM coverage_row c
            WHERE c.person_id = ANY(%(people)s::uuid[]) AND {condition}""",
            asked,
        )
        asked["hamlets"] = [hamlet for (hamlet,) in cursor.fetchall()]
    return _people(f"{condition} AND c.person_id = ANY(%(people)s::uuid[])", asked)


@dataclass
class _Listing:
    """The residents of one count in hamlets: how many stand where, and those of some places.

    hamlets  in the order of the list
    ground   what they are the hamlets of, if they are all of something
    """

    on: date
    filters: Filters | None
    count: str
    hamlets: list[int]
    ground: Ground | None = None

    def __post_init__(self) -> None:
        self._by_hamlet: dict[int, int] | None = None
        self.condition, self.params = where(self.on, self.filters, self.count)

    def pages(self) -> Pages[Person]:
        return Pages(lambda: sum(self.by_hamlet().values()), self.read)

    def by_hamlet(self) -> dict[int, int]:
        """Hamlet → how many are listed there, in the order of the list."""
        if self._by_hamlet is None:
            held = dict(self._counted())
            self._by_hamlet = {pk: held[pk] for pk in self.hamlets if pk in held}
        return self._by_hamlet

    def _counted(self) -> list[tuple[int, int]]:
        if (
            self.ground and not self.filters and self.count != "doubles"
        ):  # the figure has them ready
            numbers = one_number_on(self.on, self.count)
            return [(pk, numbers[pk]) for pk in self.hamlets if numbers.get(pk)]
        settle()
        here, named = on_ground(self.ground) if self.ground else _in(self.hamlets)
        with connection.cursor() as cursor:
            cursor.execute(
                f"""SELECT c.hamlet_id, count(*) FROM coverage_row c
                WHERE {here} AND {self.condition} GROUP BY c.hamlet_id""",
                {**self.params, **named},
            )
            return cursor.fetchall()

    def read(self, start: int, stop: int | None) -> list[Person]:
        """The people from one place of the list to another; all when there is no end."""
        if stop is None:
            settle()
            params = {**self.params, "hamlets": self.hamlets}
            return _people(self.condition, params, ground=self.ground)[start:]
        hamlets, before = touched(self.by_hamlet(), start, stop)
        homes, more = touched(self._by_home(hamlets), start - before, stop - before)
        if not homes:
            return []
        people = _people(self.condition, self.params, list(homes), ground=self.ground)
        first = start - before - more
        return people[first : first + stop - start]

    def _by_home(self, hamlets: dict[int, int]) -> dict[Home, int]:
        """(hamlet, household) → how many are listed there, in the order of the list."""
        with connection.cursor() as cursor:
            cursor.execute(
                f"""SELECT c.hamlet_id, c.household_id, COALESCE(k.number, ''), count(*)
                FROM coverage_row c LEFT JOIN places_household k ON k.id = c.household_id
                WHERE c.hamlet_id = ANY(%(hamlets)s) AND {self.condition} GROUP BY 1, 2, 3""",
                {**self.params, "hamlets": list(hamlets)},
            )
            found = cursor.fetchall()
        place = {hamlet: nth for nth, hamlet in enumerate(hamlets)}
        found.sort(key=lambda home: (place[home[0]], household_order(home[2], home[1])))
        return {(hamlet, household): count for hamlet, household, _number, count in found}


def _in(hamlets: list[int]) -> tuple[str, dict[str, Any]]:
    return "c.hamlet_id = ANY(%(hamlets)s)", {"hamlets": hamlets}


def _people(
    condition: str,
    params: dict[str, Any],
    homes: list[Home] | None = None,
    *,
    ground: Ground | None = None,
    names: dict[int, str] | None = None,
) -> list[Person]:
    """The residents that meet a condition, of these hamlets or homes, in the order of every list.

    ground  gives hamlets their names and communes; without it they have their own
    """
    asked = dict(params)
    if homes is not None:
        condition += " AND (c.household_id = ANY(%(households)s) OR c.household_id IS NULL"
        condition += " AND c.hamlet_id = ANY(%(without)s))"
        asked["hamlets"] = sorted({hamlet for hamlet, _household in homes})
        asked["households"] = [household for _hamlet, household in homes if household]
        asked["without"] = [hamlet for hamlet, household in homes if household is None]
    heads = heads_of(asked["hamlets"], asked["on"], asked.get("households"))
    with connection.cursor() as cursor:
        cursor.execute(_PEOPLE.format(condition=condition), asked)
        rows = cursor.fetchall()
    called = names or {}
    if ground is not None:
        called = ground.names
    people = [(_person(row, heads, called, ground), row[-1]) for row in rows]
    people.sort(key=_order)
    return [person for person, _name_sort in people]


def _order(listed: tuple[Person, str | None]) -> tuple:
    person, name_sort = listed
    return (
        place_order(commune=person.unit, hamlet=person.hamlet, hamlet_id=person.hamlet_id),
        household_order(person.household, person.household_id),
        relation_code(person.relation) != HEAD,
        person.elsewhere,
        name_sort or "",
        person.id,
    )


def _person(
    row: tuple, heads: dict[int, str], names: dict[int, str], ground: Ground | None
) -> Person:
    (key, name, born, precision, sex, state, flags, fresh, hamlet_id, hamlet, household_id, number,
     relation, ethnicity, insurance_place, since, unit_id, unit, own, _sort) = row  # fmt: skip
    commune = ground.communes.get(hamlet_id) if ground else None
    elsewhere = name is None
    if elsewhere:
        name, sex, ethnicity, insurance_place = "", 0, "", ""
    return Person(
        id=key, name=name, birth=PartialDate(born, precision or "D") if born else None, sex=sex,
        state=state, flags=flags, fresh=fresh, hamlet_id=hamlet_id,
        hamlet=names.get(hamlet_id, hamlet),
        household_id=household_id, household=number, relation=relation,
        head=heads.get(household_id, ""), ethnicity=ethnicity, insurance_place=insurance_place,
        since=since, unit_id=commune.pk if commune else unit_id,
        unit=str(commune) if commune else unit, elsewhere=elsewhere,
        own=_own(own) if not elsewhere else frozenset(),
    )  # fmt: skip


def _own(has: list[bool]) -> frozenset[str]:
    return frozenset(name for name, so in zip(OWN, has, strict=True) if so)
