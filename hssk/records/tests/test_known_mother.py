"""The mother by whom a birth was written down stands in the form and on paper: nobody types her."""

from datetime import date
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from hssk.access.rights import Role
from hssk.people.models import Birth, Identifier, Stranger
from hssk.people.services import Event, open_care
from tests.village import commune, on_duty, village

HOME, AWAY = "03403", "03408"


@pytest.fixture
def people(db):
    return village(f"""
        {HOME} | Bản Tả | Giàng Thị Mỷ | no | household=1 born=1990-05-06 sex=2
        {HOME} | Bản Tả | Giàng A Sình | no | household=1 born=2024-02-01 sex=1
        {AWAY} | Tổ 2   | Lò Thị Xa    | no | household=9 born=1990-05-06 sex=2
    """)


@pytest.fixture
def nurse(people):
    user = on_duty("y.ta", role=Role.CLINICIAN, unit=commune(HOME))
    child = people["Giàng A Sình"]
    open_care(child.pk, commune(HOME), Event.VISIT, at=timezone.now(), actor=user)
    client = Client()
    client.force_login(user)
    client.user = user
    return client


def borne_by(mother, child, by):
    Birth.objects.create(
        act=uuid4(), nth=1, of=1, child=child.pk, mother=mother.pk, on=date(2024, 2, 1), by=by,
        at=timezone.now(),
    )  # fmt: skip


def paper_and_form(nurse, child):
    pages = [nurse.get(f"/record/{child.pk}/{page}/") for page in ("paper", "form")]
    return pages[0].content.decode(), pages[1].context["form"]["administrative.mother"].initial


def test_she_stands_on_paper_and_in_the_form_until_somebody_says_otherwise(people, nurse):
    child = people["Giàng A Sình"]
    borne_by(people["Giàng Thị Mỷ"], child, nurse.user)
    paper, asked = paper_and_form(nurse, child)
    assert "Giàng Thị Mỷ" in paper
    assert asked == "Giàng Thị Mỷ"
    sent = {"seen": "{}", "administrative.mother": "Giàng Thị Mẩy"}
    nurse.post(f"/record/{child.pk}/form/", sent)
    paper, asked = paper_and_form(nurse, child)
    assert "Giàng Thị Mẩy" in paper
    assert "Giàng Thị Mỷ" not in paper
    assert asked == "Giàng Thị Mẩy"


def test_a_mother_who_is_not_of_the_area_is_not_named(people, nurse):
    child = people["Giàng A Sình"]
    borne_by(people["Lò Thị Xa"], child, nurse.user)
    paper, asked = paper_and_form(nurse, child)
    assert "Lò Thị Xa" not in paper
    assert not asked


def test_of_which_country_a_stranger_is_and_by_which_passport(people, nurse):
    child = people["Giàng A Sình"]
    Stranger.objects.create(
        act=uuid4(), person=child.pk, kind=Stranger.FOREIGNER, nationality="Lào", by=nurse.user,
        at=timezone.now(),
    )  # fmt: skip
    Identifier.objects.create(person=child, kind=Identifier.PASSPORT, value="P1234567")
    paper = nurse.get(f"/record/{child.pk}/paper/").content.decode()
    assert "P1234567" in paper
    assert ">Lào<" in paper


def test_the_household_says_to_whom_people_are_related(people, nurse):
    page = nurse.get(f"/record/{people['Giàng A Sình'].pk}/").content.decode()
    assert "ghi theo chủ hộ" in page
