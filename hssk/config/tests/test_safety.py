"""An installation that may lose or show what it holds serves nobody, and says why."""

import psycopg
import pytest

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


def refusal(connection):
    with pytest.raises(Trouble) as trouble:
        refuse_unsafe(connection)
    return str(trouble.value)


def test_a_database_that_forgets_is_not_served_from(connection, monkeypatch):
    refuse_unsafe(connection)
    monkeypatch.delenv("HSSK_SERVER_FOR_TESTS")
    assert "fsync=off" in refusal(connection)


def test_neither_is_one_whose_clock_is_another(connection, monkeypatch):
    monkeypatch.setattr("hssk.config.safety.MOST_APART", -1.0)
    assert "clock" in refusal(connection)


def test_nor_pages_that_would_show_their_insides(connection, settings):
    settings.DEBUG = True
    assert "DEBUG" in refusal(connection)


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
