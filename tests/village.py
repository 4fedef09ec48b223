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
    post(user, role, unit, where, at, of)
    return user


def post(
    user: User, role: Role, unit: Unit | None = None, where: Hamlet | None = None,
    at: Facility | None = None, of: Organisation | None = None,
) -> Post:  # fmt: skip
    """One post more of somebody, by default for everything there is."""
    place = where.unit if where else unit
    if role in AT_A_FACILITY:
        at, place = at or hospital(), place or commune("03388")
    if role in OF_AN_ORGANISATION:
        of = of or organisation()
    if of is not None:
        place = of.unit
    return Post.objects.create(
        user=user, role=role, unit=place, hamlet=where, facility=at, organisation=of,
        since=date(2020, 1, 1), granted_by=user,
    )  # fmt: skip


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


def somebody(name: str, **facts: Any) -> Person:
    """A person who is not written down yet."""
    new = Person(
        name=name, name_folded=fold(name), name_sort=name_sort_key(name),
        **{"birth_precision": "", **facts},
    )  # fmt: skip
    new.root = new.id
    return new


def person(name: str, **facts: Any) -> Person:
    """A person of whom nothing is known yet but what is given."""
    new = somebody(name, **facts)
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
    """Make everybody in the table, at one stroke as a file does; name → Person."""
    settled = _Settled()
    for line in filter(None, map(str.strip, table.splitlines())):
        unit, place, name, record, *more = (part.strip() for part in line.split("|"))
        words = dict(word.split("=", 1) for word in " ".join(more).split())
        settled.add(unit, place, name, record, words)
    return settled.written()


class _Settled:
    """The people of a table with their facts, before they are written."""

    def __init__(self) -> None:
        self.hamlets: dict[tuple[str, str], Hamlet] = {}
        self.households: dict[tuple[Hamlet, str], Household] = {}
        self.people: dict[str, Person] = {}
        self.facts: dict[Any, list[Any]] = {Person: [], Residence: [], Listing: [], Holding: []}

    def add(self, unit: str, place: str, name: str, record: str, words: dict[str, str]) -> None:
        where = self.hamlets.get((unit, place)) or hamlet(unit, place)
        self.hamlets[unit, place] = where
        born = PartialDate.of(*map(int, words["born"].split("-"))) if "born" in words else None
        birth = {"birth_on": born.value, "birth_precision": born.precision} if born else {}
        who = somebody(name, sex=int(words.get("sex", 0)), ethnicity=words.get("ethnicity", ""),
                       **birth)  # fmt: skip
        self.people[name] = who
        self.facts[Person].append(who)
        household = self._household(where, words["household"]) if "household" in words else None
        since = date.fromisoformat(words.get("since", "2024-01-01"))
        until = date.fromisoformat(words["until"]) if "until" in words else None
        stated = {"phone": words.get("phone", ""), "insurance_place": words.get("place", "")}
        relation = words.get("relation", "").replace("_", " ")
        self._says(Residence, who, since, hamlet=where, until=until, household=household,
                   relation=relation, kind=words.get("kind", "P"), away="away" in words)  # fmt: skip
        self._says(Listing, who, since, hamlet=where, name=name, household=household,
                   relation=relation, **stated)  # fmt: skip
        if record != "no":
            updated = words.get("updated")
            self._says(Holding, who, unit=where.unit, decided=record != "ask", name=name,
                       system="hssk", visits=int(words.get("visits", 0)),
                       updated=date.fromisoformat(updated) if updated else None,
                       app_opened="app" in words, **stated)  # fmt: skip

    def _household(self, where: Hamlet, number: str) -> Household:
        if (where, number) not in self.households:
            found = Household.objects.get_or_create(hamlet=where, number=number, since=None)[0]
            self.households[where, number] = found
        return self.households[where, number]

    def _says(self, model: Any, who: Person, since: date = JANUARY, **facts: Any) -> None:
        self.facts[model].append(model(person=who, since=since, **facts))

    def written(self) -> dict[str, Person]:
        for kind, rows in self.facts.items():
            kind.objects.bulk_create(rows)
        return self.people
