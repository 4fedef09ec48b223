"""What is known here of many people at once: a handful of questions, however many they are."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from hssk.exchange import rules
from hssk.exchange.formats.outgoing import Resident
from hssk.exchange.rules import Said
from hssk.people.models import Holding, Identifier, Listing, Person, Residence
from hssk.people.rules import PEOPLES, counted_stay, relation_code
from hssk.people.rules.relations import HEAD
from hssk.people.services import beside
from hssk.people.services.lives import OPENED, STATION
from hssk.places.models import Hamlet, Household, Unit

_LISTED = ("pid", "cmnd", "bhxh", "phone", "insurance_place")


@dataclass(frozen=True)
class Known:
    """By root (`keys`: every key of theirs → root): the person, the home that counts, and their
    numbers: (kind, whether by hand) → it; what lists state, and the day a hand opened a record."""

    people: dict[UUID, Person]
    keys: dict[UUID, UUID]
    homes: dict[UUID, Residence] = field(default_factory=dict)
    numbers: dict[UUID, dict[tuple[str, bool], str]] = field(default_factory=dict)
    listed: dict[UUID, dict[str, str]] = field(default_factory=dict)
    opened: dict[UUID, date] = field(default_factory=dict)


def known_of(roots: Iterable[UUID], on: date | None) -> Known:
    """What is known of these people.

    on  the day on which they live somewhere; None where no home is asked for
    """
    wanted = set(roots)
    rows = list(Person.objects.filter(root__in=wanted).values_list("pk", "root", "died_on"))
    keys = {key: root for key, root, _died in rows}
    people = Person.objects.in_bulk(list(wanted))
    for _key, root, died in rows:  # somebody is dead whichever key of theirs says so
        if died is not None and root in people:
            people[root].died_on = died
    listed, opened = _stated(keys)
    homes = _homes(keys, on) if on else {}
    return Known(people, keys, homes, _numbers(keys), listed, opened)


def _stated(
    keys: dict[UUID, UUID],
) -> tuple[dict[UUID, dict[str, str]], dict[UUID, date]]:
    """Root → what lists and hands state of them, the later before the earlier; the day on which a
    hand opened their record."""
    listed: dict[UUID, dict[str, str]] = defaultdict(dict)
    opened: dict[UUID, date] = {}
    rosters = Listing.objects.filter(person__in=keys, until=None, decided=True)
    held = Holding.objects.filter(person__in=keys, until=None, system__in=(OPENED, STATION))
    for key, _day, *said in _ordered(rosters):
        listed[keys[key]] |= _filled(said)
    for key, day, *said in _ordered(held):
        listed[keys[key]] |= _filled(said)
        opened[keys[key]] = day
    return dict(listed), opened


def _ordered(stated: QuerySet[Any]) -> QuerySet[Any]:
    return stated.order_by("since", "pk").values_list("person", "since", *_LISTED)


def _filled(said: Iterable[str]) -> dict[str, str]:
    return {name: value for name, value in zip(_LISTED, said, strict=True) if value}


def _homes(keys: dict[UUID, UUID], on: date) -> dict[UUID, Residence]:
    """Root → the home that counts, with its hamlet: few hamlets for many people, so each is read
    once and not beside every stay."""
    stays: dict[UUID, list[Residence]] = defaultdict(list)
    for stay in Residence.objects.on(on).filter(person__in=keys):
        stays[keys[stay.person_id]].append(stay)
    found = {root: counted_stay(of, on) for root, of in stays.items()}
    homes = {root: home for root, home in found.items() if home is not None}
    hamlets = Hamlet.objects.select_related("unit__parent__parent").in_bulk(
        {home.hamlet_id for home in homes.values()}
    )
    for home in homes.values():
        home.hamlet = hamlets[home.hamlet_id]
    return homes


def _numbers(keys: dict[UUID, UUID]) -> dict[UUID, dict[tuple[str, bool], str]]:
    """What nobody doubts and nobody cancelled; of several of a kind the one stated last."""
    found: dict[UUID, dict[tuple[str, bool], str]] = defaultdict(dict)
    standing = Identifier.objects.filter(person__in=keys, until=None).exclude(
        status__in=(Identifier.CANCELLED, Identifier.DOUBTED)
    )
    rows = standing.order_by("pk").values_list("person", "kind", "source", "value")
    for key, kind, source, value in rows:
        found[keys[key]][kind, source is None] = value
    return dict(found)


def _number(known: Known, root: UUID, kind: str) -> tuple[str, bool]:
    """A number, and whether a hand wrote it down: that one before what a list states."""
    mine = known.numbers.get(root, {})
    if typed := mine.get((kind, True)):
        return typed, True
    return known.listed.get(root, {}).get(kind, ""), False


def said_of(known: Known, root: UUID) -> Said:
    """Who somebody is by what is known here."""
    one = known.people[root]
    pid, by_hand = _number(known, root, "pid")
    birth = rules.birth_number(one.birth_on, one.birth_precision)
    return Said(name=one.name, birth=birth, sex=one.sex, pid=pid, by_hand=by_hand)


def residents(known: Known, roots: Iterable[UUID], words: dict[UUID, str]) -> list[Resident]:
    """They as a workbook tells of them, in this order.

    words  root → what the row of somebody is for
    """
    wanted = list(roots)
    homes = [known.homes[root] for root in wanted if root in known.homes]
    houses = Household.objects.in_bulk({home.household_id for home in homes} - {None})
    for home in homes:
        home.household = houses.get(home.household_id) if home.household_id else None
    heads = _heads(homes)
    return [_resident(known, root, heads, words[root]) for root in wanted]


def _resident(known: Known, root: UUID, heads: dict[int, str], kind: str) -> Resident:
    one, home = known.people[root], known.homes.get(root)
    stated = known.listed.get(root, {})
    return Resident(
        name=one.name, birth=one.birth, sex=one.sex, kind=kind, opened=known.opened.get(root),
        pid=_number(known, root, "pid")[0], cmnd=_number(known, root, "cmnd")[0],
        bhxh=_number(known, root, "bhxh")[0], phone=stated.get("phone", ""),
        ethnicity=(one.ethnicity, PEOPLES.get(one.ethnicity, "")),
        insurance_place=stated.get("insurance_place", ""), **(_place(home, heads) if home else {}),
    )  # fmt: skip


def _place(home: Residence, heads: dict[int, str]) -> dict[str, str]:
    commune = home.hamlet.unit
    above = commune.parent
    district = above if above and above.level == Unit.DISTRICT else None
    province = above.parent if above and district else above
    return {
        "head": heads.get(home.household_id or 0, ""), "relation": home.relation,
        "household": home.household.number if home.household else "", "hamlet": home.hamlet.name,
        "unit": str(commune), "unit_code": commune.code, "district": str(district or ""),
        "province": str(province or ""), "province_code": province.code if province else "",
    }  # fmt: skip


def _heads(homes: list[Residence]) -> dict[int, str]:
    """Household → name of its head, where a list says who that is."""
    members = beside(homes).exclude(relation="")
    told = members.order_by("-since", "pk").values_list("household", "relation", "person__name")
    heads: dict[int, str] = {}
    for household, relation, name in told:
        if household is not None and relation_code(relation) == HEAD:
            heads.setdefault(household, name)
    return heads
