"""Every test stands on a throw-away home with a real PostgreSQL, as the role that commands run as.

db               the database, rolled back after the test
fresh_database   a database of the test's own, for what needs real commits
home, hssk       a throw-away HSSK_HOME, and the command line run on it
"""

import contextlib
import itertools
import os
import subprocess
import sys
import uuid
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest
from psycopg import sql

from hssk.kit.home import Home
from hssk.kit.pg.connection import connection_of, external
from hssk.kit.pg.use import database
from tests.homes import new_home, remove_home

IS_WORKER = "PYTEST_XDIST_WORKER" in os.environ
os.environ["HSSK_SERVER_FOR_TESTS"] = "1"
os.environ["HSSK_LINGER"] = "0"
os.environ["HSSK_COUNTS_STAND_FOR"] = "0"  # the number in a menu is that of now
os.environ["HSSK_DATABASE_ROLE"] = "machine"  # requests step behind the wall by themselves
os.environ["DJANGO_SETTINGS_MODULE"] = "hssk.config.settings"
numbers = itertools.count(1)
INSTALLED_IN_CI = ("chromium", "PostgreSQL 15", "LibreOffice")


def administer(*statements: sql.Composable) -> None:
    with psycopg.connect(**connection_of(Home.current(), "super").psycopg(), autocommit=True) as it:
        for statement in statements:
            it.execute(statement)


def new_database_on_server() -> str:
    """With DATABASE_URL every test home gets a database of its own there; returns its URL."""
    name = f"hssk_test_{uuid.uuid4().hex[:12]}"
    administer(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(name)))
    return urlunsplit(urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}"))


def drop_database_on_server(url: str) -> None:
    name = urlsplit(url).path.lstrip("/")
    administer(
        sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)),
        *(
            sql.SQL("DROP ROLE IF EXISTS {}").format(sql.Identifier(f"{name}_{role}"))
            for role in ("machine", "app", "owner")
        ),
    )


if not IS_WORKER:
    os.environ["HSSK_HOME"] = str(new_home().path)
    os.environ["HSSK_TEST_HOME"] = os.environ["HSSK_HOME"]
    if external():
        os.environ["HSSK_TEST_SERVER"] = os.environ["DATABASE_URL"]
        os.environ["DATABASE_URL"] = new_database_on_server()


def pytest_configure(config):
    from django.conf import settings

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STORAGES["staticfiles"] = {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
    }
    settings.WHITENOISE_AUTOREFRESH = True


def pytest_addoption(parser):
    parser.addoption(
        "--another-postgresql",
        action="store_true",
        help="only what asks the database, and draws no page in a browser: for a second server",
    )


def asks_database(item) -> bool:
    """Whether a test may go otherwise on another PostgreSQL; how a page is drawn does not."""
    stands_on = {"db", "django_db_setup", "home", "hssk"} & set(item.fixturenames)
    draws = "browser_page" in item.function.__code__.co_names
    return bool(stands_on or item.get_closest_marker("django_db")) and not draws


def pytest_collection_modifyitems(config, items):
    if config.getoption("--another-postgresql"):
        config.hook.pytest_deselected(items=[one for one in items if not asks_database(one)])
        items[:] = filter(asks_database, items)
    for item in items:
        marker = item.get_closest_marker("django_db")
        if marker and (marker.args or marker.kwargs.get("transaction")):
            raise pytest.UsageError(
                f"{item.nodeid}: the app role may not TRUNCATE; use the fixture fresh_database"
            )


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item, call):
    """CI installs what these tests need beforehand, so there a skip for want of it is a failure."""
    report = (yield).get_result()
    if report.skipped and os.environ.get("HSSK_CI"):
        reason = str(report.longrepr)
        if any(program in reason for program in INSTALLED_IN_CI):
            report.outcome = "failed"
            report.longrepr = f"skipped although HSSK_CI is set: {reason}"


def pytest_unconfigure(config):
    if IS_WORKER:
        return
    if "HSSK_TEST_SERVER" in os.environ:
        url, os.environ["DATABASE_URL"] = os.environ["DATABASE_URL"], os.environ["HSSK_TEST_SERVER"]
        drop_database_on_server(url)
    remove_home(Home(os.environ["HSSK_TEST_HOME"]))


def clone(template: str) -> str:
    """A copy of the migrated database, and Django pointed at it."""
    from django.db import connections

    name = f"{template}_{os.getpid()}_{next(numbers)}"
    with Home.current().locked("template.lock"):  # a template takes one copier at a time
        administer(
            sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(
                sql.Identifier(name), sql.Identifier(template)
            )
        )
    connections.close_all()
    connections.settings["default"]["NAME"] = name
    return name


def drop(name: str, back_to: str) -> None:
    from django.db import connections

    connections.close_all()
    connections.settings["default"]["NAME"] = back_to
    administer(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_blocker):
    """One server for the whole run, one migrated template, one copy for each worker."""
    from hssk.config.schema import bring_up_to_date

    home = Home.current()
    with django_db_blocker.unblock(), contextlib.ExitStack() as stack:
        with home.locked("template.lock"):
            connections = stack.enter_context(database(home))
            bring_up_to_date(home, connections)
        name = clone(connections.app.name)
        yield
        drop(name, connections.app.name)


@pytest.fixture
def fresh_database(django_db_setup, django_db_blocker):
    """A database of the test's own, just migrated, where commits are real. Yields its name."""
    from django.db import connections

    shared = connections.settings["default"]["NAME"]
    with django_db_blocker.unblock():
        name = clone(connection_of(Home.current(), "app").name)
        try:
            yield name
        finally:
            drop(name, shared)


@pytest.fixture
def transactional_db(fresh_database):
    """What pytest-django's live_server asks for: here a database of its own, never a flush."""


@pytest.fixture
def empty_home(monkeypatch):
    """A home where nothing has run yet, with the embedded server whatever DATABASE_URL says."""
    monkeypatch.delenv("DATABASE_URL", raising=False)
    home = new_home()
    monkeypatch.setenv("HSSK_HOME", str(home.path))
    yield home
    remove_home(home)


@pytest.fixture
def home(monkeypatch):
    """A throw-away home with its server running; HSSK_HOME (and DATABASE_URL) point at it."""
    home = new_home()
    url = new_database_on_server() if external() else None
    server = os.environ.get("DATABASE_URL")
    if url:
        monkeypatch.setenv("DATABASE_URL", url)
    monkeypatch.setenv("HSSK_HOME", str(home.path))
    with database(home):
        yield home
    if url and server:
        monkeypatch.setenv("DATABASE_URL", server)
        monkeypatch.setenv("HSSK_HOME", os.environ["HSSK_TEST_HOME"])
        drop_database_on_server(url)
    remove_home(home)


@pytest.fixture
def hssk(home):
    """Run `hssk …` as a user would: `hssk("doctor").stdout`; a failure shows its one line."""

    def run(*arguments: object, check: bool = True, **options) -> subprocess.CompletedProcess:
        done = subprocess.run(
            [Path(sys.executable).with_name("hssk"), *map(str, arguments)],
            capture_output=True,
            text=True,
            check=False,
            **options,
        )
        assert not check or done.returncode == 0, done.stderr
        return done

    return run


@pytest.fixture
def empty_home_of():
    """`empty_home_of(name)`: the command line on a throw-away home beside the test's own."""
    if external():
        pytest.skip("a second home needs a second server")
    made = []

    def another(_name: str):
        beside = new_home()
        made.append(beside)

        def run(*arguments: object) -> subprocess.CompletedProcess:
            return subprocess.run(
                [Path(sys.executable).with_name("hssk"), *map(str, arguments)],
                capture_output=True,
                text=True,
                check=True,
                env={**os.environ, "HSSK_HOME": str(beside.path)},
            )

        return run

    yield another
    for beside in made:
        remove_home(beside)
