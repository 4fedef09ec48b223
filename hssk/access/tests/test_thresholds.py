"""What stands between signing in and the first page: first passwords, the second step in time; and
who may change a factor."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth import get_user_model
from django.test import Client
from django.utils.timezone import localdate

from hssk.access.rights import RIGHTS, SECOND_STEP, Role
from hssk.access.services import access_of, appoint
from hssk.access.tests.test_coming_in import (
    PASSWORD,
    code_for,
    is_in,
    sign_in,
    spare_codes,
    turned_on,
)
from hssk.kit.tests.browser import browser_page, show, violations
from tests.village import on_duty

NEW = "chin con trau bac"
CLOSED = ("/", "/help/", "/accounts/here/", "/accounts/second/", "/people/emergency/")
pytestmark = pytest.mark.django_db


@pytest.fixture
def first():
    """A colleague who has just been given a post, and the first password."""
    giver = access_of(on_duty("mai"), localdate())
    post, password = appoint("lan", "Vàng Thị Lan", Role.CLERK, None, giver=giver)
    return post.user, password


def change(client, old, new=NEW):
    fields = {"old_password": old, "new_password1": new, "new_password2": new}
    return client.post("/accounts/password/", fields)


def late(user, days=1):
    get_user_model().objects.filter(pk=user.pk).update(second_by=localdate() - timedelta(days=days))


def test_a_first_password_opens_the_page_to_change_it_and_nothing_else(client, first):
    user, password = first
    sign_in(client, "lan", password)
    assert is_in(client)
    for address in CLOSED:
        assert client.get(address).url == "/accounts/password/", address
    assert "do người khác tạo" in client.get("/accounts/password/").text
    assert change(client, password, password).context["form"].errors["new_password1"]
    assert client.get("/help/").status_code == 302
    assert change(client, password).url == "/"
    assert client.get("/help/").status_code == 200
    user.refresh_from_db()
    assert user.first_until is None


def test_with_a_first_password_one_can_leave(client, first):
    sign_in(client, "lan", first[1])
    client.post("/accounts/logout/")
    assert not is_in(client)


@pytest.mark.parametrize(("age", "works"), [(7, True), (8, False)])
def test_a_first_password_runs_out_after_seven_days(client, first, age, works):
    user, password = first
    assert user.first_until == localdate() + timedelta(days=7)
    get_user_model().objects.filter(pk=user.pk).update(
        first_until=user.first_until - timedelta(days=age)
    )
    answer = sign_in(client, "lan", password)
    assert is_in(client) is works
    if not works:
        assert answer.url == "/accounts/asleep/"
        assert "quá 7 ngày" in client.get(answer.url).text


@pytest.mark.parametrize("role", list(Role))
def test_whose_post_opens_people_s_data_enrols_within_seven_days(client, role):
    user = on_duty("lo.thi.bia", role=role, password=PASSWORD)
    asked = bool(RIGHTS[role] & SECOND_STEP)
    assert asked is (
        role not in (Role.HEAD, Role.CHAIR, Role.INTEGRATOR, Role.ORGANISATION_CONTACT)
    )
    sign_in(client)
    user.refresh_from_db()
    assert user.second_by == (localdate() + timedelta(days=7) if asked else None)
    late(user, 0)
    assert client.get("/help/").status_code == 200
    late(user, 1)
    assert client.get("/help/").status_code == (302 if asked else 200)


def test_who_is_late_reaches_the_pages_to_enrol_and_then_all_the_others(client):
    nurse = on_duty("lo.thi.bia", password=PASSWORD)
    sign_in(client)
    late(nurse)
    for address in ("/", "/help/", "/accounts/here/", "/accounts/posts/", "/accounts/here/code/"):
        assert client.get(address).url == "/accounts/second/", address
    assert "mở lại ngay sau đó" in client.get("/accounts/second/").text
    turned_on(client)
    assert client.get("/help/").status_code == 200
    assert len(spare_codes(client)) == 10


def test_coming_in_again_or_taking_the_step_away_gives_no_new_time(client):
    nurse = on_duty("lo.thi.bia", password=PASSWORD)
    sign_in(client)
    late(nurse)
    client.post("/accounts/logout/")
    sign_in(client)
    assert client.get("/help/").status_code == 302
    turned_on(client)
    client.post("/accounts/second/off/")
    assert not Authenticator.objects.filter(user=nurse).exists()
    assert client.get("/help/").url == "/accounts/second/"


def test_the_short_way_back_does_not_lead_around_it(client):
    from hssk.access.services import set_code
    from hssk.access.tests.test_shared_machine import CODE

    nurse = on_duty("lo.thi.bia", password=PASSWORD)
    set_code(nurse, CODE)
    client.post("/accounts/login/", {"login": "lo.thi.bia", "password": PASSWORD, "shared": "on"})
    client.post("/accounts/lock/")
    late(nurse)
    page = client.get("/accounts/change/")
    who = page.context["rows"][0]["presence"].pk
    client.post("/accounts/change/", {"who": who, "code": CODE})
    assert is_in(client)
    assert client.get("/help/").url == "/accounts/second/"


def test_in_an_invented_city_nobody_is_asked(client, settings):
    settings.SECOND_STEP_WITHIN = None
    nurse = on_duty("lo.thi.bia", password=PASSWORD)
    sign_in(client)
    nurse.refresh_from_db()
    assert nurse.second_by is None
    assert "trước hết ngày" not in client.get("/accounts/second/").text


@pytest.mark.parametrize(
    "address", ["second/off/", "second/codes/", "second/key/on/", "password/", "here/code/"]
)
def test_who_has_two_factors_proves_both_before_one_is_changed(client, address):
    on_duty("lo.thi.bia", password=PASSWORD)
    sign_in(client)
    secret = turned_on(client)
    for left_out in ("password", "mfa"):
        session = client.session
        session["account_authentication_methods"] = [
            {**proof, "at": proof["at"] - 400 * (proof["method"] == left_out)}
            for proof in session["account_authentication_methods"]
        ]
        session["sitting"] = {**session["sitting"], "began": session["sitting"]["began"] - 400}
        session.save()
        asked = client.get(f"/accounts/{address}").url
        assert asked.startswith(
            {"password": "/accounts/again/", "mfa": "/accounts/second/again/"}[left_out]
        )
        proof = {"password": PASSWORD} if left_out == "password" else {"code": code_for(secret, 1)}
        assert client.post(asked, proof).status_code == 302
    assert client.get(f"/accounts/{address}").status_code == 200


def test_a_spare_code_proves_the_second_step_once_more(client):
    on_duty("lo.thi.bia", password=PASSWORD)
    sign_in(client)
    turned_on(client)
    code = spare_codes(client)[3]
    for works in (True, False):
        session = client.session
        session["account_authentication_methods"] = [
            proof for proof in session["account_authentication_methods"] if proof["method"] != "mfa"
        ]
        session.save()
        client.post("/accounts/second/again/?next=/accounts/second/off/", {"code": code})
        assert (client.get("/accounts/second/off/").status_code == 200) is works


def test_a_spare_code_of_a_colleague_is_nobody_else_s(client):
    for name in ("lo.thi.bia", "thao.a.ao"):
        on_duty(name, password=PASSWORD)
    codes = {}
    for name in ("lo.thi.bia", "thao.a.ao"):
        each = Client()
        sign_in(each, name)
        turned_on(each)
        codes[name] = spare_codes(each)
    sign_in(client)
    client.post("/accounts/second/code/", {"code": codes["thao.a.ao"][0]})
    assert not is_in(client)
    client.post("/accounts/second/code/", {"code": codes["lo.thi.bia"][0]})
    assert is_in(client)


@pytest.mark.parametrize("width", [1280, 360])
def test_the_pages_of_the_threshold_are_for_everybody(client, first, width):
    user, password = first
    sign_in(client, "lan", password)
    pages = [client.get("/accounts/password/")]
    change(client, password)
    pages.append(client.get("/accounts/second/"))
    boss = Client()
    boss.force_login(get_user_model().objects.get(username="mai"))
    pages += [
        boss.get("/accounts/posts/"),
        boss.get(f"/accounts/posts/{user.posts.get().pk}/let-in/"),
    ]
    late(user)
    pages.append(client.get("/accounts/second/"))
    again = client.post("/accounts/again/?next=/accounts/second/on/", {"password": NEW})
    secret = client.get(again.url).context["form"].secret
    client.post("/accounts/second/on/", {"code": code_for(secret)})
    pages += [client.get("/accounts/second/codes/"), client.post("/accounts/second/codes/")]
    pages.append(boss.get(f"/accounts/posts/{user.posts.get().pk}/unlock/"))
    with browser_page(width) as page:
        for each in pages:
            assert each.status_code == 200
            show(page, each.text)
            assert violations(page) == []
            assert page.evaluate("document.documentElement.scrollWidth") <= width
