"""Births that a file certifies: facts of that file, written many at once, and gone with it.

What a hand writes of the same birth takes their place and stays.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from uuid import UUID, uuid5

from django.db.models import Q
from django.db.models.functions import Greatest

from hssk.access.models import User
from hssk.access.tiers import Kind
from hssk.kit.dates import DAY
from hssk.kit.text import fold, name_sort_key
from hssk.people.models import Basis, Birth, Holding, Identifier, Person, Residence
from hssk.people.rules import counted_stay
from hssk.people.rules.guardians import GROWN, birthday
from hssk.people.rules.lives import called_after, relation_of_child
from hssk.people.services.facts import nameless, remove_silent

VISITS_ALONE = "claims"  # system of a record that visits made: of whoever has no other


@dataclass(frozen=True)
class Certified:
    """One child whose birth a row of a file certifies: `child` and `mother` are roots, `known` is
    False for a child that is to be opened; `unit` keeps the record of one who lives nowhere."""

    row: int
    child: UUID
    mother: UUID
    act: UUID
    nth: int
    of: int
    on: date
    known: bool
    clock: time | None = None
    paper: str = ""
    name: str = ""
    sex: int = 0
    card: str = ""
    unit: int | None = None


@dataclass(frozen=True)
class Telling:
    """Who tells of births: the label of the file and of what it opens, its day, who took it in, and
    the hamlets where it may place people; None for all."""

    source: int
    label: str
    day: date
    at: datetime
    actor: User
    hamlets: frozenset[int] | None = None


def write_certified(births: Sequence[Certified], told: Telling) -> None:
    """Open the children that are not there, and give each of them the link to its mother, a home
    with her where she has one, a record where nobody keeps one, and her as guardian where she may
    be it. Asked as the machine, by who links; none of these children has a birth written down."""
    births = _not_written(births)
    if not births:
        return
    new = [one for one in births if not one.known]
    Person.objects.bulk_create(_person(one, told.source) for one in new)
    Birth.objects.bulk_create(
        Birth(
            act=one.act, nth=one.nth, of=one.of, child=one.child, mother=one.mother, on=one.on,
            clock=one.clock, paper=one.paper[:60], by=told.actor, at=told.at,
            source=told.source, row=one.row,
        )
        for one in births
    )  # fmt: skip
    people = Person.objects.in_bulk({key for one in births for key in (one.child, one.mother)})
    _call(births, people)
    homes = _homes(births, told)
    _write_records(births, people, homes, told)
    _write_cards(births, told)
    _write_guardians(births, people, told)


def take_back_certified(
    rows: Iterable[int], *, label: str, at: datetime, actor: User
) -> dict[int, UUID]:
    """Take back what ties children to a mother by these rows of one file: somebody says now that
    they are not about her. Row → child; records and cards stay until `remove_certified`."""
    births = list(Birth.objects.filter(row__in=list(rows), source__isnull=False))
    for birth in births:
        _end_guardian(birth, label=label, at=at, actor=actor)
    Residence.objects.filter(row__in=[birth.row for birth in births]).delete()
    Birth.objects.filter(pk__in=[birth.pk for birth in births]).delete()
    nameless(birth.child for birth in births)
    return {birth.row: birth.child for birth in births if birth.row is not None}


def remove_certified(children: Mapping[int, UUID]) -> None:
    """Remove records and cards by these rows of certificates, and the children of whom nothing
    else speaks."""
    for model in (Holding, Identifier):
        model.objects.filter(row__in=list(children)).delete()
    remove_silent(children.values())


def yield_to_hand(child: UUID, *, at: datetime, actor: User) -> None:
    """Make room for what a hand writes of the birth of `child`: what a file said of it goes, so
    that nothing that the hand wrote is gone when the file is."""
    birth = Birth.objects.filter(child=child, source__isnull=False).first()
    if birth is None:
        return
    _end_guardian(birth, label="", at=at, actor=actor)
    Residence.objects.filter(person=child, row=birth.row, source=birth.source).delete()
    birth.delete()


def lives_since(now: Residence | None, then: Residence | None, on: date) -> date:
    """From when a child born on `on` lives where its mother does: from its birth, or from when she
    came. now, then: the stays by which she counts now and counted on that day."""
    came = now is not None and then is not None and then.hamlet_id != now.hamlet_id
    return max(on, now.since) if now is not None and came else on


def _not_written(births: Sequence[Certified]) -> list[Certified]:
    """Those of children whose birth is not written down; a line of a visit that is taken by another
    child, or by somebody else's, gets an act of its own."""
    born = Birth.objects.filter(
        Q(child__in=[one.child for one in births]) | Q(act__in={one.act for one in births})
    )
    children, lines = set(), set()
    for child, act, nth in born.values_list("child", "act", "nth"):
        children.add(child)
        lines.add((act, nth))
    left = []
    for one in births:
        if one.child not in children:
            taken = (one.act, one.nth) in lines
            left.append(replace(one, act=uuid5(one.act, str(one.row))) if taken else one)
            children.add(one.child)
            lines.add((one.act, one.nth))
    return left


def _person(one: Certified, source: int) -> Person:
    return Person(
        id=one.child, root=one.child, name=one.name, name_folded=fold(one.name),
        name_sort=name_sort_key(one.name), birth_on=one.on, birth_precision=DAY, sex=one.sex,
        source=source,
    )  # fmt: skip


def _call(births: Sequence[Certified], people: Mapping[UUID, Person]) -> None:
    """Call those without a name after their mothers, whom nobody has called anything yet."""
    called = []
    for one in births:
        child, mother = people[one.child], people[one.mother]
        if not child.name and not child.called and mother.name:
            child.called = called_after(mother.name, one.nth, one.of)[:300]
            called.append(child)
    Person.objects.bulk_update(called, ["called"])


def _homes(births: Sequence[Certified], told: Telling) -> dict[UUID, Residence]:
    """Have the children live with their mothers who live where the file may place people; mother →
    that stay of hers."""
    stays: dict[UUID, list[Residence]] = defaultdict(list)
    theirs = Residence.objects.filter(person__root__in={one.mother for one in births}, decided=True)
    for stay in theirs.select_related("person", "hamlet"):
        stays[stay.person.root].append(stay)
    housed = _with(Residence, births)
    homes, written = {}, []
    for one in births:
        now, then = (counted_stay(stays[one.mother], day) for day in (told.day, one.on))
        if now is None or (told.hamlets is not None and now.hamlet_id not in told.hamlets):
            continue
        homes[one.mother] = now
        if one.child not in housed:
            written.append(
                Residence(
                    person_id=one.child, hamlet=now.hamlet, household_id=now.household_id,
                    kind=now.kind, since=lives_since(now, then, one.on),
                    relation=relation_of_child(now.relation), source=told.source, row=one.row,
                )
            )  # fmt: skip
    Residence.objects.bulk_create(written)
    return homes


def _with(model: type[Residence] | type[Holding], births: Sequence[Certified]) -> set[UUID]:
    """The children of whom such a stay stands."""
    standing = model.objects.filter(person__root__in={one.child for one in births}, until=None)
    return set(standing.values_list("person__root", flat=True))


def _write_records(
    births: Sequence[Certified],
    people: Mapping[UUID, Person],
    homes: Mapping[UUID, Residence],
    told: Telling,
) -> None:
    kept = _with(Holding, births)
    Holding.objects.bulk_create(
        Holding(
            person_id=one.child, system=VISITS_ALONE, since=told.day, source=told.source,
            row=one.row, name=people[one.child].name, birth_on=one.on, birth_precision=DAY,
            sex=one.sex or people[one.child].sex,
            unit_id=homes[one.mother].hamlet.unit_id if one.mother in homes else one.unit,
        )
        for one in births if one.child not in kept
    )  # fmt: skip


def _write_cards(births: Sequence[Certified], told: Telling) -> None:
    """The card that a child has until it gets its own."""
    cards = Identifier.objects.filter(
        person__root__in={one.child for one in births}, kind=Identifier.CARD
    )
    noted = set(cards.values_list("person__root", "value"))
    Identifier.objects.bulk_create(
        Identifier(
            person_id=one.child, kind=Identifier.CARD, value=one.card, since=told.day,
            source=told.source, row=one.row,
        )
        for one in births if one.card and (one.child, one.card) not in noted
    )  # fmt: skip


def _write_guardians(
    births: Sequence[Certified], people: Mapping[UUID, Person], told: Telling
) -> None:
    """The mothers who may be guardians of children who may have one, as `record_guardian` has it:
    alive, grown up, of a known birth date; a mother who is not is the mother all the same."""
    theirs = Basis.objects.at(told.at).filter(
        kind=Kind.GUARDIAN, person__in={one.child for one in births}
    )
    standing = set(theirs.values_list("person", "holder"))
    roots = {key for one in births for key in (one.child, one.mother)}
    dead = set(
        Person.objects.filter(root__in=roots, died_on__isnull=False).values_list("root", flat=True)
    )
    written = []
    for one in births:
        child, mother = people[one.child].birth, people[one.mother].birth
        if child is None or mother is None or {one.child, one.mother} & dead:
            continue
        until = birthday(child, GROWN)
        if birthday(mother, GROWN) <= told.at < until and (one.child, one.mother) not in standing:
            written.append(
                Basis(
                    person=one.child, kind=Kind.GUARDIAN, holder=one.mother, why="parent",
                    since=told.at, until=until, granted_by=told.actor, source=told.label,
                )
            )  # fmt: skip
    Basis.objects.bulk_create(written)


def _end_guardian(birth: Birth, *, label: str, at: datetime, actor: User) -> None:
    """End what a file opened of a child to its mother; by `label`, "" for any file."""
    opened = Basis.objects.filter(Q(until=None) | Q(until__gt=at)).filter(
        kind=Kind.GUARDIAN, person=birth.child, holder=birth.mother
    )
    opened = opened.filter(source=label) if label else opened.exclude(source="")
    opened.update(until=Greatest(at, "since"), ended_by=actor)
