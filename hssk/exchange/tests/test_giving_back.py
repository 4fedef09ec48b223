"""Rows with errors go back to their sender in the sender's own workbook."""

from io import BytesIO

import openpyxl
import pytest

from hssk.exchange.models import Batch
from hssk.exchange.services import giving_back
from hssk.exchange.tests.pipeline import person, take_in, write_roster

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
