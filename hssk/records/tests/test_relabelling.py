"""The table of what is sensitive grows: what was filed before is hidden as what is filed today."""

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from hssk.records.models import Entry
from hssk.records.rules import labels
from hssk.records.services import about, relabel, take_back, typists_of, write, writing
from hssk.records.tests.test_entries import VISIT, medicine, pressure
from tests.village import on_duty, person

pytestmark = pytest.mark.django_db
DRUG = "Biadatum 10mg"  # a drug that there is not


@pytest.fixture
def my():
    return person("Giàng Thị Mỷ")


@pytest.fixture
def grown(monkeypatch):
    """The table has a line more, from now on."""

    def grow():
        line = labels.Line("HIV", labels.DRUG, "biadatum", "2026-01-01", "invented")
        known = labels.lines()
        monkeypatch.setattr(labels, "lines", lambda: (*known, line))
        labels._words.cache_clear()
        labels._known.cache_clear()

    yield grow
    monkeypatch.undo()
    labels._words.cache_clear()
    labels._known.cache_clear()


def test_the_whole_visit_is_hidden_by_the_hand_or_file_that_it_had(my, grown):
    nurse, other = on_duty("an"), uuid.uuid4()
    write([medicine(my, DRUG, visit=VISIT), pressure(my, visit=VISIT)], source=7)
    write([medicine(my, DRUG)], author=nurse)
    write([pressure(my, visit=other)], source=7)
    assert relabel() == 0
    grown()
    assert relabel() == 3
    now = about(my.id).current()
    assert {tuple(one.labels) for one in now.filter(visit=VISIT)} == {("HIV",)}
    assert {one.tier for one in now.filter(visit=VISIT)} == {3}
    assert [one.labels for one in now.filter(visit=other)] == [[]]
    typed = now.get(visit=None)
    assert (typed.labels, typed.author, typed.version) == (["HIV"], nurse, 2)
    assert typed.why
    assert relabel() == 0


def test_a_file_takes_along_what_was_labelled_anew(my, grown):
    write([medicine(my, DRUG, visit=VISIT)], source=7)
    grown()
    relabel()
    take_back(7)
    assert not Entry.objects.filter(person=my.id).exists()


def test_who_typed_long_ago_has_not_typed_today(my, grown, monkeypatch):
    nurse, long_ago = on_duty("an"), timezone.now() - timedelta(days=90)
    with monkeypatch.context() as then:
        then.setattr(writing, "transaction_moment", lambda: long_ago)
        write([medicine(my, DRUG)], author=nurse)
    grown()
    assert relabel() == 1
    assert typists_of(my.id, timezone.localdate(long_ago)) == {nurse.pk}
    assert typists_of(my.id, timezone.localdate()) == set()
