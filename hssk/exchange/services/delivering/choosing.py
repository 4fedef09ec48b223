"""Whose record the software in use does not have yet, or has otherwise than it is known here.

New is whoever has a record that a hand opened (an enrolment, a birth, somebody without papers) and
none that an extract of the software has. Changed is whoever has one there, whose identity somebody
confirmed or whose name or number somebody wrote down, and of whom it says something else
(rules.what_differs). Both must have a name and be alive.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import connection
from django.db.models import Q

from hssk.exchange import rules
from hssk.exchange.models import DeliveredPerson
from hssk.exchange.rules import Said
from hssk.exchange.services.delivering.knowing import Known, known_of, said_of
from hssk.exchange.services.records import SYSTEM
from hssk.people.models import (
    Birth,
    Enrolment,
    Holding,
    Stranger,
)
from hssk.people.services.lives import OPENED, STATION
from hssk.places import services as places
from hssk.places.models import Unit

NEW, CHANGED = DeliveredPerson.NEW, DeliveredPerson.CHANGED

# Whom the software has, and somebody confirmed or wrote down: those of whom it may say something
# else. What differs is for the rule to say, which knows that capitals and blanks do not.
_SAID_BY_A_PERSON = """
    WITH acted AS (
        SELECT p.root FROM people_verification a JOIN people_person p ON p.id = a.person
        WHERE a.taken_back_at IS NULL
        UNION SELECT p.root FROM people_amendment a JOIN people_person p ON p.id = a.person)
    SELECT DISTINCT r.id FROM acted JOIN people_person r ON r.id = acted.root
    JOIN people_person k ON k.root = r.id JOIN people_holding h ON h.person_id = k.id
    WHERE h.system = %(system)s AND h.until IS NULL AND h.decided
    AND (h.pid = '' OR (r.name, r.birth_on, r.birth_precision, r.sex) IS DISTINCT FROM
                       (h.name, h.birth_on, h.birth_precision, h.sex)
         OR EXISTS (
             SELECT FROM people_identifier i WHERE i.person_id = k.id AND i.source IS NULL))"""


@dataclass(frozen=True)
class Waiting:
    """What is to be delivered of a unit: root → what for, in the order of the list; how many are
    left out because they have no name yet, and how many were delivered as they are."""

    people: dict[UUID, str]
    known: Known
    nameless: int = 0
    out: int = 0

    @property
    def new(self) -> int:
        """How many of them are new."""
        return sum(kind == NEW for kind in self.people.values())

    @property
    def changed(self) -> int:
        """How many of them are known to the software otherwise."""
        return len(self.people) - self.new


def not_in_software(people: Iterable[UUID]) -> set[UUID]:
    """Those of these human beings (roots) whose record a hand opened and no extract has yet."""
    held = Holding.objects.filter(
        person__root__in=set(people), system__in=(OPENED, STATION), until=None
    )
    return set(held.values_list("person__root", flat=True)) - _in_software(people)


def how_many_lack() -> int:
    """How many people whom the asker sees have a record that a hand opened and no extract has."""
    return len(not_in_software(_opened_by_hand()))


def waiting_in(unit: Unit, on: date) -> Waiting:
    """What is to be delivered of those who live in a unit on a day.

    Who lives nowhere is of the commune in which their record was opened. Who was delivered before
    and is known as they were then waits no more, whether the software has them yet or not.
    """
    opened = _opened_by_hand()
    new = set(opened) - _in_software(opened)
    candidates = dict.fromkeys(new, NEW) | dict.fromkeys(_known_otherwise(), CHANGED)
    known = known_of(candidates, on)
    hamlets, units = places.hamlets_held(unit, on), places.units_held(unit)
    before = _delivered(known.keys)
    people: dict[UUID, str] = {}
    nameless = out = 0
    for root, kind in candidates.items():
        one = known.people.get(root)
        if one is None or one.root != root or one.died_on is not None:
            continue
        home = known.homes.get(root)
        of_unit = home.hamlet_id in hamlets if home else opened.get(root) in units
        if not of_unit:
            continue
        last = before.get(root)
        if not one.name:
            nameless += 1
        elif last == rules.delivered(said_of(known, root)):
            out += 1
        else:
            people[root] = CHANGED if last else kind
    return Waiting(_ordered(people, known), known, nameless, out)


def _ordered(people: dict[UUID, str], known: Known) -> dict[UUID, str]:
    """By commune, hamlet and household, then as names are ordered."""

    def place(root: UUID) -> tuple:
        home, one = known.homes.get(root), known.people[root]
        where = (home.hamlet.unit.code, home.hamlet.key, home.household_id or 0) if home else ()
        return (*(where or ("", "", 0)), one.name_sort, root)

    return {root: people[root] for root in sorted(people, key=place)}


def _opened_by_hand() -> dict[UUID, int | None]:
    """Root → the commune in which their record was opened, of all whom the asker sees."""
    acts = Enrolment.objects.filter(taken_back_at=None, where="")
    typed = Q(person__in=Birth.objects.values("child")) | Q(
        person__in=Stranger.objects.values("person")
    )
    standing = Holding.objects.filter(until=None)
    found: dict[UUID, int | None] = {}
    for held in (standing.filter(system=OPENED, pk__in=acts.values("holding")),
                 standing.filter(typed, system=STATION)):  # fmt: skip
        found |= dict(held.values_list("person__root", "unit"))
    return found


def _in_software(people: Iterable[UUID]) -> set[UUID]:
    """Those of whom an extract has a record, or may have one: a link that awaits a decision."""
    held = Holding.objects.filter(system=SYSTEM, until=None, person__root__in=set(people))
    return set(held.values_list("person__root", flat=True))


def _known_otherwise() -> set[UUID]:
    """The roots of those whom the software has, and whom an act of a person here says otherwise."""
    with connection.cursor() as cursor:
        cursor.execute(_SAID_BY_A_PERSON, {"system": SYSTEM})
        likely = [root for (root,) in cursor.fetchall()]
    return set(still_otherwise(known_of(likely, None)))


def still_otherwise(known: Known) -> list[UUID]:
    """Those of these people of whom the software says something else than is known here."""
    held = Holding.objects.filter(system=SYSTEM, until=None, decided=True)
    theirs = {
        one.person.root: stated(one)
        for one in held.filter(person__root__in=known.people)
        .select_related("person").order_by("since", "pk")
    }  # fmt: skip
    return [root for root, said in theirs.items() if rules.what_differs(said_of(known, root), said)]


def stated(held: Holding) -> Said:
    """Who somebody is by a record of the software."""
    birth = rules.birth_number(held.birth_on, held.birth_precision)
    return Said(name=held.name, birth=birth, sex=held.sex, pid=held.pid)


def _delivered(keys: dict[UUID, UUID]) -> dict[UUID, bytes]:
    """Root → what the latest delivery said of them, of the people who have these keys."""
    lines = DeliveredPerson.objects.filter(person__in=keys).order_by("pk")
    return {keys[person]: bytes(said) for person, said in lines.values_list("person", "digest")}
