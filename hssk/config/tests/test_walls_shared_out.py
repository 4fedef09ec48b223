"""A long question of a walled table is shared out among helpers, and tells the same."""

import pytest
from django.db import connection
from django.utils import timezone

from hssk.access.rights import Role
from hssk.access.services import access_of, within
from hssk.coverage.services import settle
from tests.village import commune, on_duty, village

pytestmark = pytest.mark.django_db
HERE, THERE = "03403", "03387"
SHARED = ("min_parallel_table_scan_size", "parallel_setup_cost", "parallel_tuple_cost")
COUNTED = "SELECT count(*) FROM coverage_row"


def _asked(question, **settings):
    with connection.cursor() as cursor:
        for name, value in settings.items():
            cursor.execute(f"SET LOCAL {name} = {value}")
        cursor.execute(question)
        return cursor.fetchall()


def test_no_function_that_a_wall_asks_keeps_a_question_to_one_process():
    unsafe = _asked("""
        SELECT DISTINCT p.oid::regprocedure::text FROM pg_depend d JOIN pg_proc p ON p.oid = d.refobjid
        WHERE d.classid = 'pg_policy'::regclass AND d.refclassid = 'pg_proc'::regclass
          AND p.proparallel = 'u'""")
    assert unsafe == []


def test_what_is_shared_out_is_walled_all_the_same():
    village(f"""
        {HERE} | Bản A | Lò Thị Mơ | yes
        {HERE} | Bản A | Lò Thị Mận | no
        {THERE} | Bản B | Lò Văn Bảy | yes""")
    settle()
    officer = on_duty("can.bo", Role.OFFICER, commune(HERE))
    with within(access_of(officer, timezone.localdate())):
        alone = _asked(COUNTED)
        plan = _asked(f"EXPLAIN {COUNTED}", **dict.fromkeys(SHARED, 0))
        assert any("Parallel" in line for (line,) in plan)
        assert _asked(COUNTED) == alone == [(2,)]
    assert _asked(COUNTED) == [(3,)]
