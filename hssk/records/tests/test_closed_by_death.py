"""A death closes a record for whoever types: it is kept and read, and opens when it was wrong."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from hssk.access.rights import Role
from hssk.people.models import Person
from hssk.people.services import Event, open_care
from hssk.records.models import Entry
from tests.village import commune, on_duty, village

HOME = "03403"
VISIT = {"diagnosis": "sốt", "weight": "50"}


@pytest.fixture
def my(db):
    return village(f"{HOME} | Bản Tả | Giàng Thị Mỷ | no | born=1970-05-06 sex=2")["Giàng Thị Mỷ"]


@pytest.fixture
def nurse(my):
    user = on_duty("y.ta", role=Role.CLINICIAN, unit=commune(HOME))
    open_care(my.pk, commune(HOME), Event.VISIT, at=timezone.now(), actor=user)
    client = Client()
    client.force_login(user)
    return client


def died(my, days_ago):
    day = timezone.localdate() - timedelta(days_ago)
    Person.objects.filter(pk=my.pk).update(died_on=day)


def visit(nurse, my):
    return nurse.post(f"/record/{my.pk}/new/", VISIT).content.decode()


def answer(nurse, my):
    sent = {"seen": "{}", "allergies.food": "tôm"}
    return nurse.post(f"/record/{my.pk}/form/", sent).content.decode()


def test_nothing_is_typed_about_somebody_after_the_day_they_died(nurse, my):
    died(my, days_ago=1)
    assert "Hồ sơ đã đóng" in visit(nurse, my)
    assert "Hồ sơ đã đóng" in answer(nurse, my)
    assert f"/people/{my.pk}/death/" in visit(nurse, my), "where a wrong death is taken back"
    assert not Entry.objects.exists()


def test_the_record_stays_open_to_be_read_and_offers_no_form(nurse, my):
    visit(nurse, my)
    died(my, days_ago=1)
    page = nurse.get(f"/record/{my.pk}/").content.decode()
    assert "Sốt" in page
    assert "/paper/" in page
    assert "/new/" not in page
    assert "/form/" not in page


def test_what_happened_on_the_day_itself_is_typed(nurse, my):
    died(my, days_ago=0)
    visit(nurse, my)
    answer(nurse, my)
    assert Entry.objects.filter(kind="Encounter").exists()
    assert Entry.objects.filter(code="allergies.food").exists()


def test_whose_death_is_taken_back_is_written_about_again(nurse, my):
    died(my, days_ago=1)
    Person.objects.filter(pk=my.pk).update(died_on=None)
    visit(nurse, my)
    assert Entry.objects.filter(kind="Encounter").exists()
