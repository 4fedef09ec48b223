"""What an update leaves behind it."""

import psycopg
import pytest
from psycopg import sql

from hssk.config.schema import bring_up_to_date, count_whoever_waits
from hssk.coverage.models import Due, LedgerRow
from hssk.kit.pg.use import database
from tests.village import JANUARY, hamlet, lives, person


def test_whoever_an_update_leaves_to_be_counted_is_counted_in_it(fresh_database):
    somebody = person("Lò Thị Chờ")
    lives(somebody, hamlet("03403", "Bản Chờ"), JANUARY)
    assert Due.objects.exists()
    assert not LedgerRow.objects.exists()
    count_whoever_waits()
    assert not Due.objects.exists()
    assert list(LedgerRow.objects.values_list("person", flat=True)) == [somebody.pk]


def test_what_an_older_home_gave_the_role_of_the_server_is_taken_from_it(home):
    with database(home) as connections:
        app = connections.app
        with psycopg.connect(**connections.owner.psycopg()) as connection:
            given = sql.SQL("GRANT TEMPORARY ON DATABASE {} TO {}")
            connection.execute(given.format(*map(sql.Identifier, (app.name, app.user))))
        bring_up_to_date(home, connections)
        with (
            psycopg.connect(**app.psycopg()) as connection,
            pytest.raises(psycopg.errors.InsufficientPrivilege),
        ):
            connection.execute("CREATE TEMP TABLE access_post (id bigint)")


@pytest.mark.parametrize("table", ["django_migrations", "access_commandlog"])
def test_the_server_strikes_out_nothing_that_commands_wrote_down(home, table):
    with (
        database(home) as connections,
        psycopg.connect(**connections.app.psycopg()) as connection,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        connection.execute(f"DELETE FROM {table}")
