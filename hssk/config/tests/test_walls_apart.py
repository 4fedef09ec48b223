"""A right that is held in one place opens nothing where its holder has another post (decision 43)."""

import re

import pytest
from django.db import connection
from django.utils import timezone

from hssk.access.rights import Right, Role
from hssk.access.services import access_of, within
from hssk.access.services.scope import APART
from tests.village import commune, hamlet, on_duty, post

pytestmark = pytest.mark.django_db
HERE, THERE = "03403", "03387"
ASKED = re.compile(r"access_beyond\('(\w+)'")
WALLS = {
    "coverage_sentreport": {"rows"}, "exchange_delivery": {"deliver"},
    "exchange_memberrow": {"rows"}, "exchange_postrow": {"posts"},
    "outreach_bookline": {"move"}, "outreach_bookrow": {"move"}, "outreach_card": {"lists"},
    "outreach_copy": {"held", "lists"}, "outreach_invitation": {"lists"},
    "outreach_ticket": {"move"}, "people_membership": {"lists"}, "records_entry": {"record"},
}  # fmt: skip


def _rows(question):
    with connection.cursor() as cursor:
        cursor.execute(question)
        return cursor.fetchall()


def test_each_wall_that_asks_for_a_right_of_rows_asks_where_it_is_held():
    asked = _rows("SELECT tablename, qual FROM pg_policies WHERE qual ~ 'access_beyond'")
    assert {table: set(ASKED.findall(qual)) for table, qual in asked} == WALLS


def test_a_right_for_which_a_wall_asks_is_told_apart_by_a_scope():
    told = _rows("SELECT qual FROM pg_policies WHERE qual ~ 'access_beyond' UNION ALL SELECT prosrc"
                 " FROM pg_proc WHERE prosrc ~ 'access_beyond'")  # fmt: skip
    assert {right for (text,) in told for right in ASKED.findall(text)} == set(APART)


def _held(user, right):
    """In which of two communes, and in which of their hamlets, the database takes a right for held."""
    places = {
        HERE: commune(HERE).pk, THERE: commune(THERE).pk,
        "a": -hamlet(HERE, "Bản A").pk, "b": -hamlet(THERE, "Bản B").pk,
    }  # fmt: skip
    with within(access_of(user, timezone.localdate())), connection.cursor() as cursor:
        cursor.execute("SELECT access_beyond(%s)", [right])
        if cursor.fetchone() == (None,):
            return None
        cursor.execute(
            "SELECT k FROM unnest(%s::text[], %s::bigint[]) AS u (k, place) WHERE NOT (access_beyond(%s) @> place)",
            [list(places), list(places.values()), right],
        )
        return {key for (key,) in cursor.fetchall()}


def test_each_right_is_held_where_its_post_is():
    hamlet(HERE, "Bản A"), hamlet(THERE, "Bản B")
    both = on_duty("hai.noi", role=Role.CLERK, unit=commune(HERE))
    post(both, Role.CLINICIAN, commune(THERE))
    assert _held(both, Right.ROWS) == {HERE, "a"}
    assert _held(both, Right.RECORD) == _held(both, Right.HELD) == {THERE, "b"}
    assert _held(both, Right.MOVE) == {HERE, THERE, "a", "b"}
    assert _held(both, Right.DELIVER) is None


def test_a_right_that_names_nobody_is_held_where_its_post_is_too():
    head = on_duty("truong.ban", role=Role.HEAD, where=hamlet(HERE, "Bản A"))
    assert _held(head, Right.HELD) == {"a"}
    assert _held(head, Right.ROWS) is None


def test_who_holds_everything_in_one_right_holds_of_another_where_that_post_is():
    officer = on_duty("can.bo", role=Role.OFFICER)
    post(officer, Role.CLINICIAN, commune(THERE))
    hamlet(THERE, "Bản B")
    assert _held(officer, Right.ROWS) == {HERE, THERE, "a", "b"}
    assert _held(officer, Right.RECORD) == {THERE, "b"}
