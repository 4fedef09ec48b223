"""What is written opens well in Excel: checked with an independent reader."""

import io
from datetime import date, datetime

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hssk.exchange.formats.rows import Problem
from hssk.exchange.formats.tables.read import read
from hssk.exchange.formats.tables.tests import making
from hssk.exchange.formats.tables.write import (
    DATE,
    NUMBER,
    PERCENT,
    BackSheet,
    Column,
    Sheet,
    back_sheets,
    csv_safe,
    sheet_titles,
    write_back,
    write_workbook,
)

ON = date(2024, 3, 15)


def opened(sheets, writer=write_workbook, **options):
    out = io.BytesIO()
    writer(sheets, out, **options)
    out.seek(0)
    return openpyxl.load_workbook(out)


def test_a_sheet_has_heading_header_rows_totals_and_signature():
    columns = [
        Column("Tổ/Bản", width=20),
        Column("Số người", NUMBER),
        Column("Tỷ lệ", PERCENT),
        Column("Ngày", DATE),
    ]
    sheet = Sheet(
        "Tổng hợp", columns, [["Tổ 5", 1200, 0.704, date(2024, 3, 1)], ["Bản Mới", None, 1, datetime(2024, 3, 1, 5)]],
        heading=["DANH SÁCH", "tính đến 01/3/2024"],
        letterhead=(["UBND THÀNH PHỐ", "TRUNG TÂM Y TẾ"], ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"]),
        totals=["Cộng", 1200, 0.5, None], signature=["NGƯỜI LẬP BIỂU"],
    )  # fmt: skip
    page = opened([sheet])["Tổng hợp"]
    rows = [[cell for cell in row if cell is not None] for row in page.iter_rows(values_only=True)]
    assert rows[0] == ["UBND THÀNH PHỐ", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"]
    assert rows[3:5] == [["DANH SÁCH"], ["tính đến 01/3/2024"]]
    assert rows[6] == ["Tổ/Bản", "Số người", "Tỷ lệ", "Ngày"]
    assert rows[7] == ["Tổ 5", 1200, 0.704, datetime(2024, 3, 1)]
    assert rows[9] == ["Cộng", 1200, 0.5]
    assert rows[11] == ["NGƯỜI LẬP BIỂU"]
    assert page.freeze_panes == "A8"
    assert page.page_setup.paperSize == 9
    assert page.page_setup.orientation == "landscape"
    assert page.print_title_rows == "$7:$7"
    assert page["B8"].number_format == "#,##0"


def test_grouped_columns_make_a_header_of_two_levels():
    columns = [
        Column("STT"),
        Column("Nam", group="Sinh"),
        Column("Nữ", group="Sinh"),
        Column("Số", group="Thẻ"),
        Column("Ghi chú"),
    ]
    page = opened([Sheet("x", columns, [], landscape=False)])["x"]
    assert [cell.value for cell in page[1]] == ["STT", "Sinh", None, "Thẻ", "Ghi chú"]
    assert [cell.value for cell in page[2]] == [None, "Nam", "Nữ", "Số", None]
    assert {str(area) for area in page.merged_cells.ranges} == {"A1:A2", "B1:C1", "E1:E2"}


def test_no_sheets_and_narrow_sheets_are_still_workbooks():
    assert opened([]).sheetnames == ["Trang"]
    assert opened([], write_back).sheetnames == ["Trang"]
    narrow = Sheet(
        "x", [Column("A")], [["1"]], heading=["một"], letterhead=(["a"], []), signature=["b"]
    )
    assert opened([narrow])["x"]["A1"].value == "a"


@pytest.mark.parametrize(
    "text", ["=1+1", "+84912345678", "-5", "@SUM(A1)", "\tx", "http://a.b", "012058123456", "{=1}"]
)
def test_text_never_becomes_a_formula_a_link_or_a_number(text):
    for writer, sheets in (
        (write_workbook, [Sheet("x", [Column("A")], [[text]])]),
        (write_back, [BackSheet("x", [], [["A"]], [([text], [])])]),
    ):
        cell = opened(sheets, writer)["x"]["A2"]
        assert (cell.value, cell.data_type, cell.hyperlink) == (text, "s", None)


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@x", "\tx", "\rx"])
def test_csv_cells_that_could_start_a_formula_are_protected(text):
    assert csv_safe(text) == "'" + text
    assert csv_safe("Lò A") == "Lò A"
    assert csv_safe(None) == ""
    assert csv_safe(5) == "5"


@given(st.lists(st.text(max_size=60), max_size=12))
def test_sheet_titles_are_what_excel_accepts(wanted):
    titles = sheet_titles(wanted)
    assert len(titles) == len(wanted)
    assert len({title.lower() for title in titles}) == len(titles)
    assert all(0 < len(title) <= 31 and not set(title) & set("[]:*?/\\") for title in titles)
    assert all(title[0] != "'" != title[-1] for title in titles)


def test_equal_titles_are_numbered():
    assert sheet_titles(["Tổ 5", "Tổ 5", "", "A/B"]) == ["Tổ 5", "Tổ 5 (2)", "Trang", "A-B"]


@given(
    st.lists(
        st.one_of(
            st.text(max_size=30),
            st.integers(),
            st.floats(),
            st.booleans(),
            st.none(),
            st.dates(),
            st.datetimes(),
        ),
        min_size=1,
        max_size=4,
    )
)
def test_any_cell_can_be_written(cells):
    opened([Sheet("x", [Column("A")] * len(cells), [cells])])
    opened([BackSheet("x", [], [], [(cells, [])])], write_back)


def test_rows_go_back_in_the_users_own_sheets_with_what_to_do(tmp_path):
    table = [
        ["UBND XÃ SAN THÀNG"], ["DANH SÁCH"],
        ["STT", "Họ và tên", "Ngày, tháng, năm sinh", "", "Số CCCD", "Quan hệ với chủ hộ"],
        ["", "", "Nam", "Nữ", "", ""],
        [1, "Lò Văn A", date(1990, 2, 1), "", "012090000001", "Chủ hộ"],
        [2, "", "1/2/1990", "", "", "Con"],
        [3, "=HYPERLINK(1)", "", "31/02/1990", "1.2E+10", "Con"],
    ]  # fmt: skip
    path = making.xlsx(
        tmp_path / "a.xlsx", [*table[:6], [3, "Lò B", "", "31/02/1990", "1.2E+10", "Con"]]
    )
    found = read(path, on=ON)
    page = opened(back_sheets(found), write_back)["Sheet1"]
    rows = list(page.iter_rows(values_only=True))
    assert rows[2][:3] == ("STT", "Họ và tên", "Ngày, tháng, năm sinh")
    assert rows[2][6] == "Cần xem lại"
    assert [row[0] for row in rows[4:]] == [2, 3]
    assert "không có họ tên" in rows[4][6]
    assert "Cột D" in rows[5][6]
    assert "Cột E" in rows[5][6]
    everything = opened(back_sheets(found, only_problems=False), write_back, heading="Sửa")[
        "Sheet1"
    ]
    assert everything["A5"].value == 1
    assert everything["C5"].value == datetime(1990, 2, 1)
    assert everything["E5"].value == "012090000001"


def test_what_went_back_reads_as_the_original_did(tmp_path):
    path = making.xlsx(
        tmp_path / "a.xlsx",
        [["XÃ SAN THÀNG"], making.HEADER, *making.PEOPLE, [4, "3", "", "1/1/1990", "Nam", "", ""]],
    )
    first = read(path, on=ON)
    write_back(back_sheets(first, only_problems=False), tmp_path / "b.xlsx")
    second = read(str(tmp_path / "b.xlsx"), on=ON)
    assert [(r.name, r.birth, r.pid, r.sex, r.household_no) for r in second.rows] == [
        (r.name, r.birth, r.pid, r.sex, r.household_no) for r in first.rows
    ]


def test_a_problem_fills_its_sentence_from_its_params():
    found = Problem(
        "C",
        "warning",
        "Cột {column}: “{value}” lạ.",
        {"column": "C", "value": "{x}"},
        "Xem {column}.",
    )
    assert found.text == "Cột C: “{x}” lạ. Xem C."
