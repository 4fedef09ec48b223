"""What one request does in the role of the server reaches into no other."""

import psycopg
import pytest

from hssk.kit.pg.connection import connection_of
from hssk.kit.pg.use import database, is_served
from hssk.kit.tests.test_embedded_database import comes_true


def _as_older_homes_were(home):
    administrator = connection_of(home, "super").psycopg(dbname="hssk")
    with psycopg.connect(**administrator) as connection:
        connection.execute("GRANT TEMPORARY ON DATABASE hssk TO hssk_app")
        connection.execute("ALTER ROLE hssk_app RESET track_activities")


@pytest.fixture
def older(empty_home, monkeypatch):
    """Connections of a home that was made before, at its next start."""
    monkeypatch.setenv("HSSK_LINGER", "0")
    with database(empty_home):
        _as_older_homes_were(empty_home)
    assert comes_true(lambda: not is_served(empty_home))
    with database(empty_home) as connections:
        assert comes_true(lambda: _is_narrow(connections))
        yield connections


def _is_narrow(connections):
    asked = "SELECT has_database_privilege(current_database(), 'TEMPORARY')"
    with psycopg.connect(**connections.app.psycopg()) as connection:
        return connection.execute(asked).fetchone() == (False,)


@pytest.mark.parametrize(
    "laid",
    [
        "TEMP TABLE access_post (id bigint)",
        "TEMP VIEW people_person AS SELECT 1",
        "TEMP SEQUENCE people_person_id_seq",
        "FUNCTION pg_temp.told() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
    ],
)
def test_the_server_lays_nothing_before_what_is_asked_next_on_its_connection(older, laid):
    with (
        psycopg.connect(**older.app.psycopg()) as connection,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        connection.execute(f"CREATE {laid}")


def test_a_connection_of_the_server_is_not_told_what_another_asks(older):
    with (
        psycopg.connect(**older.app.psycopg()) as one,
        psycopg.connect(**older.app.psycopg()) as other,
    ):
        one.execute("SELECT 'Nguyễn Thị Bí Mật'")
        told = other.execute("SELECT query FROM pg_stat_activity WHERE pid <> pg_backend_pid()")
        assert "Bí Mật" not in str(told.fetchall())
