"""People whom a hand wrote down, beside the files: known again in them, and asked about.

A row of a file is compared with another row. So whoever was written down by hand has a row too, of
no file (`Batch.TYPED`), made before the next file is linked and kept as the record says by then.
Children whose birth a claim certified are met again in the same way, by the row of the certificate.
"""

from collections import defaultdict
from hashlib import blake2b
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from hssk.access.models import User
from hssk.exchange.linkage import newborns
from hssk.exchange.linkage.names import after_mother
from hssk.exchange.linkage.newborns import Baby, Met
from hssk.exchange.models import Batch, LinkDecision, SourceRow
from hssk.exchange.services.receiving import Staged
from hssk.kit.dates import PartialDate
from hssk.kit.text import fold
from hssk.people.models import (
    Birth,
    Enrolment,
    Holding,
    Identifier,
    Listing,
    Person,
    Residence,
    Stranger,
)
from hssk.people.services.lives import KEPT, OPENED, SEEN, STATION

_NUMBERS = ("pid", "cmnd", "bhxh")


def give_rows() -> None:
    """Give a row to every record that a hand opened, and have it say what the record says."""
    by = dict(Birth.objects.values_list("child", "by"))
    by |= dict(Stranger.objects.values_list("person", "by"))
    opened = Enrolment.objects.filter(taken_back_at=None).values_list("holding", "by")
    opener = dict(opened)
    typed = Holding.objects.filter(person__in=list(by), system=STATION) | Holding.objects.filter(
        pk__in=opener, system__in=(OPENED, SEEN), until=None
    )
    stood = dict(SourceRow.objects.filter(pk__in=typed.values("row")).values_list("pk", "facts"))
    for held in typed.select_related("person", "hamlet", "unit"):
        said = _facts_of(held)
        if held.row is not None:
            if stood.get(held.row) != said:
                SourceRow.objects.filter(pk=held.row).update(facts=said)
            continue
        _give_row(held, said, opener.get(held.pk) or by[held.person_id])


def give_rows_to_kept(actor: User) -> None:
    """Give a row to each record of whom only what was typed is left, so that a file which speaks
    of them again finds them.

    actor  who took back the file that had brought them
    """
    for held in Holding.objects.filter(system=KEPT, row=None, unit__isnull=False):
        _give_row(held, _facts_of(held), actor.pk)


def _give_row(held: Holding, said: dict[str, Any], actor: int) -> None:
    batch, _new = Batch.every.get_or_create(
        kind=Batch.TYPED, unit=held.unit, on=held.since,
        defaults={"actor_id": actor, "state": Batch.TYPED},
    )  # fmt: skip
    row = SourceRow.objects.create(
        batch=batch, sheet="", number=0, cells=[], facts=said,
        digest=blake2b(held.person_id.bytes, digest_size=16).digest(),
    )  # fmt: skip
    LinkDecision.objects.create(row=row, decision=LinkDecision.SAME, person=held.person_id, score=1)
    held.row = row.pk
    held.save(update_fields=["row"])


def _facts_of(held: Holding) -> dict[str, Any]:
    birth = PartialDate(held.birth_on, held.birth_precision).number if held.birth_on else 0
    said = {
        "birth": birth,
        "hamlet": held.hamlet.name if held.hamlet else "",
        "name": held.name or held.person.called,
        "sex": held.sex,
        "unit": str(held.unit),
        **{kind: getattr(held, kind) for kind in _NUMBERS},
    }
    return {name: value for name, value in sorted(said.items()) if value}


def met_again(
    staged: list[Staged], households: dict[int, int], known: set[UUID]
) -> dict[int, tuple[UUID, int, bool]]:
    """Source row → (child whose birth is written down, by a hand or a certificate, the row of that,
    whether beyond doubt).

    households  source row → household, for the rows of a roster
    known       the people, by root, whom the file may find
    """
    days = {
        PartialDate(day).number: day
        for day in Birth.objects.values_list("on", flat=True).distinct()
    }
    young = [row for row in staged if row.facts.get("birth", 0) in days]
    if not young:
        return {}
    born = Birth.objects.filter(on__in={days[row.facts["birth"]] for row in young})
    rows = _rows_of(known, born)
    babies = _babies(rows, born)
    children = list(babies)
    found = newborns.recognise(
        list(babies.values()), [_met(row, households.get(row.id, -1)) for row in young]
    )
    return {
        young[at].id: (children[baby], rows[children[baby]], sure)
        for at, (baby, sure) in found.items()
    }


def _rows_of(known: set[UUID], born: QuerySet[Birth]) -> dict[UUID, int]:
    """Root of a child whose birth is written down → the row that stands for it."""
    children = born.values("child")
    found: list[tuple[UUID, int | None]] = []
    for facts in (
        Listing.objects.all(),
        Holding.objects.exclude(system=STATION),
        Holding.objects.filter(system=STATION),
    ):  # the last word is that of a hand
        stated = facts.filter(person__in=children, row__isnull=False).order_by("until", "id")
        found += stated.values_list("person__root", "row")
    return {root: row for root, row in found if root in known and row is not None}


def _babies(rows: dict[UUID, int], born: QuerySet[Birth]) -> dict[UUID, Baby]:
    """The children with what they may be known again by, in the order of their births."""
    births = born.order_by("on", "act", "nth").values_list("child", "mother", "on")
    keys = {key for child, mother, _on in births for key in (child, mother)}
    root_of = dict(Person.objects.filter(pk__in=keys).values_list("pk", "root"))
    mothers = {root_of[child]: root_of.get(mother) for child, mother, _on in births}
    homes, communes = _households(list(rows)), _communes(list(rows))
    cards = _cards(born)
    names = names_within({home for mine in homes.values() for home in mine})
    shown = Person.objects.in_bulk([*rows, *filter(None, mothers.values())])
    numbers = numbers_of({one for one in mothers.values() if one})
    babies = {}
    for child, _mother, on in births:
        root = root_of[child]
        if root in rows:
            one, mother = shown[root], shown.get(mothers[root]) if mothers[root] else None
            others = {name for home in homes[root] for name in names[home] if name != one.name}
            others |= {mother.name if mother else "", after_mother(fold(one.called))}
            babies[root] = Baby(
                PartialDate(on).number, one.sex, one.name, frozenset(others - {""}),
                frozenset(homes[root]), numbers[mother.pk] if mother else frozenset(),
                frozenset(communes[root]), frozenset(cards[root]),
            )  # fmt: skip
    return babies


def numbers_of(mothers: set[UUID]) -> dict[UUID, frozenset[str]]:
    """Root of a mother → her personal numbers that hold, for those who have any."""
    stated = Identifier.objects.filter(
        person__root__in=mothers, kind__in=(Identifier.PID, Identifier.CMND)
    ).exclude(status=Identifier.CANCELLED)
    found: dict[UUID, set[str]] = defaultdict(set)
    for root, value in stated.values_list("person__root", "value"):
        found[root].add(value)
    return {root: frozenset(found[root]) for root in mothers}


def _households(children: list[UUID]) -> dict[UUID, set[int]]:
    homes: dict[UUID, set[int]] = defaultdict(set)
    stays = Residence.objects.filter(person__root__in=children, until=None)
    for root, home in stays.values_list("person__root", "household"):
        if home is not None:
            homes[root].add(home)
    return homes


def _communes(children: list[UUID]) -> dict[UUID, set[int]]:
    communes: dict[UUID, set[int]] = defaultdict(set)
    stays = Residence.objects.filter(person__root__in=children, until=None)
    records = Holding.objects.filter(person__root__in=children, until=None, unit__isnull=False)
    for root, unit in (*stays.values_list("person__root", "hamlet__unit"),
                       *records.values_list("person__root", "unit")):  # fmt: skip
        communes[root].add(unit)
    return communes


def _cards(born: QuerySet[Birth]) -> dict[UUID, set[str]]:
    """Root of a child → the cards that its certificate gave it until it has its own."""
    cards: dict[UUID, set[str]] = defaultdict(set)
    rows = born.filter(row__isnull=False).values("row")
    noted = Identifier.objects.filter(row__in=rows, kind=Identifier.CARD)
    for root, value in noted.values_list("person__root", "value"):
        cards[root].add(value)
    return cards


def names_within(households: set[int]) -> dict[int, set[str]]:
    """Household → the names of who lives there."""
    names: dict[int, set[str]] = defaultdict(set)
    members = Residence.objects.filter(household__in=households, until=None)
    for home, name in members.values_list("household", "person__name"):
        if name:
            names[home].add(name)
    return names


def _met(row: Staged, home: int) -> Met:
    said = row.facts
    return Met(
        born=said.get("birth", 0), sex=said.get("sex", 0), name=said.get("name", ""),
        parent=said.get("parent", ""), number=said.get("parent_number", ""),
        code=said.get("number", ""), home=home, commune=row.unit.pk if row.unit else -1,
        card=said.get("card", ""),
    )  # fmt: skip
