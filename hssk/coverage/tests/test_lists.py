"""In which order people stand on lists, and that a page reads what it shows and no more."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hssk.coverage import services
from hssk.coverage.services import Filters
from tests.village import MARCH, hamlet, lives, village

pytestmark = pytest.mark.django_db


def stands(people):
    return [(one.unit, one.hamlet, one.household, one.name) for one in people]


def test_a_list_stands_by_commune_hamlet_household_and_name():
    village("""
        03409 | Tổ dân phố số 1  | Lò Văn Một  | no
        03403 | Bản Trung Chải   | Lò Văn Hai  | no | household=10
        03403 | Bản Trung Chải   | Lò Văn Ba   | no | household=2
        03403 | Bản Trung Chải   | Lò Thị Ánh  | no | household=2
        03403 | Bản Tả Chải      | Lò Văn Bốn  | no
        03403 | Tổ dân phố số 10 | Lò Văn Năm  | no
        03403 | Tổ dân phố số 2  | Lò Văn Sáu  | no
        03403 |                  | Lò Văn Bảy  | no
        03409 | Tổ dân phố số 1  | Lò Văn Chín | no | household=9
    """)
    assert stands(services.missing("12-105", MARCH)) == [
        ("Xã San Thàng", "Tổ dân phố số 1", "9", "Lò Văn Chín"),
        ("Xã San Thàng", "Tổ dân phố số 1", "", "Lò Văn Một"),
        ("Xã Sùng Phài", "Bản Tả Chải", "", "Lò Văn Bốn"),
        ("Xã Sùng Phài", "Bản Trung Chải", "2", "Lò Thị Ánh"),
        ("Xã Sùng Phài", "Bản Trung Chải", "2", "Lò Văn Ba"),
        ("Xã Sùng Phài", "Bản Trung Chải", "10", "Lò Văn Hai"),
        ("Xã Sùng Phài", "Tổ dân phố số 2", "", "Lò Văn Sáu"),
        ("Xã Sùng Phài", "Tổ dân phố số 10", "", "Lò Văn Năm"),
        ("Xã Sùng Phài", "", "", "Lò Văn Bảy"),
    ]


def test_a_list_names_the_commune_of_its_own_day():
    village("03403 | A | Lò Văn Sơn | no")
    [now] = services.missing("03403", MARCH)
    [later] = services.missing("12", date(2026, 1, 1))
    assert (now.unit, later.unit) == ("Xã Sùng Phài", "Phường Đoàn Kết")


@pytest.fixture
def town():
    village("\n".join(
        f"{('03403', '03409')[n % 2]} | Tổ {n % 5} | Người {n} | {('no', 'yes')[n % 3 == 0]}"
        f" | {f'household={n % 7}' if n % 4 else ''} sex={1 + n % 2}"
        for n in range(90)
    ))  # fmt: skip


@pytest.mark.parametrize("count", ["expected", "missing", "found"])
@pytest.mark.parametrize("filters", [None, Filters(sex=2)])
@pytest.mark.parametrize("size", [1, 7, 50, 200])
def test_pages_put_together_are_the_list(town, count, filters, size):
    listed = services.people_with(count, "12-105", MARCH, filters)
    whole = list(listed)
    assert len(whole) == len(listed) > 0
    pages = [listed[start : start + size] for start in range(0, len(listed), size)]
    assert [one for page in pages for one in page] == whole
    assert listed[0] == whole[0]
    assert listed[-1] == whole[-1]
    assert listed[len(whole) :] == []


def test_a_page_of_a_list_reads_few_people_however_many_there_are(town):
    listed = services.people_with("missing", "12-105", MARCH)
    assert len(listed) == 60
    with CaptureQueriesContext(
        connection,
    ) as asked:
        listed[50:52]
    assert len(asked) <= 4
    people = next(query["sql"] for query in asked if "name_sort" in query["sql"])
    with connection.cursor() as cursor:
        cursor.execute(people)
        assert len(cursor.fetchall()) < 10


def test_a_page_of_a_list_has_each_head(town):
    who = services.people_with("expected", "12-105", MARCH)[60:61]
    assert who[0].head == ""
    village(
        "03403 | Đầu | Chủ | no | household=1 relation=chủ_hộ\n03403 | Đầu | Con | no | household=1"
    )
    listed = services.people_with("missing", "03403", MARCH)
    [child] = [one for one in listed if one.name == "Con"]
    place = [one.name for one in listed].index("Con")
    assert child.head == listed[place].head == "Chủ"


def test_records_and_people_of_no_household_are_listed_too():
    people = village("SP | A | Lò Văn Sơn | no | household=1\nSP | A | Lò Văn Lả | no")
    lives(people["Lò Văn Lả"], hamlet("SP", "A"), kind="T")
    assert [one.name for one in services.people_of(hamlet("SP", "A").id, None, MARCH)] == [
        "Lò Văn Lả"
    ]
