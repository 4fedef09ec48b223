"""Bases: what begins them, what ends them, and what nobody can do to them."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from hssk.access.models import Post, User
from hssk.access.rights import Role
from hssk.access.services import access_of
from hssk.access.tiers import Kind, roles_by
from hssk.kit.dates import PartialDate
from hssk.people.errors import Refused
from hssk.people.models import AuditCase, Basis, GlassReview, Identifier, Person
from hssk.people.rules.guardians import NOTHING, Opens
from hssk.people.services import (
    Event,
    Reason,
    break_glass,
    care_of,
    care_units,
    cases,
    change_custody,
    close_care,
    emergency,
    end_guardian,
    found_exactly,
    guardians_of,
    open_care,
    opened_to,
    record_guardian,
)
from tests.village import MARCH, commune, on_duty, person, village

NOW = datetime(2024, 3, 31, 8, tzinfo=UTC)
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
pytestmark = pytest.mark.django_db


@pytest.fixture
def nurse():
    return on_duty("lo.thi.y.ta", role=Role.CLINICIAN, unit=commune("03403"))


@pytest.fixture
def patient():
    return village("03387 | Tổ 1 | Trần Văn Ảo | no | born=1970-05-06 sex=1")["Trần Văn Ảo"]


def auditor(name="thanh.tra"):
    return on_duty(name, role=Role.AUDITOR)


# care


@pytest.mark.parametrize(
    ("event", "first", "last"),
    [
        (Event.REFERRAL, 0, 89),
        (Event.VISIT, 0, 119),  # nobody closed it
        (Event.PROGRAMME, 0, 4000),
        (Event.FIRST_CONTACT, 0, 4000),
    ],
)
def test_care_opens_from_its_event_for_as_long_as_the_table_says(
    nurse, patient, event, first, last
):
    open_care(patient.id, commune("03403"), event, at=NOW, actor=nurse)
    who = access_of(nurse, MARCH)
    assert not care_of(patient, who, at=NOW - timedelta(seconds=1)).exists()
    assert care_of(patient, who, at=NOW + first * DAY).exists()
    assert care_of(patient, who, at=NOW + last * DAY).exists()
    assert last > 365 or not care_of(patient, who, at=NOW + (last + 1) * DAY).exists()


def test_care_ends_thirty_days_after_the_visit_was_closed_and_the_next_one_opens_it_anew(
    nurse, patient
):
    basis = open_care(patient.id, commune("03403"), Event.VISIT, at=NOW, actor=nurse)
    close_care(basis, at=NOW + HOUR, actor=nurse)
    assert basis.until == NOW + HOUR + 30 * DAY
    who = access_of(nurse, MARCH)
    assert not care_of(patient, who, at=basis.until).exists()
    open_care(patient.id, commune("03403"), Event.VISIT, at=basis.until, actor=nurse)
    assert care_of(patient, who, at=basis.until).exists()


def test_a_referral_that_is_closed_does_not_open_longer_than_ninety_days(nurse, patient):
    basis = open_care(patient.id, commune("03403"), Event.REFERRAL, at=NOW, actor=nurse)
    close_care(basis, at=NOW + 80 * DAY, actor=nurse)
    assert basis.until == NOW + 90 * DAY


@pytest.mark.parametrize(
    ("role", "code"), [(Role.CLERK, "03403"), (Role.OFFICER, "03403"), (Role.CLINICIAN, "03387")]
)
def test_care_is_for_clinicians_of_the_facility_and_for_nobody_else(nurse, patient, role, code):
    open_care(patient.id, commune("03403"), Event.VISIT, at=NOW, actor=nurse)
    other = on_duty("other", role=role, unit=commune(code))
    assert not care_of(patient, access_of(other, MARCH), at=NOW).exists()


def test_a_facility_that_wholly_took_the_place_of_another_goes_on_with_its_care(patient):
    from hssk.places.models import UnitSuccession

    step = UnitSuccession.objects.filter(old=commune("03403"), whole=True).first()
    heir = on_duty("heir", role=Role.CLINICIAN, unit=step.new)
    assert commune("03403").pk in care_units(access_of(heir, date(2025, 8, 1)))


def test_the_database_and_the_table_of_tiers_name_the_same_roles_for_care():
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_get_functiondef('people_care_units'::regproc)")
        lists = re.findall(r"role IN \((.*?)\)", cursor.fetchone()[0])
    assert lists
    for one in lists:
        assert set(re.findall(r"'(\w+)'", one)) == roles_by(Kind.CARE)


# the emergency


def glass(user, who, at=NOW):
    return break_glass(who.id, Reason.DANGER, "tai nạn", at=at, user=user)


def test_the_glass_is_broken_for_four_hours_and_waits_for_one_review(nurse, patient):
    basis = glass(nurse, patient)
    assert basis.until == NOW + 4 * HOUR
    assert list(emergency.waiting()) == [basis]


def test_three_a_day_are_enough(nurse, patient):
    for hour in range(3):
        glass(nurse, patient, NOW + hour * HOUR)
    with pytest.raises(Refused, match="24 giờ"):
        glass(nurse, patient, NOW + 23 * HOUR)
    glass(nurse, patient, NOW + 24 * HOUR)


def test_one_that_was_not_reviewed_in_72_hours_suspends_until_it_is(nurse, patient):
    basis = glass(nurse, patient)
    assert emergency.why_not(nurse, at=NOW + 72 * HOUR - timedelta(seconds=1)) is None
    with pytest.raises(Refused, match="72 giờ"):
        glass(nurse, patient, NOW + 72 * HOUR)
    emergency.review(basis, justified=True, note="", at=NOW + 73 * HOUR, by=auditor())
    glass(nurse, patient, NOW + 74 * HOUR)


def test_one_without_reason_suspends_until_a_later_review_finds_otherwise(nurse, patient):
    basis, judge = glass(nurse, patient), auditor()
    emergency.review(basis, justified=False, note="", at=NOW + HOUR, by=judge)
    with pytest.raises(Refused, match="không có lý do"):
        glass(nurse, patient, NOW + 2 * HOUR)
    emergency.review(basis, justified=True, note="đã nghe", at=NOW + 3 * HOUR, by=judge)
    assert emergency.why_not(nurse, at=NOW + 4 * HOUR) is None
    assert list(emergency.waiting()) == []


def test_what_somebody_else_did_suspends_nobody_but_them(nurse, patient):
    glass(on_duty("other", role=Role.CLINICIAN, unit=commune("03403")), patient, NOW - 80 * HOUR)
    assert emergency.why_not(nurse, at=NOW) is None


def test_nobody_reviews_what_they_did_themselves(nurse, patient):
    with pytest.raises(Refused, match="tự xem xét"):
        emergency.review(glass(nurse, patient), justified=True, note="", at=NOW, by=nurse)


# finding


@pytest.fixture
def numbered(patient):
    Identifier.objects.create(person=patient, kind=Identifier.PID, value="012070000123")
    return patient


@pytest.mark.parametrize(
    ("number", "name", "birth", "found"),
    [
        ("012070000123", "Trần Văn Ảo", (1970, 5, 6), True),
        ("012 070 000 123", "tran van ao", (1970, 5, 6), True),
        ("012070000124", "Trần Văn Ảo", (1970, 5, 6), False),
        ("012070000123", "Trần Văn", (1970, 5, 6), False),
        ("012070000123", "Trần Văn Ảo", (1970, 5, 7), False),
        ("012070000123", "Trần Văn Ảo", (1970,), False),
        ("", "Trần Văn Ảo", (1970, 5, 6), False),
    ],
)
def test_a_person_is_found_when_all_three_are_right_and_else_nobody(
    numbered, number, name, birth, found
):
    assert (found_exactly(number, name, PartialDate.of(*birth)) == numbered.id) is found


def test_the_card_that_somebody_bears_finds_who_is_known_by_the_code_in_it(numbered):
    """The card lies on the stretcher, and lists tell the code alone: nobody was found by it."""
    Identifier.objects.create(person=numbered, kind=Identifier.BHXH, value="1270000123")
    asked = ("Trần Văn Ảo", PartialDate.of(1970, 5, 6))
    for number in ("GD4121270000123", "GD 4 12 1270000123", "1270000123"):
        assert found_exactly(number, *asked) == numbered.id
    assert found_exactly("GD4121270000124", *asked) is None


def test_a_name_with_a_letter_of_sex_is_found_however_it_was_taken_down(numbered):
    Person.objects.filter(pk=numbered.pk).update(name="H'Len Êban", name_folded="h'len eban")
    born = PartialDate.of(1970, 5, 6)
    for name in ("H'Len Êban", "H Len Êban", "h-len eban", "Êban H’Len"):
        assert found_exactly("012070000123", name, born) == numbered.id
    for name in ("Len Êban", "H'Len", " "):
        assert found_exactly("012070000123", name, born) is None


def test_a_birth_date_kept_in_part_is_matched_to_that_part(numbered):
    Person.objects.update(birth_on=date(1970, 1, 1), birth_precision="Y")
    asked = ("012070000123", "Trần Văn Ảo")
    assert found_exactly(*asked, PartialDate.of(1970, 5, 6)) == numbered.id
    assert found_exactly(*asked, PartialDate.of(1971, 5, 6)) is None


def test_a_cancelled_number_finds_nobody(numbered):
    Identifier.objects.update(status=Identifier.CANCELLED)
    assert found_exactly("012070000123", "Trần Văn Ảo", PartialDate.of(1970, 5, 6)) is None


# audit


def test_a_case_opens_nothing_until_a_second_officer_confirms_and_fourteen_days_then(patient):
    first, second = auditor(), on_duty("so.y.te", role=Role.PROVINCE)
    case = cases.open_case("12/TTr", "đơn", at=NOW, by=first)
    cases.name_in_case(case, patient.id, "Trần Văn Ảo", by=first)
    assert not Basis.objects.exists()
    with pytest.raises(Refused, match="cán bộ khác"):
        cases.confirm_case(case, at=NOW, by=first)
    cases.confirm_case(case, at=NOW + HOUR, by=second)
    basis = Basis.objects.get()
    assert (basis.user, basis.granted_by, basis.kind) == (first, second, Kind.AUDIT)
    assert basis.until == NOW + HOUR + 14 * DAY
    with pytest.raises(Refused):
        cases.confirm_case(case, at=NOW + 2 * HOUR, by=second)
    with pytest.raises(Refused):
        cases.name_in_case(case, person("Ai Nữa").id, "Ai Nữa", by=first)
    case.refresh_from_db()
    cases.close_case(case, at=NOW + 2 * HOUR, by=second)
    basis.refresh_from_db()
    assert basis.until == NOW + 2 * HOUR


def test_who_gave_the_other_a_post_is_no_second_officer_and_reviews_no_glass_of_theirs(
    nurse, patient
):
    first, second = auditor(), auditor("hai")
    case = cases.open_case("12/TTr", "đơn", at=NOW, by=first)
    cases.name_in_case(case, patient.id, "Trần Văn Ảo", by=first)
    opened = glass(nurse, patient)
    Post.objects.filter(user=second).update(granted_by=first)
    with pytest.raises(Refused, match="độc lập"):
        cases.confirm_case(case, at=NOW, by=second)
    assert not Basis.objects.filter(kind=Kind.AUDIT).exists()
    Post.objects.filter(user=nurse).update(granted_by=second, granted_at=NOW)
    with pytest.raises(Refused, match="độc lập"):
        emergency.review(opened, justified=True, note="", at=NOW, by=second)
    emergency.review(opened, justified=True, note="", at=NOW, by=auditor("tu"))
    cases.confirm_case(case, at=NOW, by=auditor("ba"))


def test_a_second_officer_refuses_a_case_and_says_why_and_it_opens_nothing(patient):
    first, second = auditor(), auditor("hai")
    case = cases.open_case("12/TTr", "đơn", at=NOW, by=first)
    cases.name_in_case(case, patient.id, "Trần Văn Ảo", by=first)
    with pytest.raises(Refused, match="cán bộ khác"):
        cases.refuse_case(case, "tự rút", at=NOW, by=first)
    assert cases.to_confirm(second) == 1
    cases.refuse_case(case, "đơn không nêu ai đã xem", at=NOW + HOUR, by=second)
    assert cases.to_confirm(second) == 0
    told = cases.cases_of(first, at=NOW + HOUR).get()
    assert (told.closed_by, told.refused_why) == (second, "đơn không nêu ai đã xem")
    assert case in cases.cases_of(second, at=NOW + HOUR)
    for act in (cases.confirm_case, cases.close_case):
        with pytest.raises(Refused):
            act(case, at=NOW + 2 * HOUR, by=auditor("ba") if act is cases.confirm_case else first)
    with pytest.raises(Refused):
        cases.refuse_case(case, "lại", at=NOW + 2 * HOUR, by=second)
    assert not Basis.objects.exists()


def test_a_case_that_names_nobody_or_has_a_known_number_is_refused():
    first, second = auditor(), auditor("hai")
    case = cases.open_case("12/TTr", "đơn", at=NOW, by=first)
    with pytest.raises(Refused):
        cases.confirm_case(case, at=NOW, by=second)
    with pytest.raises(Refused, match="12/TTr"):
        cases.open_case("12/TTr", "đơn", at=NOW, by=second)
    with pytest.raises(Refused):
        cases.close_case(case, at=NOW, by=second)


# guardians


@pytest.fixture
def family():
    people = village("""
        03387 | Tổ 1 | Mẹ Tưởng Tượng | no | born=1990-01-01
        03387 | Tổ 1 | Bà Tưởng Tượng | no | born=1960
        03387 | Tổ 1 | Con Tưởng Tượng | no | born=2014-06-01
    """)
    return [people[f"{who} Tưởng Tượng"] for who in ("Mẹ", "Bà", "Con")]


def test_a_guardian_sees_the_booklet_of_a_child_until_its_eighteenth_birthday(family, nurse):
    mother, _granny, child = family
    assert opened_to(mother.id, child.id, at=NOW) == NOTHING
    basis = record_guardian(child.id, mother.id, "parent", at=NOW, actor=nurse)
    assert opened_to(mother.id, child.id, at=NOW) == Opens(True, True, True)
    last = datetime(2032, 5, 31, 16, 59, tzinfo=UTC)  # 23:59 here
    assert opened_to(mother.id, child.id, at=last).booklet
    assert opened_to(mother.id, child.id, at=last + timedelta(minutes=1)) == NOTHING
    assert basis.until == last + timedelta(minutes=1)
    end_guardian(basis, at=NOW + DAY, actor=nurse)
    assert opened_to(mother.id, child.id, at=NOW + DAY) == NOTHING


def test_custody_changes_in_one_transaction_or_not_at_all(family, nurse):
    mother, granny, child = family
    record_guardian(child.id, mother.id, "parent", at=NOW, actor=nurse)
    with pytest.raises(Refused):
        change_custody(child.id, {child.id: "guardian"}, at=NOW + DAY, actor=nurse)
    assert opened_to(mother.id, child.id, at=NOW + DAY).booklet
    change_custody(child.id, {granny.id: "guardian"}, at=NOW + DAY, actor=nurse)
    assert opened_to(mother.id, child.id, at=NOW + DAY) == NOTHING
    assert opened_to(granny.id, child.id, at=NOW + DAY).booklet
    assert [basis.holder for basis in guardians_of(child.id, at=NOW + DAY)] == [granny.id]


def test_who_can_be_no_guardian_is_refused(family, nurse):
    mother, _granny, child = family
    unknown = person("Không Rõ")
    for young, old in ((mother, child), (child, child), (child, unknown), (unknown, mother)):
        with pytest.raises(Refused):
            record_guardian(young.id, old.id, "parent", at=NOW, actor=nurse)


def test_recording_the_same_guardian_again_gives_what_stands(family, nurse):
    mother, _granny, child = family
    first = record_guardian(child.id, mother.id, "parent", at=NOW, actor=nurse)
    assert record_guardian(child.id, mother.id, "parent", at=NOW + DAY, actor=nurse) == first


def test_one_s_own_booklet_needs_a_basis_too(family, nurse):
    mother, _granny, _child = family
    assert opened_to(mother.id, mother.id, at=NOW) == NOTHING
    Basis.objects.create(person=mother.id, holder=mother.id, kind=Kind.SELF, since=NOW, why="desk",
                         granted_by=nurse)  # fmt: skip
    assert opened_to(mother.id, mother.id, at=NOW) == Opens(True, True)


# what the database itself refuses, whoever asks


@pytest.mark.parametrize(
    "facts",
    [
        {"kind": Kind.BREAK_GLASS, "until": NOW + 4 * HOUR + timedelta(seconds=1)},
        {"kind": Kind.BREAK_GLASS, "until": None},
        {"kind": Kind.BREAK_GLASS, "until": NOW + HOUR, "granted_by": "other"},
        {"kind": Kind.AUDIT, "until": NOW + DAY},  # without a case, by oneself
        {"kind": Kind.CARE, "until": NOW + DAY},  # of a user, not of a unit
        {"kind": Kind.GUARDIAN, "until": NOW + DAY},
        {"kind": Kind.BREAK_GLASS, "until": NOW - HOUR},
    ],
)
def test_a_basis_out_of_shape_cannot_be_stored(nurse, patient, facts):
    by = User.objects.create_user("other") if "granted_by" in facts else nurse
    with pytest.raises(IntegrityError), transaction.atomic():
        Basis.objects.create(
            **{"person": patient.id, "user": nurse, "since": NOW, "why": "x", **facts,
               "granted_by": by}
        )  # fmt: skip


@pytest.mark.parametrize(
    "change",
    [
        {"until": NOW + 5 * HOUR},
        {"until": None},
        {"since": NOW - DAY},
        {"person": "00000000-0000-4000-8000-000000000000"},
        {"why": "birth"},
    ],
)
def test_a_basis_is_never_changed_but_to_end_it(nurse, patient, change):
    basis = glass(nurse, patient)
    with pytest.raises(DatabaseError), transaction.atomic():
        Basis.objects.filter(pk=basis.pk).update(**change)
    Basis.objects.filter(pk=basis.pk).update(until=NOW + HOUR)


def test_nothing_of_them_is_ever_removed(nurse, patient):
    basis, judge = glass(nurse, patient), auditor()
    emergency.review(basis, justified=True, note="", at=NOW, by=judge)
    case = cases.open_case("1", "đơn", at=NOW, by=judge)
    cases.name_in_case(case, patient.id, "x", by=judge)
    for rows in (
        GlassReview.objects.all(), Basis.objects.all(), case.subjects.all(),
        AuditCase.objects.all(),
    ):  # fmt: skip
        with pytest.raises(DatabaseError), transaction.atomic():
            rows._raw_delete(rows.db)
    with pytest.raises(DatabaseError), transaction.atomic():
        AuditCase.objects.update(number="2")
