"""The same small place in every test: a table of people with names, no dice.

    people = village('''
        SP | Trung Chải | Giàng Thị Mỷ | no
        SP | Trung Chải | Lò Văn Sơn   | yes | household=12 relation=chủ_hộ born=1958
    ''')

One line a person: commune (made when it is not there), hamlet, name, record (yes, no, or ask: a
link that awaits a decision), then `key=value` words: household, relation, born, sex, ethnicity,
kind (C, T or P), away, since, until, updated, visits, app, phone, place (of insurance).
"""

from datetime import date
from typing import Any

from hssk.access.models import Post, User
from hssk.access.rights import AT_A_FACILITY, OF_AN_ORGANISATION, Role
from hssk.kit.dates import PartialDate
from hssk.kit.text import fold, name_sort_key
from hssk.people.models import Holding, Listing, Person, Residence
from hssk.places.models import Facility, Hamlet, Household, Organisation, Unit

JANUARY, MARCH = date(2024, 1, 1), date(2024, 3, 31)


def on_duty(
    name: str = "lo.thi.bia", role: Role = Role.OFFICER, unit: Unit | None = None,
    where: Hamlet | None = None, at: Facility | None = None, of: Organisation | None = None,
    **facts: Any,
) -> User:  # fmt: skip
    """Somebody with an account and one post, by default for everything there is."""
    user = User.objects.create_user(name, **facts)
    place = where.unit if where else unit
    if role in AT_A_FACILITY:
        at, place = at or hospital(), place or commune("03388")
    if role in OF_AN_ORGANISATION:
        of = of or organisation()
    if of is not None:
        place = of.unit
    Post.objects.create(
        user=user, role=role, unit=place, hamlet=where, facility=at, organisation=of,
        since=date(2020, 1, 1), granted_by=user,
    )  # fmt: skip
    return user


def organisation(name: str = "Trường Bịa", unit: str = "03388") -> Organisation:
    """An organisation of a commune."""
    held = {"key": fold(name), "kind": Organisation.SCHOOL, "since": date(2020, 1, 1)}
    return Organisation.objects.get_or_create(unit=commune(unit), name=name, defaults=held)[0]


def hospital(code: str = "12001") -> Facility:
    """A facility that is no commune's station."""
    return Facility.objects.get_or_create(code=code, defaults={"name": f"Bệnh viện Bịa {code}"})[0]


def commune(code: str) -> Unit:
    """The commune of that code in force in March 2024, invented where there is none."""
    unit = Unit.objects.on(MARCH).filter(code=code).first()
    return unit or Unit.objects.create(
        code=code, level=Unit.COMMUNE, kind="Xã", name=code, path=code
    )


def hamlet(unit: str, name: str) -> Hamlet:
    return Hamlet.objects.get_or_create(
        unit=commune(unit), key=fold(name), since=None, defaults={"name": name}
    )[0]


def person(name: str, **facts: Any) -> Person:
    """A person of whom nothing is known yet but what is given."""
    new = Person(
        name=name, name_folded=fold(name), name_sort=name_sort_key(name), birth_precision="",
        **facts,
    )  # fmt: skip
    new.root = new.id
    new.save()
    return new


def lives(who: Person, where: Hamlet, since: date = JANUARY, **facts: Any) -> Residence:
    return Residence.objects.create(person=who, hamlet=where, since=since, **facts)


def listed(who: Person, where: Hamlet, since: date = JANUARY, **facts: Any) -> Listing:
    return Listing.objects.create(person=who, hamlet=where, since=since, name=who.name, **facts)


def recorded(who: Person, unit: Unit | None, since: date = JANUARY, **facts: Any) -> Holding:
    return Holding.objects.create(
        person=who, unit=unit, since=since, name=who.name, system="hssk", **facts
    )


def village(table: str) -> dict[str, Person]:
    """Make everybody in the table; name → Person."""
    people = {}
    for line in filter(None, map(str.strip, table.splitlines())):
        unit, place, name, record, *more = (part.strip() for part in line.split("|"))
        words = dict(word.split("=", 1) for word in " ".join(more).split())
        people[name] = _settle(commune(unit), hamlet(unit, place), name, record, words)
    return people


def _settle(unit: Unit, where: Hamlet, name: str, record: str, words: dict[str, str]) -> Person:
    born = PartialDate.of(*map(int, words["born"].split("-"))) if "born" in words else None
    who = person(name, sex=int(words.get("sex", 0)), ethnicity=words.get("ethnicity", ""))
    if born:
        who.birth_on, who.birth_precision = born.value, born.precision
        who.save()
    household = None
    if "household" in words:
        household = Household.objects.get_or_create(
            hamlet=where, number=words["household"], since=None
        )[0]
    since = date.fromisoformat(words.get("since", "2024-01-01"))
    until = date.fromisoformat(words["until"]) if "until" in words else None
    stated = {"phone": words.get("phone", ""), "insurance_place": words.get("place", "")}
    relation = words.get("relation", "").replace("_", " ")
    lives(who, where, since, until=until, household=household, relation=relation,
          kind=words.get("kind", "P"), away="away" in words)  # fmt: skip
    listed(who, where, since, household=household, relation=relation, **stated)
    if record != "no":
        updated = words.get("updated")
        recorded(who, unit, decided=record != "ask", visits=int(words.get("visits", 0)),
                 updated=date.fromisoformat(updated) if updated else None,
                 app_opened="app" in words, **stated)  # fmt: skip
    return who
