"""Whom a certificate of birth may be about: the mothers, and the children who are there already,
asked a few times for all certificates of a file."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Q

from hssk.exchange.linkage.certificates import Certificate, Kid
from hssk.exchange.linkage.newborns import Baby, Met
from hssk.exchange.models import Batch, SourceRow
from hssk.exchange.services.area import area_of
from hssk.exchange.services.by_hand import names_within, numbers_of
from hssk.kit.dates import DAY, PartialDate
from hssk.people.models import Birth, Holding, Identifier, Person, Residence
from hssk.people.services import roots_of

_NEAR = (-timedelta(days=1), timedelta(), timedelta(days=1))  # what one night may be written as


class Mothers:
    """The mothers of the certificates of a file: who they are, where and with whom they live."""

    def __init__(self, keys: Iterable[UUID]) -> None:
        self.root_of = roots_of(keys)
        roots = set(self.root_of.values())
        self.people = Person.objects.in_bulk(roots)
        self.key_of = dict(Person.objects.filter(root__in=roots).values_list("pk", "root"))
        died = Person.objects.filter(root__in=roots, died_on__isnull=False).order_by("-died_on")
        self.died_on = {root: on for root, on in died.values_list("root", "died_on") if on}
        self.numbers = numbers_of(roots)
        self.homes: dict[UUID, set[int]] = defaultdict(set)
        self.communes: dict[UUID, set[int]] = defaultdict(set)
        stays = Residence.objects.filter(person__root__in=roots, until=None)
        for root, home, unit in stays.values_list("person__root", "household", "hamlet__unit"):
            self.communes[root].add(unit)
            if home is not None:
                self.homes[root].add(home)
        self.names = names_within({home for mine in self.homes.values() for home in mine})

    def name_of(self, root: UUID) -> str:
        """What a mother is called in the register."""
        return self.people[root].name

    def baby(
        self, root: UUID, *, born: int, sex: int, own: str, parents: Collection[str], commune: int,
        card: str,
    ) -> Baby:  # fmt: skip
        """A certified child of hers, by what rows about it would say."""
        others = {name for home in self.homes[root] for name in self.names[home] if name != own}
        return Baby(
            born, sex, own, frozenset({*parents, *others}), frozenset(self.homes[root]),
            self.numbers.get(root, frozenset()),
            frozenset({*self.communes[root], *filter(None, [commune])}),
            frozenset(filter(None, [card])),
        )  # fmt: skip


class Kids:
    """The children who were born on the days of some certificates, with what is said of them."""

    def __init__(
        self, batch: Batch, told: Sequence[tuple[UUID, Certificate]], mothers: Mothers
    ) -> None:
        self.born: dict[date, list[tuple[UUID, Kid]]] = defaultdict(list)
        self.hers: dict[UUID, list[tuple[UUID, Kid]]] = defaultdict(list)
        self.acts: dict[UUID, list[tuple[UUID, Kid]]] = defaultdict(list)
        if not told:
            return
        days = {PartialDate.from_number(one.baby.born).value for _mother, one in told}
        near = Person.objects.filter(birth_on__in=days, birth_precision=DAY, same_as=None)
        people = {one.pk: one for one in near}
        self._written_down(told, mothers, days, people)
        self._others(batch, people)

    def near(self, mother: UUID, certificates: Sequence[Certificate]) -> list[tuple[UUID, Kid]]:
        """Root and child of those whom the certificates of one birth may be about."""
        days = {PartialDate.from_number(one.baby.born).value for one in certificates}
        acts = {one.act for one in certificates}
        nights = {day + by for day in days for by in _NEAR}
        hers = [
            (root, kid) for root, kid in self.hers[mother]
            if PartialDate.from_number(kid.born).value in nights
        ]  # fmt: skip
        same = [one for act in acts for one in self.acts[act]]
        others = [one for day in sorted(days) for one in self.born[day]]
        return list(dict((*hers, *same, *others)).items())

    def _written_down(
        self,
        told: Sequence[tuple[UUID, Certificate]],
        mothers: Mothers,
        days: set[date],
        people: dict[UUID, Person],
    ) -> None:
        """The children whose birth is written down: those of these mothers, and those of these
        visits; no other child of a mother is anybody's whom a certificate means."""
        acts = {one.act for _mother, one in told}
        nights = {day + by for day in days for by in _NEAR}
        ours = Q(mother__in=mothers.key_of, on__in=nights) | Q(act__in=acts)
        births = list(Birth.objects.filter(ours).order_by("on", "act", "nth"))
        root_of = roots_of(one.child for one in births)
        there = Person.objects.in_bulk(set(root_of.values()))
        for birth in births:
            if (root := root_of.get(birth.child)) is None:
                continue
            kid = _kid_of(birth, there[root])
            people.pop(root, None)
            if birth.mother in mothers.key_of:
                self.hers[mothers.key_of[birth.mother]].append((root, kid))
            self.acts[birth.act].append((root, kid))
        named = Birth.objects.filter(child__in=Person.objects.filter(root__in=list(people)))
        for root in roots_of(named.values_list("child", flat=True)).values():
            people.pop(root, None)

    def _others(self, batch: Batch, people: dict[UUID, Person]) -> None:
        if (area := area_of(batch)) is not None and people:
            mine = area.roots()
            people = {
                key: one for key, one in people.items() if key in mine or one.source == batch.pk
            }
        said = _said_of(people)
        for root, one in people.items():
            assert one.birth is not None  # they were asked for by it
            assert one.birth_on is not None
            kid = Kid(one.birth.number, one.sex, one.name, tuple(said[root]))
            self.born[one.birth_on].append((root, kid))


def _kid_of(birth: Birth, child: Person) -> Kid:
    """A child whose birth is written down, with what tells it from another of that night."""
    certified = birth.source is not None
    minute = birth.clock.hour * 60 + birth.clock.minute if birth.clock and certified else None
    return Kid(
        PartialDate(birth.on).number, child.sex, child.name, hers=True,
        act=birth.act if certified else None, nth=birth.nth if certified else 0,
        paper=birth.paper if certified else "", minute=minute,
    )  # fmt: skip


def _said_of(people: Mapping[UUID, Person]) -> dict[UUID, list[Met]]:
    """Root → what homes, cards and rows of visits say of these people."""
    said: dict[UUID, list[Met]] = defaultdict(list)
    met = {
        root: Met(one.birth.number if one.birth else 0, one.sex, one.name)
        for root, one in people.items()
    }
    keys = list(people)
    stays = Residence.objects.filter(person__root__in=keys, until=None)
    for root, home, unit in stays.values_list("person__root", "household", "hamlet__unit"):
        said[root].append(replace(met[root], home=-1 if home is None else home, commune=unit))
    held = Holding.objects.filter(person__root__in=keys, until=None)
    rows = list(held.values_list("person__root", "row", "unit"))
    stated = SourceRow.objects.filter(pk__in=[row for _root, row, _unit in rows if row])
    facts = dict(stated.values_list("pk", "facts"))
    for root, row, unit in rows:
        words = facts.get(row or 0, {})
        parent, number = words.get("parent", ""), words.get("parent_number", "")
        said[root].append(replace(met[root], parent=parent, number=number, commune=unit or -1))
    cards = Identifier.objects.filter(person__root__in=keys, kind=Identifier.CARD)
    for root, value in cards.values_list("person__root", "value"):
        said[root].append(replace(met[root], card=value))
    return said
