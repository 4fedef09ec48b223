import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path

import psycopg
import pytest
from django.db import connection

from hssk.config.discreet import DiscreetFormatter
from hssk.kit.pg.connection import connection_of, external
from hssk.kit.pg.use import is_served


def command_log(home):
    with psycopg.connect(**connection_of(home, "app").psycopg()) as database:
        return database.execute(
            "SELECT username, command, exit_code FROM access_commandlog"
            " JOIN access_user ON access_user.id = actor_id ORDER BY access_commandlog.id"
        ).fetchall()


@pytest.mark.from_nothing
def test_an_empty_home_is_set_up_by_its_first_command(hssk, home):
    told = json.loads(hssk("doctor", "--json", check=False).stdout)
    states = {finding["subject"]: finding["state"] for finding in told}
    assert states["lược đồ"] == states["bảo vệ dòng"] == "ok"
    assert states["an toàn"] == "bad"  # a test server may forget, and doctor says so
    assert command_log(home) == [("local-operator", "doctor", 1)]


@pytest.mark.from_nothing
def test_what_is_in_a_home_is_for_its_owner_alone(hssk, home):
    hssk("doctor", check=False)
    assert all(path.stat().st_mode & 0o077 == 0 for path in (home.keys, home.files, home.logs))
    assert all(path.stat().st_mode & 0o177 == 0 for path in home.keys.iterdir())


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["no-such-command"], "không có lệnh"),
        (["doctor", "--no-such-option"], "--no-such-option"),
        (["doctor", "--as", "nobody-here"], "nobody-here"),
        (["serve", "--host", "0.0.0.0"], "0.0.0.0"),
    ],
)
def test_an_error_is_one_line_on_stderr_and_nothing_on_stdout(hssk, words, said):
    done = hssk(*words, check=False)
    assert done.returncode != 0
    assert done.stdout == ""
    assert said in done.stderr
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize("command", ["doctor", "serve"])
def test_help_shows_an_example_and_needs_no_database(tmp_path, command):
    done = subprocess.run(
        [Path(sys.executable).with_name("hssk"), command, "--help"],
        env={**os.environ, "HSSK_HOME": str(tmp_path / "untouched")},
        capture_output=True,
        text=True,
        check=True,
    )
    assert f"Example: hssk {command}" in done.stdout
    assert not (tmp_path / "untouched").exists()


def test_a_database_of_a_newer_program_is_left_alone(hssk, home):
    hssk("doctor", check=False)
    with psycopg.connect(**connection_of(home, "owner").psycopg()) as database:
        database.execute(
            "INSERT INTO django_migrations (app, name, applied)"
            " VALUES ('people', '0999_from_tomorrow', now())"
        )
    assert "people.0999_from_tomorrow" in hssk("doctor", check=False).stdout


def _serving(*command):
    """`hssk …` on a free port: the process, what it printed, the address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen(
        [Path(sys.executable).with_name("hssk"), *command, "--port", str(port)],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout
    told = [process.stdout.readline() for _ in range(4)]
    yield process, "".join(told), f"http://127.0.0.1:{port}"
    process.kill()
    process.communicate()


@pytest.fixture
def served(home):
    yield from _serving("serve")


@pytest.fixture
def city(empty_home):
    """The invented city as `make run` serves it, of few people."""
    yield from _serving("demo", "--people", "300", "--serve")


def test_one_command_invents_a_city_and_serves_it(city):
    _process, told, address = city
    assert "BỊA ĐẶT" in told
    assert "Mật khẩu" in told
    assert get(address).status == 200


def get(address):
    with urllib.request.urlopen(address, timeout=20) as response:
        return response


def answers(address):
    try:
        get(address)
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False
    return True


def within(seconds, question):
    give_up = time.monotonic() + seconds
    while time.monotonic() < give_up:
        if question():
            return True
        time.sleep(0.1)
    return False


def test_serve_prints_the_address_and_a_login_and_puts_everything_behind_it(served):
    _, told, address = served
    assert address in told
    assert re.search(r"Đăng nhập: quan-tri-\w{4} ", told)
    page = get(address)
    assert "/accounts/login/" in page.url
    assert "script-src 'self'" in page.headers["Content-Security-Policy"]
    assert "no-store" in page.headers["Cache-Control"]


def test_the_operator_cannot_log_in_on_the_web(served, home):
    with psycopg.connect(**connection_of(home, "app").psycopg()) as database:
        row = database.execute(
            "SELECT password FROM access_user WHERE username = 'local-operator'"
        ).fetchone()
    assert row is not None
    assert row[0].startswith("!")


def test_a_killed_serve_leaves_no_web_server_behind(served):
    process, _, address = served
    process.send_signal(signal.SIGKILL)
    assert within(15, lambda: not answers(address))


def test_a_killed_web_server_keeps_no_port_and_ends_serve_as_a_failure(served):
    """As when memory runs out: a service manager begins anew after a failure alone."""
    process, _, address = served
    for child in Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split():
        if b"granian" in Path(f"/proc/{child}/cmdline").read_bytes():
            os.kill(int(child), signal.SIGKILL)
    assert process.wait(20) == 1
    assert not answers(address)


def signed_in(address, told):
    """An opener of pages for whoever was told of at the start: it keeps cookies."""
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
    page = opener.open(f"{address}/accounts/login/", timeout=20).read().decode()
    name, password = re.search(r"Đăng nhập: (\S+) +Mật khẩu: (\S+)", told).groups()
    token = re.search(r'csrfmiddlewaretoken" value="(\w+)"', page)[1]
    fields = {"login": name, "password": password, "csrfmiddlewaretoken": token}
    opener.open(f"{address}/accounts/login/", urllib.parse.urlencode(fields).encode(), timeout=20)
    return opener


def kill_the_database(home):
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            words = (entry / "cmdline").read_bytes().split(b"\0")
        except OSError:
            continue
        if b"hssk.kit.pg.supervisor" in words and str(home.path).encode() in words:
            os.kill(int(entry.name), signal.SIGKILL)


@pytest.mark.skipif(external(), reason="a server of one's own is nobody's to kill")
def test_while_a_killed_database_comes_back_pages_say_so_and_none_is_a_fault(served, home):
    _, told, address = served
    opener, given, told_to = signed_in(address, told), [], set()

    def answers_again():
        try:
            given.append(opener.open(f"{address}/accounts/password/", timeout=20).status)
        except urllib.error.HTTPError as away:
            given.append(away.code)
            told_to.add(
                (away.headers["Retry-After"], "Thử lại · Try again" in away.read().decode())
            )
        return given[-1] == 200 and 503 in given and is_served(home)

    assert opener.open(f"{address}/accounts/password/", timeout=20).status == 200
    kill_the_database(home)
    assert within(60, answers_again)
    assert set(given) == {200, 503}
    assert told_to == {("5", True)}


def test_serve_ends_quietly_when_told_to(served):
    process, _, _address = served
    process.terminate()
    assert process.wait(20) == 0


def test_a_taken_port_is_named(hssk, served):
    _, _, address = served
    port = address.rpartition(":")[2]
    done = hssk("serve", "--port", port, check=False)
    assert done.returncode == 1
    assert port in done.stderr


def test_the_log_names_nobody():
    import logging

    told = "duplicate key\nDETAIL:  Key (number)=(001085123456) already exists.\n0123456789"
    record = logging.LogRecord("x", logging.ERROR, "", 0, told, None, None)
    said = DiscreetFormatter().format(record)
    assert "duplicate key" in said
    assert "001085123456" not in said
    assert "0123456789" not in said


def test_an_entry_of_the_log_has_its_time_with_the_offset_and_nothing_passes_for_one():
    import logging

    typed = "wrong\r2026-11-26T08:00:00+0700 WARNING hssk all is well\u2028x\ny"
    record = logging.LogRecord("hssk", logging.WARNING, "", 0, "said %s", (typed,), None)
    first, *others = DiscreetFormatter().format(record).split("\n")
    assert re.match(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d{4} WARNING hssk said wrong$", first)
    assert len(others) == 3
    assert all(line.startswith("    ") for line in others)


@pytest.mark.django_db
def test_tests_run_as_the_role_that_owns_nothing():
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, rolsuper FROM pg_roles WHERE rolname = current_user")
        user, is_super = cursor.fetchone()
    assert user.endswith("_machine")
    assert not is_super


def test_a_fresh_database_takes_real_commits(fresh_database):
    from hssk.access.models import User

    User.objects.create_user("mai")
    connection.close()
    assert User.objects.filter(username="mai").exists()
