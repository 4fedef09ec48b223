"""Looks lie in a table for each month, and only what is past the rule ever goes."""

from datetime import date, datetime, timedelta, timezone
from uuid import uuid4

import psycopg
import pytest

from hssk.access.models import Look, Purge, User
from hssk.access.rights import Right, Role
from hssk.access.services import (
    access_of,
    keep_longer,
    look,
    looks_at,
    make_checkpoint,
    months_past,
    purge,
    seals,
    verify_log,
    within,
    years_kept,
)
from hssk.kit.errors import Trouble
from hssk.kit.home import Home
from hssk.kit.pg.connection import connection_of
from tests.village import MARCH, on_duty

TODAY = date(2026, 11, 26)
OLD, OLDER, YOUNG = date(2014, 6, 1), date(2014, 5, 1), date(2019, 1, 1)


@pytest.fixture
def owner(fresh_database):
    mine = connection_of(Home.current(), "owner").psycopg(dbname=fresh_database)
    with psycopg.connect(**mine, autocommit=True) as it:
        yield it


@pytest.fixture
def server(fresh_database):
    mine = connection_of(Home.current(), "app").psycopg(dbname=fresh_database)
    with psycopg.connect(**mine, autocommit=True) as it:
        yield it


@pytest.fixture
def operator(fresh_database):
    return User.objects.get(username=User.LOCAL_OPERATOR)


def looked(owner, moment, actor, tier="register"):
    """Write a look as it was written then."""
    owner.execute("SELECT access_make_month(access_month_of(%s::timestamptz))", [moment])
    owner.execute(
        "INSERT INTO access_look (actor_id, at, act, \"right\", posts, people, refused, basis,"
        " tier, purpose) VALUES (%s, %s, 'open', 'register', 'clerk#1', ARRAY[gen_random_uuid()],"
        " false, 'area', %s, 'coverage:person')",
        [actor.pk, moment, tier],
    )  # fmt: skip


@pytest.fixture
def long_log(owner, operator):
    """Looks of two months of 2014, about midnight between them, of 2019 and of today; sealed."""
    for moment in (
        "2014-05-20 10:00+07", "2014-05-31 23:59:59.9+07", "2014-06-01 00:00:00.1+07",
        "2014-05-31 23:59:59.95+07", "2014-06-02 08:00+07", "2019-01-05 08:00+07",
    ):  # fmt: skip
        looked(owner, moment, operator)
    look(access_of(operator, TODAY), "open", Right.REGISTER, [uuid4()])
    make_checkpoint()
    return seals()


def test_a_look_says_by_what_basis_which_fields_and_what_for(db, client):
    mai = on_duty()
    someone = uuid4()
    look(access_of(mai, MARCH), "open", Right.REGISTER, [someone], basis="care", tier="sensitive",
         purpose="outreach:visit")  # fmt: skip
    look(access_of(mai, MARCH), "open", Right.REGISTER, [someone])
    plain, told = looks_at(someone)
    assert (told.basis, told.tier, told.purpose) == ("care", "sensitive", "outreach:visit")
    assert (plain.basis, plain.tier, plain.purpose) == ("area", "register", "")
    with pytest.raises(Exception, match="access_look_tier_check"):
        look(access_of(mai, MARCH), "open", Right.REGISTER, [someone], tier="all of it")


def test_the_page_that_showed_somebody_is_what_the_look_was_for(db, client):
    client.force_login(on_duty())
    client.get(f"/coverage/person/{uuid4()}/")
    client.get("/coverage/unit/12-105/list/missing/?on=2024-03-31")
    assert set(Look.objects.values_list("purpose", "refused")) == {
        ("coverage:person", True), ("coverage:list", False),
    }  # fmt: skip


def test_seals_keep_to_months_though_looks_of_midnight_are_written_crosswise(long_log):
    this_month = f"{datetime.now(timezone(timedelta(hours=7))):%Y-%m}"
    assert [f"{one.month:%Y-%m}" for one in long_log[:6]] == [
        "2014-05", "2014-06", "2014-05", "2014-06", "2019-01", this_month,
    ]  # fmt: skip
    assert verify_log(long_log, today=TODAY) == []


def test_the_tables_of_coming_months_are_made_ahead_and_a_missing_one_at_the_look(owner, operator):
    def months():
        return {name for (name,) in owner.execute(
            "SELECT relname FROM pg_class WHERE relkind = 'r' AND relname ~ '^access_look_2'")}  # fmt: skip

    ahead = months()
    assert len(ahead) >= 4
    for name in ahead:
        owner.execute(f"DROP TABLE {name}")
    look(access_of(operator, TODAY), "open", Right.REGISTER, [uuid4()])
    assert len(months()) == 1
    owner.execute("SELECT access_make_months()")
    assert months() == ahead


def test_no_role_reads_or_writes_a_month_by_its_own_name(owner, server, operator):
    """Row security of the whole log would not be asked; so nobody may, and nothing would show."""
    look(access_of(operator, TODAY), "open", Right.REGISTER, [uuid4()])
    (name,) = owner.execute("SELECT tableoid::regclass::text FROM access_look").fetchone()
    for statement in (f"SELECT * FROM {name}", f"DELETE FROM {name}", f"TRUNCATE {name}"):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            server.execute(statement)
    assert owner.execute(f"SELECT count(*) FROM {name}").fetchone() == (0,)  # forced on the owner
    for statement in (f"UPDATE {name} SET act = 'x'", f"TRUNCATE {name}"):
        with pytest.raises(psycopg.errors.InsufficientPrivilege, match="appended to"):
            owner.execute(statement)


def test_the_server_writes_looks_of_whoever_asks_and_of_nobody_else(server, operator):
    mai, lan = on_duty("mai"), on_duty("lan")
    written = "SELECT access_write_look(%s, 'open', 'register', '', '{{}}', false, 'area', 'register', '')"
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        server.execute(written.replace("{{}}", "{}"), [mai.pk])
    for statement in (
        "INSERT INTO access_look SELECT * FROM access_look",
        "INSERT INTO access_checkpoint VALUES (1, 1, 1, 'x', 'x', now(), '2026-01-01')",
        "INSERT INTO access_purge (month, lines, actor_id, at) VALUES ('2026-01-01', 0, 1, now())",
        "SELECT access_purge_month('2014-05-01', 1)",
        "SELECT access_make_month('2014-05-01')",
    ):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            server.execute(statement)
    with within(access_of(mai, MARCH)), pytest.raises(Exception, match="by whoever looks"):
        look(access_of(lan, MARCH), "open", Right.REGISTER, [uuid4()])


def test_whoever_may_not_read_the_log_finds_no_look_at_anybody(fresh_database):
    someone, mai = uuid4(), on_duty("mai")
    look(access_of(mai, MARCH), "open", Right.REGISTER, [someone])
    with within(access_of(on_duty("lan"), MARCH)):
        assert not looks_at(someone).exists()
    with within(access_of(on_duty("kiem.tra", role=Role.AUDITOR), MARCH)):
        assert looks_at(someone, uuid4()).count() == 1
        assert looks_at(uuid4()).count() == 0


def test_months_past_the_rule_go_and_their_seals_stay(long_log, operator, owner):
    months = months_past(before=None, today=TODAY)
    assert months == [OLDER, OLD]
    purge(months, long_log, operator, today=TODAY)
    assert Look.objects.filter(at__year=2014).count() == 0
    assert Look.objects.filter(act="purge").values_list("purpose", flat=True).count() == 2
    assert [(one.month, one.lines) for one in Purge.objects.order_by("month")] == [
        (OLDER, 6),
        (OLD, 4),
    ]
    assert verify_log(long_log, today=TODAY) == []
    make_checkpoint()
    assert seals()[: len(long_log)] == long_log
    assert verify_log(seals(), today=TODAY) == []
    assert months_past(before=None, today=TODAY) == []


def test_the_line_of_a_removal_goes_in_time_itself(long_log, operator, owner):
    """From then on the log was said to be tampered with for ever, and nothing more could go."""
    then = "2014-06-10 08:00+07"
    owner.execute("INSERT INTO access_purge (month, lines, actor_id, at)"
                  " VALUES ('2003-01-01', 2, %s, %s)", [operator.pk, then])  # fmt: skip
    owner.execute(
        "INSERT INTO access_look (actor_id, at, act, \"right\", posts, people, refused, basis,"
        " tier, purpose) VALUES (%s, %s, 'purge', 'looks', '', '{}', false, 'audit', 'register',"
        " '2003-01')", [operator.pk, then],
    )  # fmt: skip
    make_checkpoint()
    assert verify_log(seals(), today=TODAY) == []
    purge([OLD], seals(), operator, today=TODAY)
    assert verify_log(seals(), today=TODAY) == []
    purge([OLDER], seals(), operator, today=TODAY)


def test_a_look_slipped_into_a_month_that_went_is_seen(long_log, operator, owner):
    purge([OLDER], long_log, operator, today=TODAY)
    owner.execute("SELECT access_make_month(%s)", [OLDER])
    owner.execute(
        "INSERT INTO access_look SELECT 1, actor_id, '2014-05-20 10:00+07', act, \"right\", posts,"
        " people, refused, basis, tier, purpose FROM access_look LIMIT 1"
    )
    assert verify_log(today=TODAY) != []


def test_what_is_removed_by_hand_and_called_a_purge_is_seen(long_log, operator, owner):
    """A month too young, and one whose removal the log does not tell."""
    for month in (YOUNG, OLD):
        owner.execute(f"DROP TABLE access_look_{month:%Y_%m}")
        owner.execute("INSERT INTO access_purge (month, lines, actor_id, at) VALUES (%s, 2, %s, now())",
                      [month, operator.pk])  # fmt: skip
        assert len(verify_log(today=TODAY)) >= 1
        owner.execute("ALTER TABLE access_purge DISABLE TRIGGER USER; DELETE FROM access_purge")


@pytest.mark.parametrize(
    ("prepare", "reason"),
    [
        ("INSERT INTO access_retention (years, actor_id, at) SELECT 13, id, now() FROM access_user",
         "still to be kept"),
        ("UPDATE access_look SET tier = 'sensitive' WHERE at < '2014-06-01'", "still to be kept"),
        ("DELETE FROM access_look WHERE at < '2014-05-21'", "không khớp"),
        ("INSERT INTO access_look SELECT nextval('access_look_id_seq'), actor_id, at, act, \"right\","
         " posts, people, refused, basis, tier, purpose FROM access_look WHERE at < '2014-05-21'",
         "not all sealed"),
    ],
)  # fmt: skip
def test_what_is_not_to_go_stays(long_log, operator, owner, prepare, reason):
    owner.execute("ALTER TABLE access_look_2014_05 DISABLE TRIGGER USER")
    owner.execute("ALTER TABLE access_look DISABLE TRIGGER USER")
    owner.execute(prepare)
    before = Look.objects.count()
    told = make_sealed_again(owner) if "SET tier" in prepare else long_log
    with pytest.raises(Exception, match=reason):
        purge([OLDER], told, operator, today=TODAY)
    assert Look.objects.count() == before


def make_sealed_again(owner):
    """Seals over what the log says now."""
    owner.execute(
        "ALTER TABLE access_checkpoint DISABLE TRIGGER USER; DELETE FROM access_checkpoint"
    )
    make_checkpoint()
    return seals()


def test_nothing_goes_that_the_witness_has_not(long_log, operator):
    with pytest.raises(Trouble, match="không khớp"):
        purge([OLDER], [], operator, today=TODAY)
    with pytest.raises(Exception, match="sealed and witnessed"):
        purge([OLDER], long_log[:2], operator, today=TODAY)  # the third is of that month too
    assert Purge.objects.count() == 0


def test_the_years_that_looks_are_kept_only_grow(operator, owner):
    assert years_kept() == 10
    keep_longer(12, operator)
    assert years_kept() == 12
    with pytest.raises(Trouble, match="12 năm"):
        keep_longer(11, operator)
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        owner.execute("INSERT INTO access_retention (years, actor_id, at) VALUES (5, 1, now())")


def test_the_purge_is_a_command(hssk, tmp_path):
    assert "10 năm" in hssk("audit", "purge").stdout
    assert "12 năm" in hssk("audit", "keep", "--years", "12").stdout
    assert hssk("audit", "keep", "--years", "11", check=False).returncode == 1
