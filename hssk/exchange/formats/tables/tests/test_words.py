from datetime import date

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from hssk.exchange.formats.tables.cells import words
from hssk.exchange.formats.tables.cells.faults import FAULTS, problem
from hssk.exchange.formats.tables.read import read as read_file
from hssk.exchange.formats.tables.tests import making
from hssk.kit.text import clean


@pytest.mark.parametrize(
    ("cell", "phone"),
    [
        ("0912345678", "0912345678"),
        ("912345678", "0912345678"),
        (912345678, "0912345678"),
        (912345678.0, "0912345678"),
        ("+84912345678", "0912345678"),
        ("84912345678", "0912345678"),
        ("(+84) 912 345 678", "0912345678"),
        ("+84 0912345678", "0912345678"),
        ("0912.345.678", "0912345678"),
        ("0912 345 678", "0912345678"),
        ("0912-345-678", "0912345678"),
        ("O912345678", "0912345678"),
        ("0912345678/0987654321", "0912345678"),
        ("0912345678 - 0987654321", "0912345678"),
        ("0912345678; 0987654321", "0912345678"),
        ("0912345678 0987654321", "0912345678"),
        ("0912345678 (con)", "0912345678"),
        ("01682345678", "0382345678"),
        ("1682345678", "0382345678"),
        ("02133876543", "02133876543"),
        ("0213876543", "0213876543"),
        (None, ""),
        ("", ""),
        ("không có", ""),
        (0, ""),
    ],
)
def test_a_phone_is_read_however_it_is_written(cell, phone):
    assert words.read_phone(cell) == (phone, "")


@pytest.mark.parametrize("cell", ["12345", "hàng xóm", 1.5, "0112345678", "09123456789"])
def test_what_is_no_phone_says_so(cell):
    assert words.read_phone(cell) == ("", "phone_odd")


@pytest.mark.parametrize(
    ("cell", "sex"),
    [
        ("Nam", 1), ("NAM", 1), ("nam ", 1), (1, 1), (1.0, 1), ("1", 1), ("M", 1), ("Male", 1),
        ("Nữ", 2), ("NỮ", 2), ("nu", 2), (2, 2), ("F", 2), ("gái", 2),
        (3, 0), (0, 0), ("", 0), (None, 0), ("Chưa xác định", 0),
    ],
)  # fmt: skip
def test_sex_is_read_however_it_is_written(cell, sex):
    assert words.read_sex(cell) == (sex, "")


def test_an_odd_sex_says_so():
    assert words.read_sex("Giáy") == (0, "sex_odd")


@pytest.mark.parametrize(
    "cell", ["x", "X", "có", 1, "1", "Đã cài", date(2024, 1, 1), True, "12/1/2024"]
)
def test_a_tick_says_yes(cell):
    assert words.read_tick(cell) == (True, "")


@pytest.mark.parametrize("cell", ["", None, 0, "0", "không", "chưa", "Chưa cài", False])
def test_a_blank_or_a_no_says_no(cell):
    assert words.read_tick(cell) == (False, "")


@pytest.mark.parametrize(
    ("cell", "count", "fault"),
    [
        (3, 3, ""),
        (3.0, 3, ""),
        ("3", 3, ""),
        ("1.200", 1200, ""),
        (None, None, ""),
        ("nhiều", None, "visits_odd"),
    ],
)
def test_a_count_is_a_whole_number(cell, count, fault):
    assert words.read_count(cell) == (count, fault)


@pytest.mark.parametrize(
    ("cell", "name", "fault"),
    [
        ("Nguyễn Văn Đức", "Nguyễn Văn Đức", ""),
        ("  Nguyễn   Văn Đức ", "Nguyễn Văn Đức", ""),
        ("Nguye\u0302\u0303n Va\u0306n An", "Nguyễn Văn An", ""),
        ("Giàng\u00a0A\u200b Páo", "Giàng A Páo", ""),
        ("(chưa đặt tên)", "(chưa đặt tên)", ""),
        (None, "", ""),
        ("-", "", ""),
        ("12345", "", "not_a_name"),
        (12345, "", "not_a_name"),
        (date(2024, 1, 1), "", "not_a_name"),
        ("//", "", "not_a_name"),
    ],
)
def test_a_name_is_kept_as_written_in_one_spelling(cell, name, fault):
    assert words.read_name(cell) == (name, fault)


def test_a_place_code_gets_its_lost_zero_back_and_its_capitals():
    assert words.read_place_code(1001) == ("01001", "")
    assert words.read_place_code("12387") == ("12387", "")
    assert words.read_place_code("12s01") == ("12S01", "")
    assert words.read_place_code("TYT phường Tân Phong") == ("TYT phường Tân Phong", "")


@given(st.one_of(st.text(max_size=40), st.floats(), st.integers(), st.booleans(), st.none()))
def test_no_cell_breaks_a_word_reader(cell):
    for read in (
        words.read_text, words.read_name, words.read_sex, words.read_tick, words.read_count,
        words.read_phone, words.read_place_code,
    ):  # fmt: skip
        _, fault = read(cell)
        assert fault == "" or fault in FAULTS


@pytest.mark.parametrize("fault", FAULTS)
def test_every_fault_says_what_is_wrong_and_what_to_do(fault):
    found = problem(fault, column="C", value="{x} " * 40)
    assert found.advice
    assert found.text.endswith(".")
    assert len(found.params["value"]) <= 60


odd_cells = st.one_of(
    st.text(alphabet="0123456789/.-() cũCMND", max_size=26),
    st.text(alphabet="NguyÔnV¨Tr\xc7ÞñöâõÙạđ ", max_size=12),
    st.dates().map(str),
    st.dates().map("{:%m/%d/%Y}".format),
    st.integers(-5, 10**13).map(str),
)


@settings(max_examples=60)
@example(rows=[("", "", "Nữ", "")])
@example(rows=[("Nữ", "", "Nữ", "")])
@given(rows=st.lists(st.tuples(odd_cells, odd_cells, odd_cells, odd_cells), max_size=12))
def test_a_list_is_read_to_its_end_whatever_its_cells_hold(tmp_path_factory, rows):
    header = ["Họ và tên", "Ngày sinh", "Số CCCD", "Địa chỉ"]
    surely = ["Lò Văn Đức", "25/12/1990", "012090000001", "Tổ 5"]
    path = tmp_path_factory.mktemp("odd") / "a.csv"
    path.write_text(making.csv_text(";", [header, *rows, surely]), "utf-8")
    last = read_file(str(path)).rows[-1]
    assert (last.name, last.pid, str(last.birth)) == ("Lò Văn Đức", "012090000001", "25/12/1990")


@given(
    st.text(
        alphabet=st.one_of(st.sampled_from("aÁ \t\u00a0\u200b\u0301\ufeff"), st.characters()),
        max_size=8,
    )
)
def test_a_text_is_tidied_wherever_it_is_untidy(text):
    assert words.read_text(text) == (clean(text), "")
