"""The second wall around entries: how far area, care and authorship lead, and that nothing tells more."""

import uuid
from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from hssk.access.rights import Role
from hssk.access.services import access_of, within
from hssk.people.services import Event, open_care
from hssk.records.models import Entry
from hssk.records.services import Draft, write
from tests.village import commune, on_duty, post, village

pytestmark = pytest.mark.django_db
HOME, AWAY = "03403", "03387"
OBSERVED = {"resourceType": "Observation", "status": "final",
            "subject": {"reference": "Patient/self"}}  # fmt: skip


def entry(who, section, resource, **more):
    return Draft(entry=uuid.uuid4(), person=who.id, section=section, resource=resource,
                 display=section, **more)  # fmt: skip


@pytest.fixture
def my():
    who = village(f"{HOME} | Bản Tả | Giàng Thị Mỷ | no | born=1970-05-06 sex=2")["Giàng Thị Mỷ"]
    write(
        [
            entry(who, "administrative", {"resourceType": "Patient", "active": True}),
            entry(who, "immunisation", {
                "resourceType": "Immunization", "status": "completed", "vaccineCode": {"text": "BCG"},
                "patient": {"reference": "Patient/self"}, "occurrenceDateTime": "1990"}),
            entry(who, "results", {**OBSERVED, "code": {"text": "Glucose"}}),
            entry(who, "results", {**OBSERVED, "code": {"text": "CD4"}}),
        ],
        source=1,
    )  # fmt: skip
    return who


def seen_by(user):
    with within(access_of(user, timezone.localdate())):
        return sorted(Entry.objects.values_list("section", "tier"))


@pytest.mark.parametrize(
    ("role", "code", "seen"),
    [
        (Role.CLINICIAN, HOME, [("administrative", 0), ("immunisation", 1)]),
        (Role.OFFICER, HOME, [("administrative", 0)]),
        (Role.CLERK, HOME, [("administrative", 0)]),
        (Role.COLLABORATOR, HOME, [("administrative", 0)]),
        (Role.CHAIR, HOME, []),
        (Role.AUDITOR, HOME, []),
        (Role.ADMINISTRATOR, HOME, []),
        (Role.CLINICIAN, AWAY, []),
        (Role.OFFICER, AWAY, []),
    ],
)
def test_an_area_opens_what_prevention_needs_and_to_clinicians_alone(my, role, code, seen):
    assert seen_by(on_duty("ai.do", role=role, unit=commune(code))) == seen


def test_care_opens_the_routine_record_and_never_what_is_sensitive(my):
    nurse = on_duty("y.ta", role=Role.CLINICIAN, unit=commune(AWAY))
    open_care(my.id, commune(AWAY), Event.VISIT, at=timezone.now(), actor=nurse)
    assert seen_by(nurse) == [("administrative", 0), ("immunisation", 1), ("results", 2)]


def test_care_that_has_ended_opens_nothing(my):
    nurse = on_duty("y.ta", role=Role.CLINICIAN, unit=commune(AWAY))
    long_ago = timezone.now() - timedelta(days=400)
    open_care(my.id, commune(AWAY), Event.REFERRAL, at=long_ago, actor=nurse)
    assert seen_by(nurse) == []


def test_whoever_wrote_an_entry_keeps_it_even_a_sensitive_one(my):
    author = on_duty("bac.si", role=Role.CLINICIAN, unit=commune(AWAY))
    write([entry(my, "results", {**OBSERVED, "code": {"text": "CD4"}})], author=author)
    assert seen_by(author) == [("results", 3)]
    assert seen_by(on_duty("dong.nghiep", role=Role.CLINICIAN, unit=commune(AWAY))) == []


def test_nobody_writes_an_entry_but_an_act_of_the_machine(my):
    nurse = on_duty("y.ta", role=Role.CLINICIAN, unit=commune(HOME))
    with within(access_of(nurse, timezone.localdate())):
        with pytest.raises(DatabaseError), transaction.atomic():
            Entry.objects.create(
                entry=uuid.uuid4(), person=my.id, section="visits", kind="Encounter", tier=0,
                resource={}, recorded_at=timezone.now(), author=nurse,
            )  # fmt: skip
        assert Entry.objects.update(replaced_at=timezone.now()) == 0
        assert Entry.objects.all().delete()[0] == 0


def test_a_clinician_of_elsewhere_reads_no_prevention_where_another_post_shows_the_person(my):
    clerk = on_duty("van.thu", role=Role.CLERK, unit=commune(HOME))
    post(clerk, Role.CLINICIAN, commune(AWAY))
    assert seen_by(clerk) == [("administrative", 0)]
    open_care(my.id, commune(AWAY), Event.VISIT, at=timezone.now(), actor=clerk)
    assert seen_by(clerk) == [("administrative", 0), ("immunisation", 1), ("results", 2)]
