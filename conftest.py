"""Every test stands on a throw-away home with a real PostgreSQL, as the role that commands run as.

db               the database, rolled back after the test
fresh_database   a database of the test's own, for what needs real commits
home, hssk       a throw-away HSSK_HOME as its first command leaves it, and the command line run on
                 it; marked `from_nothing`, a home where no command has run
"""

import contextlib
import gc
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from hssk.kit.home import Home
from hssk.kit.pg.connection import external
from hssk.kit.pg.use import database
from tests.databases import in_a_copy_of, migrated
from tests.homes import (
    copy_of,
    copy_on_server,
    drop_database_on_server,
    furnish,
    furnished_on_server,
    new_database_on_server,
    new_home,
    remove_home,
)

IS_WORKER = "PYTEST_XDIST_WORKER" in os.environ
os.environ["HSSK_SERVER_FOR_TESTS"] = "1"
os.environ["HSSK_LINGER"] = "0"
os.environ["HSSK_COUNTS_STAND_FOR"] = "0"  # the number in a menu is that of now
os.environ["HSSK_DATABASE_ROLE"] = "machine"  # requests step behind the wall by themselves
os.environ["DJANGO_SETTINGS_MODULE"] = "hssk.config.settings"
STORIES = Path(__file__).parent / "tests"
# no test is timed: a machine that is shared is slow for a moment
settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")
INSTALLED_IN_CI = ("chromium", "PostgreSQL 15", "LibreOffice")


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
    # stories and the proof take longest: first, so that no worker begins one when all else is done
    items.sort(key=lambda item: not item.path.is_relative_to(STORIES))
    for item in items:
        marker = item.get_closest_marker("django_db")
        if marker and (marker.args or marker.kwargs.get("transaction")):
            raise pytest.UsageError(
                f"{item.nodeid}: the app role may not TRUNCATE; use the fixture fresh_database"
            )


def pytest_collection_finish():
    """What was collected stays for the whole run: it need not be looked at for garbage again."""
    gc.collect()
    gc.freeze()


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
        drop_database_on_server(os.environ["DATABASE_URL"])
    remove_home(Home(os.environ["HSSK_TEST_HOME"]))


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_blocker):
    """One server for the whole run, one migrated template, one copy for each worker."""
    from hssk.config.schema import bring_up_to_date

    home = Home.current()
    with django_db_blocker.unblock(), contextlib.ExitStack() as stack:
        with home.locked("template.lock"):
            connections = stack.enter_context(database(home))
            bring_up_to_date(home, connections)
        with in_a_copy_of(migrated()):
            yield


@pytest.fixture
def fresh_database(django_db_setup, django_db_blocker):
    """A database of the test's own, just migrated, where commits are real. Yields its name."""
    with django_db_blocker.unblock(), in_a_copy_of(migrated()) as name:
        yield name


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


@pytest.fixture(scope="session")
def furnished():
    """A home as its first command leaves it, on the embedded server, at rest: tests get copies."""
    run = Home(os.environ["HSSK_TEST_HOME"])
    kept = run.path.with_name("furnished")  # one for all workers
    with run.locked("furnished.lock"), pytest.MonkeyPatch.context() as patch:
        patch.delenv("DATABASE_URL", raising=False)
        if not kept.exists():
            furnish(kept)
    return kept


@pytest.fixture(scope="session")
def furnished_there():
    """The same on somebody's own server; and the URL of its database."""
    with furnished_on_server() as kept:
        yield kept


@pytest.fixture
def home_at_rest(monkeypatch, furnished):
    """A home that was set up, whose embedded server nobody holds; HSSK_HOME points at it."""
    monkeypatch.delenv("DATABASE_URL", raising=False)
    home = copy_of(furnished)
    monkeypatch.setenv("HSSK_HOME", str(home.path))
    yield home
    remove_home(home)


@pytest.fixture
def home(request, monkeypatch):
    """A throw-away home with its server running; HSSK_HOME (and DATABASE_URL) point at it."""
    with contextlib.ExitStack() as stack:
        if request.node.get_closest_marker("from_nothing"):
            home, url = new_home(), new_database_on_server() if external() else None
            if url:
                stack.callback(drop_database_on_server, url)
        elif external():
            kept, url = request.getfixturevalue("furnished_there")
            home = copy_of(kept)
            stack.enter_context(copy_on_server(url))
        else:
            home, url = copy_of(request.getfixturevalue("furnished")), None
        stack.callback(remove_home, home)
        if url:
            monkeypatch.setenv("DATABASE_URL", url)
        monkeypatch.setenv("HSSK_HOME", str(home.path))
        stack.enter_context(database(home))
        yield home


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
def hssk_beside(furnished):
    """The command line on another home beside the test's own."""
    if external():
        pytest.skip("a second home needs a second server")
    beside = copy_of(furnished)

    def run(*arguments: object) -> subprocess.CompletedProcess:
        return subprocess.run(
            [Path(sys.executable).with_name("hssk"), *map(str, arguments)],
            capture_output=True,
            text=True,
            check=True,
            env={**os.environ, "HSSK_HOME": str(beside.path)},
        )

    yield run
    remove_home(beside)
