"""Verified, with content, complete, updated: whatever is written, corrected or taken back, the
numbers kept are those counted afresh, and no number knows of what is sensitive."""

from datetime import date, timedelta
from importlib import import_module
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
from hssk.records.rules.sections import SECTIONS, read_in
from hssk.records.services import Draft, take_back, withdraw_entries, write
from tests.village import MARCH, on_duty, village

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
        section = read_in(entry.section, entry.visit)
        first[section] = min(first.get(section, date.max), entry.on or date.min)
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
          sensitive=st.booleans(), visited=st.booleans(), source=st.sampled_from(SOURCES))  # fmt: skip
    def write(self, who, section, on, sensitive, visited, source):
        write([said(self.people[who], section, on, said=HIV if sensitive else (),
                    visit=uuid4() if visited else None)], source=source)  # fmt: skip

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

    # the histories of `Facts` alone see to these
    everybody_is_of_where_they_live_or_lived_last = None
    the_softwares_figure_is_explained_step_by_step = None
    numbers_kept_are_those_of_the_facts = None

    @invariant()
    def what_is_counted_is_what_is_written_and_listed(self):
        for on in (DAYS[5], DAYS[8] + timedelta(days=1)):
            wanted = {name: set() for name in OWN}
            for root in residents(on):
                for name in own_of(root, on):
                    wanted[name].add(root.pk)
            it = services.figures("12-105", on).counts
            assert {name: getattr(it, name) for name in OWN} == {
                name: len(people) for name, people in wanted.items()
            }
            for name, people in wanted.items():
                assert {one.id for one in services.people_with(name, "12-105", on)} == people


@pytest.mark.django_db
def test_after_any_history_of_records_the_numbers_are_those_of_the_entries():
    run_state_machine_as_test(
        Records,
        settings=settings(
            max_examples=10,
            stateful_step_count=12,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )


def counts(on=MARCH, unit="SP"):
    it = services.figures(unit, on).counts
    return (it.verified, it.content, it.complete, it.updated)


@pytest.fixture
def people(db):
    return village("""
        SP | Trung Chải | Giàng Thị Mỷ | no  | sex=2 born=1990-3-1 ethnicity=03
        SP | Trung Chải | Lò Văn Sơn   | yes | sex=1 born=2020-3-1 ethnicity=03
        SP | Tả Phìn    | Lò Văn Tám   | yes | sex=1 born=1950-3-1 ethnicity=03
    """)


def test_each_is_counted_for_itself_and_of_whom_no_other_system_has_a_record_too(people):
    my = people["Giàng Thị Mỷ"]
    write([said(my, "conclusion", date(2024, 3, 1))], source=1)
    assert counts() == (0, 1, 0, 1)
    it = services.figures("SP", MARCH).counts
    assert (it.expected, it.found, it.missing) == (3, 2, 1)
    assert [one.name for one in services.people_with("content", "SP", MARCH)] == [my.name]


def test_within_twelve_months_ends_by_itself_on_the_day_a_year_later(people):
    write([said(people["Lò Văn Sơn"], "visits", date(2024, 2, 29))], source=1)
    assert [counts(on)[3] for on in (date(2024, 2, 28), date(2024, 2, 29), date(2025, 2, 28),
                                     date(2025, 3, 1))] == [0, 1, 1, 0]  # fmt: skip
    assert counts(date(2025, 3, 1))[1] == 1


def test_between_two_visits_years_apart_nothing_is_new_and_then_something_is(people):
    sons = people["Lò Văn Sơn"]
    write(
        [said(sons, "visits", date(2024, 2, 1)), said(sons, "visits", date(2026, 2, 1))], source=1
    )
    days = (date(2024, 2, 1), date(2025, 2, 1), date(2026, 2, 1), date(2027, 2, 1))
    assert [counts(on)[3] for on in days] == [1, 0, 1, 0]
    assert services.verify(list(days)) == []


def test_what_is_administrative_or_only_arranged_is_no_content(people):
    sons = people["Lò Văn Sơn"]
    write([said(sons, "administrative"), said(sons, "appointments")], source=1)
    assert counts() == (0, 0, 0, 0)


def test_an_entry_without_a_day_is_content_of_any_day_and_new_on_none(people):
    write([said(people["Lò Văn Sơn"], "allergies", None)], source=1)
    assert counts() == (0, 1, 0, 0)


def test_what_is_sensitive_moves_no_number_and_becoming_sensitive_takes_it_out(people):
    sons, visit = people["Lò Văn Sơn"], uuid4()
    write([said(sons, "visits", said=HIV, visit=uuid4())], source=1)
    assert counts() == (0, 0, 0, 0)
    write([said(sons, "visits", visit=visit)], source=2)
    assert counts() == (0, 1, 0, 1)
    write([said(sons, "medicines", visit=visit, said=HIV)], source=3)
    assert counts() == (0, 0, 0, 0)
    assert not Note.objects.exists()
    with connection.cursor() as cursor:
        cursor.execute("SELECT content FROM records_standing")
        assert cursor.fetchall() == [(None,)]


def test_a_record_is_complete_with_all_that_the_form_asks_at_that_age_and_no_more(people):
    old, child = people["Lò Văn Tám"], people["Lò Văn Sơn"]
    everybody = ["allergies", "own_illnesses", "disability", "surgery", "family_history", "results"]
    for who in (old, child):
        write([said(who, section, date(2024, 3, 1)) for section in everybody], source=1)
    assert counts()[2] == 0
    write([said(old, "risk_factors", date(2024, 3, 10))], source=1)
    write([said(child, section, date(2024, 3, 20)) for section in ("birth", "immunisation")],
          source=1)  # fmt: skip
    assert [counts(date(2024, 3, day))[2] for day in (9, 10, 19, 20)] == [0, 1, 1, 2]
    # on the fifteenth birthday tobacco is asked of the child too
    assert [counts(on)[2] for on in (date(2035, 2, 28), date(2035, 3, 1))] == [2, 1]


def test_what_a_visit_found_is_its_conclusion_and_no_history_wherever_it_was_filed(people):
    old = people["Lò Văn Tám"]
    others = [
        part.sections[0] for part in REQUIRED if part.name not in ("own_illnesses", "examination")
    ]
    write([said(old, section) for section in others], source=1)
    write([said(old, "own_illnesses", visit=uuid4())], source=2)  # as before decision 36
    with connection.cursor() as cursor:
        cursor.execute("SELECT records_settle(ARRAY[%s])", [old.pk])
        cursor.execute("SELECT own_illnesses_since, examination_since FROM records_standing")
        assert cursor.fetchall() == [(None, MARCH)]
    assert counts()[2] == 0
    write([said(old, "own_illnesses")], source=3)
    assert counts()[2] == 1


def test_an_update_counts_again_whoever_had_a_visit_filed_as_history(people):
    write([said(people["Lò Văn Tám"], "own_illnesses", visit=uuid4())], source=1)
    assert counts() == (0, 1, 0, 1)
    again = import_module("hssk.records.migrations.0005_conclusions").AGAIN
    with connection.cursor() as cursor:
        cursor.execute("UPDATE records_standing SET own_illnesses_since = %s", [MARCH])
        cursor.execute(again)
    assert counts() == (0, 1, 0, 1)
    assert Standing.objects.get().own_illnesses_since is None


def test_who_is_not_known_by_sex_birth_and_people_is_not_complete(people):
    old = people["Lò Văn Tám"]
    write([said(old, part.sections[0], date(2024, 3, 1)) for part in REQUIRED], source=1)
    assert counts()[2] == 1
    Person.objects.filter(pk=old.pk).update(ethnicity="")
    assert counts()[2] == 0


def test_each_gap_is_a_list_of_everybody_who_is_not_in_it(people):
    write([said(people["Lò Văn Sơn"])], source=1)
    it = services.figures("SP", MARCH).counts
    for gap, name in LACKING.items():
        listed = services.people_with(gap, "SP", MARCH)
        assert len(listed) == getattr(it, gap) == it.expected - getattr(it, name)
        assert len(list(listed)) == len(listed)


def test_a_household_and_a_filter_count_the_same(people):
    write([said(people["Lò Văn Sơn"])], source=1)
    where = Residence.objects.get(person=people["Lò Văn Sơn"]).hamlet_id
    [home] = services.households(where, MARCH)
    assert (home.counts.expected, home.counts.content, home.counts.empty) == (2, 1, 1)
    men = services.figures("SP", MARCH, filters=services.Filters(sex=1)).counts
    assert (men.expected, men.content, men.updated) == (2, 1, 1)


def test_of_some_residents_of_a_large_place_the_four_are_not_counted_and_the_page_is_silent(
    people, client, monkeypatch
):
    write([said(people["Lò Văn Sơn"])], source=1)
    client.force_login(on_duty())
    asked = f"/coverage/unit/SP/?on={MARCH}&sex=1"
    assert 'id="own"' in client.get(asked).content.decode()
    monkeypatch.setattr("hssk.coverage.rules.SMALL", 2)
    men = services.figures("SP", MARCH, filters=services.Filters(sex=1))
    assert (men.own, men.counts.content) == (False, 0)
    assert 'id="own"' not in client.get(asked).content.decode()
    assert len(services.people_with("content", "SP", MARCH, services.Filters(sex=1))) == 1
    assert services.figures("SP", MARCH).counts.content == 1


def test_merged_and_parted_again_each_has_what_was_filed_under_it(people):
    my, sons = people["Giàng Thị Mỷ"], people["Lò Văn Sơn"]
    nurse = on_duty()
    write([said(sons)], source=1)
    merge(keep=my, drop=sons, actor=nurse)
    assert {one.id for one in services.people_with("content", "SP", MARCH)} == {my.pk}
    unmerge(drop=sons)
    assert {one.id for one in services.people_with("content", "SP", MARCH)} == {sons.pk}


def test_who_was_verified_counts_from_that_day_until_it_is_taken_back(people):
    my, nurse = people["Giàng Thị Mỷ"], on_duty()
    verify(my, How.DOCUMENT, Document.IDENTITY_CARD, by=nurse, at=AT, typed_by=())
    assert [counts(on)[0] for on in (date(2024, 2, 28), date(2024, 2, 29), MARCH)] == [0, 1, 1]
    merge(keep=people["Lò Văn Sơn"], drop=my, actor=nurse)
    assert counts()[0] == 1
    take_verifying_back(people["Lò Văn Sơn"], "nhầm người trùng tên", by=nurse, at=AT)
    assert counts()[0] == 0


def test_who_dies_leaves_every_number(people):
    sons = people["Lò Văn Sơn"]
    write([said(sons, "visits", date(2024, 2, 1))], source=1)
    Person.objects.filter(pk=sons.pk).update(died_on=date(2024, 3, 1))
    assert counts(date(2024, 2, 29)) == (0, 1, 0, 1)
    assert counts(date(2024, 3, 1)) == (0, 0, 0, 0)


def test_a_plain_entry_more_waits_as_a_note_and_is_added_to_what_stands(people):
    sons = people["Lò Văn Sơn"]
    write([said(sons, "visits", date(2024, 2, 1))], source=1)
    services.settle()
    write([said(sons, "allergies", date(2024, 3, 1))], source=1)
    assert Note.objects.get().anew is False
    services.settle()
    assert not Note.objects.exists()
    standing = Standing.objects.values("content", "allergies_since").get()
    assert standing == {"content": date(2024, 2, 1), "allergies_since": date(2024, 3, 1)}
