"""The post of an officer of first contact: given by an administrator, at a hospital, and alone."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from hssk.access.errors import NotYours
from hssk.access.forms import PostForm
from hssk.access.models import Post, User
from hssk.access.rights import Role
from hssk.access.services import access_of, grant_post, grantable
from hssk.places.models import Facility
from tests.village import commune, hospital, on_duty

TODAY = date(2024, 4, 10)
pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator():
    return access_of(on_duty("quan.ly", Role.ADMINISTRATOR), TODAY)


@pytest.fixture
def mai():
    return User.objects.create_user("mai")


def given(user, giver, role=Role.FIRST_CONTACT, **where):
    return grant_post(user, role, commune("03388"), since=TODAY, giver=giver, **where)


def test_an_administrator_gives_it_at_a_hospital_and_its_area_is_the_hospital(mai, administrator):
    post = given(mai, administrator, facility=hospital())
    assert post.area == "Bệnh viện Bịa 12001"
    assert access_of(mai, TODAY).facilities == {hospital().pk}


def test_a_health_centre_gives_it_to_nobody_for_it_opens_people_of_all_areas(mai):
    officer = access_of(on_duty("trung.tam", Role.OFFICER, commune("03388")), TODAY)
    assert Role.FIRST_CONTACT not in grantable(officer)
    with pytest.raises(NotYours):
        given(mai, officer, facility=hospital())


def test_it_is_at_a_facility_that_is_no_station_and_no_other_post_is(mai, administrator):
    station = Facility.objects.create(code="12388", name="Trạm", unit=commune("03388"))
    for role, where in (
        (Role.FIRST_CONTACT, None), (Role.FIRST_CONTACT, station), (Role.CLERK, hospital()),
    ):  # fmt: skip
        with pytest.raises(NotYours, match="không phải trạm"):
            given(mai, administrator, role, facility=where)
    with pytest.raises(IntegrityError), transaction.atomic():
        Post.objects.create(user=mai, role=Role.FIRST_CONTACT, since=TODAY, granted_by=mai)


def test_whoever_holds_it_holds_no_post_of_another_kind(mai, administrator):
    given(mai, administrator, facility=hospital())
    with pytest.raises(NotYours, match="hai tài khoản"):
        given(mai, administrator, Role.CLINICIAN)
    given(mai, administrator, facility=hospital("12002"))
    nurse = on_duty("y.ta", Role.CLINICIAN, commune("03388"))
    with pytest.raises(NotYours, match="hai tài khoản"):
        given(nurse, administrator, facility=hospital())


@pytest.mark.parametrize(
    ("role", "facility", "told"),
    [
        (Role.FIRST_CONTACT, "Bệnh viện Bịa 12001 · 12001", ""),
        (Role.FIRST_CONTACT, "99999", "Không có cơ sở nào mang mã “99999”."),
        (Role.FIRST_CONTACT, "12388", "Đây là trạm y tế"),
        (Role.CLERK, "12001", "hãy để trống"),
    ],
)
def test_the_form_takes_the_code_of_a_hospital_for_this_post_alone(role, facility, told):
    hospital()
    Facility.objects.create(code="12388", name="Trạm", unit=commune("03388"))
    form = PostForm(
        {"username": "mai", "role": role, "unit": "03388", "facility": facility},
        roles=list(Role), day=TODAY,
    )  # fmt: skip
    assert form.is_valid() == (not told)
    assert told in str(form.errors.get("facility", ""))


def test_who_may_not_give_it_is_not_asked_for_a_hospital():
    assert "facility" not in PostForm(roles=[Role.CLERK], day=TODAY).fields
