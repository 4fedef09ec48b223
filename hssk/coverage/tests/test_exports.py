"""The workbooks, read back by another program."""

from datetime import date, datetime
from io import BytesIO

import openpyxl
import pytest

from hssk.coverage import services
from hssk.coverage.services.exports import coverage_workbook, missing_workbook
from tests.village import MARCH, village

pytestmark = pytest.mark.django_db


def written(write, *arguments, **options):
    out = BytesIO()
    write(*arguments, out, **options)
    return openpyxl.load_workbook(out)


def table(sheet):
    return [list(row) for row in sheet.iter_rows(values_only=True)]


def test_the_missing_stand_on_a_sheet_for_each_hamlet_household_by_household():
    village("""
        03403 | Tổ 2 | Lò Thị An   | no  | household=2  relation=con born=2020-5-5 sex=2
        03403 | Tổ 2 | Vàng A Páo  | no  | household=2  relation=chủ_hộ born=1958 sex=1 ethnicity=17
        03403 | Tổ 2 | Lò Văn Lả   | no  | household=10 away=1
        03403 | Tổ 2 | Có Hồ Sơ    | yes | household=10 relation=chủ_hộ
        03403 | Tổ 1 | Lò Văn Sơn  | no
    """)
    book = written(missing_workbook, "03403", MARCH)
    assert book.sheetnames == ["Tổ 1", "Tổ 2"]
    rows = table(book["Tổ 2"])
    assert rows[0][0] == "UBND THÀNH PHỐ LAI CHÂU"
    assert rows[1][0] == "UBND XÃ SÙNG PHÀI"
    people = [row for row in rows if isinstance(row[0], int)]
    assert [row[:4] for row in people] == [
        [1, "2", "Vàng A Páo", "Vàng A Páo"],
        [2, None, None, "Lò Thị An"],
        [3, "10", "Có Hồ Sơ", "Lò Văn Lả"],
    ]
    assert (people[0][4], people[1][5]) == ("1958", datetime(2020, 5, 5))
    assert people[2][8] == "Đi vắng, ở xa"
    assert rows[-1][0] == "Cộng: 3 người"


def test_hamlets_of_one_name_in_two_communes_have_sheets_of_their_own():
    village("03403 | Tổ 1 | Lò Văn Sơn | no\n03409 | Tổ 1 | Lò Văn Lả | no")
    names = written(missing_workbook, "12-105", MARCH).sheetnames
    assert names == ["San Thàng - Tổ 1", "Sùng Phài - Tổ 1"]


def test_where_nobody_is_missing_the_workbook_says_so():
    village("03403 | Tổ 1 | Lò Văn Sơn | yes")
    rows = table(written(missing_workbook, "03403", MARCH).worksheets[0])
    assert rows[2][0] == "KHÔNG CÓ AI CHƯA CÓ HỒ SƠ SỨC KHỎE"


def test_the_table_of_figures_adds_up_and_says_what_it_counts():
    village("03403 | Tổ 1 | Lò Văn Sơn | yes\n03409 | Tổ 1 | Lò Văn Lả | no")
    book = written(coverage_workbook, "12-105", MARCH, map_day=date(2025, 7, 2))
    rows = table(book.worksheets[0])
    parts = [row for row in rows if isinstance(row[0], int)]
    total = next(row for row in rows if row[1] == "Cộng")
    assert [row[1] for row in parts] == ["Phường Tân Phong", "Phường Đoàn Kết"]
    for column in (2, 3, 4, 5):
        assert sum(row[column] for row in parts) == total[column]
    assert total[6] == 0.5
    assert any("Lản Nhì Thàng" in str(row[0]) for row in rows)


def test_a_workbook_carries_as_many_as_the_figure():
    village("\n".join(f"03403 | Tổ {n % 3} | Người {n} | no | household={n}" for n in range(30)))
    assert (
        missing_workbook("03403", MARCH, BytesIO())
        == services.figures("03403", MARCH).counts.missing
    )
