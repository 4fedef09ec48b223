"""What people somebody is of, and of which sex, written by hand: part A of the form asks it, and a
newborn, a foundling or a foreigner is in no list that would tell it."""

import pytest
from django.utils import timezone

from hssk.access.rights import Role
from hssk.people.models import Amendment, Birth, Person
from hssk.people.rules import PEOPLES
from hssk.people.services import refresh_people
from hssk.people.tests.moving import NEW, works
from hssk.people.tests.test_life_pages import act_of, signed_in
from hssk.records.rules.completeness import is_known
from tests.village import hamlet, listed, village

MONG, KINH = "08", "01"


@pytest.fixture
def people(db):
    return village(f"""
        {NEW} | Bản Mới | Giàng Thị Mỷ | yes | household=12 born=1995-06-05 sex=2 ethnicity={MONG}
    """)


@pytest.fixture
def nurse(people):
    works("y.ta", Role.CLINICIAN, NEW, timezone.localdate())
    return signed_in("y.ta")


def born(nurse, mother, **more):
    url = f"/people/{mother.pk}/birth/"
    page = nurse.get(url).text
    said = {"act": act_of(page), "on": f"{timezone.localdate()}", "sex_1": "2"}
    nurse.post(url, said | more)
    return page, Person.objects.get(pk=Birth.objects.get().child)


def known(one):
    one.refresh_from_db()
    return is_known(one.sex, one.birth, one.ethnicity)


def name(nurse, one, **said):
    blank = {"name": "", "number": "", "sex": "", "ethnicity": ""}
    return nurse.post(f"/people/{one.pk}/name/", blank | said, follow=True).text


def test_a_birth_asks_it_beginning_with_the_mothers(people, nurse):
    page, child = born(nurse, people["Giàng Thị Mỷ"], ethnicity=MONG)
    assert f'<option value="{MONG}" selected>' in page
    assert child.ethnicity == MONG
    assert known(child)


def test_what_was_not_asked_at_birth_is_written_later(people, nurse):
    _page, child = born(nurse, people["Giàng Thị Mỷ"], ethnicity="", sex_1="0")
    assert not known(child)
    page = name(nurse, child, sex="1", ethnicity=KINH)
    assert known(child)
    assert (child.sex, child.ethnicity) == (1, KINH)
    assert "– → Kinh" in page
    assert "– → Nam" in page
    name(nurse, child, sex="1", ethnicity=KINH)
    assert Amendment.objects.count() == 2, "said again it is no correction"


def test_a_list_that_tells_it_comes_first_and_a_silent_one_takes_nothing_away(people, nurse):
    _page, child = born(nurse, people["Giàng Thị Mỷ"], ethnicity=MONG)
    row = listed(child, hamlet(NEW, "Bản Mới"))
    refresh_people([child.pk])
    child.refresh_from_db()
    assert child.ethnicity == MONG
    row.ethnicity = "Kinh"
    row.save()
    refresh_people([child.pk])
    child.refresh_from_db()
    assert child.ethnicity == KINH


def test_a_foreigner_is_of_the_people_that_the_list_has_for_foreigners(people, nurse):
    page = nurse.get("/people/new/").text
    said = {"act": act_of(page), "kind": "foreigner", "name": "John Bia", "sex": "1",
            "birth": "1980", "hamlet": hamlet(NEW, "Bản Mới").pk, "nationality": "Lào"}  # fmt: skip
    nurse.post("/people/new/", said)
    one = Person.objects.get(name="John Bia")
    assert PEOPLES[one.ethnicity] == "Người nước ngoài"
    assert known(one)


def test_only_whom_a_hand_wrote_down_is_written_anew(people, nurse):
    mother = people["Giàng Thị Mỷ"]
    assert "theo danh sách nhân khẩu" in name(nurse, mother, ethnicity=KINH)
    mother.refresh_from_db()
    assert mother.ethnicity == MONG
