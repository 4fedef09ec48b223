"""Somebody of another place who is in the care of one's facility: their page, why, and no more."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from hssk.access.rights import Role
from hssk.people.models import Person
from hssk.people.services import Event, close_care, end_basis, open_care
from tests.village import MARCH, commune, hamlet, on_duty, post, village

HERE, THERE = "03403", "03387"
ON = f"?on={MARCH}"
pytestmark = pytest.mark.django_db


@pytest.fixture
def patient():
    people = village(f"""
        {HERE}  | Bản Tưởng Tượng | Giàng A Bịa | yes | household=1 born=1958 sex=1
        {THERE} | Tổ 1 | Trần Văn Ảo  | yes | household=7 born=1970 sex=1
        {THERE} | Tổ 1 | Trần Thị Khác | no | household=7 born=1980 sex=2
    """)
    return people["Trần Văn Ảo"]


@pytest.fixture
def nurse(client):
    user = on_duty("lo.thi.y.ta", role=Role.CLINICIAN, unit=commune(HERE))
    client.force_login(user)
    return user


def in_care(patient, nurse, event=Event.VISIT, ago=timedelta(hours=1)):
    return open_care(patient.id, commune(HERE), event, at=timezone.now() - ago, actor=nurse)


def page_of(client, who):
    return client.get(f"/coverage/person/{who.id}/{ON}")


def test_without_a_basis_the_person_is_not_there(client, nurse, patient):
    assert page_of(client, patient).status_code == 404


def test_care_opens_the_page_of_the_person_and_the_page_says_so(client, nurse, patient):
    in_care(patient, nurse)
    page = page_of(client, patient)
    assert page.status_code == 200
    assert "Trần Văn Ảo" in page.text
    assert "đến khám ở" in page.text
    assert "không thuộc địa bàn của bạn" in page.text
    assert "Nhiệm vụ của bạn" not in page.text


@pytest.mark.parametrize("event", list(Event))
def test_the_page_names_the_event(client, nurse, patient, event):
    in_care(patient, nurse, event)
    assert "Xem được từ" in page_of(client, patient).text


def test_care_opens_no_list_household_or_hamlet_and_nobody_beside_the_person(
    client, nurse, patient
):
    in_care(patient, nurse)
    place = hamlet(THERE, "Tổ 1")
    other = Person.objects.get(name="Trần Thị Khác")
    for path in (
        f"/coverage/person/{other.id}/", f"/coverage/hamlet/{place.pk}/",
        f"/coverage/unit/{THERE}/list/expected/", f"/coverage/hamlet/{place.pk}/alone/",
    ):  # fmt: skip
        assert client.get(path + ON).status_code == 404, path
    assert "Trần Văn Ảo" not in client.get(f"/coverage/unit/{HERE}/list/expected/{ON}").text
    assert "Trần Thị Khác" not in page_of(client, patient).text


def test_when_care_is_over_the_person_is_not_there_again(client, nurse, patient):
    basis = in_care(patient, nurse, ago=timedelta(days=40))
    close_care(basis, at=timezone.now() - timedelta(days=29), actor=nurse)
    assert page_of(client, patient).status_code == 200
    end_basis(basis, at=timezone.now() - timedelta(seconds=1), actor=nurse)
    assert page_of(client, patient).status_code == 404


@pytest.mark.parametrize(
    ("role", "code"), [(Role.CLERK, HERE), (Role.OFFICER, HERE), (Role.CLINICIAN, "03390")]
)
def test_it_is_there_for_no_other_role_and_no_other_facility(client, nurse, patient, role, code):
    in_care(patient, nurse)
    client.force_login(on_duty("other", role=role, unit=commune(code)))
    assert page_of(client, patient).status_code == 404


def test_somebody_of_the_area_who_is_in_care_too_shows_both_reasons(client, nurse):
    village(f"{HERE} | Bản Tưởng Tượng | Lò Thị Mơ | no | household=1 born=2000 sex=2")
    mine = Person.objects.get(name="Lò Thị Mơ")
    in_care(mine, nurse)
    text = page_of(client, mine).text
    assert "Nhiệm vụ của bạn" in text
    assert "đến khám ở" in text


def test_a_merge_lets_care_read_through_and_its_undoing_closes_it(client, nurse, patient):
    other = Person.objects.get(name="Trần Thị Khác")
    in_care(patient, nurse)
    Person.objects.filter(pk=patient.pk).update(root=other.pk, same_as=other)
    assert page_of(client, other).status_code == 200
    Person.objects.filter(pk=patient.pk).update(root=patient.pk, same_as=None)
    assert page_of(client, other).status_code == 404


def test_what_a_right_of_another_post_elsewhere_opens_is_not_offered(client, patient):
    """A clerk there who is a clinician here: nothing of the record, and no way to it."""
    clerk = on_duty("van.thu", role=Role.CLERK, unit=commune(THERE))
    client.force_login(clerk)
    as_clerk = offered(client, patient)
    post(clerk, Role.CLINICIAN, commune(HERE))
    assert offered(client, patient) == as_clerk
    in_care(patient, clerk)
    assert f"/record/{patient.id}/" in offered(client, patient)


def test_who_only_helps_where_somebody_lives_is_offered_no_act_of_a_post_elsewhere(client, patient):
    helper = on_duty("cong.tac", role=Role.COLLABORATOR, where=hamlet(THERE, "Tổ 1"))
    client.force_login(helper)
    as_helper = offered(client, patient)
    post(helper, Role.CLINICIAN, commune(HERE))
    assert offered(client, patient) == as_helper


def offered(client, patient):
    """The addresses upon them that the page of somebody offers, and what it says of their record."""
    main = page_of(client, patient).text.partition("<main")[2]
    links = re.findall(rf'href="([^"]*{patient.id}[^"]*)"', main)
    return {*links, *re.findall("(?:Chưa c|C)ó nội dung sức khỏe", main)}
