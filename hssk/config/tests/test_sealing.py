"""What the doctor says of the log of looks."""

from datetime import datetime, timedelta, timezone
from uuid import uuid4

import psycopg
import pytest

from hssk.access.models import Witnessed
from hssk.access.rights import Right
from hssk.access.services import access_of, look, make_checkpoint, note_witness, seals
from hssk.config.sealing import of_log
from hssk.config.walls import holes
from hssk.kit.home import Home
from hssk.kit.pg.connection import connection_of
from tests.village import MARCH, on_duty


def later(**by):
    """So long from now, in the time of the installation."""
    return datetime.now(timezone(timedelta(hours=7))) + timedelta(**by)


@pytest.fixture
def looked(fresh_database):
    mai = on_duty()
    look(access_of(mai, MARCH), "open", Right.REGISTER, [uuid4()])
    return mai


def said(**by):
    return [(finding.state, finding.subject) for finding in of_log(later(**by))]


def test_an_empty_log_is_well(fresh_database):
    assert said() == [("ok", "nhật ký xem")]


def test_a_seal_that_is_late_and_a_witness_there_is_not_are_said(looked):
    assert said() == [("ok", "nhật ký xem")]
    assert said(hours=2) == [("warn", "nhật ký xem")]
    make_checkpoint()
    assert said(hours=2) == [("ok", "nhật ký xem"), ("warn", "làm chứng")]
    note_witness(seals(), looked)
    assert Witnessed.objects.count() == 1
    assert said() == [("ok", "nhật ký xem"), ("ok", "làm chứng")]
    assert said(days=40) == [("ok", "nhật ký xem"), ("warn", "làm chứng")]


def test_a_clock_that_was_set_back_is_said(looked):
    """Posts, first passwords and codes of telephones count by it, and each fails for no reason."""
    assert said(hours=-1) == [("warn", "đồng hồ"), ("ok", "nhật ký xem")]
    assert said(minutes=-1) == [("ok", "nhật ký xem")]


def test_looks_that_no_seal_is_on_yet_are_not_said_to_be_none(looked):
    (finding,) = of_log(later())
    assert finding.found != "chưa có lần xem nào"


def test_a_log_that_was_changed_is_bad(looked, fresh_database):
    make_checkpoint()
    owner = connection_of(Home.current(), "owner").psycopg(dbname=fresh_database)
    with psycopg.connect(**owner, autocommit=True) as it:
        it.execute("ALTER TABLE access_look DISABLE TRIGGER USER")
        it.execute("UPDATE access_look SET purpose = 'x'")
    assert said() == [("bad", "nhật ký xem")]


def test_the_doctor_says_it(hssk):
    assert "nhật ký xem" in hssk("doctor", check=False).stdout


def test_a_witness_that_keeps_nothing_or_nowhere_is_said_to(hssk, tmp_path):
    """An empty file was no witness at all, and verify ended well; a folder that is not there was
    a fault of the software."""
    (tmp_path / "empty.txt").touch()
    done = hssk("audit", "verify", "--witness", tmp_path / "empty.txt", check=False)
    assert done.returncode == 1
    assert "không phải tệp mốc" in done.stderr
    kept = tmp_path / "none" / "kept.txt"
    done = hssk("witness", tmp_path / "empty.txt", "--kept", kept, check=False)
    assert f"Không ghi được {kept}" in done.stderr


def test_a_month_of_the_log_that_can_be_read_by_its_own_name_is_a_hole(looked, fresh_database):
    here = Home.current()
    owner = connection_of(here, "owner").psycopg(dbname=fresh_database)
    server = connection_of(here, "app").psycopg(dbname=fresh_database)
    with psycopg.connect(**owner, autocommit=True) as it, psycopg.connect(**server) as app:
        assert holes(app) == []
        (name,) = it.execute("SELECT tableoid::regclass::text FROM access_look").fetchone()
        it.execute(f'GRANT SELECT ON {name} TO "{app.info.user}"')
        assert name in " ".join(holes(app))
