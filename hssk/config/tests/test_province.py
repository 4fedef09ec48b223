"""Coming in by a provider of identity: a real one, in a process of its own, with signed tokens."""

import html
import http.client
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path

import pytest
from allauth.socialaccount.models import SocialAccount

from hssk.access.models import Look, Presence, User
from hssk.access.tests.conftest import _as_the_server  # noqa: F401
from hssk.access.tests.test_coming_in import PASSWORD, code_for, is_in, sign_in, turned_on
from hssk.access.tests.test_sittings import later
from hssk.config.provider import providers
from hssk.kit.errors import Trouble
from tests.village import on_duty


@pytest.fixture(scope="module")
def issuer():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    script = Path(__file__).with_name("provider.py")
    process = subprocess.Popen([sys.executable, str(script), str(port)])
    give_up = time.monotonic() + 20
    while time.monotonic() < give_up:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            break
        except OSError:
            time.sleep(0.05)
    yield f"http://127.0.0.1:{port}"
    process.kill()
    process.wait()


@pytest.fixture
def province(issuer, db, settings, tmp_path):
    """`province(claim=…)`: the installation told of the provider."""
    (tmp_path / "secret").write_text("a secret\n")

    def told(claim="", issuer=issuer):
        settings.SOCIALACCOUNT_PROVIDERS = providers({
            "HSSK_OIDC_ISSUER": issuer, "HSSK_OIDC_SECRET_FILE": str(tmp_path / "secret"),
            "HSSK_OIDC_TITLE": "Tài khoản tỉnh", "HSSK_OIDC_LOGIN_CLAIM": claim,
        })  # fmt: skip

    told()
    return told


@pytest.fixture
def nurse(db):
    return on_duty("lo.thi.bia", password=PASSWORD)


def be(issuer, **who):
    """Who signs in next at the provider, and how it answers."""
    said = urllib.parse.urlencode({"name": "", "with": "right", "stroke": "", **who})
    urllib.request.urlopen(f"{issuer}/be?{said}").read()


def go(client, issuer, process="", **who):
    """Come in by the provider as `who`, or link; the last answer of ours."""
    return client.get(led(client, issuer, process, **who)[1])


def led(client, issuer, process="", **who):
    """Whereto the provider is asked as `who`, and whereto it leads back."""
    be(issuer, **who)
    answer = client.post(f"/accounts/province/{process and '?process=' + process}")
    there = html.unescape(re.search(r'<a class="button" href="([^"]+)"', answer.text)[1])
    assert there.startswith(f"{issuer}/authorize"), there
    parts = urllib.parse.urlsplit(there)
    connection = http.client.HTTPConnection(parts.netloc)
    connection.request("GET", f"{parts.path}?{parts.query}")
    back = urllib.parse.urlsplit(connection.getresponse().headers["Location"])
    return there, f"{back.path}?{back.query}"


def link(client, issuer, sub="77"):
    client.post("/accounts/login/", {"login": "lo.thi.bia", "password": PASSWORD})
    client.post("/accounts/again/", {"password": PASSWORD})
    go(client, issuer, "connect", sub=sub)
    client.post("/accounts/logout/")


def test_an_account_linked_by_its_owner_is_let_in(client, province, issuer, nurse):
    assert "Vào bằng Tài khoản tỉnh" in client.get("/accounts/login/").text
    link(client, issuer)
    assert not is_in(client)
    go(client, issuer, sub="77")
    assert client.get("/help/").wsgi_request.user == nurse
    assert SocialAccount.objects.get().extra_data == {}
    assert Look.objects.filter(actor=nurse, act="in").count() == 2


def test_nobody_is_made_by_the_provider(client, province, issuer, nurse):
    before = User.objects.count()
    for sub, name in (("1", "lo.thi.bia"), ("2", "new.person")):
        assert go(client, issuer, sub=sub, name=name).status_code == 403
        assert not is_in(client)
    assert User.objects.count() == before
    assert not SocialAccount.objects.exists()


def test_a_trusted_claim_links_once_and_then_the_key_counts(client, province, issuer, nurse):
    province(claim="hssk_name")
    go(client, issuer, sub="88", name="lo.thi.bia")
    assert is_in(client)
    client.post("/accounts/logout/")
    go(client, issuer, sub="99", name="lo.thi.bia")
    assert not is_in(client)
    go(client, issuer, sub="88", name="")
    assert is_in(client)


@pytest.mark.parametrize("name", ["nobody.here", "local-operator", "LO.THI.BIA", ""])
def test_a_claim_lets_in_no_other(client, province, issuer, nurse, name):
    province(claim="hssk_name")
    assert go(client, issuer, sub="5", name=name).status_code == 403
    assert not is_in(client)


@pytest.mark.parametrize(
    "forged",
    [
        "nothing", "a strange key", "another audience", "another issuer", "an old token",
        "another question", "no question", "no end", "nobody", "a number for a key",
        "a key too long", "said to another", "no token at all",
    ],
)  # fmt: skip
def test_a_forged_token_lets_nobody_in(client, province, issuer, nurse, forged):
    link(client, issuer)
    answer = go(client, issuer, sub="77", **{"with": forged})
    assert answer.status_code == 403
    assert "trả lời không đúng" in answer.text
    assert not is_in(client)


@pytest.mark.parametrize("odd", ["a clock ahead", "a key unnamed"])
def test_what_is_odd_and_right_lets_in(client, province, issuer, nurse, odd):
    link(client, issuer)
    go(client, issuer, sub="77", **{"with": odd})
    assert is_in(client)


def test_a_provider_whose_address_ends_in_a_stroke_is_believed(client, province, issuer, nurse):
    province(claim="hssk_name", issuer=f"{issuer}/")
    go(client, issuer, sub="88", name="lo.thi.bia", stroke="/")
    assert is_in(client)


def test_no_form_is_redirected_to_another_server(client, province, issuer, nurse):
    """Browsers block it (`form-action 'self'`), and the button would do nothing at all."""
    be(issuer)
    answer = client.post("/accounts/province/")
    assert answer.status_code == 200
    assert f'http-equiv="refresh" content="0;url={issuer}/authorize' in answer.text


@pytest.mark.parametrize("how", ["down", "no configuration"])
def test_a_provider_that_is_not_there_is_said(client, province, issuer, nurse, how, caplog):
    be(issuer, **{"with": how})
    answer = client.post("/accounts/province/")
    assert answer.status_code == 403
    assert "Tài khoản tỉnh không trả lời" in answer.text
    assert "sign-in refused: step=provider" in caplog.text


def test_a_name_that_is_none_is_nobody(client, province, issuer, nurse):
    province(claim="hssk_name")
    odd = {"with": "a name that is none"}
    assert go(client, issuer, sub="5", **odd).status_code == 403


def test_who_links_what_is_a_colleagues_is_told(client, province, issuer, nurse):
    link(client, issuer)
    on_duty("vi.thi.bia", password=PASSWORD)
    client.post("/accounts/login/", {"login": "vi.thi.bia", "password": PASSWORD})
    client.post("/accounts/again/", {"password": PASSWORD})
    answer = go(client, issuer, "connect", sub="77")
    assert "đã nối với một tài khoản khác" in client.get(answer.url).text
    assert SocialAccount.objects.get().user == nurse


def test_a_state_that_is_not_ours_is_refused(client, province, issuer, nurse):
    assert client.get("/accounts/province/back/?code=c&state=guessed").status_code == 403


def test_who_sleeps_or_undid_the_link_is_not_let_in(client, province, issuer, nurse):
    link(client, issuer)
    User.objects.filter(pk=nurse.pk).update(last_login="2020-01-01T00:00:00Z",
                                            date_joined="2020-01-01T00:00:00Z")  # fmt: skip
    assert go(client, issuer, sub="77").url == "/accounts/asleep/"
    client.force_login(nurse)
    client.post("/accounts/province/forget/")
    client.post("/accounts/logout/")
    assert go(client, issuer, sub="77").status_code == 403


def test_the_provider_does_not_stand_for_the_second_step(client, province, issuer, nurse):
    link(client, issuer)
    sign_in(client)
    secret = turned_on(client)
    client.post("/accounts/logout/")
    assert go(client, issuer, sub="77").url.startswith("/accounts/second/code/")
    assert not is_in(client)
    client.post("/accounts/second/code/", {"code": code_for(secret, used=1)})
    assert is_in(client)


def test_a_stay_by_the_provider_begins_by_a_button_and_ends_like_any_other(
    client, province, issuer, nurse
):
    link(client, issuer)
    assert client.get("/accounts/province/").url == "/accounts/login/"
    go(client, issuer, sub="77")
    assert client.get("/help/").status_code == 200
    later(client, minutes=21)
    assert client.get("/help/").status_code == 302
    assert not is_in(client)


def test_at_a_shared_machine_a_stay_by_the_provider_is_short_and_others_keep_their_way(
    client, province, issuer, nurse, settings
):
    link(client, issuer)
    other = on_duty("vi.thi.bia", password=PASSWORD)
    client.post("/accounts/login/", {"login": other, "password": PASSWORD, "shared": "on"})
    client.post("/accounts/lock/")
    machine = client.cookies.pop(settings.MACHINE_COOKIE_NAME)
    word = Presence.objects.get().machine
    client.cookies[settings.MACHINE_COOKIE_NAME] = machine.value
    _there, back = led(client, issuer, sub="77")
    client.cookies.pop(settings.MACHINE_COOKIE_NAME)  # a browser sends it to no other site's asking
    own = html.unescape(re.search(r'<a class="button" href="([^"]+)"', client.get(back).text)[1])
    client.cookies[settings.MACHINE_COOKIE_NAME] = machine.value
    client.get(own)
    assert {(one.user, one.machine) for one in Presence.objects.all()} == {
        (nurse, word), (other, word)}  # fmt: skip
    later(client, minutes=4)
    assert client.get("/help/").status_code == 302


def test_what_the_provider_cannot_prove_is_in_the_log(client, province, issuer, nurse, caplog):
    go(client, issuer, sub="77", **{"with": "a strange key"})
    assert "sign-in refused: step=provider" in caplog.text


def test_without_a_provider_there_is_no_such_address(client, db):
    assert "province" not in client.get("/accounts/login/").text
    assert client.post("/accounts/province/").status_code == 404


def test_a_provider_without_tls_or_secret_is_refused(tmp_path):
    with pytest.raises(Trouble, match="https"):
        providers({"HSSK_OIDC_ISSUER": "http://id.example.vn"})
    with pytest.raises(Trouble, match="SECRET_FILE"):
        providers({"HSSK_OIDC_ISSUER": "https://id.example.vn",
                   "HSSK_OIDC_SECRET_FILE": str(tmp_path / "none")})  # fmt: skip
