import pytest
from hypothesis import given
from hypothesis import strategies as st

from hssk.exchange.formats.tables.cells.ids import (
    NONE,
    Ids,
    read_column,
    read_id,
    read_insurance,
)

PID = "012058123456"


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        (PID, Ids(pid=PID)),
        (12058123456, Ids(pid=PID)),
        (12058123456.0, Ids(pid=PID)),
        ("12058123456", Ids(pid=PID)),
        (1158123456, Ids(pid="001158123456")),
        ("012 058 123 456", Ids(pid=PID)),
        ("012.058.123.456", Ids(pid=PID)),
        ("012-058-123456", Ids(pid=PID)),
        ("'012058123456", Ids(pid=PID)),
        ("\u00a0012058123456\u200b", Ids(pid=PID)),
        ("O12O58123456", Ids(pid=PID)),
        ("045927022", Ids(cmnd="045927022")),
        (45927022, Ids(cmnd="045927022")),
        ("045927022/012058123456", Ids(pid=PID, cmnd="045927022")),
        ("012058123456; 045927022", Ids(pid=PID, cmnd="045927022")),
        ("012058123456\n045927022", Ids(pid=PID, cmnd="045927022")),
        ("GD4128192775092", Ids(bhxh="8192775092", card="GD4128192775092")),
    ],
)
def test_a_number_is_read_however_it_is_written(cell, found):
    assert read_id(cell) == (found, "")


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        ("012058123456 (cũ 045927022)", Ids(pid=PID, cmnd="045927022")),
        ("CMND cũ: 045.927.022, mới 012 058 123 456", Ids(pid=PID, cmnd="045927022")),
        ("045927022-012058123456", Ids(pid=PID, cmnd="045927022")),
        ("045927022 012058123456", Ids(pid=PID, cmnd="045927022")),
        ("045 927 022 - 012 058 123 456", Ids(pid=PID, cmnd="045927022")),
        ("045 927 022\n012 058 123 456", Ids(pid=PID, cmnd="045927022")),
        ("45927022 và 12058123456", Ids(pid=PID, cmnd="045927022")),
        ("CMND 045927022", Ids(cmnd="045927022")),
        ("CCCD:012058123456", Ids(pid=PID)),
        ("012058123456 cấp 05/03/2021", Ids(pid=PID)),
        ("012058123456 ngày 05.03.2021 ĐT 0912345678", Ids(pid=PID)),
        ("045927022 05.03.2021", Ids(cmnd="045927022")),
        ("GD4128192775092 / 012058123456", Ids(pid=PID)),
        ("012058123456; 012160123456", Ids(pid=PID)),
    ],
)
def test_whole_numbers_are_found_among_other_words(cell, found):
    assert read_id(cell) == (found, "")


@pytest.mark.parametrize(
    "cell", [None, "", "-", "không có", "chưa có", "x", 0, True, "0", "0 ", " . "]
)
def test_no_number_is_no_fault(cell):
    assert read_id(cell) == (NONE, "")
    assert read_insurance(cell) == (NONE, "")


@pytest.mark.parametrize(
    ("cell", "found", "fault"),
    [
        ("1.2E+10", NONE, "digits_lost"),
        ("1,2058E+11", NONE, "digits_lost"),
        ("120581234560000000", NONE, "digits_lost"),
        ("999058123456", Ids(pid="999058123456"), "id_province"),
        ("000000000000", NONE, "id_odd"),
        ("1234567", NONE, "id_odd"),
        ("0120581234567", NONE, "id_odd"),
        ("9058123456", NONE, "id_odd"),
        ("B1234567", NONE, "id_odd"),
        ("xin cấp lại; chưa xong", NONE, "id_odd"),
        ("cấp ngày 05032021", NONE, "id_odd"),
        ("1205812345600000000 ", NONE, "digits_lost"),
        ("số cũ 999058123456", Ids(pid="999058123456"), "id_province"),
        ("045927022-999058123456", Ids(pid="999058123456", cmnd="045927022"), "id_province"),
        ("000000000-000000000000", NONE, "id_odd"),
        (12.5, NONE, "id_odd"),
    ],
)
def test_a_doubtful_number_says_what_is_wrong(cell, found, fault):
    assert read_id(cell) == (found, fault)


@pytest.mark.parametrize(
    ("cell", "found", "fault"),
    [
        ("8192775092", Ids(bhxh="8192775092"), ""),
        (8192775092.0, Ids(bhxh="8192775092"), ""),
        (192775092, Ids(bhxh="0192775092"), ""),
        ("gd4128192775092", Ids(bhxh="8192775092", card="GD4128192775092"), ""),
        ("GD 4 12 8192775092", Ids(bhxh="8192775092", card="GD4128192775092"), ""),
        ("GD412819277509O", Ids(bhxh="8192775090", card="GD4128192775090"), ""),
        ("GD9128192775092", Ids(bhxh="8192775092", card="GD9128192775092"), "bhxh_odd"),
        (PID, Ids(pid=PID), ""),
        (12058123456, Ids(pid=PID), ""),
        ("819277509O", Ids(bhxh="8192775090"), ""),
        ("8.19E+09", NONE, "digits_lost"),
        ("12345", NONE, "bhxh_odd"),
        ("0000000000", NONE, "bhxh_odd"),
        ("đã nộp", NONE, "bhxh_odd"),
    ],
)
def test_an_insurance_cell_holds_a_code_a_card_or_a_personal_number(cell, found, fault):
    assert read_insurance(cell) == (found, fault)


def test_a_column_says_the_same_as_its_cells_one_by_one():
    cells = [PID, 12058123456, None, "045927022", "B12", "999058123456", "8192775092"]
    cells += ["GD4128192775092", "0192775092"]
    for read in (read_id, read_insurance):
        columns, faults = read_column(cells, read)
        assert [Ids(*one) for one in zip(*columns, strict=True)] == [read(c)[0] for c in cells]
        assert faults == {c: read(c)[1] for c in cells if read(c)[1]}


provinces = st.sampled_from(["001", "012", "036", "079", "096"])


@given(provinces, st.integers(0, 3), st.integers(0, 99_999_999))
def test_a_personal_number_survives_excel_eating_its_zeros(province, century, rest):
    pid = f"{province}{century}{rest:08d}"
    for cell in (
        pid,
        int(pid),
        float(int(pid)),
        f" {pid[:3]} {pid[3:6]}.{pid[6:]} ",
        str(int(pid)),
    ):
        assert read_id(cell) == (Ids(pid=pid), "")


@given(st.integers(1, 999_999_999).filter(lambda number: number > 9_999_999))
def test_an_old_card_survives_excel_eating_its_zero(number):
    cmnd = f"{number:09d}"
    assert read_id(cmnd)[0] == read_id(number)[0] == Ids(cmnd=cmnd)


words = st.text(alphabet="cũ mới CMNDsố:(,)/", min_size=1, max_size=8)


@given(st.integers(1, 999_999_999), st.integers(0, 99_999_999), words, words, words, st.booleans())
def test_both_numbers_are_kept_whatever_words_stand_around_them(old, rest, a, b, c, turned):
    pid, cmnd = f"0121{rest:08d}", f"{old:09d}"
    first, second = (cmnd, pid) if turned else (pid, cmnd)
    assert read_id(f"{a}{first}{b.replace(' ', '')}/{second}{c}") == (Ids(pid=pid, cmnd=cmnd), "")


@given(st.text(alphabet="0123456789 .-–,/()Oo\u00a0\nvàEe", max_size=40))
def test_no_run_of_digits_breaks_the_number_readers(cell):
    found, _ = read_id(cell)
    assert len(found.pid) in (0, 12)
    assert len(found.cmnd) in (0, 9)


@given(st.one_of(st.text(max_size=30), st.floats(), st.integers(), st.booleans(), st.none()))
def test_no_cell_breaks_the_number_readers(cell):
    for read in (read_id, read_insurance):
        found, _ = read(cell)
        assert len(found.pid) in (0, 12)
        assert len(found.cmnd) in (0, 9)
        assert len(found.bhxh) in (0, 10)
        assert len(found.card) in (0, 15)
