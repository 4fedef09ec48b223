"""The import workbook of other software: its columns guessed, filled in, and read back as it stands."""

import re
import zipfile
from datetime import date
from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook

from hssk.exchange.formats.grids import Grid
from hssk.exchange.formats.outgoing import (
    FIXED,
    WAYS,
    Resident,
    Saying,
    guess,
    row_of,
    standard,
    template_in,
    write_filled,
)
from hssk.exchange.formats.outgoing.template import STANDARD
from hssk.kit.dates import PartialDate

MY = Resident(
    name="Giàng Thị Mỷ", birth=PartialDate.of(1990, 3, 13), sex=2, pid="012190000001",
    bhxh="0123456789", phone="0900000001", ethnicity=("08", "Mông"), head="Giàng A Chu",
    relation="Vợ", household="12", hamlet="Bản Mới", unit="Xã Sùng Phài", unit_code="03403",
    district="Thành phố Lai Châu", province="Tỉnh Lai Châu", province_code="12",
    insurance_place="12000", opened=date(2024, 3, 31), kind="Mới",
)  # fmt: skip
OLD = Resident(name="=2+3", birth=PartialDate.of(1958), cmnd="045012345")


@pytest.mark.parametrize(
    ("way", "cell", "of_old"),
    [
        ("name", "Giàng Thị Mỷ", "=2+3"),
        ("name:upper", "GIÀNG THỊ MỶ", "=2+3"),
        ("last_name", "Giàng Thị", None),
        ("first_name", "Mỷ", "=2+3"),
        ("birth:date", date(1990, 3, 13), "1958"),
        ("birth:dmy", "13/03/1990", "1958"),
        ("birth:ymd", "19900313", "19580000"),
        ("birth:iso", "1990-03-13", "1958"),
        ("birth:year", 1990, 1958),
        ("birth:month", 3, None),
        ("birth:day", 13, None),
        ("sex:words", "Nữ", None),
        ("sex:12", "2", None),
        ("sex:10", "0", None),
        ("pid", "012190000001", None),
        ("pid:any", "012190000001", "045012345"),
        ("cmnd", None, "045012345"),
        ("bhxh", "0123456789", None),
        ("phone", "0900000001", None),
        ("ethnicity", "Mông", None),
        ("ethnicity:code", "08", None),
        ("head", "Giàng A Chu", None),
        ("relation", "Vợ", None),
        ("household", "12", None),
        ("hamlet", "Bản Mới", None),
        ("unit", "Xã Sùng Phài", None),
        ("unit:code", "03403", None),
        ("district", "Thành phố Lai Châu", None),
        ("province", "Tỉnh Lai Châu", None),
        ("province:code", "12", None),
        ("address", "Bản Mới, Xã Sùng Phài, Thành phố Lai Châu, Tỉnh Lai Châu", None),
        ("insurance_place", "12000", None),
        ("opened:date", date(2024, 3, 31), None),
        ("opened:dmy", "31/03/2024", None),
        ("opened:ymd", "20240331", None),
        ("kind", "Mới", None),
        ("number", 7, 7),
        ("", None, None),
    ],
)
def test_each_way_says_what_is_known_and_makes_nothing_up(way, cell, of_old):
    assert row_of([Saying(way)], MY, 7) == [cell]
    assert row_of([Saying(way)], OLD, 7) == [of_old]


def test_no_way_is_without_a_test():
    mark = test_each_way_says_what_is_known_and_makes_nothing_up.pytestmark[0]
    assert {way for way, *_cells in mark.args[1]} - {""} == WAYS.keys()
    assert {way for _title, way in STANDARD} <= WAYS.keys()


def test_a_fixed_text_stands_in_every_row():
    column = Saying(FIXED, "Trạm Y tế")
    assert row_of([column], MY, 1) == row_of([column], OLD, 2) == ["Trạm Y tế"]


@pytest.mark.parametrize(
    ("title", "way"),
    [
        ("Họ và tên (*)", "name"),
        ("HO_TEN", "name"),
        ("Ngày sinh", "birth:dmy"),
        ("NGAY_SINH (yyyyMMdd)", "birth:ymd"),
        ("Ngày sinh (yyyy-MM-dd)", "birth:iso"),
        ("Năm sinh", "birth:year"),
        ("Giới tính", "sex:words"),
        ("Giới tính (1: Nam, 2: Nữ)", "sex:12"),
        ("Giới tính (1: Nam, 0: Nữ)", "sex:10"),
        ("Số CCCD", "pid"),
        ("Số CCCD/CMND", "pid:any"),
        ("Số CMND", "cmnd"),
        ("Mã số BHXH", "bhxh"),
        ("Dân tộc", "ethnicity"),
        ("Mã dân tộc", "ethnicity:code"),
        ("Số điện thoại", "phone"),
        ("Tên chủ hộ", "head"),
        ("Quan hệ với chủ hộ", "relation"),
        ("Xã/Phường", "unit"),
        ("Mã xã", "unit:code"),
        ("Huyện", "district"),
        ("Tỉnh/Thành phố", "province"),
        ("Mã tỉnh", "province:code"),
        ("Thôn/Bản", "hamlet"),
        ("Địa chỉ", "address"),
        ("Nơi đăng ký KCB ban đầu", "insurance_place"),
        ("Ngày lập hồ sơ", "opened:dmy"),
        ("Nhóm máu", ""),
        ("", ""),
    ],
)
def test_a_title_tells_what_its_column_wants(title, way):
    assert guess([[title] if title else []]) == [Saying(way)]


def test_of_two_columns_that_want_the_same_the_second_is_left_empty():
    assert [one.way for one in guess([["Họ tên"], ["Địa chỉ"], ["Địa chỉ thường trú"]])] == [
        "name", "address", "",
    ]  # fmt: skip


ROWS = [
    (1, ["MẪU NHẬP HỒ SƠ SỨC KHỎE", None, None, None]),
    (3, ["STT", "Họ và tên", "Ngày sinh", "Số CCCD"]),
    (4, ["(1)", "(2)", "(3)", "(4)"]),
    (5, [1, "Nguyễn Văn A", "01/01/1990", "001090000001"]),
]


def test_a_template_is_its_titles_and_header_and_no_row_below():
    found = template_in([Grid("Hướng dẫn", [(1, ["Cách điền", "x"])]), Grid("Dữ liệu", ROWS)])
    assert found is not None
    template, said = found
    assert (template.sheet, template.first) == ("Dữ liệu", 5)
    assert template.titles == ["STT", "Họ và tên", "Ngày sinh", "Số CCCD"]
    assert [row for row, _cells in template.above] == [1, 3, 4]
    assert "Nguyễn Văn A" not in str(template)
    assert [one.way for one in said] == ["number", "name", "birth:dmy", "pid"]


def test_a_header_that_nobody_knows_is_the_widest_row_and_all_its_columns_are_empty():
    found = template_in([Grid("A", [(1, ["Biểu"]), (2, ["F01", "F02", "F03", "F04"])])])
    assert found is not None
    assert found[0].titles == ["F01", "F02", "F03", "F04"]
    assert {one.way for one in found[1]} == {""}
    assert template_in([Grid("A", [(1, ["Chỉ một ô"])])]) is None
    assert template_in([]) is None


def test_a_filled_workbook_reads_as_its_template_with_types_kept_and_no_formula():
    found = template_in([Grid("Dữ liệu", ROWS)])
    assert found is not None
    template, _said = found
    ways = [Saying("number"), Saying("name"), Saying("birth:date"), Saying("pid")]
    out = BytesIO()
    write_filled(template, [row_of(ways, who, n) for n, who in enumerate((MY, OLD), 1)], out)
    with zipfile.ZipFile(out) as book:
        inside = "".join(book.read(name).decode() for name in book.namelist() if "sheet" in name)
    assert not re.search(r"<(f|hyperlink)[ >]", inside)
    out.seek(0)
    sheet = CalamineWorkbook.from_filelike(out).get_sheet_by_name("Dữ liệu")
    assert sheet.to_python(skip_empty_area=False) == [
        ["MẪU NHẬP HỒ SƠ SỨC KHỎE", "", "", ""],
        ["", "", "", ""],
        ["STT", "Họ và tên", "Ngày sinh", "Số CCCD"],
        ["(1)", "(2)", "(3)", "(4)"],
        [1.0, "Giàng Thị Mỷ", date(1990, 3, 13), "012190000001"],
        [2.0, "=2+3", "1958", ""],
    ]


def test_the_workbook_of_our_own_asks_for_what_extracts_have():
    template, said = standard()
    assert template.titles[:3] == ["STT", "HO_TEN", "NGAY_SINH"]
    assert template.first == 2
    assert guess([[title] for title in template.titles]) == said
