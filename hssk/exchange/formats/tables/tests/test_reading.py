"""A whole file: which rows are people, who lives with whom, what is said about the rest."""

import os
from datetime import date
from pathlib import Path

import pytest

from hssk.exchange.formats.tables.read import read
from hssk.exchange.formats.tables.tests import making

SAMPLE = Path("/work/shared/data/lai_chau_2024-03")
ON = date(2024, 3, 15)
HEADER = ["STT", "Hộ số", "Họ và tên", "Ngày sinh", "Quan hệ với chủ hộ", "Số CCCD", "Tổ/Bản"]


@pytest.fixture
def reading(tmp_path):
    def make(*tables, **options):
        keep = {k: options.pop(k) for k in ("layouts", "kind", "on", "streaming") if k in options}
        keep.setdefault("on", ON)
        return read(making.xlsx(tmp_path / "a.xlsx", *tables, **options), **keep)

    return make


def notes(reading):
    return [note.text for sheet in reading.sheets for note in sheet.notes]


def person(number, household="", name="Lò Văn A", relation="Con", hamlet="Bản Mới"):
    return [number, household, name, "1/2/1990", relation, f"0120900{number:05}", hamlet]


def households(reading):
    return [row.household_no for row in reading.rows]


def test_the_household_number_on_the_heads_row_covers_the_members(reading):
    found = reading([
        HEADER,
        person(1, "001", relation="Chủ hộ"), person(2), person(3),
        person(4, "002", relation="Chủ hộ"), person(5),
    ])  # fmt: skip
    assert households(found) == ["001", "001", "001", "002", "002"]


def test_a_household_does_not_reach_over_a_subtotal(reading):
    found = reading([
        HEADER, person(1, "001"), ["", "", "Cộng Bản Mới: 1 khẩu"], person(2), person(3, "001"),
    ])  # fmt: skip
    assert households(found) == ["001", "#4", "001"]


def test_another_head_without_a_number_begins_a_household(reading):
    found = reading([
        HEADER,
        person(1, "001", "Lò Văn A", "Chủ hộ"), person(2, "", "Vì Thị B", "Vợ"),
        person(3, "", "Hà Văn C", "Chủ hộ"), person(4, "", "Hà Thị D"),
    ])  # fmt: skip
    assert households(found) == ["001", "001", "#4", "#4"]


def test_the_head_listed_twice_is_no_second_household(reading):
    found = reading([
        HEADER,
        person(1, "001", "Lò Văn A", "Chủ hộ"), person(2), person(3, "", "LO VAN A", "Chủ hộ"),
        person(4, "002", "Hà Thị C", "Vợ"), person(5, "", "Hà Văn D", "Chủ hộ"),
    ])  # fmt: skip
    assert households(found) == ["001", "001", "001", "002", "002"]


def test_without_a_number_column_each_head_begins_a_household(reading):
    found = reading([
        ["Họ và tên", "Ngày sinh", "Quan hệ với chủ hộ"],
        ["Lò Văn A", 1960, "Chủ hộ"], ["Vì Thị B", 1961, "Vợ"], ["Hà Văn C", 1970, "Chủ hộ"],
    ])  # fmt: skip
    assert households(found) == ["#2", "#2", "#4"]


def test_a_column_with_the_heads_name_groups_households(reading):
    found = reading([
        ["Họ và tên", "Ngày sinh", "Họ tên chủ hộ"],
        ["Lò Văn A", 1960, "Lò Văn A"], ["Vì Thị B", 1961, "Lò Văn A"], ["Hà Văn C", 1970, "Hà Văn C"],
        ["Hà Thị D", 1990, ""],
    ])  # fmt: skip
    assert households(found) == ["#2", "#2", "#4", "#4"]


def test_a_merged_household_cell_covers_its_rows(reading):
    table = [HEADER, person(1, "001"), person(2), person(3, "002"), person(4)]
    found = reading(table, merges=[(1, 1, 2, 1), (3, 6, 4, 6)])
    assert households(found) == ["001", "001", "002", "002"]
    assert [row.hamlet_text for row in found.rows] == ["Bản Mới"] * 4


def test_members_without_a_hamlet_live_with_their_household(reading):
    found = reading([HEADER, person(1, "1"), person(2, hamlet=""), person(3, "2", hamlet="")])
    assert [row.hamlet_text for row in found.rows] == ["Bản Mới", "Bản Mới", ""]


def test_records_keep_their_household_number_as_it_is(reading):
    found = reading(
        [
            ["MA_HSSK", "HO_TEN", "NGAY_SINH", "SO_HO"],
            ["A1", "Lò A", 1990, 5],
            ["A2", "Lò B", 1991, ""],
        ]
    )
    assert found.kind == "records"
    assert households(found) == ["5", ""]


def test_subtotals_titles_signatures_and_repeated_headers_are_not_people(reading):
    found = reading([
        ["UBND XÃ SAN THÀNG"], ["DANH SÁCH NHÂN KHẨU"],
        HEADER,
        ["Bản Mới"],
        person(1, "1", hamlet=""), person(2, hamlet=""),
        ["", "", "Cộng Bản Mới: 2 khẩu"],
        [],
        HEADER,
        [1, 2, 3, 4, 5, 6, 7],
        ["", "", "II. Tổ 5"],
        person(3, "1", hamlet=""),
        ["Tổng cộng", "", 3],
        [],
        ["", "", "", "", "Ngày 1 tháng 3 năm 2024"],
        ["", "", "NGƯỜI LẬP BIỂU", "", "CHỦ TỊCH"],
        ["", "", "Hoàng Văn Ký", "", "Vàng A Duyệt"],
    ])  # fmt: skip
    assert [row.number for row in found.rows] == [5, 6, 12]
    assert [row.hamlet_text for row in found.rows] == ["Bản Mới", "Bản Mới", "Tổ 5"]
    assert households(found) == ["1", "1", "1"]
    assert notes(found) == [
        "Bỏ qua 2 dòng cộng.",
        "Bỏ qua 2 dòng tiêu đề lặp lại.",
        "Bỏ qua 2 dòng trống.",
        "Bỏ qua 3 dòng chữ không phải người (chữ ký, ghi chú).",
    ]


def test_a_subtotal_that_disagrees_is_said(reading):
    found = reading([
        HEADER, person(1), person(2), ["Cộng: 3 khẩu"], person(3), ["", "", "Cộng tổ 5", "", "", 1],
        ["Tổng số: 1.003 người"], ["Cộng", "", "", 1, 2],
    ])  # fmt: skip
    warnings = [note.text for note in found.sheets[0].notes if note.severity == "warning"]
    assert warnings == [
        "Dòng 4 ghi 3 người nhưng phía trên có 2 người.",
        "Dòng 7 ghi 1003 người nhưng phía trên có 3 người.",
    ]


def test_a_person_called_cong_or_tong_is_a_person(reading):
    found = reading([
        HEADER, person(1, name="Công Thị Nghĩa"), person(2, name="Tống Văn Sơn"),
        person(3, name="CONG VAN A"), person(4, name="Cộng Thị B"), person(5, name="Lò Văn A 2"),
    ])  # fmt: skip
    assert len(found.rows) == 5


def test_a_second_table_in_the_sheet_is_not_read_as_people(reading):
    found = reading([
        HEADER, person(1), person(2), [],
        ["STT", "Tổ/Bản", "Số hộ", "Nam", "Nữ", "Số khẩu"],
        [1, "Bản Mới", 1, 1, 1, 2],
        [2, "Tổ 5", 0, 0, 0, 0],
    ])  # fmt: skip
    assert len(found.rows) == 2
    assert "Bỏ qua 3 dòng của một bảng khác trong cùng trang." in notes(found)


def test_people_under_a_second_table_are_still_read(reading):
    found = reading([
        HEADER, person(1),
        ["Tổ/Bản", "Số khẩu", "Số hộ"], ["Bản Mới", 1, 1],
        HEADER, person(2), ["Tổ/Bản", "Số khẩu", "Số hộ"], person(3),
    ])  # fmt: skip
    assert [row.number for row in found.rows] == [2, 6, 8]


def test_a_bare_name_among_people_is_a_person_and_one_below_them_is_not(reading):
    found = reading([HEADER, person(1), ["", "", "Giàng A Páo"], person(2), ["", "", "Vàng A Ký"]])
    assert [row.name for row in found.rows] == ["Lò Văn A", "Giàng A Páo", "Lò Văn A"]


def test_a_list_of_bare_names_is_a_list(reading):
    found = reading(
        [
            ["STT", "Họ và tên", "Ngày sinh"],
            [1, "Lò Văn A"],
            [2, "Vì Thị B"],
            [3, ""],
            ["", "Chú ý gì đó", ""],
        ]
    )
    assert [row.name for row in found.rows][:2] == ["Lò Văn A", "Vì Thị B"]


def test_rows_of_nobody_and_names_of_digits_are_errors_and_kept(reading):
    found = reading([
        HEADER,
        [1, "1", "", "1/2/1990", "Con", "", "Bản Mới"],
        [2, "", "12345", "1/2/1990", "Con", "", "Bản Mới"],
        [3, "", "", "", "Con", "012090000003", "Bản Mới"],
        [4, "", "", "", "Con", "", "Bản Mới"],
        person(5),
    ])  # fmt: skip
    assert [row.rejected for row in found.rows] == [True, True, False, True, False]
    assert [[p.text for p in row.problems] for row in found.rows[:3]] == [
        ["Dòng không có họ tên và không có số giấy tờ nào. Bổ sung họ tên, hoặc xóa dòng nếu không phải là một người."],
        ["Cột C: “12345” không phải họ tên. Ghi họ và tên của người này."],
        ["Dòng có số giấy tờ nhưng không có họ tên. Bổ sung họ tên."],
    ]  # fmt: skip
    assert found.rows[0].cells == [1, "1", None, "1/2/1990", "Con", None, "Bản Mới"]


def test_a_bad_cell_is_a_warning_with_its_column(reading):
    found = reading(
        [
            HEADER,
            [1, "1", "Lò A", "31/02/1990", "Con", "123", ""],
            [2, "", "Lò B", "x/y/z", "Con", "1.2E+10", ""],
        ]
    )
    first, second = found.rows
    assert [(p.column, p.severity) for p in first.problems] == [("D", "warning"), ("F", "warning")]
    assert str(first.birth) == "1990"
    assert second.birth is None
    assert "mất các chữ số" in second.problems[1].text


BOTH = [["Họ và tên", "Nam", "Nữ", "Giới tính"]]


def test_a_birth_date_under_nam_or_nu_says_the_sex(reading):
    found = reading([
        *BOTH,
        ["Lò Văn A", "1/2/1990", "", ""], ["Vì Thị B", "", 1991, "Nữ"], ["Hà C", "1/2/1992", "1/2/1992", ""],
        ["Vì D", "", 1991, "Nam"], ["Vì E", "", "", "Nam"],
    ])  # fmt: skip
    assert [row.sex for row in found.rows] == [1, 2, 0, 1, 1]
    assert [str(row.birth) for row in found.rows] == [
        "1/2/1990",
        "1991",
        "1/2/1992",
        "1991",
        "None",
    ]
    assert "cả cột Nam và cột Nữ" in found.rows[2].problems[0].text
    assert "khác với cột Nam/Nữ" in found.rows[3].problems[0].text


@pytest.mark.parametrize(
    ("header", "cells", "sexes"),
    [
        (["Nam", "Nữ"], [("x", ""), ("", "x"), ("", ""), ("x", "x")], [1, 2, 0, 0]),
        (["Nữ"], [("x",), ("",)], [2, 1]),
        (["Nam"], [("x",), ("",)], [1, 2]),
    ],
)
def test_ticks_under_nam_and_nu_say_the_sex(reading, header, cells, sexes):
    people = [
        [f"Lò {n}", 1990, *cell]
        for n, cell in enumerate("ABCD")
        for cell in [cells[n % len(cells)]]
    ]
    found = reading([["Họ và tên", "Năm sinh", *header], *people])
    assert [row.sex for row in found.rows] == (sexes * 2)[:4]


def test_zero_beside_one_is_nu(reading):
    found = reading([["Họ và tên", "Năm sinh", "GT"], ["Lò A", 1990, 1], ["Lò B", 1991, 0]])
    assert [row.sex for row in found.rows] == [1, 2]
    found = reading(
        [["Họ và tên", "Năm sinh", "GT"], ["Lò A", 1990, 1], ["Lò B", 1991, 2], ["Lò C", 1991, 0]]
    )
    assert [row.sex for row in found.rows] == [1, 2, 0]


def test_day_month_and_year_columns_make_one_date(reading):
    found = reading([
        ["Họ và tên", "Ngày sinh", "Tháng sinh", "Năm sinh"],
        ["Lò A", 5, 3, 1958], ["Lò B", "", 3, 1958], ["Lò C", "", "", 1958], ["Lò D", 31, 2, 1990], ["Lò E", "0", "0", "1990"],
    ])  # fmt: skip
    assert [str(row.birth) for row in found.rows] == ["5/3/1958", "3/1958", "1958", "1990", "1990"]
    assert found.rows[3].problems[0].column == "D"


def test_a_year_column_completes_a_date_column(reading):
    found = reading(
        [["Họ và tên", "Ngày sinh", "Năm sinh"], ["Lò A", "5/3/1958", 1958], ["Lò B", "", 1960]]
    )
    assert [str(row.birth) for row in found.rows] == ["5/3/1958", "1960"]


def test_two_halves_of_a_name_are_put_together(reading):
    found = reading([["Họ đệm", "Tên", "Năm sinh"], ["Lò Văn", "A", 1990], ["", "B", 1991]])
    assert [row.name for row in found.rows] == ["Lò Văn A", "B"]


def test_a_month_first_column_is_read_so_and_said(reading):
    found = reading([["Họ và tên", "Ngày sinh"], ["Lò A", "03/05/1958"], ["Lò B", "12/31/1960"]])
    assert [str(row.birth) for row in found.rows] == ["5/3/1958", "31/12/1960"]
    assert found.sheets[0].layout.date_order == {"birth": "mdy"}
    assert "Cột B ghi tháng trước ngày; đã đọc theo cách đó." in notes(found)


def test_days_that_an_american_excel_swapped_are_swapped_back(reading):
    people = [[f"Lò {n}", f"{n + 13}/01/1960"] for n in range(7)]
    people += [[f"Vì {n}", date(1960, n % 12 + 1, n % 11 + 1)] for n in range(40)]
    found = reading([["Họ và tên", "Ngày sinh"], *people])
    assert str(found.rows[8].birth) == "2/2/1960"
    assert str(found.rows[9].birth) == "3/3/1960"
    assert str(found.rows[19].birth) == "1/2/1960" or found.sheets[0].layout.date_order
    assert any("đảo" in text for text in notes(found))


def test_numbers_of_all_kinds_find_their_place(reading):
    found = reading([
        ["Họ và tên", "Số CCCD", "CMND", "Mã số BHXH", "Mã thẻ BHYT"],
        ["Lò A", 12090000001, 45927022, 8192775092, "GD4128192775092"],
        ["Lò B", "", "012090000002", "", "GD4128192775093"],
        ["Lò C", "GD4128192775094", "", "8192775000", "GD4128192775094"],
    ])  # fmt: skip
    assert [(r.pid, r.cmnd, r.bhxh, r.card) for r in found.rows] == [
        ("012090000001", "045927022", "8192775092", "GD4128192775092"),
        ("012090000002", "", "8192775093", "GD4128192775093"),
        ("", "", "8192775094", "GD4128192775094"),
    ]
    found = reading(
        [["Họ và tên", "Mã số BHXH", "Mã thẻ BHYT"], ["Lò A", "8192775000", "GD4128192775092"]]
    )
    assert found.rows[0].problems[0].column == "C"
    assert found.rows[0].bhxh == "8192775000"


def test_what_the_software_says_of_a_record(reading):
    found = reading([
        ["MA_HSSK", "HO_TEN", "NGAY_SINH", "DIA_CHI", "PHUONG_XA", "NGAY_TAO", "NGAY_CAP_NHAT", "CAI_UNG_DUNG", "SO_LUOT_KHAM", "TRANG_THAI", "MA_KCBBD"],
        ["LC-1", "LÒ A", "19580305", "Bản Mới, Xã San Thàng, TP Lai Châu", "", date(2021, 5, 4), "04/05/2022", "x", 3, "Đang quản lý", 1001],
        ["LC-2", "LÒ B", "", "", "Xã Sùng Phài", "2021", "", "", "", "", ""],
    ])  # fmt: skip
    first, second = found.rows
    assert (first.system_number, first.created, first.updated) == (
        "LC-1",
        date(2021, 5, 4),
        date(2022, 5, 4),
    )
    assert (first.app_opened, first.visits, first.status) == (True, 3, "Đang quản lý")
    assert (first.hamlet_text, first.unit_text, first.insurance_place) == (
        "Bản Mới",
        "Xã San Thàng",
        "01001",
    )
    assert (second.created, second.app_opened, second.visits, second.unit_text) == (
        None,
        False,
        None,
        "Xã Sùng Phài",
    )


def test_hidden_guide_blank_and_other_sheets_are_skipped_and_said(reading):
    people = [["XÃ SAN THÀNG"], making.HEADER, *making.PEOPLE]
    found = reading(
        people, people, [["Cách ghi"]], [], [["Tổ", "Số hộ"], ["Tổ 1", 5]],
        titles=["Danh sách", "Cũ", "Hướng dẫn", "Trống", "Tổng hợp"], hidden=[1],
    )  # fmt: skip
    assert len(found.rows) == 3
    assert notes(found) == [
        "Bỏ qua trang ẩn “Cũ”.",
        "Bỏ qua trang hướng dẫn “Hướng dẫn”.",
        "Bỏ qua trang trống “Trống”.",
        "Trang “Tổng hợp” không có danh sách người.",
    ]
    assert found.sample(2) == {"Danh sách": found.rows[:2]}
    assert found.sheets[0].title_lines == [["XÃ SAN THÀNG", *[""] * 6]]
    assert found.sheets[0].header_rows == [making.HEADER]


def test_the_kind_of_a_file_is_that_of_most_of_its_rows(reading):
    one = [["MA_HSSK", "HO_TEN", "NGAY_SINH", "NGAY_TAO"], ["A1", "Lò A", 1990, ""]]
    assert reading([making.HEADER, *making.PEOPLE], one).kind == "roster"
    assert reading([making.HEADER, *making.PEOPLE], one, kind="records").kind == "records"


def test_the_day_of_the_file_is_when_it_was_written(tmp_path):
    path = making.xlsx(tmp_path / "a.xlsx", [["Họ và tên", "Ngày sinh"], ["Lò A", "01/01/2020"]])
    os.utime(path, (1_500_000_000, 1_500_000_000))
    assert read(path).rows[0].problems[0].column == "B"
    assert read(path, on=ON).rows[0].problems == []


def test_a_sheet_without_a_header_is_read_by_content(reading):
    people = [[f"Lò Văn {c}", f"{n}/2/1990", f"0120900000{n:02}"] for n, c in enumerate("ABCD", 1)]
    found = reading(people)
    assert [row.number for row in found.rows] == [1, 2, 3, 4]
    assert found.rows[0].pid == "012090000001"
    assert found.sheets[0].header_rows == []


def test_a_row_shorter_or_wider_than_the_header_is_read(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("Họ và tên,Ngày sinh,Số CCCD\nLò A\nLò B,1/2/1990\nLò C,1/2/1990,,,,thừa\n")
    assert [row.name for row in read(str(path)).rows] == ["Lò A", "Lò B", "Lò C"]


def test_texts_kept_as_written(reading):
    found = reading(
        [
            ["Họ và tên", "Năm sinh", "Dân tộc", "Ghi chú", "SĐT"],
            ["Lò A", 1990, "H'Mông", " tạm  trú ", 912345678],
        ]
    )
    row = found.rows[0]
    assert (row.ethnicity, row.note, row.phone) == ("H'Mông", "tạm trú", "0912345678")
    assert row.cells == ["Lò A", 1990, "H'Mông", " tạm  trú ", 912345678]


@pytest.mark.skipif(not SAMPLE.exists(), reason="the sample of /work/shared is not here")
@pytest.mark.parametrize(
    ("name", "kind", "count"),
    [
        ("danh_sach_nhan_khau_2024-03.xlsx", "roster", 47515),
        ("trich_xuat_hssk_2024-03.xlsx", "records", 33443),
    ],
)
def test_the_sample_files_are_read_whole(name, kind, count):
    found = read(str(SAMPLE / name))
    assert (found.kind, len(found.rows)) == (kind, count)
    assert all(row.name and row.unit_text for row in found.rows)
    assert not any(row.rejected for row in found.rows)
