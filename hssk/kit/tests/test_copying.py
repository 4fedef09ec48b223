"""Rows written behind stand in the order in which the work reads, or not at all."""

from contextlib import nullcontext

import pytest
from django.conf import settings
from django.contrib.auth.models import Group
from django.db import Error, connection, transaction

from hssk.kit.copying import copy_in, writing_behind

pytestmark = pytest.mark.django_db


def rows(count, start=0):
    return ((f"Nhóm {n}",) for n in range(start, start + count))


def copy(groups):
    return copy_in(Group, ["name"], groups)


def write_behind(*tables, ask=lambda: None):
    with transaction.atomic(), writing_behind():
        for table in tables:
            copy(table)
        ask()


@pytest.mark.parametrize("count", [0, 1, 499, 500, 1501])
def test_everything_copied_behind_is_there_at_the_end(count):
    with writing_behind():
        assert copy(rows(count)) == count
    assert Group.objects.count() == count


@pytest.mark.parametrize("behind", [writing_behind, nullcontext])
@pytest.mark.parametrize("count", [0, 1, 499, 500, 1501])
def test_the_server_s_role_writes_as_much_and_makes_no_table(count, behind):
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('role', %s, true)", [settings.APP_ROLE])
        with behind():
            assert copy(rows(count)) == count
        assert Group.objects.count() == count
        cursor.execute("SELECT pg_my_temp_schema()")
        assert cursor.fetchone() == (0,)


def test_a_thousand_runs_hold_no_more_locks_than_one():
    def held():
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE pid = pg_backend_pid()")
            return cursor.fetchone()[0]

    copy(rows(1))
    before = held()
    for start in range(1, 100):
        copy(rows(1, start=start))
    assert held() == before
    assert Group.objects.count() == 100


def test_a_query_sees_what_was_copied_before_it():
    with writing_behind():
        copy(rows(700))
        assert Group.objects.count() == 700
        copy(rows(700, start=700))
        assert Group.objects.count() == 1400


def test_what_was_wrong_is_raised_at_the_end_and_nothing_stands():
    with pytest.raises(Error, match="auth_group_name"):
        write_behind(rows(3), rows(2000), rows(2000, start=5000))
    assert Group.objects.count() == 0


def test_what_was_wrong_is_raised_by_the_next_query():
    went_through = []
    with pytest.raises(Error, match="auth_group_name"):
        write_behind(rows(2), rows(1), ask=lambda: went_through.append(Group.objects.count()))
    assert went_through == []


def test_rows_that_end_in_an_error_are_not_written():
    def broken():
        yield from rows(800)
        raise ValueError("row 801")

    with pytest.raises(ValueError, match="row 801"):
        write_behind(broken(), rows(1))
    assert Group.objects.count() == 0


def curious():
    yield from rows(Group.objects.count() + 1)


def copy_at_once(groups):
    with transaction.atomic():
        copy(groups)


@pytest.mark.parametrize("write", [write_behind, copy_at_once])
def test_rows_that_ask_the_connection_while_they_are_copied_are_refused(write):
    with pytest.raises(RuntimeError, match="while it copies"):
        write(curious())
    assert Group.objects.count() == 0
