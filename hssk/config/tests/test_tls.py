"""Leaving loopback: by TLS or not at all, with what a browser then is told and sends."""

import http.client
import json
import shutil
import socket
import ssl
import subprocess
import sys
import urllib.parse
from argparse import Namespace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.urls import resolve, reverse

from hssk.config.certificates import faults, make, names_in, read
from hssk.config.leaving import reach_asked
from hssk.config.middleware import _features
from hssk.config.proxied import believed_by_nobody, guarded
from hssk.config.reach import Reach
from hssk.config.reaching import of_reach
from hssk.kit.addresses import is_loopback
from hssk.kit.errors import Trouble

NOW = datetime(2026, 11, 26, tzinfo=UTC)
NAMES = ["tram.lan", "localhost", "127.0.0.1"]


@pytest.fixture
def own(tmp_path):
    """A station's own authority and a certificate by it that is good today."""
    make(tmp_path / "tls", NAMES, datetime.now(UTC))
    return tmp_path / "tls"


def asked(**said):
    plain = {"host": "0.0.0.0", "port": 8443, "certificate": None, "key": None,
             "behind_proxy": [], "name": []}  # fmt: skip
    return reach_asked(Namespace(**plain | said), datetime.now(UTC))


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.10", "::", "tram.lan"])
def test_no_network_is_served_without_tls(host):
    with pytest.raises(Trouble, match="TLS"):
        asked(host=host)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1", "127.0.0.2"])
def test_this_computer_alone_needs_none(host):
    assert is_loopback(host)
    assert asked(host=host) == Reach()


def test_names_are_those_of_the_certificate(own):
    reach = asked(certificate=own / "server.pem", key=own / "server.key")
    assert reach.names == tuple(NAMES)
    assert reach.tls
    assert Reach.of(reach.environment()) == reach
    assert "tram.lan" in reach.hosts()
    assert "https://tram.lan:8443" in reach.origins()


@pytest.mark.parametrize(
    "said",
    [{"behind_proxy": ["127.0.0.1"]}, {"behind_proxy": ["proxy.lan"], "name": ["a.vn"]},
     {"certificate": Path("x.pem")}],
)  # fmt: skip
def test_half_of_what_is_needed_is_refused(said):
    with pytest.raises(Trouble):
        asked(**said)


def test_a_proxy_is_said_by_address_and_name():
    reach = asked(behind_proxy=["127.0.0.1"], name=["hssk.example.vn"])
    assert reach.proxies == ("127.0.0.1",)
    assert reach.origins() == ["https://hssk.example.vn"]


def test_a_certificate_that_no_browser_would_take_is_refused(own, tmp_path):
    make(tmp_path / "old", NAMES, datetime.now(UTC) - timedelta(days=900))
    make(tmp_path / "other", NAMES, datetime.now(UTC))
    for certificate, key, why in (
        (tmp_path / "old/server.pem", tmp_path / "old/server.key", "hết hạn"),
        (own / "server.pem", tmp_path / "other/server.key", "không phải của chứng thư"),
        (own / "server.pem", own / "none.key", "không đọc được khoá"),
        (own / "server.key", own / "server.key", "Không đọc được chứng thư"),
    ):
        with pytest.raises(Trouble, match=why):
            asked(certificate=certificate, key=key)
    (own / "server.key").chmod(0o644)
    assert "chmod 600" in faults(own / "server.pem", own / "server.key", datetime.now(UTC))[0]


def test_a_station_s_authority_is_kept_and_cannot_speak_for_the_world(own):
    before = (own / "authority.pem").read_bytes()
    make(own, ["khac.lan"], datetime.now(UTC))
    assert (own / "authority.pem").read_bytes() == before
    assert names_in(read(own / "server.pem")) == ["khac.lan"]
    assert all(path.stat().st_mode & 0o077 == 0 for path in own.iterdir())
    for name in ("example.vn", "8.8.8.8", "lan.example.vn"):
        with pytest.raises(Trouble, match="nội bộ"):
            make(own, [name], NOW)


def test_doctor_says_of_camera_and_keys_what_pages_allow_without_tls(rf):
    """Within this computer the camera, and security keys at the name localhost alone."""
    told = next(of_reach({}, NOW))[1]
    assert "tại máy này máy ảnh dùng được" in told
    assert "khoá bảo mật dùng được khi mở bằng http://localhost" in told
    for host, camera, keys in (("127.0.0.1:8000", True, False), ("localhost:8000", True, True),
                               ("tram.lan:8000", False, False)):  # fmt: skip
        request = rf.get("/", headers={"host": host})
        request.resolver_match = resolve(reverse("plans:day", args=[1]))
        allowed = _features(request)
        assert ("camera=(self)" in allowed, "credentials-get=(self)" in allowed) == (camera, keys)


@pytest.mark.parametrize(("ahead", "state"), [(0, "ok"), (800, "warn"), (900, "bad")])
def test_doctor_tells_when_a_certificate_ends(own, ahead, state):
    served = {"HSSK_TLS": "1", "own": [str(own / "server.pem"), str(own / "server.key")]}
    then = datetime.now(UTC) + timedelta(days=ahead)
    assert [one[0] for one in of_reach(served, then)] == [state]


def test_doctor_tells_of_a_certificate_that_is_gone_and_of_none(own):
    served = {"HSSK_TLS": "1", "own": [str(own / "gone.pem"), str(own / "server.key")]}
    assert [one[0] for one in of_reach(served, NOW)] == ["bad"]
    (_state, told, _advice) = next(of_reach({}, NOW))
    assert "không TLS" in told
    proxied = {"HSSK_TLS": "1", "HSSK_PROXIES": "10.0.0.2", "HSSK_NAMES": "a.vn", "own": []}
    assert "10.0.0.2" in next(of_reach(proxied, NOW))[1]


def through(application, **environ):
    """What an application behind the guard is told, or the status with which it was refused."""
    told = {}

    def inner(environ, start_response):
        told.update(environ)
        return [b""]

    b"".join(application(inner)(environ, lambda status, _headers: told.update(status=status)))
    return told


def test_only_the_proxy_is_served_and_believed():
    def behind(inner):
        return guarded(inner, ("10.0.0.2",))

    told = through(
        behind, REMOTE_ADDR="10.0.0.2", HTTP_X_FORWARDED_PROTO="https",
        HTTP_X_FORWARDED_FOR="1.2.3.4, 5.6.7.8", HTTP_X_FORWARDED_HOST="evil.example",
    )  # fmt: skip
    assert told["wsgi.url_scheme"] == "https"
    assert told["REMOTE_ADDR"] == "5.6.7.8"
    assert not any(name.startswith("HTTP_X_FORWARDED") for name in told)
    assert through(behind, REMOTE_ADDR="10.0.0.2")["wsgi.url_scheme"] == "http"
    refused = through(behind, REMOTE_ADDR="10.0.0.9", HTTP_X_FORWARDED_PROTO="https")
    assert refused == {"status": "403 Forbidden"}


def test_without_a_proxy_nobody_is_believed_to_be_one():
    told = through(believed_by_nobody, REMOTE_ADDR="9.9.9.9", HTTP_X_FORWARDED_PROTO="https",
                   HTTP_X_FORWARDED_FOR="127.0.0.1")  # fmt: skip
    assert told == {"REMOTE_ADDR": "9.9.9.9"}


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def serve(hssk, home):
    """Start `hssk serve …` on a free port; gives the port and what it printed."""
    started = []

    def start(*words, first="localhost"):
        port = free_port()
        process = subprocess.Popen(
            [Path(sys.executable).with_name("hssk"), "serve", "--port", str(port), *map(str, words)],
            stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        started.append(process)
        assert process.stdout
        return port, "".join(process.stdout.readline() for _ in range(3))

    yield start
    for process in started:
        process.terminate()
        process.wait(20)


def ask(connection, path, method="GET", body=None, **headers):
    connection.request(method, path, body=body, headers=headers)
    answer = connection.getresponse()
    return answer, answer.read().decode()


def cookies_of(answer):
    return [value for name, value in answer.getheaders() if name.lower() == "set-cookie"]


def test_a_network_is_served_by_tls_with_all_that_goes_with_it(hssk, home, serve):
    hssk("certificate", "tram.lan", "127.0.0.1")
    folder = home.keys / "tls"
    port, told = serve("--host", "0.0.0.0", "--certificate", folder / "server.pem",
                       "--key", folder / "server.key")  # fmt: skip
    assert f"https://tram.lan:{port}/" in told
    trust = ssl.create_default_context(cafile=folder / "authority.pem")
    connection = http.client.HTTPSConnection("127.0.0.1", port, context=trust, timeout=20)
    answer, page = ask(connection, "/accounts/login/", **{"X-Forwarded-For": "6.6.6.6"})
    assert answer.status == 200
    heads = dict(answer.getheaders())
    assert heads["strict-transport-security"] == "max-age=31536000; includeSubDomains"
    assert "default-src 'none'" in heads["content-security-policy"]
    assert "credentials-get=(self)" in heads["permissions-policy"]
    assert "camera=()" in heads["permissions-policy"]  # it is no page that reads cards
    assert "no-store" in heads["cache-control"]
    (csrf,) = cookies_of(answer)
    assert csrf.startswith("__Host-hssk_csrf_")
    assert "Secure" in csrf
    name = told.split("Đăng nhập: ")[1].split()[0]
    password = told.split("Mật khẩu: ")[1].split()[0]
    token = page.split('csrfmiddlewaretoken" value="')[1].split('"')[0]
    answer, _page = ask(
        connection, "/accounts/login/", "POST",
        urllib.parse.urlencode({"login": name, "password": password, "shared": "on",
                                "csrfmiddlewaretoken": token}),
        **{"Content-Type": "application/x-www-form-urlencoded", "Cookie": csrf.split(";")[0],
           "Referer": f"https://127.0.0.1:{port}/accounts/login/"},
    )  # fmt: skip
    assert answer.status == 302
    set_now = cookies_of(answer)
    assert any("machine" in one for one in set_now)
    for one in set_now:
        assert one.startswith("__Host-")
        assert {"Secure", "HttpOnly", "Path=/"} <= {part.strip() for part in one.split(";")}
    assert ask(connection, "/accounts/login/", Host="evil.example")[0].status == 400
    plain = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    with pytest.raises((OSError, http.client.HTTPException)):
        ask(plain, "/accounts/login/")
    found = json.loads(hssk("doctor", "--json", check=False).stdout)
    assert "tram.lan" in next(one["found"] for one in found if one["subject"] == "đường vào")


def test_behind_a_proxy_only_what_it_says_was_encrypted_is_answered(hssk, serve):
    port, told = serve("--behind-proxy", "127.0.0.1", "--name", "hssk.example.vn")
    assert "https://hssk.example.vn/" in told
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    host = {"Host": "hssk.example.vn"}
    answer, _page = ask(connection, "/accounts/login/", **host)
    assert (answer.status, answer.headers["Location"]) == (
        301, "https://hssk.example.vn/accounts/login/",
    )  # fmt: skip
    answer, _page = ask(connection, "/accounts/login/", **host, **{"X-Forwarded-Proto": "https"})
    assert answer.status == 200
    assert "max-age" in answer.headers["Strict-Transport-Security"]


def test_openssl_takes_the_certificate_for_its_names_and_no_other(own):
    if not shutil.which("openssl"):
        pytest.skip("needs openssl")
    for name, good in (("tram.lan", True), ("khac.lan", False)):
        done = subprocess.run(
            ["openssl", "verify", "-CAfile", own / "authority.pem", "-verify_hostname", name,
             "-x509_strict", own / "server.pem"],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert (done.returncode == 0) is good, done.stdout + done.stderr
