"""Verified, with content, complete, updated: whatever is written, corrected or taken back, the
numbers kept are those counted afresh, and no number knows of what is sensitive."""

from datetime import date, timedelta
from itertools import count
from uuid import uuid4

import pytest
from django.db import connection
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule, run_state_machine_as_test

from hssk.coverage import services
from hssk.coverage.services.selection import LACKING, OWN
from hssk.coverage.tests.test_always_current import DAYS, FAR, Facts
from hssk.kit.dates import PartialDate, year_later
from hssk.people.models import Document, How, Person, Residence, Verification
from hssk.people.services import merge, take_verifying_back, unmerge, verify
from hssk.records.models import Entry, Note, Standing
from hssk.records.rules.completeness import CLINICAL, COUNTED, REQUIRED, completeness
from hssk.records.rules.sections import SECTIONS
from hssk.records.services import Draft, take_back, withdraw_entries, write
from tests.village import MARCH, on_duty, person, village

SOURCES = (1, 2, 3)
AT = timezone.make_aware(timezone.datetime(2024, 2, 29, 9))
values = count(90)
HIV = (("icd", "B20"),)


def said(who, section="examinations", on=MARCH, *, entry=None, **more):
    """A draft of something new of a section."""
    resource = {
        "resourceType": "Observation", "status": "final", "subject": {"reference": "Patient/self"},
        "code": {"coding": [{"system": "http://loinc.org", "code": "8480-6"}]},
        "valueQuantity": {"value": next(values), "unit": "mmHg"},
    }  # fmt: skip
    return Draft(entry=entry or uuid4(), person=who.pk, section=section, resource=resource,
                 on=PartialDate(on) if on else None, display="x", **more)  # fmt: skip


def own_of(root, on):
    """What a human being has on a day, the slow and plain way; the names of it."""
    group = [each.pk for each in Person.objects.filter(root=root.pk)]
    entries = Entry.objects.current().filter(person__in=group, tier__lte=COUNTED)
    clinical = [e for e in entries if e.section in CLINICAL]
    first = {}
    for entry in entries:
        first[entry.section] = min(first.get(entry.section, date.max), entry.on or date.min)
    birth = PartialDate(root.birth_on, "D") if root.birth_on else None
    of_form = completeness(first, sex=root.sex, birth=birth, ethnicity=root.ethnicity, on=on)
    verified = Verification.objects.filter(person__in=group, taken_back_at=None, on__lte=on)
    has = {
        "verified": verified.exists(),
        "content": any((e.on or date.min) <= on for e in clinical),
        "complete": of_form.complete,
        "updated": any(e.on and e.on <= on < year_later(e.on) for e in clinical),
    }
    return {name for name, is_so in has.items() if is_so}


def residents(on):
    """The root of everybody who lives somewhere on a day, and is not dead."""
    for root in Person.objects.filter(same_as=None):
        group = Person.objects.filter(root=root.pk)
        dead = any(each.died_on and each.died_on <= on for each in group)
        if not dead and Residence.objects.on(on).filter(person__in=group).exists():
            yield root


class Records(Facts):
    """The facts of people as before, and what is written in their records, at random."""

    def __init__(self):
        Entry.objects.all().delete()
        super().__init__()
        self.nurse = on_duty(f"nurse.{uuid4()}")

    @rule(who=st.integers(0, 4), section=st.sampled_from(list(SECTIONS)), on=st.none() | st.sampled_from(DAYS),
          sensitive=st.booleans(), source=st.sampled_from(SOURCES))  # fmt: skip
    def write(self, who, section, on, sensitive, source):
        write([said(self.people[who], section, on, said=HIV if sensitive else ())], source=source)

    @rule(who=st.integers(0, 4), on=st.sampled_from(DAYS), without=st.integers(0, 40),
          source=st.sampled_from(SOURCES))  # fmt: skip
    def fill(self, who, on, without, source):
        whole = [part.sections[0] for part in REQUIRED]
        write([said(self.people[who], section, on) for nth, section in enumerate(whole)
               if nth != without], source=source)  # fmt: skip

    def _some(self, nth):
        entries = Entry.objects.current().order_by("id")
        return entries[nth % len(entries)] if entries else None

    @rule(nth=st.integers(0, FAR), who=st.integers(0, 4), on=st.sampled_from(DAYS),
          sensitive=st.booleans(), source=st.sampled_from(SOURCES))  # fmt: skip
    def correct(self, nth, who, on, sensitive, source):
        if one := self._some(nth):
            write([said(self.people[who], one.section, on, entry=one.entry,
                        said=HIV if sensitive else ())], source=source)  # fmt: skip

    @rule(nth=st.integers(0, FAR), source=st.sampled_from(SOURCES))
    def withdraw(self, nth, source):
        if one := self._some(nth):
            withdraw_entries([(one, None)], source=source, why="nhầm")

    @rule(source=st.sampled_from(SOURCES))
    def undo_file(self, source):
        take_back(source)

    @rule(who=st.integers(0, 4), sex=st.integers(0, 2), born=st.sampled_from([2000, 2010, 2018, 2023]),
          known=st.booleans())  # fmt: skip
    def is_who(self, who, sex, born, known):
        Person.objects.filter(pk=self.people[who].pk).update(
            sex=sex, birth_on=date(born, 2, 28), ethnicity="03" if known else ""
        )

    @rule(who=st.integers(0, 4), on=st.sampled_from(DAYS))
    def verify(self, who, on):
        Verification.objects.create(
            person=self.people[who].pk, on=on, at=AT, by=self.nurse, how=How.POPULATION
        )

    @rule(who=st.integers(0, 4))
    def not_verified_after_all(self, who):
        Verification.objects.filter(person=self.people[who].pk, taken_back_at=None).update(
            taken_back_at=AT, taken_back_by=self.nurse, why="nhầm"
        )

    @rule(drop=st.integers(0, 4))
    def unmerge(self, drop):
        one = Person.objects.get(pk=self.people[drop].pk)
        if one.same_as_id and not Person.objects.filter(same_as=one.pk).exists():
            Person.objects.filter(pk=one.pk).update(same_as=None, root=one.pk)

    @invariant()
    def what_is_counted_is_what_is_written_and_listed(self):
        for on in (DAYS[1], DAYS[5], DAYS[7], DAYS[8] + timedelta(days=1)):
            wanted = {name: set() for name in OWN}
            for root in residents(on):
                for name in own_of(root, on):
                    wanted[name].add(root.pk)
            it = services.figures("12-105", on).counts
            for name, people in wanted.items():
                assert getattr(it, name) == len(people), (name, on)
                listed = services.people_with(name, "12-105", on)
                assert len(listed) == len(people)
                assert {one.id for one in listed} == people


@pytest.mark.django_db
def test_after_any_history_of_records_the_numbers_are_those_of_the_entries():
    run_state_machine_as_test(
        Records,
        settings=settings(
            max_examples=15,
            stateful_step_count=14,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )
