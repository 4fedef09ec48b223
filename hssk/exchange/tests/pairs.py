"""Pairs that wait for a decision, made by hand: a roster row of one home, a record that may be hers."""

from datetime import date
from hashlib import blake2b
from pathlib import Path

from hssk.exchange.models import Batch, LinkDecision, SourceRow
from hssk.people.models import Holding, Listing, Person, Residence
from hssk.places.models import Hamlet, Household, Unit
from tests.village import on_duty

DAY = date(2024, 3, 13)


def reviewer(name="lo.thi.y.ta"):
    return on_duty(name, password="mot cau ngan de nho", full_name="Lò Thị Y Tá")


def file_of(kind, actor, name, **more):
    unit = Unit.objects.get(code="12-105", valid_until__isnull=False)
    return Batch.objects.create(
        kind=kind, state=Batch.APPLIED, file_name=name, digest=Path(name).stem, unit=unit, on=DAY,
        actor=actor, applied_at="2024-03-14T08:00:00Z",
        counts={"rows": 1, "accepted": 1, "rejected": 0, "unchanged": 0, "new": 0, "same": 0,
                "ask": 0, "warnings": 0}, **more,
    )  # fmt: skip


def row_of(batch, number, /, **facts):
    digest = blake2b(repr((batch.id, number, facts)).encode(), digest_size=16).digest()
    return SourceRow.objects.create(
        batch=batch, sheet="Trang 1", number=number, cells=list(facts.values()), facts=facts,
        digest=digest,
    )  # fmt: skip


def person(name):
    new = Person(name=name, name_folded=name.lower(), name_sort=name.lower(), birth_precision="")
    new.root = new.id
    new.save()
    return new


def pairs(names, actor):
    """One household with everybody in `names`, each with a record that may be theirs."""
    roster = file_of(Batch.ROSTER, actor, "danh_sach.xlsx")
    records = file_of(Batch.RECORDS, actor, "ho_so.xlsx")
    commune = Unit.objects.on(DAY).filter(parent=roster.unit).order_by("code").first()
    hamlet = Hamlet.objects.create(unit=commune, name="Bản Tưởng Tượng", key="tuong tuong")
    home = Household.objects.create(hamlet=hamlet, number="7")
    asked = []
    for number, name in enumerate(names, start=3):
        listed = row_of(roster, number, name=name, birth=19800302, sex=2, hamlet=hamlet.name)
        record = row_of(
            records, number, name=name.upper(), birth=19800203, sex=2, number=f"HS{number}"
        )
        who = person(name)
        stay = {
            "person": who,
            "since": DAY,
            "row": listed.id,
            "source": roster.id,
            "hamlet": hamlet,
            "household": home,
        }
        Listing.objects.create(**stay, name=name, relation="Vợ")
        Residence.objects.create(**stay, relation="Vợ")
        Holding.objects.create(
            person=who, since=DAY, row=record.id, source=records.id, name=name.upper(), unit=commune,
            decided=False, system="hssk", number=f"HS{number}",
        )  # fmt: skip
        LinkDecision.objects.create(row=listed, decision="new", person=who.id, score=0)
        asked.append(
            LinkDecision.objects.create(
                row=record,
                decision="ask",
                person=who.id,
                score=1 - number / 100,
                against=listed.id,
                evidence={"name": 0, "birth": 1, "sex": 0},
            )
        )
    return asked
