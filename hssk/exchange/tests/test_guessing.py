"""Columns that nobody knows by name are guessed, shown, corrected and remembered."""

import openpyxl
import pytest

from hssk.exchange.errors import ColumnsHeld, Refused
from hssk.exchange.models import Batch, KnownLayout
from hssk.exchange.services import guessing, importing
from hssk.exchange.tests.pipeline import MARCH, person, somebody, take_in, write_roster
from hssk.places.services import unit_on

pytestmark = pytest.mark.django_db

STRANGE = ["A1", "Người", "Lúc ra đời", "G", "Ở đâu"]
ROWS = [
    [1, "Giàng A Bịa", "02/03/1980", "Nam", "Bản Tưởng Tượng"],
    [2, "Lò Thị Mơ", "15/08/1984", "Nữ", "Bản Tưởng Tượng"],
    [3, "Vàng Thị Không", "11/11/1990", "Nữ", "Bản Giả Định"],
]


def strange_file(path, title="DANH SÁCH PHƯỜNG QUYẾT THẮNG", rows=ROWS):
    book = openpyxl.Workbook()
    book.active.append([title])
    for row in [STRANGE, *rows]:
        book.active.append(row)
    book.save(path)
    return path


def waiting(path, on=MARCH):
    return importing.open_batch(
        path,
        kind="auto",
        unit=unit_on("12-105", on),
        on=on,
        partial=False,
        actor=somebody(),
        area=None,
    )


def columns_of(batch):
    return guessing.guess_of(batch)[0]["layout"]["columns"]


def held(batch):
    """Whether the file was held for somebody to look at its columns."""
    try:
        importing.work(batch)
    except ColumnsHeld:
        return True
    return False


def test_a_file_with_strange_headers_waits_for_somebody_to_look(tmp_path):
    batch = waiting(strange_file(tmp_path / "a.xlsx"))
    assert held(batch)
    assert (batch.state, batch.trouble["kind"]) == (Batch.HELD, "layout")
    assert not batch.rows.exists()
    guessed = [(c["column"], c["header"], c["field"]) for c in batch.trouble["guessed"]]
    assert ("B", "Người", "name") in guessed


def test_the_guess_is_shown_with_headers_and_first_rows(tmp_path):
    sheet = guessing.guess_of(waiting(strange_file(tmp_path / "a.xlsx")))[0]
    assert sheet["header"] == STRANGE
    assert sheet["samples"][0][1] == "Giàng A Bịa"
    assert sheet["layout"]["columns"]["name"] == 1


def test_a_file_with_known_headers_is_not_held(tmp_path):
    path = write_roster(tmp_path / "a.xlsx", [person("Giàng A Bịa", "02/03/1980")])
    assert not held(waiting(path))


def test_a_file_that_somebody_insists_on_is_not_held(tmp_path):
    batch = waiting(strange_file(tmp_path / "a.xlsx"))
    importing.insist(batch, actor=somebody())
    assert not held(batch)


def test_what_somebody_corrected_is_read_so_and_remembered_for_the_next_file(tmp_path):
    batch = waiting(strange_file(tmp_path / "a.xlsx"))
    assert held(batch)
    shape = guessing.guess_of(batch)[0]["layout"]["shape"]
    said = {"kind": "roster", "columns": {**columns_of(batch), "hamlet": 4}}
    guessing.accept(batch, {shape: said}, actor=somebody())
    batch.refresh_from_db()
    assert batch.state == Batch.WAITING
    assert columns_of(batch)["hamlet"] == 4
    assert KnownLayout.objects.get().shape == shape
    later = waiting(strange_file(tmp_path / "b.xlsx", rows=ROWS[:2]))
    assert columns_of(later)["hamlet"] == 4
    assert not held(later)


BARE = [
    ["Giàng A Bịa", "02/03/1980", "Nam", "Bản Tưởng Tượng"],
    ["Lò Thị Mơ", "15/08/1984", "Nữ", "Bản Tưởng Tượng"],
    ["Vàng Thị Không", "11/11/1990", "Nữ", "Bản Giả Định"],
]


def bare_file(path, *sheets):
    """A workbook of lists that have no header at all, a sheet for each."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for number, rows in enumerate(sheets):
        sheet = book.create_sheet(("P. Quyết Thắng", "P. Tân Phong")[number])
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


def test_a_list_without_headers_is_read_like_the_one_before_only_if_its_columns_are_the_same(
    tmp_path,
):
    first = waiting(bare_file(tmp_path / "a.xlsx", BARE))
    assert held(first)
    shape = guessing.guess_of(first)[0]["layout"]["shape"]
    guessing.accept(first, {shape: {}}, actor=somebody())
    assert not held(first)
    alike = [["Sùng A Chua", "03/04/1975", "Nam", "Bản Mới"], *BARE]
    assert not held(waiting(bare_file(tmp_path / "b.xlsx", alike)))
    other = waiting(bare_file(tmp_path / "c.xlsx", [[row[3], *row[:3]] for row in BARE]))
    assert columns_of(other)["name"] == 1
    assert held(other)


def test_two_sheets_without_headers_are_asked_about_apart_where_their_columns_differ(tmp_path):
    file = bare_file(tmp_path / "a.xlsx", BARE, [[row[3], *row[:3]] for row in BARE])
    one, two = (sheet["layout"] for sheet in guessing.guess_of(waiting(file)))
    assert (one["columns"]["name"], two["columns"]["name"]) == (0, 1)
    assert one["shape"] != two["shape"]


def test_a_file_that_is_applied_must_be_undone_first(tmp_path):
    path = write_roster(tmp_path / "a.xlsx", [person("Giàng A Bịa", "02/03/1980")])
    batch, _ = take_in(path, Batch.ROSTER)
    with pytest.raises(Refused, match="hoàn tác"):
        guessing.accept(batch, {}, actor=somebody())
