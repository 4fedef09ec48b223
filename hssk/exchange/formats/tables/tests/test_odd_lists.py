"""Lists as communes really write them: nobody is lost in them, and nothing else becomes a person."""

import unicodedata
from datetime import date

import pytest

from hssk.exchange.formats.errors import UnreadableFile
from hssk.exchange.formats.tables.layout.header import numbers_columns, resolve
from hssk.exchange.formats.tables.layout.lines import (
    is_household_heading,
    is_subtotal,
)
from hssk.exchange.formats.tables.layout.titles import section_hamlet, title_hamlet, unit_in
from hssk.exchange.formats.tables.layout.vocabulary import field_of, of_a_relative
from hssk.exchange.formats.tables.read import read
from hssk.exchange.formats.tables.tests import making

ON = date(2024, 3, 15)
HEADER = ["STT", "Hộ số", "Họ và tên", "Năm sinh", "Giới tính", "Quan hệ", "Tổ"]
HEAD = [1, "01", "Nguyễn Văn An", 1980, "Nam", "Chủ hộ", "Tổ 5"]
LAST = ["", "", "Lê Thị Năm", 1990, "Nữ", "Vợ", ""]


@pytest.fixture
def reading(tmp_path):
    def make(*tables, **options):
        keep = {k: options.pop(k) for k in ("layouts", "kind") if k in options}
        return read(making.xlsx(tmp_path / "a.xlsx", *tables, **options), on=ON, **keep)

    return make


def notes(found):
    return [note.text for sheet in found.sheets for note in sheet.notes]


def names(found):
    return [row.name for row in found.rows]


# -- people of whom nothing but words is known


@pytest.mark.parametrize(
    ("name", "relation"),
    [
        ("Bàn Thị Mùi", "Mẹ"),
        ("Trần Thị Mùi", "Mẹ đẻ"),
        ("Bàn Thị Mùi", "Con"),
        ("BAN THI MUI", "Me"),
    ],
)
def test_a_member_known_by_words_only_is_no_header_of_another_table(reading, name, relation):
    found = reading([HEADER, HEAD, ["", "", name, "", "Nữ", relation, ""], LAST])
    assert names(found) == ["Nguyễn Văn An", name, "Lê Thị Năm"]
    assert not any(row.rejected for row in found.rows)
    assert found.rows[1].relation == relation


@pytest.mark.parametrize(
    "name", ["Nguyễn Thị Phương", "Lò Thị Huyền", "Vàng A Quân", "Hàn Văn Dũng"]
)
def test_a_name_that_sounds_like_a_place_is_a_name(reading, name):
    assert field_of(name) is None
    found = reading([HEADER, HEAD, ["", "", name, "", "", "", "Bản Mới"], LAST])
    assert names(found) == ["Nguyễn Văn An", name, "Lê Thị Năm"]


def test_whoever_may_be_somebody_is_kept_below_the_header_of_another_table(reading):
    found = reading([
        HEADER, HEAD,
        ["STT", "Tổ/Bản", "Số hộ", "Số khẩu", "Nam", "Nữ", "Ghi chú"],
        [1, "Bản Mới", 12, 40, 20, 20, ""],
        [1, "", "Mông", 40, 20, 20, ""],
        ["", "", "Lò Văn Hai", 2001, "", "", ""],
        ["", "", "Vì Thị Ba", "", "Nữ", "Con", ""],
        ["", "", "Hà Văn Bốn", "", "", "", ""],
        ["", "", "", 1990, "Nữ", "Vợ", ""],
        ["", "", "Lò Văn Sáu", "2004", "", "", ""],
        ["", "", "Chủ tịch xã", "", "", "", ""],
    ])  # fmt: skip
    assert names(found) == [
        "Nguyễn Văn An", "Lò Văn Hai", "Vì Thị Ba", "Hà Văn Bốn", "", "Lò Văn Sáu",
    ]  # fmt: skip
    assert [row.rejected for row in found.rows] == [False] * 4 + [True, False]
    assert "Bỏ qua 4 dòng của một bảng khác trong cùng trang." in notes(found)


def test_the_same_header_in_other_words_on_a_new_page_is_no_person(reading):
    again = ["TT", "Số hộ", "Họ tên", "Năm sinh", "Giới", "Quan hệ với chủ hộ", "Tổ dân phố"]
    found = reading([HEADER, HEAD, again, LAST])
    assert names(found) == ["Nguyễn Văn An", "Lê Thị Năm"]
    assert "Bỏ qua 1 dòng tiêu đề lặp lại." in notes(found)


def test_a_remark_that_names_a_paper_makes_no_header(reading):
    header = [*HEADER, "Ghi chú"]
    found = reading([
        header, HEAD, ["", "", "Lò Thị Hai", "", "", "Con", "Tổ 5", "Không có số điện thoại"], LAST,
    ])  # fmt: skip
    assert len(found.rows) == 3


def test_words_that_sign_elsewhere_are_names_beside_a_sex(reading):
    found = reading(
        [HEADER, HEAD, ["", "", "Kế Toán", "", "Nữ", "", ""], ["", "", "Kế toán"], LAST]
    )
    assert names(found) == ["Nguyễn Văn An", "Kế Toán", "Lê Thị Năm"]


# -- headers


def test_a_column_of_kinds_of_residence_says_how_somebody_stays(tmp_path):
    header = ["Họ và tên", "Ngày sinh", "Loại cư trú", "Ghi chú"]
    rows = [
        header,
        ["Lò Văn A", "1990", "Tạm trú", ""],
        ["Lò Thị B", "1991", "Thường trú", "mới về"],
    ]
    found = read(making.xlsx(tmp_path / "a.xlsx", rows), on=ON)
    assert [row.note for row in found.rows] == [
        "Loại cư trú: Tạm trú", "mới về; Loại cư trú: Thường trú",
    ]  # fmt: skip


TWO_LEVELS = [
    ["STT", "Họ và tên", "Quan hệ với chủ hộ", "Năm sinh", "", "Số CCCD", "Địa chỉ", "Ghi chú"],
    ["", "", "", "Nam", "Nữ", "", "", ""],
]
PAIR = [
    [1, "Nguyễn Văn An", "Chủ hộ", 1980, "", "012080001234", "Tổ 5", "tạm trú"],
    [2, "Trần Thị Bình", "Vợ", "", 1981, "012181001235", "Tổ 5", ""],
]


@pytest.mark.parametrize(
    "numbering",
    [
        [f"({n})" for n in range(1, 9)], [f"{n}" for n in range(1, 9)], list(range(1, 9)),
        ["A", "B", *range(1, 7)], [-n for n in range(1, 9)], [f"[{n}]" for n in range(1, 9)],
    ],
)  # fmt: skip
@pytest.mark.parametrize("as_text", [False, True])
def test_a_line_that_numbers_the_columns_is_no_level_of_the_header(tmp_path, numbering, as_text):
    rows = [*TWO_LEVELS, numbering, *PAIR]
    if as_text:
        path = tmp_path / "a.csv"
        path.write_text(making.csv_text(rows=rows))
    else:
        path = making.xlsx(tmp_path / "a.xlsx", rows)
    found = read(str(path), on=ON)
    assert [(r.sex, r.pid, r.address, r.note) for r in found.rows] == [
        (1, "012080001234", "Tổ 5", "tạm trú"), (2, "012181001235", "Tổ 5", ""),
    ]  # fmt: skip
    assert found.sheets[0].layout.header_rows == [1, 2, 3]


@pytest.mark.parametrize("row", [[1, 2, 3], [1, 2, 4, 9], ["A", "B", "C", 1], [1, 2, 3, "Lò"]])
def test_other_lines_number_no_columns(row):
    assert not numbers_columns(list(enumerate(row)))


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("Họ, chữ đệm và tên khai sinh", "name"), ("Họ và tên khai sinh", "name"),
        ("Họ tên (theo giấy khai sinh)", "name"), ("Họ và tên trong giấy khai sinh", "name"),
        ("HO TEN KHAI SINH", "name"), ("Nơi đăng ký khai sinh", "-"), ("Ngày khai sinh", "-"),
        ("Họ và tên chủ hộ và các thành viên", "name"), ("Chủ hộ và thành viên", "name"),
        ("Họ tên các thành viên trong hộ", "name"), ("Số thành viên", "-"),
        ("Số CCCD chủ hộ", "-"), ("Số điện thoại chủ hộ", "-"), ("Năm sinh chủ hộ", "-"),
        ("Họ tên người lập", "-"), ("Người cập nhật", "-"), ("Chức vụ", "-"),
        ("Đi làm ăn xa", "+"), ("Tạm vắng", "+"), ("Tạm trú", "+"), ("Đã chết", "+"),
        ("Nơi tạm trú", "address"),
        ("Đối tượng BHYT", "-"), ("Loại đối tượng BHYT", "-"), ("Mã đối tượng BHYT", "-"),
        ("Mã thẻ BHYT", "card"), ("Có thẻ BHYT", "-"), ("Thẻ BHYT (có/không)", "-"),
        ("Tình trạng hôn nhân", "-"), ("Tình trạng cư trú", "+"), ("Trạng thái", "status"),
        ("Tình trạng", "status"), ("Trạng thái hồ sơ", "status"),
        ("Đơn vị tạo", "-"), ("Đơn vị quản lý", "-"), ("Đơn vị quản lý hồ sơ", "-"),
        ("Đơn vị", "unit"), ("Đơn vị hành chính", "unit"), ("ĐVHC", "unit"),
        ("Nơi ĐKKCB", "insurance_place"), ("Nơi ĐK KCB BĐ", "insurance_place"),
        ("Mã CSKCB", "insurance_place"), ("Ngày KCB gần nhất", "-"), ("Số lần KCB", "visits"),
        ("Số GTTT", "id"), ("Số giấy tờ", "id"), ("Loại giấy tờ", "-"),
        ("Số thứ tự hộ", "household"), ("Sổ hộ số", "household"), ("SO_HO_SO", "system_number"),
        ("HGĐ", "household"), ("MQH với CH", "relation"), ("Là gì với chủ hộ", "relation"),
        ("N.sinh", "birth_year"), ("Sinh năm", "birth_year"), ("Ngày/tháng/năm", "birth"),
        ("Năm sinh nam", "birth_male"), ("Năm sinh nữ", "birth_female"), ("Nữ (x)", "female"),
        ("G.tính", "sex"), ("Tên tổ", "hamlet"), ("Cụm dân cư", "hamlet"), ("STT NK", "number"),
        ("Xa nhà", None), ("Ban chỉ đạo", None), ("BAN", "hamlet"), ("XA", "unit"),
        ("Họ và tên (theo CCCD)", "name"), ("Họ tên ghi trên thẻ BHYT", "name"),
        ("Số thẻ căn cước", "id"), ("Mã số công dân", "id"), ("MADINHDANH", "id"),
        ("Ngày cấp thẻ căn cước", "-"), ("Hộ", "household"), ("Họ", "last_name"), ("HK số", "household"),
        ("MAXA_CU_TRU", "unit"), ("MATINH_CU_TRU", "-"), ("Mã xã nơi cư trú", "unit"),
        ("Tên người nhà", "-"), ("Điện thoại người nhà", "-"), ("Nơi đăng ký BHYT", "insurance_place"),
        ("ĐTDĐ", "phone"), ("Liên lạc", "phone"), ("Công dân", "name"), ("Tên BN", "name"),
        ("Mã người bệnh", "system_number"), ("Thời gian tạo", "created"), ("Đ/c", "address"),
        ("Vai trò trong hộ", "relation"), ("Địa phương", "unit"), ("Diễn giải", "note"),
        ("Thứ tự", "number"), ("Tổ nhân dân", "hamlet"), ("KDC", "hamlet"),
        ("Lần khám gần nhất", "-"), ("Lần KCB cuối", "-"), ("Tổng lượt khám", "visits"),
        ("Loại cư trú", "+"), ("Diện đăng ký cư trú", "+"),
        ("Bệnh nhân", "name"), ("Vai vế", "relation"), ("Dtộc", "ethnicity"), ("D.tộc", "ethnicity"),
    ],
)  # fmt: skip
def test_a_header_that_real_lists_have_is_known(header, field):
    assert field_of(header) == field


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("national_id", "id"), ("ID number", "id"), ("identity_no", "id"), ("PatientID", "system_number"),
        ("patient_id", "system_number"), ("Record number", "system_number"), ("MRN", "system_number"),
        ("health_insurance_no", "card"), ("Insurance card", "card"), ("social_insurance_no", "bhxh"),
        ("patient_name", "name"), ("Surname", "last_name"), ("dateOfBirth", "birth"),
        ("Place of birth", "-"), ("Mother name", "-"), ("guardian_phone", "-"), ("Created by", "-"),
        ("Issue date", "-"), ("Insurance expiry", "-"), ("District", "-"), ("Tel", "phone"),
        ("Contact", "phone"), ("relationship_to_head", "relation"), ("Head of household", "head_name"),
        ("household_id", "household"), ("Village", "hamlet"), ("ward_name", "unit"),
        ("Ethnic group", "ethnicity"), ("Remarks", "note"), ("creation_date", "created"),
        ("Last modified", "updated"), ("visit_count", "visits"), ("Last visit", None),
        ("record_status", "status"), ("Marital status", None),
    ],
)  # fmt: skip
def test_a_header_in_english_is_known(header, field):
    assert field_of(header) == field


def test_what_stands_below_a_parent_is_not_the_childs():
    assert resolve(["Thông tin mẹ", "Họ và tên"]) == "-"
    assert resolve(["Người giám hộ", "Số CCCD"]) == "-"
    assert not of_a_relative("Thông tin trẻ em và cha mẹ")


# -- names


@pytest.mark.parametrize("kind", ["auto", "roster"])
def test_a_list_without_a_column_of_names_is_asked_about_and_not_received(reading, kind):
    found = reading([["STT", "Ngày sinh", "Số CCCD"], [1, "1/2/1990", "012090000001"]], kind=kind)
    layout = found.sheets[0].layout
    assert layout.confidence == 0
    assert [row.rejected for row in found.rows] == [True]
    assert "không có cột nào ghi họ tên" in found.rows[0].problems[0].text
    assert any("Không có cột nào ghi họ tên" in text for text in notes(found))


def test_a_column_that_somebody_calls_the_names_is_believed(reading):
    rows = [["STT", "Cột lạ", "Số CCCD"], [1, "An", "012090000001"]]
    layout = reading(rows).sheets[0].layout
    told = {**layout.to_dict(), "confidence": 1.0, "columns": {**layout.columns, "name": 1}}
    found = reading(rows, layouts={layout.shape: told})
    assert (names(found), found.rows[0].rejected) == (["An"], False)


HALVES = [
    ["STT", "Họ và tên", "", "Ngày sinh", "Số CCCD"],
    [1, "Nguyễn Văn", "An", "5/2/1980", "012080001234"],
    [2, "Trần Thị", "Bình", "15/12/1981", "012181001235"],
]


def test_one_name_header_merged_over_two_columns_has_both_halves_below(reading):
    found = reading(HALVES, merges=[(0, 1, 0, 2)])
    assert names(found) == ["Nguyễn Văn An", "Trần Thị Bình"]
    assert found.sheets[0].layout.guessed == []


def test_where_a_format_has_no_merges_the_given_name_is_a_guess(reading):
    found = reading(HALVES)
    assert names(found) == ["Nguyễn Văn An", "Trần Thị Bình"]
    assert found.sheets[0].layout.guessed == ["first_name"]


@pytest.mark.parametrize(
    "beside", [["Nam", "Nữ"], ["x", "x"], ["", ""], ["12", "13"], ["", "Bình"]]
)
def test_other_words_beside_a_name_are_no_given_names(reading, beside):
    rows = [[*row[:2], word, *row[3:]] for row, word in zip(HALVES[1:], beside, strict=True)]
    assert names(reading([HALVES[0], *rows])) == ["Nguyễn Văn", "Trần Thị"]


def test_whole_names_need_no_unnamed_column_to_the_right(reading):
    rows = [["Họ và tên", "", "Năm sinh"], ["Lò Văn An", "Nghèo", 1980], ["Vì Thị Ba", "Khá", 1981]]
    assert names(reading(rows)) == ["Lò Văn An", "Vì Thị Ba"]


def test_a_list_of_heads_alone_is_a_list_of_people_to_be_confirmed(reading):
    header = ["Số CCCD", "Họ tên chủ hộ", "Năm sinh"]
    found = reading([header, ["", "Lò Văn A", 1980], ["012090000001", "Vì Văn B", 1990]])
    assert names(found) == ["Lò Văn A", "Vì Văn B"]
    assert found.sheets[0].layout.guessed == ["name"]
    again = reading([header, ["", "Lò Văn A", 1980], ["012090000001", "Lò Văn A", 1990]])
    assert all(row.rejected for row in again.rows)


def test_heads_and_members_in_one_column_are_all_people(reading):
    found = reading([
        ["TT", "Số hộ", "Họ và tên chủ hộ và các thành viên", "Năm sinh", "Quan hệ"],
        [1, 1, "Giàng A Páo", 1980, "Chủ hộ"], [2, "", "Vàng Thị Mỷ", 1982, "Vợ"],
    ])  # fmt: skip
    assert names(found) == ["Giàng A Páo", "Vàng Thị Mỷ"]
    assert [row.household_no for row in found.rows] == ["1", "1"]


# -- lines that are no people


def test_a_line_that_heads_a_household_begins_it_and_is_nobody(reading):
    found = reading([
        ["STT", "Họ và tên", "Ngày sinh", "Giới tính"],
        ["", "Hộ số 1: Giàng A Páo"], [1, "Giàng A Páo", "1980", "Nam"], [2, "Vàng Thị Mỷ", "1982", "Nữ"],
        ["", "Hộ ông: Thào A Sùng", 3], [3, "Thào A Sùng", "1970", "Nam"],
        ["", "Hồ Bá Thước", "1966", "Nam"],
    ])  # fmt: skip
    assert [(row.name, row.household_no) for row in found.rows] == [
        ("Giàng A Páo", "#3"), ("Vàng Thị Mỷ", "#3"), ("Thào A Sùng", "#6"), ("Hồ Bá Thước", "#6"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "yes"),
    [
        ("Hộ số 1: Giàng A Páo", True), ("Hộ ông: Lý A Sỳ", True), ("Hộ bà Lò Thị A", True),
        ("1. Hộ thứ 2", True), ("Hộ 12", True), ("HỘ GIA ĐÌNH ÔNG LÒ VĂN A", True), ("Hộ: Lò A", True),
        ("Chủ hộ: Lò Văn A", True), ("Gia đình ông Lò Văn A", True), ("Số hộ: 12", True),
        ("Ho so 1: Giang A Pao", True), ("Ho ong: Ly A Sy", True), ("Hộ khẩu số 4", True),
        ("Hồ Bá Thước", False), ("HO BA THUOC", False), ("Hồ Thị Nhà", False), ("Hộ nghèo", False),
        ("Chủ hộ", False), ("Lò Văn Hộ", False),
    ],
)  # fmt: skip
def test_a_household_heading_is_known_by_its_words(text, yes):
    assert is_household_heading(text) is yes


def test_the_day_of_the_signature_is_nobody_and_a_spelled_birth_is_somebody(reading):
    header = ["STT", "Họ và tên", "Quan hệ", "Ngày sinh"]
    found = reading([
        header, [1, "Lò Văn A", "Chủ hộ", "ngày 5 tháng 3 năm 1958"],
        ["", "", "", "Ngày 5 tháng 3 năm 2024"], ["", "", "", "Sùng Phài, ngày 05/ tháng 3/ năm 2024"],
    ])  # fmt: skip
    assert names(found) == ["Lò Văn A"]
    assert str(found.rows[0].birth) == "5/3/1958"
    assert "Bỏ qua 2 dòng chữ không phải người (chữ ký, ghi chú)." in notes(found)


@pytest.mark.parametrize("birth", [1981, "1981", "5/3/1981"])
def test_somebody_called_tong_with_a_birth_year_is_no_subtotal(reading, birth):
    row = ["", "", "Tổng Văn Sơn", birth, "Nam", "Con", ""]
    found = reading([HEADER, HEAD, row, ["", "", "Cộng Thị Bé", "", "Nữ", "Con", ""], LAST])
    assert names(found) == ["Nguyễn Văn An", "Tổng Văn Sơn", "Cộng Thị Bé", "Lê Thị Năm"]


def test_a_subtotal_with_a_count_like_a_year_stays_a_subtotal(reading):
    found = reading([HEADER, HEAD, ["", "", "Tổng cộng", 1981], ["", "", "Cộng khối", 12], LAST])
    assert names(found) == ["Nguyễn Văn An", "Lê Thị Năm"]
    assert is_subtotal("Tổng cộng")


@pytest.mark.parametrize(
    ("text", "hamlet"),
    [
        ("Tổ dân phố số 5 (120 hộ, 400 khẩu)", "Tổ dân phố số 5"), ("Tổ dân phố số 6: 3 hộ", "Tổ dân phố số 6"),
        ("Bản Mới - 40 nhân khẩu", "Bản Mới"), ("II. Bản Mới (Tổng số: 40 hộ)", "Bản Mới"),
        ("Bản Mới (gồm 12 hộ)", "Bản Mới"), ("Tổ 5; số khẩu: 40 người", "Tổ 5"),
        ("Bản Mới (Nậm Loỏng)", "Bản Mới (Nậm Loỏng)"), ("Tổ 5", "Tổ 5"),
    ],
)  # fmt: skip
def test_how_many_live_in_a_hamlet_is_no_part_of_its_name(text, hamlet):
    assert section_hamlet(text) == hamlet


# -- sheets


def test_guides_and_lists_of_staff_are_skipped_and_said(reading):
    sample = [["Hướng dẫn nhập liệu"], HEADER, HEAD]
    staff = [
        ["STT", "Họ và tên", "Chức vụ", "Số điện thoại"],
        [1, "Nguyễn Cán", "Y sĩ", "0912345678"],
    ]
    found = reading(
        sample, sample, staff, [HEADER, HEAD, LAST],
        titles=["HD nhập liệu", "Trang 1", "Can bo", "P. Đoàn Kết"],
    )  # fmt: skip
    assert names(found) == ["Nguyễn Văn An", "Lê Thị Năm"]
    assert notes(found) == [
        "Bỏ qua trang hướng dẫn “HD nhập liệu”.",
        "Bỏ qua trang hướng dẫn “Trang 1”.",
        "Bỏ qua trang “Can bo”: chỉ có họ tên, không có ngày sinh, giới tính, số giấy tờ, hộ hay quan hệ.",
    ]
    assert found.sheets[2].notes[0].severity == "warning"


def test_a_long_list_that_begins_with_a_hint_is_still_a_list(reading):
    people = [[n, f"{n}", f"Lò Văn {n}", 1980, "Nam", "Con", ""] for n in range(40)]
    assert len(reading([["Hướng dẫn: ghi đủ họ tên"], HEADER, *people]).rows) == 40


def test_a_file_of_names_alone_is_refused(reading):
    with pytest.raises(UnreadableFile) as refused:
        reading([["STT", "Họ và tên", "Chức vụ"], [1, "Nguyễn Cán", "Y sĩ"]])
    assert refused.value.kind == "no_table"


def test_a_table_beside_the_first_is_said_and_lends_it_nothing(reading):
    header = [
        "STT",
        "Họ tên",
        "Ngày sinh",
        "",
        "STT",
        "Họ tên",
        "Ngày sinh",
        "Giới tính",
        "Lạ",
        "Tạm vắng",
    ]
    found = reading([
        header, [1, "Lò Văn A", "1/2/1980", "", 2, "Vì Thị B", "1/2/1981", "Nữ", "Thái", "x"],
    ])  # fmt: skip
    assert (names(found), found.rows[0].sex, found.rows[0].note) == (["Lò Văn A"], 0, "")
    assert [n.severity for n in found.sheets[0].notes] == ["warning"]
    assert "từ cột E" in notes(found)[0]


def test_a_name_that_comes_twice_is_no_second_table(reading):
    found = reading([
        ["Họ tên", "Năm sinh", "Số CCCD", "Họ tên", "Ghi chú"], ["Lò A", 1980, "012080001234", "Lò B", "x"],
    ])  # fmt: skip
    assert found.sheets[0].layout.beside == -1
    assert found.rows[0].note == "x"


# -- ticks


def test_a_tick_under_away_says_so_in_the_note(reading):
    header = ["Họ tên", "Năm sinh", "Giới tính", "Đi làm\năn xa", "Tạm vắng", "Ghi chú"]
    found = reading([
        header, ["Lò A", 1980, "Nam", "x", "", "ốm"], ["Lò B", 1981, "Nữ", "Bình Dương", "x", ""],
        ["Lò C", 1982, "Nữ", "", "không", ""], ["Lò D", 1982, "Nữ", True, "", ""],
    ])  # fmt: skip
    assert [row.note for row in found.rows] == [
        "ốm; Đi làm ăn xa", "Đi làm ăn xa: Bình Dương; Tạm vắng", "", "Đi làm ăn xa",
    ]  # fmt: skip
    assert found.kind == "roster"


def test_a_tick_column_beyond_the_filled_cells_says_nothing(reading):
    found = reading([["Họ tên", "Năm sinh", "Tạm vắng"], ["Lò A", 1980, ""]])
    assert found.rows[0].note == ""


def test_a_tick_under_chu_ho_says_who_heads(reading):
    found = reading([
        ["Họ tên", "Năm sinh", "Chủ hộ", "Quan hệ"],
        ["Lò A", 1980, "x", ""], ["Lò B", 1981, "", "Vợ"], ["Hà C", 1982, "x", ""],
    ])  # fmt: skip
    assert [row.relation for row in found.rows] == ["Chủ hộ", "Vợ", "Chủ hộ"]
    assert [row.household_no for row in found.rows] == ["#2", "#2", "#4"]


def test_the_state_of_a_marriage_makes_no_record_of_a_roster(reading):
    found = reading([
        ["Họ tên", "Năm sinh", "Số CCCD", "Tình trạng"], ["Lò A", 1980, "012080001234", "Độc thân"],
    ])  # fmt: skip
    assert found.kind == "roster"


# -- what else such lists do


def test_names_and_household_numbers_alone_are_a_list(reading):
    found = reading([
        ["STT", "Số hộ", "Họ và tên", "Tổ"], [1, "1", "Lò Văn A", "Tổ 5"], [2, "", "Vì Thị B", ""],
        ["", "", "Trưởng thôn", ""],
    ])  # fmt: skip
    assert [(row.name, row.household_no) for row in found.rows] == [
        ("Lò Văn A", "1"),
        ("Vì Thị B", "1"),
    ]


def test_fields_named_twice_in_no_order_are_no_second_table(reading):
    found = reading([
        ["STT", "Họ tên", "Họ tên", "Năm sinh", "Năm sinh", "Số CCCD", "Số CCCD", "Tên"],
        [1, "Lò A", "Lò A", 1980, 1980, "012080001234", "012080001234", "A"],
    ])  # fmt: skip
    assert found.sheets[0].layout.beside == -1
    assert names(found) == ["Lò A"]


def test_a_sheet_named_after_a_hamlet_is_where_its_people_live(reading):
    found = reading([["Họ tên", "Năm sinh"], [], ["Lò A", 1980]], titles=["Tổ 5"])
    assert [row.hamlet_text for row in found.rows] == ["Tổ 5"]


def test_a_second_column_of_dates_does_not_replace_births_by_sex(reading):
    people = [[f"Lò {n}", f"1/2/{1960 + n % 40}", "", "3/3/2020"] for n in range(310)]
    found = reading([["Họ tên", "Nam", "Nữ", "Mốc"], *people])
    assert found.sheets[0].layout.unknown == {3: "Mốc"}
    assert {str(row.birth)[:4] for row in found.rows} == {"1/2/"}


def test_blank_lines_below_a_header_nobody_knows_are_passed_over(reading):
    found = reading([["Cột a", "Cột b"], [], ["Lò Văn A", "1/2/1980"], ["Vì Thị B", "1/2/1981"]])
    assert (names(found), found.sheets[0].layout.header_rows) == (["Lò Văn A", "Vì Thị B"], [1])


def test_a_sentence_is_no_commune():
    assert unit_in("xã ta nay đã có điện đường trường trạm và nước") == ""


def test_a_name_in_three_columns_is_put_together(reading):
    rows = [["Nguyễn", "Văn", "An", 1980], ["Trần", "", "Bình", 1981]]
    found = reading([["Họ và tên", "", "", "Năm sinh"], *rows], merges=[(0, 0, 0, 2)])
    assert names(found) == ["Nguyễn Văn An", "Trần Bình"]
    assert names(reading([["Họ", "Đệm", "Tên", "Năm sinh"], *rows])) == names(found)


def test_a_numbered_or_full_row_at_the_end_is_no_signature(reading):
    found = reading([
        HEADER, HEAD, [2, "", "Lò Văn Hai", "", "", "", ""], ["", "02", "Lò Văn Ba", "", "", "?", "Tổ 5"],
        ["", "", "Lò Văn Ký", "", "", "", ""],
    ])  # fmt: skip
    assert names(found) == ["Nguyễn Văn An", "Lò Văn Hai", "Lò Văn Ba"]


@pytest.mark.parametrize(
    "text", ["Ban hành kèm theo Quyết định", "Tổ trưởng", "Khu vực miền núi", "Đội trưởng"]
)
def test_words_that_begin_like_a_hamlet_need_not_be_one(text):
    assert section_hamlet(text) == ""
    assert title_hamlet([text], "Sheet1") == ""


def test_births_told_by_content_may_be_years_or_days(reading):
    found = reading([
        ["Họ tên", "Lạ", "CCCD"], ["Lò A", "1/2/1980", "012080001234"], ["Lò B", 1981, "012081001234"],
    ])  # fmt: skip
    assert [str(row.birth) for row in found.rows] == ["1/2/1980", "1981"]


def test_short_lines_of_a_text_file_are_people_too(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("Họ và tên,Số hộ,Tổ\nLò Văn A\nVì Thị B,2,Tổ 5\n")
    assert names(read(str(path), on=ON)) == ["Lò Văn A", "Vì Thị B"]


def test_another_list_of_people_with_other_columns_is_not_read_by_these(reading):
    found = reading([
        HEADER, HEAD, LAST, [],
        ["Họ và tên", "Giới tính", "Ngày sinh", "Số CCCD", "STT"],
        ["Lò Văn Hai", "Nam", "05/03/1958", "012058123456", 1],
        ["Vì Thị Ba", "Nữ", "1960", "012160123456", 2],
    ])  # fmt: skip
    assert names(found) == ["Nguyễn Văn An", "Lê Thị Năm"]
    said = (
        "Từ dòng 5 là một danh sách khác, xếp cột khác: 3 dòng chưa được đọc;"
        " hãy chép sang một trang khác rồi gửi lại."
    )
    assert said in notes(found)


def test_a_mark_for_as_above_under_a_hamlet_is_that_hamlet(tmp_path):
    path = tmp_path / "a.csv"
    said = ["Tổ 1", "nt", "như trên", "Tổ 2", "-nt-", "//"]
    people = [f"{n},Lò Văn {n * 'A'},01205812345{n},{to}" for n, to in enumerate(said, start=1)]
    path.write_text("STT,Họ và tên,Số CCCD,Tổ\n" + "\n".join(people) + "\n")
    assert [row.hamlet_text for row in read(str(path)).rows] == ["Tổ 1"] * 3 + ["Tổ 2"] * 3


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("total", ["Cộng tổ: 2 người", "Tổng cộng", "  Cộng", "Tổng số: 2 khẩu"])
def test_a_total_is_nobody_however_its_letters_are_composed(reading, form, total):
    counted = ["", "", unicodedata.normalize(form, total), 2, "", "", ""]
    found = reading([HEADER, HEAD, LAST, counted])
    assert names(found) == ["Nguyễn Văn An", "Lê Thị Năm"]
    assert notes(found) == ["Bỏ qua 1 dòng cộng."]
