"""Rows with errors go back to their sender in the sender's own workbook."""

from io import BytesIO

import openpyxl
import pytest

from hssk.exchange.models import Batch
from hssk.exchange.services import giving_back
from hssk.exchange.tests.pipeline import person, take_in, write_roster
from hssk.people.models import Listing

pytestmark = pytest.mark.django_db


@pytest.fixture
def lines():
    return [
        person("Giàng A Bịa", "02/03/1980", pid="012080000001"),
        person("", "01/01/2015"),
        person("Lò Thị Mơ", "15/08/1984", 2, note="=1+1"),
        person("", "05/05/2016", 2, note="=HYPERLINK(1)"),
    ]


def given_back(batch):
    return openpyxl.load_workbook(BytesIO(giving_back.workbook(batch)))


def test_only_the_rows_with_errors_come_back_in_their_order_under_their_own_headers(
    tmp_path, lines
):
    batch, counts = take_in(write_roster(tmp_path / "a.xlsx", lines), Batch.ROSTER)
    book = given_back(batch)
    original = openpyxl.load_workbook(tmp_path / "a.xlsx")
    assert counts["rejected"] == 2
    assert book.sheetnames == original.sheetnames
    rows = [list(row) for row in book.active.iter_rows(values_only=True)]
    header = [cell.value for cell in original.active[3]]
    at = next(i for i, row in enumerate(rows) if row[: len(header)] == header)
    assert [row[0] for row in rows[at + 1 :]] == [2, 4]
    assert all(row[-1] for row in rows[at + 1 :])


def test_no_cell_that_comes_back_can_start_a_formula(tmp_path, lines):
    batch, _ = take_in(write_roster(tmp_path / "a.xlsx", lines), Batch.ROSTER)
    types = {cell.data_type for row in given_back(batch).active.iter_rows() for cell in row}
    assert "f" not in types


def test_a_file_without_errors_gives_an_empty_workbook(tmp_path, lines):
    batch, _ = take_in(write_roster(tmp_path / "a.xlsx", lines[:1]), Batch.ROSTER)
    assert given_back(batch).active.max_row == 1


def test_the_download_is_named_after_the_file():
    named = giving_back.disposition(Batch(file_name="Danh sách.xlsx"))
    assert "dong_loi_Danh%20s%C3%A1ch.xlsx" in named


def test_whoever_is_corrected_and_sent_again_lives_where_the_rows_above_said(tmp_path):
    """The number of a household stands on the row of its head alone, a hamlet on a line above."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "P. Tân Phong"
    for row in (
        ["DANH SÁCH NHÂN KHẨU PHƯỜNG TÂN PHONG"],
        ["STT", "Số hộ", "Họ và tên", "Ngày sinh", "Giới tính", "Quan hệ"],
        ["Bản Một"],
        [1, "7", "Lò Văn A", "1/2/1970", "Nam", "Chủ hộ"],
        [2, None, None, "5/6/2010", "Nam", "Con"],
        [3, None, "Lò Văn B", "1/2/1980", "Nam", "Chủ hộ"],
        [4, None, None, "6/7/2011", "Nam", "Con"],
        ["Bản Hai"],
        [5, "9", "Vàng A C", "7/8/1960", "Nam", "Chủ hộ"],
        [6, None, None, "9/9/2012", "Nữ", "Con"],
    ):
        sheet.append(row)
    book.save(tmp_path / "a.xlsx")
    batch, _ = take_in(tmp_path / "a.xlsx", Batch.ROSTER)
    back = given_back(batch)
    for row in back.active.iter_rows(min_row=3):
        if row[3].value:
            row[2].value = f"Lò Văn {row[3].value[-1]}"
    back.save(tmp_path / "b.xlsx")
    take_in(tmp_path / "b.xlsx", Batch.ROSTER, partial=True, insist=True)
    homes = Listing.objects.values_list("name", "hamlet__name", "household__number")
    assert {home for home in homes if home[0][-1].isdigit()} == {
        ("Lò Văn 0", "Bản Một", "7"),
        ("Lò Văn 1", "Bản Một", "#6"),
        ("Lò Văn 2", "Bản Hai", "9"),
    }
    assert Listing.objects.filter(name="Lò Văn B").get().household.number == "#6"
