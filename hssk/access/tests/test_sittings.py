"""Sessions end by themselves, by their owner, and when a password or a second factor changes."""

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from hssk.access.browsers import browser_name
from hssk.access.models import Look, Presence, Sitting
from hssk.access.tests.test_coming_in import PASSWORD, is_in
from hssk.kit.tests.browser import browser_page, show, violations
from tests.village import on_duty

CHROME = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)"
    " Chrome/140.0.0.0 Safari/537.36"
)
PHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like"
    " Gecko) Version/18.0 Mobile/15E148 Safari/604.1"
)
pytestmark = pytest.mark.django_db


@pytest.fixture
def nurse():
    return on_duty("lo.thi.bia", password=PASSWORD)


def enter(client, name="lo.thi.bia", **more):
    return client.post("/accounts/login/", {"login": name, "password": PASSWORD, **more})


def later(client, **ago):
    """Let time pass for the session of `client`: the marks in it are set back."""
    session = client.session
    back = timedelta(**ago).total_seconds()
    kept = session["sitting"]
    session["sitting"] = {**kept, "seen": kept["seen"] - back, "began": kept["began"] - back}
    session.save()


@pytest.mark.parametrize(
    ("shared", "away", "lives"),
    [
        ("", {"minutes": 19}, True),
        ("", {"minutes": 21}, False),
        ("on", {"minutes": 2}, True),
        ("on", {"minutes": 4}, False),
        ("on", {"minutes": -2}, True),
        ("on", {"days": -30}, False),  # the clock was set back: it lived for a month more
    ],
)
def test_a_session_ends_when_nobody_is_there(client, nurse, shared, away, lives):
    enter(client, shared=shared)
    later(client, **away)
    answer = client.get("/help/")
    assert (answer.status_code == 200) is lives
    assert is_in(client) is lives
    assert Sitting.objects.filter(user=nurse).exists() is lives


def test_a_session_ends_after_a_shift_though_somebody_is_there(client, nurse):
    enter(client)
    session = client.session
    session["sitting"] = {
        **session["sitting"],
        "began": session["sitting"]["began"] - 12 * 3600 - 1,
    }
    session.save()
    assert client.get("/help/").url == "/accounts/login/?next=/help/"
    assert not is_in(client)


@pytest.mark.parametrize(
    ("came_from", "back"),
    [
        ("http://testserver/people/find/?q=1", "/people/find/?q=1"),
        ("http://elsewhere.example/people/", "/"),
        ("", "/"),
    ],
)
def test_what_was_sent_after_a_session_ended_leads_back_to_its_page_and_says_so(
    client, nurse, came_from, back
):
    """The address that a form posts to is no page: who came back to it saw a blank one."""
    enter(client)
    later(client, minutes=21)
    answer = client.post("/accounts/here/end/", {"which": 1}, headers={"referer": came_from})
    assert parse_qs(urlsplit(answer.url).query) == {"next": [back]}
    assert "Chưa ghi gì" in client.get(answer.url).text
    assert enter(client, next=back).url == back


def test_what_a_page_asks_for_by_itself_is_no_sign_of_anybody(client, nurse):
    enter(client)
    for headers, renews in (({"accept": "application/json"}, False), ({}, True)):
        later(client, minutes=10)
        before = client.session["sitting"]["seen"]
        client.get("/help/", headers=headers)
        assert (client.session["sitting"]["seen"] > before) is renews


def test_typing_keeps_a_session(client, nurse):
    enter(client, shared="on")
    later(client, minutes=2)
    assert client.get("/accounts/here/still/").status_code == 204
    later(client, minutes=2)
    assert client.get("/help/").status_code == 200


def test_one_sees_one_s_own_sessions_and_ends_one_of_them(client, nurse):
    enter(client)
    other, colleague = (
        Client(headers={"user-agent": PHONE}),
        on_duty("thao.thi.ao", password=PASSWORD),
    )
    enter(other)
    stranger = Client()
    enter(stranger, "thao.thi.ao")
    page = client.get("/accounts/here/", headers={"user-agent": CHROME})
    assert [row["browser"] for row in page.context["rows"]] == ["", "Safari · iPhone"]
    assert [row["here"] for row in page.context["rows"]] == [True, False]
    theirs = Sitting.objects.get(user=colleague)
    client.post("/accounts/here/end/", {"which": theirs.pk})
    assert is_in(stranger)
    client.post("/accounts/here/end/", {"which": page.context["rows"][1]["sitting"].pk})
    assert other.get("/help/").status_code == 302
    assert client.get("/help/").status_code == 200


def test_one_signs_out_everywhere_and_by_no_short_way_back_in(client, nurse):
    other = Client()
    for each in (client, other):
        enter(each, shared="on")
    client.post("/accounts/here/end/", {"which": "all"})
    assert not is_in(client)
    assert other.get("/help/").status_code == 302
    assert not Sitting.objects.exists()
    assert not Presence.objects.exists()


def test_a_new_password_ends_the_other_sessions_and_keeps_this_one(client, nurse):
    other = Client()
    for each in (client, other):
        enter(each)
    new = "chin con trau bac"
    fields = {"old_password": PASSWORD, "new_password1": new, "new_password2": new}
    client.post("/accounts/password/", fields)
    assert client.get("/help/").status_code == 200
    assert other.get("/help/").status_code == 302
    here = client.get("/accounts/here/").context["rows"]
    assert [row["here"] for row in here] == [True]
    assert Session.objects.filter(session_key=here[0]["sitting"].session_key).exists()


def test_comings_and_goings_are_in_the_log(client, nurse):
    enter(client)
    client.post("/accounts/logout/")
    assert list(Look.objects.order_by("id").values_list("act", "actor", "people")) == [
        ("in", nurse.pk, []),
        ("out", nurse.pk, []),
    ]


def test_old_stays_are_forgotten(client, nurse):
    at = timezone.now() - timedelta(days=2)
    Sitting.objects.create(user=nurse, session_key="x", began_at=at, seen_at=at)
    enter(client)
    assert Sitting.objects.count() == 1


@pytest.mark.parametrize(
    ("agent", "name"), [(CHROME, "Chrome · Windows"), (PHONE, "Safari · iPhone"), ("curl/8", "")]
)
def test_a_browser_is_called_as_people_call_it(agent, name):
    assert browser_name(agent) == name


@pytest.mark.parametrize("width", [1280, 360])
def test_the_page_of_sessions_is_for_everybody(client, nurse, width):
    enter(client)
    enter(Client(headers={"user-agent": PHONE}), shared="on")
    html = client.get("/accounts/here/").text
    with browser_page(width) as page:
        show(page, html)
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
