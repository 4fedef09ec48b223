"""What a reader is told when something broke that is not theirs."""

import errno
import logging
import sys
from types import SimpleNamespace

import psycopg
import pytest
from django.db import InterfaceError, OperationalError

from hssk.access.views import sittings
from hssk.config.away import is_away
from hssk.config.cli._run import answer
from hssk.config.discreet import DiscreetFormatter, LogOfHome
from hssk.kit.errors import Trouble
from hssk.kit.tests.browser import browser_page, show, violations
from tests.village import on_duty


def as_django_says(cause):
    error = OperationalError(str(cause))
    error.__cause__ = cause
    return error


AWAY = [
    as_django_says(psycopg.OperationalError("connection refused")),
    as_django_says(psycopg.errors.AdminShutdown()),
    as_django_says(psycopg.errors.CrashShutdown()),
    as_django_says(psycopg.errors.CannotConnectNow()),
    as_django_says(psycopg.errors.TooManyConnections()),
    InterfaceError("the connection is closed"),
]
THERE = [
    as_django_says(psycopg.errors.DeadlockDetected("deadlock detected")),
    as_django_says(psycopg.errors.QueryCanceled()),
    ValueError("ours"),
    None,
]


@pytest.mark.parametrize(("error", "away"), [(e, True) for e in AWAY] + [(e, False) for e in THERE])
def test_only_a_database_that_is_away_is_said_to_come_back(error, away):
    assert is_away(error) is away


@pytest.mark.parametrize(("error", "short"), [(AWAY[0], True), (THERE[0], False)])
def test_of_a_database_that_is_away_the_log_keeps_a_line_and_not_where_each_page_was(error, short):
    try:
        raise error
    except Exception:
        record = logging.makeLogRecord({"msg": "refused", "exc_info": sys.exc_info()})
    kept = DiscreetFormatter().format(record)
    assert (len(kept.splitlines()) == 2) is short
    assert str(error) in kept


FULL = [as_django_says(psycopg.errors.DiskFull("no space")), OSError(errno.ENOSPC, "no space")]


@pytest.mark.parametrize("error", FULL)
def test_a_command_on_a_full_disk_says_so_and_what_to_do(error):
    def run(_options, _actor):
        raise error

    with pytest.raises(Trouble, match="Ổ đĩa đã đầy"):
        answer(SimpleNamespace(run=run), None, None)


def test_a_log_that_cannot_be_written_tells_nothing_of_the_story(tmp_path, capsys):
    kept = LogOfHome(tmp_path / "no" / "hssk.log", delay=True)
    try:
        raise ValueError("Key (number)=(012345678901) already exists")
    except ValueError:
        kept.handle(logging.makeLogRecord({"msg": "broken", "exc_info": sys.exc_info()}))
    told = capsys.readouterr().err
    assert len(told.splitlines()) == 1
    assert "012345678901" not in told


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("error", "status"), [(AWAY[0], 503), (THERE[0], 500), (FULL[0], 507), (FULL[1], 507)]
)
def test_a_page_without_its_database_says_to_try_again(client, monkeypatch, caplog, error, status):
    def broken(*_asked):
        raise error

    client.force_login(on_duty("lo.thi.bia"))
    client.raise_request_exception = False
    monkeypatch.setattr(sittings, "sittings_of", broken)
    answer = client.get("/accounts/here/")
    assert answer.status_code == status
    assert ("Thử lại · Try again" in answer.text) is (status in (503, 507))
    assert ("Ổ đĩa của máy chủ đã đầy" in answer.text) is (status == 507)
    assert answer.headers.get("Retry-After") == ("5" if status == 503 else None)
    assert "no-store" in answer.headers["Cache-Control"]
    assert str(error) not in answer.text
    assert "/accounts/here/" in caplog.text
    for width in (1280, 360):
        with browser_page(width) as page:
            show(page, answer.text)
            assert violations(page) == []
