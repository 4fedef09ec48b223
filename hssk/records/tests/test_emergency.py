"""What a record tells behind a broken glass: the closed list, and of the rest no word."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.db.models import Q
from django.utils import timezone

from hssk.access.rights import Role
from hssk.access.services import access_of, within
from hssk.access.tiers import Kind
from hssk.kit.dates import PartialDate
from hssk.people.models import Basis
from hssk.records.rules.typed import TypedVisit
from hssk.records.services import Draft, file_answers, file_visit, write
from hssk.records.services.emergency import emergency_facts
from tests.village import commune, on_duty, village

pytestmark = pytest.mark.django_db
SICK = {"clinicalStatus": {"coding": [{
    "system": "http://terminology.hl7.org/CodeSystem/condition-clinical", "code": "active"}]}}  # fmt: skip
TODAY = timezone.localdate()


def ago(days):
    return TODAY - timedelta(days=days)


@pytest.fixture
def pay():
    who = village("03387 | Tổ 1 | Lò Thị Pay | no | born=1996-05-06 sex=2")["Lò Thị Pay"]
    author, unit = on_duty("y.sĩ", role=Role.CLINICIAN, unit=commune("03387")), commune("03387")
    answers = {"administrative.abo": "O", "administrative.rh": "-",
               "allergies.medicine": "Penicillin, nổi mề đay", "family_history.heart": "mẹ"}  # fmt: skip
    file_answers(who.root, answers, seen={}, sight=Q(), author=author, on=ago(400), why="")
    for days in (300, 60, 40, 20):
        visit = TypedVisit(
            on=ago(days), figures={"systolic": 100 + days, "diastolic": 70, "pulse": 80},
            diseases=(("I10", "Tăng huyết áp"),),
            medicines=("Warfarin 2mg, 1 viên tối", "Metformin 500mg"),
        )  # fmt: skip
        file_visit(who.root, visit, key=uuid4(), unit=unit, author=author, at=timezone.now())
    return who


@pytest.fixture
def glass(pay):
    """A break-glass of a clinician of another place."""
    user, now = on_duty("trực", role=Role.CLINICIAN, unit=commune("03403")), timezone.now()
    return Basis.objects.create(
        person=pay.root, kind=Kind.BREAK_GLASS, user=user, why="danger", granted_by=user,
        since=now, until=now + timedelta(hours=4),
    )  # fmt: skip


def told(glass, user=None):
    user = user or glass.user
    with within(access_of(user, timezone.localdate())):
        return [(fact.kind, fact.said) for fact in emergency_facts(glass.pk)]


def ill(who, code, name, days):
    resource = {"resourceType": "Condition", "subject": {"reference": "Patient/self"}, **SICK,
                "code": {"coding": [{"system": "http://hl7.org/fhir/sid/icd-10", "code": code}],
                         "text": name}, "onsetDateTime": ago(days).isoformat()}  # fmt: skip
    write([Draft(entry=uuid4(), person=who.root, section="own_illnesses", resource=resource,
                 on=PartialDate(ago(days)), code=code, display=name)], source=1)  # fmt: skip


def taking(who, name, labelled="", days=0, dosage=""):
    resource = {"resourceType": "MedicationStatement", "status": "active",
                "subject": {"reference": "Patient/self"},
                "medicationCodeableConcept": {"text": name},
                "effectiveDateTime": ago(days).isoformat()}  # fmt: skip
    if dosage:
        resource["dosage"] = [{"text": dosage}]
    write([Draft(entry=uuid4(), person=who.root, section="medicines", resource=resource,
                 on=PartialDate(ago(days)), display=name, said=[("any", labelled)])], source=1)  # fmt: skip


def test_it_tells_what_treats_somebody_safely_and_nothing_else(glass):
    assert told(glass) == [
        ("Dị ứng", "Penicillin, nổi mề đay"),
        ("Nhóm máu", "Nhóm máu hệ ABO: O"),
        ("Nhóm máu", "Nhóm máu hệ Rh: Rh−"),
        ("Đang dùng thuốc chống đông", "Warfarin 2mg, 1 viên tối"),
        *(("Dấu hiệu sinh tồn gần nhất", f"Huyết áp: {high}/70 mmHg") for high in (120, 140, 160)),
        *[("Dấu hiệu sinh tồn gần nhất", "Mạch: 80 lần/phút")] * 3,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("codes", "shown"),
    [
        ((("Z34.9", "Theo dõi thai", 30),), True),
        ((("Z34.9", "Theo dõi thai", 300),), False),
        ((("Z34.9", "Theo dõi thai", 60), ("O80", "Đẻ thường", 10)), False),
        ((("O80", "Đẻ thường", 200), ("Z34.9", "Theo dõi thai", 20)), True),
        ((("O82", "Mổ đẻ", 10), ("Z34.9", "Theo dõi thai", 10)), False),
        ((("Z34.9", "Theo dõi thai", 60), ("O91.2", "Viêm vú", 10)), False),
    ],
)
def test_a_pregnancy_is_told_while_it_goes_on(pay, glass, codes, shown):
    for code, name, days in codes:
        ill(pay, code, name, days)
    assert (("Đang mang thai", "Theo dõi thai") in told(glass)) is shown


@pytest.mark.parametrize(
    ("answer", "days", "shown"),
    [("Đang mang thai 20 tuần", 5, True), ("đang có thai", 300, False), ("2019", 5, False),
     ("Không đang mang thai", 5, False)],
)  # fmt: skip
def test_a_pregnancy_that_she_told_of_is_told_as_one_of_a_visit(pay, glass, answer, days, shown):
    asked = {"reproductive.last_pregnancy": answer}
    file_answers(pay.root, asked, seen={}, sight=Q(), author=glass.user, on=ago(days), why="")
    assert (("Đang mang thai", answer) in told(glass)) is shown
    ill(pay, "O80", "Đẻ thường", 1)
    assert ("Đang mang thai", answer) not in told(glass)


def test_of_a_sensitive_medicine_it_says_to_ask_a_doctor_and_never_the_name(pay, glass):
    taking(pay, "Dolutegravir 50mg")
    said = told(glass)
    assert [kind for kind, _text in said].count("Thuốc cần hỏi bác sĩ") == 1
    assert "olutegravir" not in str(said)


@pytest.mark.parametrize(
    ("name", "visit", "asked"),
    [
        ("Paracetamol 500mg", "phá thai", False),
        ("Paracetamol 500mg", "bạo lực gia đình", False),
        ("Warfarin 5mg", "phá thai", True),
        ("Paracetamol 500mg", "methadone", True),
    ],
)
def test_a_sensitive_visit_of_which_no_medicine_reacts_asks_nothing(pay, glass, name, visit, asked):
    taking(pay, name, visit)
    assert ("Thuốc cần hỏi bác sĩ" in dict(told(glass))) is asked


@pytest.mark.parametrize(
    ("dosage", "days", "told_of"),
    [
        ("1 viên/lần * 1 lần/ngày * 90 ngày [1 viên/ngày]", 80, True),
        ("1 viên/lần * 1 lần/ngày * 90 ngày [1 viên/ngày]", 105, False),
        ("1 viên/lần * 1 lần/ngày * 5 ngày [1 viên/ngày]", 10, False),
        ("", 44, True),
    ],
)
def test_a_medicine_is_told_for_as_long_as_it_was_given(pay, glass, dosage, days, told_of):
    taking(pay, "Apixaban 5mg", days=days, dosage=dosage)
    assert ("Apixaban 5mg" in str(told(glass))) is told_of


def test_a_medicine_that_a_sensitive_visit_gave_too_is_told_as_before(pay, glass):
    before = told(glass)
    taking(pay, "Warfarin 2mg, 1 viên tối", "HIV")
    said = told(glass)
    assert [fact for fact in said if fact[0] != "Thuốc cần hỏi bác sĩ"] == before


def test_it_opens_to_whoever_broke_the_glass_alone_and_while_that_lasts(glass):
    other = on_duty("đồng nghiệp", role=Role.CLINICIAN, unit=commune("03387"))
    assert told(glass, other) == []
    Basis.objects.update(until=timezone.now())
    assert told(glass) == []


def test_the_database_holds_to_the_list_of_the_rules_as_they_are_now(glass):
    """Words of a table that come later need a migration that writes the function anew."""
    from hssk.records.rules.emergency import places
    from hssk.records.rules.sections import Tier

    with connection.cursor() as cursor:
        cursor.execute("SELECT prosrc FROM pg_proc WHERE proname = 'records_emergency'")
        ((source,),) = cursor.fetchall()
    for place, value in places(Tier.ROUTINE).items():
        assert value in source, place


def test_days_are_told_as_far_as_they_are_known(pay, glass):
    with within(access_of(glass.user, TODAY)):
        days = {fact.on.value for fact in emergency_facts(glass.pk) if fact.on}
    assert ago(400) in days
    assert ago(300) not in days
