"""`hssk ledger` tells whether figures stand as the facts do, and counts again where they do not."""

from datetime import date
from types import SimpleNamespace

import pytest
from django.db import connection

from hssk.config.cli import ledger
from hssk.coverage.services import counts_of, settle
from tests.village import MARCH, village

pytestmark = pytest.mark.django_db


def ran(capsys, what, on=None):
    """The exit code and what was printed."""
    code = ledger.run(SimpleNamespace(what=what, on=on), None)
    return code, capsys.readouterr().out


def found(on=MARCH):
    return counts_of("03403", on)[1].found


def test_a_ledger_that_stands_as_the_facts_do_is_said_to_and_how_many_it_counts(capsys):
    village("03403 | A | Lò Văn Sơn | yes\n03403 | A | Lò Văn Lả | no")
    code, said = ran(capsys, "verify")
    assert (code, "2 người dân" in said) == (0, True)


@pytest.mark.parametrize("days", [[MARCH], [date(2024, 1, 1), MARCH]])
def test_figures_that_went_astray_are_told_and_counted_anew(capsys, days):
    village("03403 | A | Lò Văn Sơn | yes\n03403 | A | Lò Văn Lả | no")
    settle()
    with connection.cursor() as cursor:
        for table in ("coverage_pending", "coverage_day"):
            cursor.execute(f"UPDATE {table} SET found = found + 1 WHERE expected > 0")
    code, said = ran(capsys, "verify", days)
    assert (code, "hssk ledger rebuild" in said, found()) == (1, True, 2)
    assert ran(capsys, "rebuild")[0] == 0
    assert (ran(capsys, "verify", days)[0], found()) == (0, 1)


def test_a_row_that_went_astray_is_told_whatever_the_figures_say(capsys):
    village("03403 | A | Lò Văn Sơn | yes")
    settle()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE coverage_row SET sex = 7")
    assert ran(capsys, "verify", [MARCH])[0] == 1


def test_usual_days_are_today_and_the_first_days_of_twelve_months():
    today, *firsts = ledger._usual_days()
    assert len(firsts) == 12
    assert firsts[0] <= today
    assert all(day.day == 1 for day in firsts)
    assert firsts == sorted(set(firsts), reverse=True)
