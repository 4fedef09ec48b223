"""Entries are appended, corrected, withdrawn and taken back; nothing that stood is ever lost."""

import uuid

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models.functions import Now

from hssk.kit.dates import PartialDate
from hssk.people.services import merge, unmerge
from hssk.records.errors import Unsound
from hssk.records.models import Entry
from hssk.records.services import Draft, about, take_back, withdraw_entries, write
from tests.village import MARCH, on_duty, person

pytestmark = pytest.mark.django_db
VISIT = uuid.uuid5(uuid.NAMESPACE_URL, "a visit")


def pressure(who, systolic=120, *, entry=None, visit=None, **more):
    resource = {
        "resourceType": "Observation", "status": "final", "subject": {"reference": "Patient/self"},
        "code": {"coding": [{"system": "http://loinc.org", "code": "8480-6"}]},
        "valueQuantity": {"value": systolic, "unit": "mmHg"}, "effectiveDateTime": "2024-03-31",
    }  # fmt: skip
    return Draft(
        entry=entry or uuid.uuid4(), person=who.id, section="examinations", resource=resource,
        on=PartialDate(MARCH), code="8480-6", display="Huyết áp tâm thu", visit=visit, **more,
    )  # fmt: skip


def medicine(who, name, *, visit=None):
    resource = {
        "resourceType": "MedicationStatement", "status": "active",
        "subject": {"reference": "Patient/self"}, "medicationCodeableConcept": {"text": name},
    }  # fmt: skip
    return Draft(entry=uuid.uuid4(), person=who.id, section="medicines", resource=resource,
                 visit=visit, display=name)  # fmt: skip


@pytest.fixture
def my():
    return person("Giàng Thị Mỷ")


@pytest.fixture
def nurse():
    return on_duty()


def values(entries):
    return [one.resource["valueQuantity"]["value"] for one in entries]


def test_a_correction_is_a_new_version_that_says_who_and_why(my, nurse):
    first = pressure(my, 210)
    write([first], author=nurse)
    write([pressure(my, 120, entry=first.entry)], author=nurse, why="gõ nhầm")
    now = about(my.id).current().get()
    assert (now.version, now.author, now.why) == (2, nurse, "gõ nhầm")
    assert values(about(my.id).order_by("version")) == [210, 120]


def test_a_correction_without_a_reason_is_refused(my, nurse):
    first = pressure(my, 210)
    write([first], author=nurse)
    with pytest.raises(DatabaseError), transaction.atomic():
        write([pressure(my, 120, entry=first.entry)], author=nurse)
    assert values(about(my.id).current()) == [210]


def test_the_same_again_writes_nothing(my):
    first = pressure(my)
    assert write([first], source=1) == 1
    assert write([first], source=2) == 0


def test_what_was_recorded_by_a_moment_is_read_again(my, nurse):
    first = pressure(my, 210)
    write([first], author=nurse)
    one = about(my.id).get()
    with connection.cursor() as cursor:  # a transaction has one moment; the second comes later
        cursor.execute("SELECT now() + interval '1 hour'")
        later = cursor.fetchone()[0]
    Entry.objects.filter(pk=one.pk).update(replaced_at=later)
    assert values(about(my.id).recorded_by(one.recorded_at)) == [210]
    assert values(about(my.id).recorded_by(later)) == []
    assert list(about(my.id).current()) == []


def test_what_held_on_a_day_is_read_by_its_day(my):
    write([pressure(my)], source=1)
    assert about(my.id).valid_on(MARCH).count() == 1
    assert about(my.id).valid_on(MARCH.replace(day=30)).count() == 0


def test_a_withdrawn_entry_is_read_no_more_and_stays(my, nurse):
    write([pressure(my)], author=nurse)
    withdraw_entries(
        [(one, None) for one in about(my.id).current()], author=nurse, why="của người khác"
    )
    assert about(my.id).current().count() == 0
    assert about(my.id).count() == 2


def test_an_unsound_resource_is_refused_with_all_that_came_with_it(my):
    bad = pressure(my)
    del bad.resource["status"]
    with pytest.raises(Unsound) as refusal:
        write([pressure(my), bad], source=1)
    assert [fault.rule for fault in refusal.value.faults] == ["required"]
    assert about(my.id).count() == 0


def test_a_version_is_never_changed_and_a_typed_one_never_removed(my, nurse):
    write([pressure(my)], author=nurse)
    mine = Entry.objects.filter(person=my.id)
    for act in (
        lambda: mine.update(display="khác"),
        lambda: mine.update(replaced_at=Now(), person=uuid.uuid4()),
        mine.delete,
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            act()
    assert about(my.id).get().display == "Huyết áp tâm thu"


def test_a_file_taken_back_brings_back_what_it_replaced(my):
    first = pressure(my, 110)
    write([first], source=1)
    write([pressure(my, 130, entry=first.entry), pressure(my, 99)], source=2)
    assert sorted(values(about(my.id).current())) == [99, 130]
    assert take_back(2) == 2
    assert values(about(my.id).current()) == [110]
    assert take_back(1) == 1
    assert about(my.id).count() == 0


def test_a_merge_and_an_unmerge_move_nothing(my, nurse):
    twin = person("Giang Thi My")
    write([pressure(my, 110), pressure(twin, 120)], source=1)
    merge(keep=my, drop=twin, actor=nurse)
    assert sorted(values(about(my.id).current())) == [110, 120]
    assert sorted(values(about(twin.id).current())) == [110, 120]
    twin.refresh_from_db()
    unmerge(drop=twin)
    assert values(about(my.id).current()) == [110]


def test_one_drug_makes_the_whole_visit_sensitive_and_what_stood_of_it(my):
    write([pressure(my, visit=VISIT), pressure(my, 99)], source=1)
    write([medicine(my, "Efavirenz 600mg", visit=VISIT)], source=2)
    tiers = {one.display: one.tier for one in about(my.id).current().filter(visit=VISIT)}
    assert tiers == {"Huyết áp tâm thu": 3, "Efavirenz 600mg": 3}
    assert about(my.id).current().get(visit=None).tier == 2
    restricted = about(my.id).current().get(visit=VISIT, kind="Observation")
    assert [c["code"] for c in restricted.resource["meta"]["security"]] == ["R", "HIV"]


def test_what_comes_later_to_a_sensitive_visit_is_sensitive_too(my):
    write([medicine(my, "Efavirenz 600mg", visit=VISIT)], source=1)
    write([pressure(my, visit=VISIT)], source=2)
    assert set(about(my.id).current().values_list("tier", flat=True)) == {3}
    withdraw_entries(
        [(one, None) for one in about(my.id).current().filter(kind="MedicationStatement")],
        source=3, why="rút lại",
    )  # fmt: skip
    write([pressure(my, 99, visit=VISIT)], source=4)
    assert set(about(my.id).current().values_list("tier", flat=True)) == {3}


def test_a_label_is_never_taken_off_by_a_later_version(my):
    drug = medicine(my, "Efavirenz 600mg")
    write([drug], source=1)
    drug.resource = {**drug.resource, "medicationCodeableConcept": {"text": "Thuốc khác"}}
    write([drug], source=2)
    assert about(my.id).current().get().labels == ["HIV"]


def test_a_bill_line_labels_what_shows_nothing_by_itself(my):
    write([pressure(my, said=[("service", "Phá thai đến 7 tuần")])], source=1)
    assert about(my.id).current().get().labels == ["SEX"]
