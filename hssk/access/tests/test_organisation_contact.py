"""The post of an organisation's contact: given by whoever gives posts there; it opens no area."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from hssk.access.errors import NotYours
from hssk.access.forms import PostForm
from hssk.access.models import Post, User
from hssk.access.rights import Right, Role
from hssk.access.services import access_of, grant_post
from hssk.places.services import close_organisation, make_organisation
from tests.village import commune, on_duty

TODAY = date(2024, 4, 10)
pytestmark = pytest.mark.django_db


@pytest.fixture
def school():
    return make_organisation(name="Trường Bịa", kind="school", unit=commune("03388"), since=TODAY)


@pytest.fixture
def mai():
    return User.objects.create_user("mai")


@pytest.fixture
def officer():
    return access_of(on_duty("trung.tam", Role.OFFICER, commune("03388")), TODAY)


def given(user, giver, role=Role.ORGANISATION_CONTACT, unit="03388", **where):
    return grant_post(user, role, commune(unit), since=TODAY, giver=giver, **where)


def test_it_opens_the_figures_of_its_organisation_and_no_area(mai, officer, school):
    post = given(mai, officer, organisation=school)
    who = access_of(mai, TODAY)
    assert (post.area, who.organisations) == ("Trường Bịa", {school.pk})
    assert not who.allows(Right.FIGURES, Right.REGISTER, Right.LISTS)
    assert not who.units(Right.ORGANISATION)
    assert not who.holds_everything(Right.ORGANISATION)
    assert who.hamlets(Right.ORGANISATION) == frozenset()


def test_it_is_of_an_organisation_of_the_unit_and_no_other_post_is(mai, officer, school):
    far = make_organisation(name="Hội Xa", kind="union", unit=commune("03404"), since=TODAY)
    for role, where in (
        (Role.ORGANISATION_CONTACT, None), (Role.ORGANISATION_CONTACT, far), (Role.CLERK, school),
    ):  # fmt: skip
        with pytest.raises(NotYours, match="một tổ chức của đơn vị"):
            given(mai, officer, role, organisation=where)
    with pytest.raises(IntegrityError), transaction.atomic():
        Post.objects.create(user=mai, role=Role.ORGANISATION_CONTACT, since=TODAY, granted_by=mai)


@pytest.mark.parametrize(
    ("role", "unit", "said", "told"),
    [
        (Role.ORGANISATION_CONTACT, "03388", "{code}", ""),
        (Role.ORGANISATION_CONTACT, "03388", "Trường Bịa, Xã Bịa · {code}", ""),
        (Role.ORGANISATION_CONTACT, "03388", "TC9999", "Không có tổ chức nào mang mã “TC9999”."),
        (Role.ORGANISATION_CONTACT, "03404", "{code}", "hãy ghi mã của đơn vị ấy"),
        (Role.CLERK, "03388", "{code}", "hãy để trống"),
    ],
)
def test_the_form_takes_the_code_of_an_organisation_for_this_post_alone(
    school, role, unit, said, told
):
    commune(unit)
    form = PostForm(
        {"username": "mai", "role": role, "unit": unit,
         "organisation": said.format(code=school.code)},
        roles=list(Role), day=TODAY,
    )  # fmt: skip
    assert form.is_valid() == (not told)
    assert told in str(form.errors.get("organisation", ""))


def test_nobody_becomes_contact_of_what_is_no_more(school):
    close_organisation(school, TODAY)
    form = PostForm(
        {"username": "mai", "role": Role.ORGANISATION_CONTACT, "unit": "03388",
         "organisation": school.code},
        roles=list(Role), day=TODAY,
    )  # fmt: skip
    assert not form.is_valid()
