"""An installation that may lose or show what it holds serves nobody, and says why."""

from datetime import UTC, datetime, timedelta

import psycopg
import pytest

from hssk.config.backups import note_backup, of_backups
from hssk.config.safety import forgets, refuse_unsafe
from hssk.kit.errors import Trouble
from hssk.kit.pg.connection import connection_of

SAFE = {"fsync": "on", "full_page_writes": "on", "synchronous_commit": "on",
        "synchronous_standby_names": ""}  # fmt: skip


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({}, []),
        ({"synchronous_commit": "remote_apply"}, []),
        ({"synchronous_standby_names": "FIRST 1 (s0, s1)"}, []),
        ({"fsync": "off"}, ["fsync=off"]),
        ({"full_page_writes": "off"}, ["full_page_writes=off"]),
        ({"synchronous_commit": "off"}, ["synchronous_commit=off"]),
        ({"synchronous_commit": "local"}, ["synchronous_commit=local"]),
        ({"synchronous_commit": "remote_write"}, ["synchronous_commit=remote_write"]),
        ({"synchronous_standby_names": "ANY 1 (*)"}, ["synchronous_standby_names=*"]),
    ],
)
def test_what_the_database_may_forget_is_told_by_its_setting(changed, told):
    assert forgets(SAFE | changed) == told


@pytest.fixture
def connection(home):
    with psycopg.connect(**connection_of(home, "app").psycopg()) as connection:
        yield connection


def refusal(connection, home):
    with pytest.raises(Trouble) as trouble:
        refuse_unsafe(connection, home)
    return str(trouble.value)


def test_a_database_that_forgets_is_not_served_from(connection, home, monkeypatch):
    refuse_unsafe(connection, home)
    monkeypatch.delenv("HSSK_SERVER_FOR_TESTS")
    assert "fsync=off" in refusal(connection, home)


def test_nor_is_one_that_forgets_what_commands_take_in(connection, home, monkeypatch):
    machine = connection_of(home, "machine")
    alter = f"ALTER ROLE {machine.user} "
    with psycopg.connect(**connection_of(home, "super").psycopg(), autocommit=True) as above:
        above.execute(alter + "SET synchronous_commit = local")
        try:
            monkeypatch.delenv("HSSK_SERVER_FOR_TESTS")
            assert f"synchronous_commit=local ({machine.user})" in refusal(connection, home)
        finally:
            above.execute(alter + "RESET synchronous_commit")


def test_nor_with_keys_that_others_can_read(connection, home):
    key = next(path for path in home.keys.iterdir() if path.is_file())
    key.chmod(0o644)
    assert f"keys/{key.name}" in refusal(connection, home)
    key.chmod(0o600)
    refuse_unsafe(connection, home)


def test_neither_is_one_whose_clock_is_another(connection, home, monkeypatch):
    monkeypatch.setattr("hssk.config.safety.MOST_APART", -1.0)
    assert "clock" in refusal(connection, home)


def test_nor_pages_that_would_show_their_insides(connection, home, settings):
    settings.DEBUG = True
    assert "DEBUG" in refusal(connection, home)


@pytest.mark.parametrize(
    ("hours", "served"), [(0, True), (25.9, True), (26.1, False), (-0.05, True), (-1, False)]
)
def test_a_home_whose_copies_are_told_of_is_not_served_from_when_the_last_is_old(
    connection, home, hours, served
):
    refuse_unsafe(connection, home)  # of a home of which nobody says so, doctor tells alone
    note_backup(home, datetime.now(UTC) - timedelta(hours=hours))
    state, found, _advice = next(of_backups(home, datetime.now(UTC)))
    assert (state == "ok") is served, found
    if served:
        refuse_unsafe(connection, home)
    else:
        assert "backup > 26 h" in refusal(connection, home)
    note_backup(home, None)
    refuse_unsafe(connection, home)


@pytest.mark.parametrize(
    "told", ["yesterday", "", 5, "9999-12-31T23:59:59+00:00", "0001-01-01T00:00:00+14:00"]
)
def test_a_moment_of_the_last_copy_that_nobody_can_read_is_long_ago(connection, home, told):
    home.note(backed_up=told)
    assert "backup > 26 h" in refusal(connection, home)


def test_whoever_copies_says_so_and_doctor_tells_it(hssk):
    assert "never" in hssk("backups").stdout
    assert "hssk backups --done" in hssk("doctor", check=False).stdout
    assert hssk("backups", "--done").stdout.startswith("backed up 20")
    assert "sao lưu         lần cuối" in hssk("doctor", check=False).stdout
    assert "never" in hssk("backups", "--nobody").stdout


def test_with_a_hole_in_the_wall_nothing_is_served(hssk, home):
    with psycopg.connect(**connection_of(home, "owner").psycopg()) as owner:
        owner.execute("ALTER TABLE people_person NO FORCE ROW LEVEL SECURITY")
    done = hssk("serve", "--port", "1", check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert "people_person" in done.stderr


def test_a_page_that_does_not_say_who_may_come_in_is_served_to_nobody(monkeypatch):
    monkeypatch.setattr("hssk.access.policy.views_without_policy", lambda: ["/somewhere/"])
    monkeypatch.delitem(__import__("sys").modules, "hssk.config.wsgi", raising=False)
    with pytest.raises(SystemExit, match="/somewhere/"):
        __import__("hssk.config.wsgi")
