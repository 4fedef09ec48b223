"""What a visit cost is told to whom it was, to a guardian as far as the age allows, and to nobody else."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from hssk.access.rights import Role
from hssk.access.services import access_of, as_machine, within
from hssk.access.tiers import Kind
from hssk.exchange.models import Cost
from hssk.exchange.services import undoing
from hssk.exchange.services.claims import Paid, costs_told
from hssk.exchange.tests.claims import medicine, visit, write_claims
from hssk.exchange.tests.pipeline import APRIL, MAY, person, somebody, take_in, write_roster
from hssk.people.models import Basis, Identifier, Person
from hssk.people.services import Event, open_care, record_guardian
from hssk.places.services import unit_on
from hssk.records.models import Entry
from tests.village import on_duty

pytestmark = pytest.mark.django_db
SON = {"name": "Lò Văn Sơn", "birth": "195803050000", "SO_CCCD": "012058000001"}
BILL = {"T_TONGCHI_BV": "713171.50", "T_TONGCHI_BH": "613171.50", "T_BHTT": "490537.20",
        "T_BNCCT": "122634.30", "T_BNTT": "100000", "T_NGUONKHAC": "0"}  # fmt: skip
AMOUNTS = ("713171", "713.171", "490537", "490.537", "222634", "222.634", "122634")


@pytest.fixture(autouse=True)
def roster(tmp_path):
    now = timezone.localdate()
    lines = [
        person("Lò Văn Sơn", "05/03/1958", pid="012058000001"),
        person("Lò Văn Bé", f"01/01/{now.year - 5}", pid="012219000005"),
        person("Lò Thị Lớn", f"01/01/{now.year - 16}", 2, pid="012308000006"),
    ]
    take_in(write_roster(tmp_path / "roster.xlsx", lines), "roster")


def claims(tmp_path, *visits, on=APRIL, name="claims.xml"):
    return take_in(write_claims(tmp_path / name, list(visits)), "claims", on=on)[0]


def one(name="Lò Văn Sơn"):
    return Person.objects.get(name=name)


def himself(who):
    now = timezone.now()
    Basis.objects.create(person=who.pk, holder=who.pk, kind=Kind.SELF, why="self", since=now,
                         granted_by=somebody())  # fmt: skip


def told(holder, who):
    return list(costs_told(holder.pk, who.pk, at=timezone.now() + timedelta(seconds=1)).values())


def test_somebody_is_told_what_their_visits_cost_and_who_paid(tmp_path):
    claims(tmp_path, visit("LK1", **SON, **BILL), visit("LK2", **SON, on="20240306"))
    assert told(one(), one()) == []  # no booklet of theirs is open yet
    himself(one())
    paid = Paid(Decimal("713171.50"), Decimal("490537.20"), Decimal("222634.30"), Decimal("0"))
    assert told(one(), one()) == [paid]  # the second claim says nothing of money


def test_a_later_file_corrects_an_amount_and_taking_it_back_brings_the_first_again(tmp_path):
    claims(tmp_path, visit("LK1", **SON, **BILL))
    himself(one())
    again = claims(tmp_path, visit("LK1", **SON, **BILL | {"T_BNTT": "0"}), on=MAY, name="2.xml")
    assert [paid.by_person for paid in told(one(), one())] == [Decimal("122634.30")]
    undoing.undo(again, actor=somebody())
    assert [paid.by_person for paid in told(one(), one())] == [Decimal("222634.30")]


def test_of_a_visit_that_was_withdrawn_nothing_is_told(tmp_path):
    claims(tmp_path, visit("LK1", **SON, **BILL))
    himself(one())
    claims(tmp_path, visit("LK1", **SON, **BILL, MA_DOITUONG_KCB="8"), on=MAY, name="2.xml")
    assert told(one(), one()) == []


@pytest.mark.parametrize(("name", "sensitive", "many"), [
    ("Lò Văn Bé", False, 1), ("Lò Văn Bé", True, 1),
    ("Lò Thị Lớn", False, 1), ("Lò Thị Lớn", True, 0),
])  # fmt: skip
def test_a_guardian_is_told_what_the_age_of_the_child_opens(tmp_path, name, sensitive, many):
    child = one(name)
    rows = {"XML2": [medicine("Dolutegravir 50mg" if sensitive else "Amlodipin 5mg")]}
    born = f"{child.birth_on:%Y%m%d}0000"
    sex = {"GIOI_TINH": str(child.sex)}
    number = Identifier.objects.get(person=child).value
    claims(tmp_path, visit("LK1", name, born, SO_CCCD=number, rows=rows, **sex, **BILL))
    assert Entry.objects.filter(person=child.pk, kind="Encounter").count() == 1
    record_guardian(child.pk, one().pk, "parent", at=timezone.now(), actor=somebody())
    assert len(told(one(), child)) == many
    assert told(child, one()) == told(one("Lò Văn Bé"), one("Lò Thị Lớn")) == []


def test_no_page_of_a_clinician_or_an_officer_shows_an_amount_nor_does_the_record_hold_one(
    client, tmp_path
):
    claims(tmp_path, visit("LK1", **SON, **BILL))
    home = unit_on("03386", APRIL)
    nurse, officer = on_duty("y.ta", Role.CLINICIAN, home), on_duty("can.bo", unit=home)
    open_care(one().pk, home, Event.VISIT, at=timezone.now(), actor=nurse)
    entry = Entry.objects.get(kind="Encounter")
    record = [reverse(f"records:{page}", args=[one().pk]) for page in ("record", "paper", "form")]
    record.append(reverse("records:visit", args=[one().pk, entry.entry]))
    register = [reverse("coverage:person", args=[one().pk])]
    for user, pages in ((nurse, record + register), (officer, register)):
        client.force_login(user)
        for page in pages:
            answer = client.get(page)
            assert answer.status_code == 200, page
            assert not any(amount in answer.text for amount in AMOUNTS), page
    told = "".join(f"{each.resource}{each.display}{each.why}" for each in Entry.objects.all())
    assert not any(amount in told for amount in AMOUNTS)


@pytest.mark.parametrize("role", [Role.CLINICIAN, Role.OFFICER, Role.CLERK, Role.AUDITOR])
def test_the_database_opens_amounts_to_nobody_but_the_machine(tmp_path, role):
    claims(tmp_path, visit("LK1", **SON, **BILL))
    himself(who := one())
    user = on_duty("ai.do", role)
    open_care(who.pk, unit_on("03386", APRIL), Event.VISIT, at=timezone.now(), actor=user)
    with within(access_of(user, timezone.localdate())):
        assert not Cost.objects.exists()
        assert told(who, who) == []
    with as_machine(user, timezone.localdate()):
        assert Cost.objects.count() == len(told(who, who)) == 1
