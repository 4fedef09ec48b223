"""With DATABASE_URL a server of one's own takes the place of the embedded one."""

import socket
import subprocess
from pathlib import Path

import psycopg
import pytest

from hssk.kit.errors import Trouble
from hssk.kit.pg.account import account_for_server, as_account
from hssk.kit.pg.connection import Connection, connection_of
from hssk.kit.pg.use import database, is_served
from tests.homes import new_home, remove_home

PROGRAMS = Path("/usr/lib/postgresql/15/bin")


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """Debian's PostgreSQL 15 on a free port, with a superuser `boss`; yields host, port, password."""
    if not PROGRAMS.exists():
        pytest.skip("needs PostgreSQL 15: apt-get install postgresql-15")
    base = new_home().path.parent
    account = account_for_server()
    place = base / "server"
    place.mkdir(mode=0o755)
    (place / "password").write_text("s3cret/with@signs")
    subprocess.run(["chown", "-R", account.pw_name, place], check=True)
    as_them = {"cwd": "/", "stdout": subprocess.DEVNULL, **as_account(account)}
    subprocess.run(
        [
            *(PROGRAMS / "initdb", "-D", place / "data", "-U", "boss", "--no-sync"),
            *("--auth=scram-sha-256", f"--pwfile={place / 'password'}"),
            *("--encoding=UTF8", "--locale=C.UTF-8"),
        ],
        check=True,
        **as_them,
    )
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    options = f"-p {port} -k {place} -c listen_addresses=127.0.0.1 -c fsync=off"
    control = [PROGRAMS / "pg_ctl", "-w", "-D", place / "data", "-l", place / "log"]
    subprocess.run([*control, "-o", options, "start"], check=True, **as_them)
    yield Connection("127.0.0.1", port, "postgres", "boss", "s3cret/with@signs")
    subprocess.run([*control, "-m", "immediate", "stop"], check=True, **as_them)
    subprocess.run(["rm", "-rf", base], check=True)


@pytest.fixture
def run(server):
    def run(statement: str, **changes):
        with psycopg.connect(**server.psycopg(**changes), autocommit=True) as connection:
            return connection.execute(statement)

    return run


def forget_machine(administrator, name):
    """As if the home had been made before commands had a role of their own."""
    with psycopg.connect(**administrator, autocommit=True) as connection:
        connection.execute(f"DROP OWNED BY {name}_machine")
        connection.execute(f"DROP ROLE {name}_machine")


def machine_of(home):
    return connection_of(home, "machine").psycopg()


@pytest.fixture
def city(server, run):
    """The URL of an empty database `city` on the server."""
    run("CREATE DATABASE city TEMPLATE template0")
    yield f"postgres://boss:s3cret%2Fwith%40signs@{server.host}:{server.port}/city"
    run("DROP DATABASE city WITH (FORCE)")
    for role in ("city_machine", "city_app", "city_owner", "reader"):
        run(f"DROP ROLE IF EXISTS {role}")


def test_the_first_use_makes_an_owner_and_an_app_that_owns_nothing(empty_home, city, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", city)
    with database(empty_home) as connections:
        assert not is_served(empty_home)
        with psycopg.connect(**connections.owner.psycopg()) as connection:
            connection.execute("CREATE TABLE kept (x int)")
        with psycopg.connect(**connections.app.psycopg()) as connection:
            connection.execute("INSERT INTO kept VALUES (1)")
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute("DROP TABLE kept")
    with database(empty_home) as again:
        psycopg.connect(**again.app.psycopg()).close()


def test_a_home_older_than_the_role_of_commands_gets_it(empty_home, city, run, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", city)
    with database(empty_home) as connections:
        with psycopg.connect(**connections.owner.psycopg()) as connection:
            connection.execute("CREATE TABLE kept (x int)")
        forget_machine(connections.owner.psycopg(user="boss", password="s3cret/with@signs"), "city")
    with database(empty_home), psycopg.connect(**machine_of(empty_home)) as connection:
        connection.execute("INSERT INTO kept VALUES (1)")


def test_the_app_makes_no_table_that_would_stand_before_ours(empty_home, city, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", city)
    with (
        database(empty_home) as connections,
        psycopg.connect(**connections.app.psycopg()) as connection,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        connection.execute("CREATE TEMP TABLE access_post (id bigint)")


def test_a_database_with_another_installation_in_it_is_refused(empty_home, city, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", city)
    with (
        database(empty_home) as connections,
        psycopg.connect(**connections.owner.psycopg()) as connection,
    ):
        connection.execute("CREATE TABLE kept (x int)")
    other = new_home()
    with pytest.raises(Trouble, match="bản cài đặt HSSK khác"), database(other):
        pass
    remove_home(other)


def test_a_home_does_not_change_its_server_silently(empty_home, city, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", city)
    with database(empty_home):
        pass
    monkeypatch.delenv("DATABASE_URL")
    with pytest.raises(Trouble, match="DATABASE_URL như trước"), database(empty_home):
        pass


def test_a_user_who_may_not_make_roles_is_told_what_to_ask_for(empty_home, city, run, monkeypatch):
    run("CREATE ROLE reader LOGIN PASSWORD 'r'")
    monkeypatch.setenv("DATABASE_URL", city.replace("boss:s3cret%2Fwith%40signs", "reader:r"))
    with pytest.raises(Trouble, match="HSSK_APP_DATABASE_URL"), database(empty_home):
        pass


def test_a_server_that_does_not_answer_is_named(empty_home, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgres://me:secret@127.0.0.1:1/city")
    with pytest.raises(Trouble, match=r"127\.0\.0\.1:1/city") as told, database(empty_home):
        pass
    assert "secret" not in str(told.value)


@pytest.mark.parametrize("url", ["", "sqlite:///x", "postgres://h/", "postgres://u@h:port/d"])
def test_what_is_no_address_of_a_database_is_refused(url):
    with pytest.raises(Trouble, match="DATABASE_URL"):
        Connection.from_url(url)
