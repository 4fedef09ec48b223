"""A machine for several people: each comes back by their own short code, nobody as another."""

import time
from datetime import timedelta

import pytest
from django.test import Client

from hssk.access.codes import is_too_easy
from hssk.access.models import Look, Presence, ShortCode
from hssk.access.rights import Role
from hssk.access.tests.test_coming_in import PASSWORD, is_in
from hssk.access.tests.test_sittings import enter
from hssk.kit.tests.browser import browser_page, show, violations
from tests.village import MARCH, on_duty

CODE, OTHER = "583920", "719405"
pytestmark = pytest.mark.django_db


@pytest.fixture
def nurse():
    return on_duty("lo.thi.bia", password=PASSWORD, full_name="Lò Thị Bịa")


@pytest.fixture
def station(client, nurse):
    """A browser at which a nurse and a doctor signed in fully today; each has a code."""
    on_duty("thao.a.ao", password=PASSWORD, full_name="Thào A Ảo", role=Role.CLINICIAN)
    for name, code in (("lo.thi.bia", CODE), ("thao.a.ao", OTHER)):
        enter(client, name, shared="on")
        client.post("/accounts/here/code/", {"code": code, "again": code})
        client.post("/accounts/lock/")
    return client


def number_of(name):
    return Presence.objects.get(user__username=name).pk


def come_back(client, name="lo.thi.bia", code=CODE):
    return client.post("/accounts/change/", {"who": number_of(name), "code": code})


def who_is_in(client):
    return client.get("/help/").wsgi_request.user.username


def test_a_new_code_leads_on_to_a_page_of_ones_own_post(client, db):
    on_duty("vang.a.ao", password=PASSWORD, role=Role.ADMINISTRATOR)
    enter(client, "vang.a.ao", shared="on")
    answer = client.post("/accounts/here/code/", {"code": CODE, "again": CODE}, follow=True)
    assert answer.status_code == 200
    assert "Đã lưu mã ngắn" in answer.text


def test_whoever_signed_in_fully_today_comes_back_by_their_own_code(station):
    assert not is_in(station)
    page = station.get("/accounts/change/").text
    assert "Lò Thị Bịa" in page
    assert "Thào A Ảo" in page
    started = time.monotonic()
    come_back(station)
    assert time.monotonic() - started < 5
    assert who_is_in(station) == "lo.thi.bia"
    come_back(station, "thao.a.ao", OTHER)
    assert who_is_in(station) == "thao.a.ao"


def test_whoever_changes_the_password_at_the_machine_comes_back_there(station, nurse):
    """As everybody does on their first day: the machine locked and had forgotten them."""
    elsewhere = Client()
    enter(elsewhere, shared="on")
    enter(station, shared="on")
    new = "con ga gay luc sang som"
    said = {"old_password": PASSWORD, "new_password1": new, "new_password2": new}
    assert station.post("/accounts/password/", said).status_code == 302
    station.post("/accounts/lock/")
    come_back(station)
    assert who_is_in(station) == "lo.thi.bia"
    assert "Lò Thị Bịa" not in elsewhere.get("/accounts/change/", follow=True).text


def test_the_code_of_one_is_not_the_code_of_another(station):
    come_back(station, "lo.thi.bia", OTHER)
    assert not is_in(station)


def test_a_code_works_at_this_browser_only(station):
    elsewhere = Client()
    come_back(elsewhere)
    assert not is_in(elsewhere)
    elsewhere.cookies[next(name for name in station.cookies if "machine" in name)] = "guessed"
    come_back(elsewhere)
    assert not is_in(elsewhere)
    assert "Lò Thị Bịa" not in elsewhere.get("/accounts/change/", follow=True).text


def test_a_code_works_that_day_only(station):
    Presence.objects.update(day=MARCH)
    come_back(station)
    assert not is_in(station)
    assert station.get("/accounts/change/").url == "/accounts/login/"


def test_five_wrong_codes_demand_the_full_sign_in(station):
    for _try in range(5):
        assert "chưa đúng" in come_back(station, code="000000").text
    come_back(station)
    assert not is_in(station)
    assert "đăng nhập đầy đủ bằng tên và mật khẩu" in station.get("/accounts/change/").text
    enter(station, shared="on")
    station.post("/accounts/lock/")
    come_back(station)
    assert is_in(station)


def test_a_right_code_forgives_the_wrong_ones_before_it(station):
    for _round in range(2):
        for _try in range(4):
            come_back(station, code="000000")
        come_back(station)
        assert is_in(station)
        station.post("/accounts/lock/")


def _no_post(nurse):
    nurse.posts.update(until=MARCH)


def _inactive(nurse):
    type(nurse).objects.filter(pk=nurse.pk).update(is_active=False)


def _asleep(nurse):
    type(nurse).objects.filter(pk=nurse.pk).update(
        last_login="2020-01-01T00:00:00Z", date_joined="2020-01-01T00:00:00Z"
    )


def _new_password(nurse):
    nurse.set_password("mot mat khau khac han")
    nurse.save()


@pytest.mark.parametrize("ends", [_no_post, _inactive, _asleep, _new_password])
def test_a_code_works_only_while_account_and_post_stand(station, nurse, ends):
    nurse.refresh_from_db()
    ends(nurse)
    assert "Lò Thị Bịa" not in station.get("/accounts/change/").text
    come_back(station)
    assert not is_in(station)


def test_signing_out_takes_the_short_way_away_and_locking_does_not(station):
    come_back(station)
    station.post("/accounts/logout/")
    assert "Lò Thị Bịa" not in station.get("/accounts/change/").text
    assert "Thào A Ảo" in station.get("/accounts/change/").text


def test_every_change_is_in_the_log(station, nurse):
    come_back(station, code="000000")
    come_back(station)
    station.post("/accounts/lock/")
    told = Look.objects.filter(actor=nurse).order_by("id").values_list("act", "refused")
    assert list(told) == [
        ("in", False), ("lock", False), ("back", True), ("back", False), ("lock", False),
    ]  # fmt: skip


def test_the_code_alone_changes_neither_code_nor_password_nor_factors(station, nurse):
    come_back(station)
    answer = station.post("/accounts/here/code/", {"code": OTHER, "again": OTHER})
    assert "/again/" in answer.url
    assert "/again/" in station.get("/accounts/second/on/").url
    digest = ShortCode.objects.get(user=nurse).digest
    assert CODE not in digest
    assert digest.startswith("scrypt$")


def test_what_one_was_told_is_not_told_to_the_next(station):
    come_back(station)
    session = station.session
    session["secret of the nurse"] = "x"
    session.save()
    key = session.session_key
    station.post("/accounts/here/end/", {"which": "0"})
    come_back(station, "thao.a.ao", OTHER)
    assert "secret of the nurse" not in station.session
    assert station.session.session_key != key
    assert not station.session.exists(key)


def test_messages_for_one_are_not_read_by_the_next(station):
    come_back(station)
    new = "chin con trau bac"
    fields = {"old_password": PASSWORD, "new_password1": new, "new_password2": new}
    assert station.post("/accounts/password/", fields).status_code == 302
    station.post("/accounts/lock/")
    come_back(station, "thao.a.ao", OTHER)
    assert "Đã đổi mật khẩu" not in station.get("/help/").text


def test_a_locked_machine_lets_no_page_out_of_the_browser_s_memory(station):
    come_back(station)
    answer = station.post("/accounts/lock/")
    assert answer.headers["Clear-Site-Data"] == '"cache"'
    assert "no-store" in station.get("/accounts/change/").headers["Cache-Control"]


def test_a_machine_of_one_s_own_remembers_nobody(client, nurse):
    enter(client)
    assert not Presence.objects.exists()
    assert not any("machine" in name for name in client.cookies)
    assert "Khoá máy" not in client.get("/help/").text


def test_whoever_has_no_code_yet_is_asked_for_one_at_a_shared_machine(client, nurse):
    assert enter(client, shared="on").url == "/accounts/here/code/"
    assert client.get("/accounts/here/code/").status_code == 200
    client.post("/accounts/lock/")
    assert client.get("/accounts/change/").url == "/accounts/login/"


@pytest.mark.parametrize(
    ("code", "said"),
    [("12345", "đúng 6 chữ số"), ("12a456", "đúng 6 chữ số"), ("123123", "đoán ra trước"),
     ("٣٤٥٦٧٨", "đúng 6 chữ số")],
)  # fmt: skip
def test_a_code_that_is_none_is_refused_with_a_reason(client, nurse, code, said):
    enter(client, shared="on")
    assert said in client.post("/accounts/here/code/", {"code": code, "again": code}).text
    assert not ShortCode.objects.exists()


def test_two_different_codes_are_refused(client, nurse):
    enter(client, shared="on")
    client.post("/accounts/here/code/", {"code": CODE, "again": OTHER})
    assert not ShortCode.objects.exists()


@pytest.mark.parametrize(
    ("code", "easy"),
    [("000000", True), ("123456", True), ("987654", True), ("121212", True), ("123123", True),
     ("583920", False), ("112233", False)],
)  # fmt: skip
def test_codes_that_everybody_tries_first_are_too_easy(code, easy):
    assert is_too_easy(code) is easy


def test_a_code_can_be_dropped(station, nurse):
    enter(station, shared="on")
    station.post("/accounts/here/code/", {"drop": "1"})
    assert not ShortCode.objects.filter(user=nurse).exists()


def test_whoever_was_away_too_long_is_asked_who_goes_on(station):
    come_back(station)
    session = station.session
    gone = timedelta(minutes=4).total_seconds()
    session["sitting"] = {**session["sitting"], "seen": session["sitting"]["seen"] - gone}
    session.save()
    assert station.get("/help/").url == "/accounts/change/"


@pytest.mark.parametrize("width", [1280, 360])
def test_the_pages_of_a_shared_machine_are_for_everybody(station, width):
    pages = [station.get("/accounts/change/"), come_back(station, code="000000"),
             station.get("/accounts/login/")]  # fmt: skip
    enter(station, shared="on")
    pages += [station.get("/accounts/here/code/"), station.get("/help/")]
    with browser_page(width) as page:
        for each in pages:
            assert each.status_code == 200
            show(page, each.text)
            assert violations(page) == []
            assert page.evaluate("document.documentElement.scrollWidth") <= width
