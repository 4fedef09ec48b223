"""The second step, the lock after failures, accounts that sleep, and who lets whom in again."""

from datetime import date, timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth
from django.contrib.auth import get_user_model
from django.test import Client
from django.utils.timezone import localdate

from hssk.access.models import Look, SpareCode
from hssk.access.rights import Role
from hssk.access.services import (
    access_of,
    appoint,
    end_post,
    is_asleep,
    may_let_in,
    put_to_sleep,
)
from hssk.access.services.telling import in_words
from hssk.kit.tests.browser import browser_page, show, violations
from hssk.places.models import Unit
from tests.village import MARCH, on_duty

PASSWORD = "mot cau ngan de nho"
pytestmark = pytest.mark.django_db


@pytest.fixture
def nurse():
    return on_duty("lo.thi.bia", password=PASSWORD)


def sign_in(client, name="lo.thi.bia", password=PASSWORD, **more):
    return client.post("/accounts/login/", {"login": name, "password": password}, **more)


def code_for(secret, used=0):
    """A code that an app shows about now; a new one each time, for each works once."""
    counters = sorted(auth.yield_hotp_counters_from_time())
    now = len(counters) // 2  # not the oldest, which may have run out when it arrives
    return auth.format_hotp_value(auth.hotp_value(secret, counters[now + used]))


def turned_on(client):
    """Turn the second step on for whoever is signed in; the secret that the phone keeps."""
    answer = client.get("/accounts/second/on/", follow=True)
    if "/again/" in answer.request["PATH_INFO"]:
        client.post(answer.request["PATH_INFO"], {"password": PASSWORD,
                                                  "next": "/accounts/second/on/"})  # fmt: skip
        answer = client.get("/accounts/second/on/")
    secret = answer.context["form"].secret
    assert client.post("/accounts/second/on/", {"code": code_for(secret)}).status_code == 302
    return secret


def spare_codes(client):
    """Ten new spare codes of whoever is signed in, as the page shows them once."""
    return client.post("/accounts/second/codes/").context["codes"]


def let_in(client, user, act="let-in", knew="document"):
    return client.post(f"/accounts/posts/{user.posts.get().pk}/{act}/", {"knew": knew})


def is_in(client):
    return "_auth_user_id" in client.session


def test_with_the_second_step_a_password_alone_lets_nobody_in(client, nurse):
    sign_in(client)
    secret = turned_on(client)
    client.post("/accounts/logout/")
    answer = sign_in(client)
    assert answer.url.startswith("/accounts/second/code/")
    assert not is_in(client)
    assert client.get("/coverage/unit/12/").status_code == 302
    client.post("/accounts/second/code/", {"code": "000000"})
    assert not is_in(client)
    client.post("/accounts/second/code/", {"code": code_for(secret, used=1)})
    assert is_in(client)


def test_a_spare_code_works_once(client, nurse):
    sign_in(client)
    turned_on(client)
    spare = spare_codes(client)[0]
    client.post("/accounts/logout/")
    for works in (True, False):
        sign_in(client)
        client.post("/accounts/second/code/", {"code": spare})
        assert is_in(client) is works
        client.post("/accounts/logout/")


def test_the_database_alone_does_not_tell_the_secret(client, nurse):
    sign_in(client)
    secret = turned_on(client)
    kept = Authenticator.objects.get(type=Authenticator.Type.TOTP)
    assert secret not in str(kept.data)
    assert isinstance(kept.wrap(), auth.TOTP)
    assert kept.wrap().validate_code(code_for(secret, used=1))


@pytest.mark.parametrize("name", ["lo.thi.bia", "khong.ai"])
def test_failures_lock_a_name_whether_there_is_such_an_account_or_not(client, nurse, name):
    answers = [sign_in(client, name, "sai sai sai") for _ in range(7)]
    said = [answer.context["form"].non_field_errors() for answer in answers]
    assert "chưa đúng" in str(said[0])
    assert "Sai quá nhiều lần" in str(said[-1])
    assert "Sai quá nhiều lần" in str(sign_in(client, name).context["form"].non_field_errors())
    assert not is_in(client)


def test_a_wrong_code_leaves_an_empty_box_for_the_next(client, nurse):
    sign_in(client)
    turned_on(client)
    client.post("/accounts/logout/")
    sign_in(client)
    page = client.post("/accounts/second/code/", {"code": "918273"}).text
    assert "Mã chưa đúng" in page
    assert "918273" not in page
    assert "required" in page.partition('name="code"')[2].partition(">")[0]


def test_a_name_is_locked_by_whatever_address_the_page_is_asked_for(client, nurse):
    for port in range(5):
        sign_in(client, password="sai sai sai", headers={"host": f"localhost:{9000 + port}"})
    said = sign_in(client, headers={"host": "127.0.0.1:9999"}).context["form"].non_field_errors()
    assert "Sai quá nhiều lần" in str(said)
    assert not is_in(client)


def test_an_account_nobody_used_for_45_days_sleeps_till_somebody_lets_it_in(client, nurse):
    get_user_model().objects.filter(pk=nurse.pk).update(
        last_login="2020-01-01T00:00:00Z", date_joined="2020-01-01T00:00:00Z"
    )
    assert sign_in(client).url == "/accounts/asleep/"
    assert not is_in(client)
    assert "đang ngủ" in client.get("/accounts/asleep/").text
    assert sign_in(client, password="sai sai sai").status_code == 200  # tells only who knows it
    boss = on_duty("thao.thi.ao", role=Role.ADMINISTRATOR)
    client.force_login(boss)
    assert "đang ngủ" in client.get("/accounts/posts/").text
    answer = let_in(client, nurse)
    client.post("/accounts/logout/")
    assert sign_in(client).status_code == 200  # the old password is gone
    sign_in(client, password=answer.context["again"]["password"])
    assert is_in(client)


@pytest.mark.parametrize(("days", "asleep"), [(45, False), (46, True)])
def test_the_46th_day_is_the_first_of_sleep(nurse, days, asleep):
    nurse.last_login = None
    joined = localdate(nurse.date_joined)  # after five in the afternoon UTC it is tomorrow here
    assert is_asleep(nurse, joined + timedelta(days=days)) is asleep
    nurse.woken_on = joined + timedelta(days=days)
    assert not is_asleep(nurse, joined + timedelta(days=days))


def test_a_new_password_leaves_the_second_step_and_ends_the_sessions(client, nurse):
    sign_in(client)
    secret = turned_on(client)
    boss = Client()
    boss.force_login(on_duty("thao.thi.ao", role=Role.ADMINISTRATOR))
    password = let_in(boss, nurse).context["again"]["password"]
    assert client.get("/help/").status_code == 302
    client.post("/accounts/logout/")
    assert sign_in(client, password=password).url.startswith("/accounts/second/code/")
    assert not is_in(client)
    client.post("/accounts/second/code/", {"code": code_for(secret, used=1)})
    assert is_in(client)


def test_a_lost_second_step_is_taken_away_by_an_act_of_its_own(client, nurse):
    sign_in(client)
    turned_on(client)
    spare_codes(client)
    boss = Client()
    boss.force_login(on_duty("thao.thi.ao", role=Role.ADMINISTRATOR))
    assert let_in(boss, nurse, "unlock", "voice").status_code == 200  # not met face to face
    assert Authenticator.objects.filter(user=nurse).exists()
    assert let_in(boss, nurse, "unlock", "face").status_code == 302
    assert not Authenticator.objects.filter(user=nurse).exists()
    assert not SpareCode.objects.filter(user=nurse).exists()
    assert client.get("/help/").status_code == 302
    sign_in(client)  # the password is what it was, and opens nothing but the page to enrol
    assert client.get("/help/").url == "/accounts/second/"
    assert let_in(boss, nurse, "unlock").status_code == 404


def test_who_helps_says_how_they_knew_and_the_log_keeps_it(client, nurse):
    boss = on_duty("thao.thi.ao", role=Role.ADMINISTRATOR)
    client.force_login(boss)
    before = nurse.password
    for knew in ("", "by magic"):
        assert let_in(client, nurse, knew=knew).context["form"].errors["knew"]
    nurse.refresh_from_db()
    assert nurse.password == before
    let_in(client, nurse, knew="superior")
    line = in_words([Look.objects.get(act="let-in")])[0]
    assert line.look.actor == boss
    assert line.purpose == "cho lo.thi.bia (lo.thi.bia): lãnh đạo đơn vị của người ấy xác nhận"


def test_nobody_lets_in_who_holds_more_than_they_could_give(client):
    commune = Unit.objects.on(MARCH).get(code="03403")
    officer = on_duty("can.bo", role=Role.OFFICER, unit=commune)
    clerk = on_duty("van.thu", role=Role.CLERK, unit=commune)
    wide = on_duty("toan.tinh", role=Role.CLERK, unit=commune)
    on_post = wide.posts.get()
    wide.posts.create(role=Role.OFFICER, unit=None, since=date(2020, 1, 1), granted_by=wide)
    giver = access_of(officer, MARCH)
    assert may_let_in(giver, clerk)
    assert not may_let_in(giver, wide)
    assert not may_let_in(giver, officer)
    client.force_login(officer)
    assert client.post(f"/accounts/posts/{on_post.pk}/let-in/").status_code == 404


@pytest.mark.parametrize("width", [1280, 360])
def test_the_pages_of_the_second_step_are_for_everybody(client, nurse, width):
    sign_in(client)
    pages = [client.get("/accounts/second/")]
    answer = client.get("/accounts/second/on/", follow=True)
    pages.append(answer)
    turned_on(client)
    pages += [client.get(f"/accounts/second/{rest}") for rest in ("", "codes/", "off/")]
    client.post("/accounts/logout/")
    sign_in(client)
    pages += [client.get("/accounts/second/code/"), client.get("/accounts/asleep/")]
    with browser_page(width) as page:
        for each in pages:
            assert each.status_code == 200
            show(page, each.text)
            assert violations(page) == []
            assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_too_many_tries_from_one_computer_get_a_page_that_says_to_wait(client, nurse, settings):
    settings.ACCOUNT_RATE_LIMITS = {"login": "2/m/ip"}
    answers = [sign_in(client, password="sai sai sai") for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert "Đợi vài phút" in answers[-1].text


def test_a_first_password_is_kept_quickly_and_slowed_once_somebody_comes_in(settings, client):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
    giver = access_of(on_duty("mai"), localdate())
    post, password = appoint("lan", "Vàng Thị Lan", Role.CHAIR, None, giver=giver)
    assert "$10000$" in post.user.password
    sign_in(client, "lan", password)
    assert is_in(client)
    post.user.refresh_from_db()
    assert "$10000$" not in post.user.password


def test_an_account_that_was_put_to_sleep_wakes_with_its_next_post(client):
    giver = access_of(on_duty("mai"), localdate())
    post, _first = appoint("lan", "", Role.CHAIR, None, giver=giver)
    assert not put_to_sleep(post.user, giver=giver)
    end_post(post, on=giver.day, giver=giver)
    assert put_to_sleep(post.user, giver=giver)
    sign_in(client, "lan", _first)
    assert not is_in(client)
    again, second = appoint("lan", "", Role.CHAIR, None, giver=giver)
    assert (again.user, second != _first) == (post.user, True)
    sign_in(client, "lan", second)
    assert is_in(client)
