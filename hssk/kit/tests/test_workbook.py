"""Workbooks as written, read back by another program."""

from datetime import date, datetime
from io import BytesIO

import openpyxl
import pytest

from hssk.kit.workbook import NUMBER, PERCENT, Column, Sheet, sheet_name, write_workbook


def read_back(*sheets):
    out = BytesIO()
    write_workbook(sheets, out)
    return openpyxl.load_workbook(out)


def test_a_text_stays_a_text_and_never_starts_a_formula():
    texts = ["=1+1", "+84", "@x", "-2", "007", "http://vd.vn", "012178156400"]
    page = read_back(Sheet("A", [Column("Ô")], [[text] for text in texts])).worksheets[0]
    cells = [page.cell(row, 1) for row in range(3, 3 + len(texts))]
    assert [cell.value for cell in cells] == texts
    assert {cell.data_type for cell in cells} == {"s"}
    assert {cell.hyperlink for cell in cells} == {None}


def test_numbers_dates_and_nothing_keep_their_kind():
    columns = [Column("a", kind=NUMBER), Column("b", kind=PERCENT), Column("c"), Column("d")]
    page = read_back(Sheet("A", columns, [[33443, 0.704, date(2024, 3, 13), None]])).worksheets[0]
    assert [cell.value for cell in page[3]] == [33443, 0.704, datetime(2024, 3, 13), None]
    assert [page[3][n].number_format for n in range(3)] == ["#,##0", "0.0%", "dd/mm/yyyy"]


def test_grouped_columns_share_a_cell_and_the_header_is_frozen():
    columns = [Column("STT"), Column("Nam", group="Sinh"), Column("Nữ", group="Sinh")]
    page = read_back(Sheet("A", columns, [], office=["UBND"], title="DANH SÁCH")).worksheets[0]
    assert [cell.value for cell in page[4]] == ["STT", "Sinh", None]
    assert [cell.value for cell in page[5]] == ["", "Nam", "Nữ"] or page[5][1].value == "Nam"
    assert {str(merged) for merged in page.merged_cells.ranges} == {"A4:A5", "B4:C4"}
    assert page.freeze_panes == "A6"
    assert page.page_setup.paperSize == 9


@pytest.mark.parametrize(
    ("texts", "names"),
    [
        (["Tổ 1", "tổ 1"], ["Tổ 1", "tổ 1 (2)"]),
        (["a/b:c*[d]?", ""], ["a b c  d", "Sheet"]),
        (["x" * 40, "x" * 40], ["x" * 31, "x" * 27 + " (2)"]),
        (["History", "'q'"], ["History (2)", "q"]),
    ],
)
def test_sheet_names_are_fit_and_unique(texts, names):
    taken: set[str] = set()
    assert [sheet_name(text, taken) for text in texts] == names
