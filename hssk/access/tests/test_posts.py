"""Posts: what each role may do, where, from when to when, and who may give which."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction

from hssk.access import policy
from hssk.access.errors import NotYours
from hssk.access.models import Look, Post, User
from hssk.access.rights import NAMES, RIGHTS, Right, Role
from hssk.access.services import access_of, end_post, grant_post, look, looks_at
from hssk.places.models import Hamlet, Unit
from hssk.places.services import unit_on

OLD, NEW = date(2024, 3, 13), date(2026, 3, 13)
pytestmark = pytest.mark.django_db


@pytest.fixture
def mai():
    return User.objects.create_user("mai")


@pytest.fixture
def operator():
    return access_of(User.objects.get(username=User.LOCAL_OPERATOR), NEW)


def given(user, role, unit, operator, since=date(2020, 1, 1), **more):
    return grant_post(user, role, unit, since=since, giver=operator, **more)


def test_every_role_has_a_name_and_a_line_in_the_table():
    assert set(NAMES) == set(RIGHTS) == set(Role)


def test_who_may_see_no_person_holds_no_right_that_names_one():
    for role in (Role.ADMINISTRATOR, Role.PROVINCE, Role.CHAIR, Role.HEAD, Role.INTEGRATOR):
        assert not RIGHTS[role] & {Right.REGISTER, Right.ROWS, Right.DECIDE}, role
    assert RIGHTS[Role.AUDITOR] == {Right.LOOKS, Right.CASES}
    assert RIGHTS[Role.INTEGRATOR] == {Right.FILES}


def test_without_a_post_nothing_is_open(mai):
    nobody = access_of(mai, NEW)
    assert not any(nobody.allows(right) for right in Right)
    assert nobody.hamlets(Right.REGISTER) == frozenset()
    assert not nobody.holds_unit(unit_on("12", NEW), Right.FIGURES)


def test_a_post_opens_from_its_first_day_to_the_day_before_its_last(mai, operator):
    post = given(mai, Role.CLERK, unit_on("03403", OLD), operator, since=date(2026, 1, 10))
    end_post(post, on=date(2026, 2, 10), giver=operator)
    days = [date(2026, 1, 9), date(2026, 1, 10), date(2026, 2, 9), date(2026, 2, 10)]
    assert [access_of(mai, day).allows(Right.FILES) for day in days] == [False, True, True, False]


def test_somebody_who_is_put_to_sleep_holds_nothing(mai, operator):
    given(mai, Role.CLERK, None, operator)
    assert access_of(mai, NEW).allows(Right.FILES)
    User.objects.filter(pk=mai.pk).update(is_active=False)
    assert not access_of(mai, NEW).allows(Right.FILES)


def test_a_right_holds_in_the_area_of_its_own_post_only(mai, operator):
    here, there = unit_on("03403", OLD), unit_on("03387", OLD)
    given(mai, Role.CLERK, here, operator)
    given(mai, Role.CHAIR, there, operator)
    access = access_of(mai, NEW)
    assert [access.holds_unit(unit, Right.REGISTER) for unit in (here, there)] == [True, False]
    assert [access.holds_unit(unit, Right.FIGURES) for unit in (here, there)] == [True, True]
    assert not access.holds_unit(unit_on("12-105", OLD), Right.FIGURES)


def test_an_area_holds_what_lies_below_it(mai, operator):
    given(mai, Role.OFFICER, unit_on("12-105", OLD), operator)
    access = access_of(mai, NEW)
    assert access.holds_unit(unit_on("03403", OLD), Right.REGISTER)
    assert not access.holds_unit(unit_on("12", OLD), Right.REGISTER)
    home = Hamlet.objects.create(unit=unit_on("03403", OLD), name="Bản Bịa", key="ban bia")
    away = Hamlet.objects.create(unit=unit_on("01", OLD), name="Bản Xa", key="ban xa")
    assert access.hamlets(Right.REGISTER) == {home.pk}
    assert not access.holds_hamlet(away.pk, Right.REGISTER)


def test_a_post_does_not_grow_with_its_unit_when_communes_are_merged(mai, operator):
    old = unit_on("03403", OLD)
    given(mai, Role.CLERK, old, operator)
    heir = next(pair.new for pair in old.became.select_related("new"))
    assert not access_of(mai, NEW).holds_unit(heir, Right.REGISTER)


def test_a_post_in_a_merged_unit_holds_the_hamlets_of_what_was_merged(mai, operator):
    old = next(
        unit for unit in Unit.objects.on(OLD).filter(path__startswith="12/12-105/")
        if unit.became.filter(whole=True).exists()
    )  # fmt: skip
    heir = old.became.get().new
    home = Hamlet.objects.create(unit=old, name="Tổ 1", key="1")
    given(mai, Role.CLERK, heir, operator)
    access = access_of(mai, NEW)
    assert access.hamlets(Right.REGISTER) == {home.pk}
    assert access.holds_unit(old, Right.REGISTER)


def test_a_post_of_one_hamlet_holds_that_hamlet_and_no_unit(mai, operator):
    unit = unit_on("03403", OLD)
    mine, other = (
        Hamlet.objects.create(unit=unit, name=name, key=name.lower()) for name in ("A", "B")
    )
    given(mai, Role.COLLABORATOR, unit, operator, hamlet=mine)
    access = access_of(mai, NEW)
    assert access.hamlets(Right.REGISTER) == {mine.pk}
    assert not access.holds_unit(unit, Right.FIGURES)
    with pytest.raises(NotYours):
        given(mai, Role.CLERK, unit, operator, hamlet=other)


def test_an_officer_gives_posts_in_his_own_area_and_of_delegated_roles_only(mai, operator):
    lan = User.objects.create_user("lan")
    city, province = unit_on("12-105", OLD), unit_on("12", OLD)
    given(mai, Role.OFFICER, city, operator)
    officer = access_of(mai, NEW)
    assert grant_post(lan, Role.CLERK, unit_on("03403", OLD), since=NEW, giver=officer)
    for role, unit in (
        (Role.CLERK, province), (Role.CLERK, None), (Role.AUDITOR, city),
        (Role.ADMINISTRATOR, city), (Role.PROVINCE, city), (Role.INTEGRATOR, city),
    ):  # fmt: skip
        with pytest.raises(NotYours):
            grant_post(lan, role, unit, since=NEW, giver=officer)
    with pytest.raises(NotYours):
        grant_post(mai, Role.CLERK, city, since=NEW, giver=officer)


def test_who_gives_posts_of_a_lesser_role_gives_none_by_another_post(mai, operator):
    lan = User.objects.create_user("lan")
    given(mai, Role.OFFICER, unit_on("12-105", OLD), operator)
    given(mai, Role.ADMINISTRATOR, unit_on("03403", OLD), operator)
    with pytest.raises(NotYours):
        grant_post(lan, Role.AUDITOR, unit_on("12-105", OLD), since=NEW, giver=access_of(mai, NEW))


def test_a_post_of_somebody_elses_area_cannot_be_ended(mai, operator):
    lan = User.objects.create_user("lan")
    far = given(lan, Role.CLERK, unit_on("01", OLD), operator)
    given(mai, Role.OFFICER, unit_on("12-105", OLD), operator)
    with pytest.raises(NotYours):
        end_post(far, on=NEW, giver=access_of(mai, NEW))
    assert Post.objects.get(pk=far.pk).until is None


def test_looks_are_kept_in_order_and_nobody_changes_one(mai, operator):
    someone, other = uuid4(), uuid4()
    given(mai, Role.CLERK, None, operator)
    access = access_of(mai, NEW)
    look(access, "list", Right.REGISTER, [someone, other, someone])
    look(access, "open", Right.REGISTER, [someone])
    assert [each.act for each in looks_at(someone)] == ["open", "list"]
    assert looks_at(other).get().people == [someone, other]
    for change in (
        lambda: Look.objects.update(act="x"),
        lambda: Look.objects.all().delete(),
        lambda: Look.objects.first().save(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    assert looks_at(someone).count() == 2


def test_every_address_says_who_may_come_in():
    assert policy.views_without_policy() == []


def test_an_address_without_policy_is_found(settings):
    settings.ROOT_URLCONF = "hssk.access.tests.open_door"
    assert policy.views_without_policy() == ["inner/open/"]


def test_a_view_without_policy_lets_nobody_in_even_so(settings, client, mai, operator):
    given(mai, Role.OFFICER, None, operator)
    settings.ROOT_URLCONF = "hssk.access.tests.open_door"
    client.force_login(mai)
    assert client.get("/inner/open/").status_code == 403


def test_a_page_that_names_people_and_wrote_no_look_is_withheld(settings, client, mai, operator):
    given(mai, Role.OFFICER, None, operator)
    settings.ROOT_URLCONF = "hssk.access.tests.open_door"
    client.force_login(mai)
    with pytest.raises(RuntimeError, match="no look"):
        client.get("/inner/forgetful/")


def test_the_day_decides_not_the_clock(mai, operator):
    given(mai, Role.CLERK, None, operator, since=NEW)
    assert not access_of(mai, NEW - timedelta(days=1)).allows(Right.FILES)
