"""The two workbooks and the truth beside them agree, cell for cell."""

import csv
import zipfile
from collections import Counter

import numpy as np
import openpyxl
import pytest

from hssk.exchange.invented import Dirt, invent, write_files
from hssk.exchange.invented.sheets import sheet_names
from hssk.kit.text import clean, fold

LAYOUTS = ["mixed", "plain", "hard"]


@pytest.fixture(scope="module", params=LAYOUTS)
def written(request, tmp_path_factory):
    city = invent(1_500, seed=4)
    files = write_files(city, tmp_path_factory.mktemp("files"), request.param)
    with files.truth.open(encoding="utf-8", newline="") as stream:
        truth = list(csv.DictReader(stream))
    return city, files, truth


def _grid(path):
    book = openpyxl.load_workbook(path, read_only=True)
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book}


def test_each_row_of_truth_points_at_the_row_of_that_person(written):
    city, files, truth = written
    for name, path, table in (
        ("roster", files.roster, city.roster),
        ("hssk", files.records, city.records),
    ):
        grid = _grid(path)
        lines = [line for line in truth if line["file"] == name]
        assert len(lines) == len(table["name"])
        for line, person_name in zip(lines, table["name"], strict=True):
            cells = grid[line["sheet"]][int(line["row"]) - 1]
            assert clean(person_name) in {clean(c) for c in cells if isinstance(c, str)}


def test_truth_names_the_person_behind_each_row(written):
    city, _, truth = written
    people = [int(line["true_person"][1:]) for line in truth]
    assert people == [*city.roster_truth.tolist(), *city.records_truth.tolist()]


def test_rows_without_truth_are_titles_headers_totals_and_signatures(written):
    _, files, truth = written
    known = {(line["sheet"], int(line["row"])) for line in truth if line["file"] == "roster"}
    words: Counter[str] = Counter()
    for title, rows in _grid(files.roster).items():
        for number, cells in enumerate(rows, start=1):
            text = fold(" ".join(str(c) for c in cells if c is not None))
            if text and (title, number) not in known:
                words[text.split(" ")[0]] += 1
    assert {"danh", "cong", "tong"} <= set(words)


def test_the_household_number_stands_on_the_first_row_only(written):
    city, files, truth = written
    household = city.roster["household"]
    heads = int((np.diff(household, prepend=-1) != 0).sum())
    numbered = sum(
        isinstance(cell, str) and len(cell) == 3 and cell.isdigit()
        for rows in _grid(files.roster).values()
        for cells in rows
        for cell in cells
    )
    assert numbered == heads
    assert heads < len([line for line in truth if line["file"] == "roster"])


def test_dates_and_numbers_are_typed_in_several_ways(tmp_path):
    files = write_files(invent(3_000, seed=2), tmp_path)
    kinds = Counter(
        type(cell).__name__ for rows in _grid(files.records).values() for r in rows for cell in r
    )
    assert {"datetime", "int", "str"} <= set(kinds)
    ids = [r[5] for r in _grid(files.records)["HSSK"][4:] if r[5] is not None]
    assert any(isinstance(i, int) for i in ids), "a number that lost its zero"
    assert any(isinstance(i, str) and i.startswith("0") for i in ids)


def test_the_same_city_writes_the_same_bytes_whenever_it_is_asked(tmp_path):
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    city = invent(300)
    one, two = write_files(city, tmp_path / "one"), write_files(city, tmp_path / "two")
    for name in ("roster", "records", "truth"):
        assert getattr(one, name).read_bytes() == getattr(two, name).read_bytes()
    with zipfile.ZipFile(one.roster) as book:
        assert city.on.isoformat() in book.read("docProps/core.xml").decode()


def test_an_unknown_layout_is_refused(tmp_path):
    with pytest.raises(KeyError):
        write_files(invent(100), tmp_path, "fancy")


def test_no_two_sheets_share_a_name():
    names = sheet_names([("1", "Xã Tả Phìn"), ("2", "Xã Tả Phìn"), ("3", "Thị trấn Sìn Hồ")])
    assert names == ["X. Tả Phìn", "X. Tả Phìn 2", "TT. Sìn Hồ"]


FIELDS = """
name birth sex pid cmnd bhxh card phone household_no relation ethnicity insurance_place note
system_number created updated app_opened visits status
""".split()  # noqa: SIM905


@pytest.mark.parametrize("dirt", [Dirt.clean(), Dirt.usual()], ids=["clean", "usual"])
@pytest.mark.parametrize("layout", ["mixed", "plain"])
def test_reading_the_files_gives_the_invented_rows(tmp_path, layout, dirt):
    read = pytest.importorskip("hssk.exchange.formats.tables.read").read
    city = invent(1_500, seed=9, dirt=dirt)
    files = write_files(city, tmp_path, layout)
    for path, expected in (
        (files.roster, list(city.roster_rows())),
        (files.records, list(city.records_rows())),
    ):
        rows = read(str(path), on=city.on).rows
        assert len(rows) == len(expected)
        for row, wanted in zip(rows, expected, strict=True):
            for field in FIELDS:
                assert getattr(row, field) == getattr(wanted, field), (field, row.cells)
            assert fold(row.unit_text) == fold(wanted.unit_text)
