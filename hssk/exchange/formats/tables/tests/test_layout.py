"""The layout of a sheet is found by its words, not by its position."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hssk.exchange.formats.tables.layout import FIELDS, Layout, find_layout
from hssk.exchange.formats.tables.layout.header import resolve
from hssk.exchange.formats.tables.layout.model import shape_of
from hssk.exchange.formats.tables.layout.titles import (
    looks_like_hamlet,
    section_hamlet,
    split_address,
    title_hamlet,
    unit_in,
)
from hssk.exchange.formats.tables.layout.vocabulary import field_of
from hssk.exchange.formats.tables.sheets import Sheet


def layout_of(rows, title="Sheet1", merged=(), **options):
    options = {"layouts": None, "kind": "auto", **options}
    return find_layout(Sheet(title, [list(row) for row in rows], list(merged)), **options)


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("STT", "number"), ("TT", "number"), ("Số TT", "number"),
        ("Hộ số", "household"), ("HO_SO", "household"), ("Số hộ", "household"), ("Mã hộ", "household"),
        ("Mã hộ gia đình", "household"), ("Số sổ hộ khẩu", "household"), ("STT hộ", "household"),
        ("Số hồ sơ", "system_number"), ("Mã hồ sơ", "system_number"), ("MA_HSSK", "system_number"),
        ("Mã HSSK", "system_number"), ("MA_HO_SO", "system_number"),
        ("Họ và tên", "name"), ("HO_TEN", "name"), ("Họ tên", "name"), ("HoTen", "name"),
        ("Họ, chữ đệm và tên", "name"), ("HỌ VÀ TÊN", "name"), ("Họ và tên người dân", "name"),
        ("Tên", "first_name"), ("Họ đệm", "last_name"), ("Họ và tên đệm", "last_name"),
        ("Họ và đệm", "last_name"), ("Họ", "last_name"),
        ("Họ và tên chủ hộ", "head_name"), ("Chủ hộ", "head_name"), ("Tên chủ hộ", "head_name"),
        ("Quan hệ với chủ hộ", "relation"), ("QH với chủ hộ", "relation"), ("Quan hệ", "relation"),
        ("Ngày sinh", "birth"), ("NGAY_SINH", "birth"), ("Ngày, tháng, năm sinh", "birth"),
        ("Ngày tháng năm sinh", "birth"), ("Sinh", "birth"), ("NgaySinh", "birth"),
        ("Năm sinh", "birth_year"), ("Tháng sinh", "birth_month"),
        ("Giới tính", "sex"), ("GT", "sex"), ("GIOI_TINH", "sex"), ("Giới", "sex"), ("Phái", "sex"),
        ("Số CCCD", "id"), ("SO_CCCD", "id"), ("Số CCCD/ĐDCN", "id"), ("Số định danh cá nhân", "id"),
        ("Căn cước công dân", "id"), ("CMND/CCCD", "id"), ("Số CMND", "cmnd"), ("CMTND", "cmnd"),
        ("Mã số BHXH", "bhxh"), ("Số sổ BHXH", "bhxh"), ("MA_THE_BHYT", "card"), ("Số thẻ BHYT", "card"),
        ("Mã thẻ", "card"), ("Thẻ bảo hiểm y tế", "card"),
        ("Điện thoại", "phone"), ("ĐT", "phone"), ("SĐT", "phone"), ("DIEN_THOAI", "phone"),
        ("Số điện thoại", "phone"), ("Số ĐT", "phone"),
        ("Dân tộc", "ethnicity"), ("DAN_TOC", "ethnicity"),
        ("Tổ dân phố/Bản", "hamlet"), ("Thôn", "hamlet"), ("Tổ", "hamlet"), ("Thôn, bản", "hamlet"),
        ("TDP", "hamlet"), ("Tổ/Bản", "hamlet"), ("Khu dân cư", "hamlet"), ("Xóm", "hamlet"), ("Ấp", "hamlet"),
        ("PHUONG_XA", "unit"), ("Xã/Phường", "unit"), ("Xã", "unit"), ("Đơn vị hành chính", "unit"),
        ("DIA_CHI", "address"), ("Địa chỉ", "address"), ("Nơi ở hiện tại", "address"),
        ("Hộ khẩu thường trú", "address"), ("Nơi thường trú", "address"), ("Chỗ ở hiện nay", "address"),
        ("Nơi ĐK KCB ban đầu", "insurance_place"), ("MA_KCBBD", "insurance_place"),
        ("Nơi ĐKKCBBĐ", "insurance_place"), ("MA_DKBD", "insurance_place"),
        ("Ghi chú", "note"), ("GHI_CHU", "note"),
        ("NGAY_TAO", "created"), ("Ngày tạo hồ sơ", "created"), ("NGAY_CAP_NHAT", "updated"),
        ("Ngày cập nhật hồ sơ", "updated"), ("Cập nhật lần cuối", "updated"),
        ("CAI_UNG_DUNG", "app_opened"), ("Đã cài ứng dụng", "app_opened"), ("Cài App", "app_opened"),
        ("SO_LUOT_KHAM", "visits"), ("Số lần khám", "visits"),
        ("TRANG_THAI", "status"), ("Tình trạng hồ sơ", "status"),
        ("Nam", "male"), ("Nữ", "female"),
        ("Ngày cấp", "-"), ("Nơi cấp CCCD", "-"), ("Nơi sinh", "-"), ("Họ tên mẹ", "-"),
        ("SĐT người giám hộ", "-"), ("Số CCCD của mẹ", "-"), ("Nghề nghiệp", "-"), ("Quê quán", "-"),
        ("Hạn sử dụng thẻ", "-"), ("Ngày chết", "-"), ("Huyện", "-"), ("Tỉnh/Thành phố", "-"),
        ("Nơi đăng ký khai sinh", "-"),
        ("DT", None), ("Chuyến đò", None), ("", None), ("X" * 200, None),
    ],
)  # fmt: skip
def test_a_header_names_its_field(header, field):
    assert field_of(header) == field
    if field not in (None, "birth_year", "phone", "system_number", "household"):
        assert field_of(header.upper()) == field


@pytest.mark.parametrize(
    ("texts", "field"),
    [
        (["Ngày, tháng, năm sinh", "Nam"], "birth_male"),
        (["Ngày, tháng, năm sinh", "Nữ"], "birth_female"),
        (["Năm sinh", "Nam"], "birth_male"),
        (["Sinh", "Ngày sinh"], "birth"),
        (["Sinh", "Giới tính"], "sex"),
        (["Giới tính", "Nam"], "sex_male"),
        (["Ngày sinh", "Năm"], "birth_year"),
        (["Ngày sinh", "Tháng"], "birth_month"),
        (["Thẻ BHYT", "Số"], "card"),
        (["CCCD", "Ngày cấp"], "-"),
        (["CCCD", "Số"], "id"),
        ([], None),
    ],
)
def test_two_levels_of_header_are_read_together(texts, field):
    assert resolve(texts) == field


def test_titles_above_and_numbers_below_the_header_are_told_apart():
    layout = layout_of([
        ["UBND PHƯỜNG TÂN PHONG"], ["DANH SÁCH"], [],
        ["STT", "Họ và tên", "Ngày sinh", "Số CCCD"],
        ["(1)", "(2)", "(3)", "(4)"],
        [1, "Lò Văn A", "1/2/1990", "012090000001"],
    ])  # fmt: skip
    assert layout.header_rows == [4, 5]
    assert layout.columns == {"number": 0, "name": 1, "birth": 2, "id": 3}
    assert layout.unit_text == "PHƯỜNG TÂN PHONG"


def test_lettered_column_numbers_are_header_too():
    layout = layout_of([
        ["STT", "Họ và tên", "Ngày sinh", "Số CCCD"],
        ["A", "B", 1.0, 2.0],
        [1, "Lò Văn A", "1/2/1990", "012090000001"],
    ])  # fmt: skip
    assert layout.header_rows == [1, 2]


def test_a_merged_birth_header_over_nam_and_nu_gives_both_dates():
    for merged in ([((0, 2), (0, 3))], []):
        layout = layout_of([
            ["STT", "Họ và tên", "Ngày sinh", "", "Dân tộc"],
            ["", "", "Nam", "Nữ", ""],
            [1, "Lò Văn A", "1/2/1990", "", "Thái"],
        ], merged=merged)  # fmt: skip
        assert layout.columns["birth_male"] == 2
        assert layout.columns["birth_female"] == 3
        assert layout.header_rows == [1, 2]


@pytest.mark.parametrize(
    ("day", "month", "year"),
    [("Ngày", "Tháng", "Năm"), ("Ngày", "Tháng", "NAM"), ("dd", "mm", "yyyy")],
)
def test_day_month_and_year_in_three_columns(day, month, year):
    layout = layout_of([
        ["STT", "Họ và tên", "Ngày sinh", "", "", "Số CCCD"],
        ["", "", day, month, year, ""],
        [1, "Lò Văn A", 1, 2, 1990, "012090000001"],
    ], merged=[((0, 2), (0, 4))])  # fmt: skip
    assert {k: layout.columns[k] for k in ("birth_day", "birth_month", "birth_year")} == {
        "birth_day": 2, "birth_month": 3, "birth_year": 4,
    }  # fmt: skip


def test_ngay_sinh_beside_thang_sinh_is_only_the_day():
    layout = layout_of([
        ["Họ và tên", "Ngày sinh", "Tháng sinh", "Năm sinh"], ["Lò Văn A", 1, 2, 1990],
    ])  # fmt: skip
    assert layout.columns == {"name": 0, "birth_day": 1, "birth_month": 2, "birth_year": 3}


def test_a_day_without_a_year_is_dropped():
    layout = layout_of([["Họ và tên", "Ngày", "Số CCCD"], ["Lò Văn A", 1, "012090000001"]])
    assert "birth_day" not in layout.columns


def test_surname_and_given_name_in_two_columns():
    layout = layout_of([["STT", "Họ đệm", "Tên", "Năm sinh"], [1, "Lò Văn", "A", 1990]])
    assert layout.columns == {"number": 0, "last_name": 1, "first_name": 2, "birth": 3}


def test_a_merged_name_header_over_two_columns():
    layout = layout_of(
        [["STT", "Họ và tên", "Tên", "Năm sinh"], [1, "Lò Văn", "A", 1990]],
    )
    assert (layout.columns["last_name"], layout.columns["first_name"]) == (1, 2)


def test_one_half_of_a_name_is_the_name():
    assert layout_of([["STT", "Tên", "Năm sinh"], [1, "Lò Văn A", 1990]]).columns["name"] == 1
    columns = layout_of([["Họ và tên", "Họ", "Năm sinh"], ["Lò Văn A", "Lò", 1990]]).columns
    assert columns["name"] == 0
    assert "last_name" not in columns


def test_group_titles_over_the_header_belong_to_it():
    layout = layout_of([
        ["DANH SÁCH"],
        ["Thông tin cá nhân", "", "", "Thẻ BHYT", ""],
        ["Họ và tên", "Ngày sinh", "Giới tính", "Số", "Từ ngày"],
        ["Lò Văn A", "1/2/1990", "Nam", "GD4128192775092", "1/1/2024"],
    ], merged=[((1, 0), (1, 2)), ((1, 3), (1, 4))])  # fmt: skip
    assert layout.header_rows == [2, 3]
    assert layout.columns == {"name": 0, "birth": 1, "sex": 2, "card": 3}


def test_nam_and_nu_without_a_group_are_told_by_what_they_hold():
    dates = layout_of(
        [["Họ và tên", "Nam", "Nữ"], ["Lò Văn A", "1/2/1990", ""], ["Lò Thị B", "", "1991"]]
    )
    assert {"birth_male", "birth_female"} <= dates.columns.keys()
    ticks = layout_of([["Họ và tên", "Nam", "Nữ", "Năm sinh"], ["Lò Văn A", "x", "", 1990]])
    assert {"sex_male", "sex_female"} <= ticks.columns.keys()


HEADERLESS = [
    [n, name, f"{n}/2/1990", f"0120900000{n:02}", "Thái", f"091234567{n}", f"GD41281927750{n:02}", "Nam", "Con", "Bản Mới", f"LC105-10000{n}"]
    for n, name in enumerate(["Lò Văn A", "Vì Thị B", "Hà Đức C", "Lê D"], 1)
]  # fmt: skip
BY_CONTENT = {
    "name": 1, "birth": 2, "id": 3, "ethnicity": 4, "phone": 5, "card": 6, "sex": 7, "relation": 8,
    "hamlet": 9, "system_number": 10,
}  # fmt: skip


def test_without_a_header_the_content_tells_the_columns():
    layout = layout_of(HEADERLESS)
    assert layout.header_rows == []
    assert layout.columns == BY_CONTENT
    assert layout.confidence < 1
    assert set(layout.guessed) == set(BY_CONTENT)


def test_an_unknown_header_is_kept_and_the_content_tells_its_column():
    header = [f"Cột thứ {'abcdefghijklm'[n]}" for n in range(11)]
    layout = layout_of([header, *HEADERLESS])
    assert layout.header_rows == [1]
    assert layout.columns == BY_CONTENT
    assert layout.unknown == {0: "Cột thứ a"}


def test_a_header_beats_content_and_an_unknown_column_is_listed():
    layout = layout_of([
        ["Họ và tên", "Bí danh", "Ngày sinh", "Mã lạ"],
        *([f"Lò Văn {c}", f"Lò {c}", "1/2/1990", f"09{n}"] for n, c in enumerate("ABCD")),
    ])  # fmt: skip
    assert layout.columns == {"name": 0, "birth": 2}
    assert layout.unknown == {1: "Bí danh", 3: "Mã lạ"}


def test_a_place_repeated_in_every_row_is_not_taken_for_names():
    rows = [
        [f"012090{n:06}", "Lai Châu", f"{n % 28 + 1}/2/1990", f"Lò Văn {'ABCDE'[n % 5]}"]
        for n in range(60)
    ]
    layout = layout_of([["Số CCCD", "gì đó", "Ngày sinh", "ai đó"], *rows])
    assert "name" not in layout.columns or layout.columns["name"] == 3


@pytest.mark.parametrize(
    ("header", "kind"),
    [
        (["MA_HSSK", "HO_TEN", "NGAY_SINH", "NGAY_TAO", "TRANG_THAI"], "records"),
        (["Hộ số", "Họ và tên", "Ngày sinh", "Quan hệ với chủ hộ"], "roster"),
        (["Họ và tên", "Ngày sinh", "Số CCCD"], "roster"),
    ],
)
def test_the_kind_is_told_by_the_columns(header, kind):
    assert layout_of([header, ["x"] * 5]).kind == kind
    assert layout_of([header, ["x"] * 5], kind="records").kind == "records"


@pytest.mark.parametrize(
    "rows", [[], [["a", "b"]], [["Tổ", "Số hộ", "Số khẩu"], ["Tổ 1", 20, 80]], [[1, 2, 3]] * 5]
)
def test_a_sheet_without_people_has_no_layout(rows):
    assert layout_of(rows) is None


def test_a_corrected_layout_is_remembered_by_the_shape_of_its_header():
    rows = [["Họ và tên", "Mã A", "Mã B", "Ngày sinh"], ["Lò Văn A", "77", "88", "1/2/1990"]]
    first = layout_of(rows)
    corrected = {**first.to_dict(), "kind": "records"}
    corrected["columns"]["note"] = 2
    corrected["columns"]["no such field"] = 3
    again = layout_of(
        [["TIÊU ĐỀ KHÁC"], [], *rows], layouts={first.shape: corrected}, title="Trang 2"
    )
    assert again.columns["note"] == 2
    assert "no such field" not in again.columns
    assert again.kind == "records"
    assert (again.sheet, again.header_rows) == ("Trang 2", [3])
    assert layout_of(rows, layouts={"other": corrected}).columns == first.columns


def test_a_remembered_layout_without_people_is_no_layout():
    rows = [["Họ và tên", "Ngày sinh"], ["Lò Văn A", "1/2/1990"]]
    shape = layout_of(rows).shape
    assert layout_of(rows, layouts={shape: {"columns": {"note": 0}}}) is None


def test_the_shape_ignores_marks_case_and_blank_tails():
    shape = shape_of([["Họ và tên"], ["Ngày sinh"], []], {})
    assert shape == shape_of([["HO_VA_TEN"], ["ngay sinh"]], {})
    assert shape != shape_of([["Họ và tên"], ["Giới tính"]], {})


@given(
    st.dictionaries(st.sampled_from(FIELDS), st.integers(0, 50)),
    st.dictionaries(st.integers(0, 50), st.text()),
)
def test_a_layout_survives_being_a_plain_dict(columns, unknown):
    layout = Layout("a", [1], columns, unknown=unknown, date_order={"birth": "mdy"})
    assert Layout.from_dict(layout.to_dict()) == layout


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("UBND PHƯỜNG TÂN PHONG", "PHƯỜNG TÂN PHONG"),
        ("DANH SÁCH NHÂN KHẨU PHƯỜNG QUYẾT THẮNG (tính đến ngày 01/3/2024)", "PHƯỜNG QUYẾT THẮNG"),
        ("Danh sách nhân khẩu xã San Thàng năm 2024", "xã San Thàng"),
        ("Danh sách xã San Thàng, thành phố Lai Châu", "xã San Thàng"),
        ("Danh sách xã San Thàng thành phố Lai Châu", "xã San Thàng"),
        ("DANH SACH NHAN KHAU XA SUNG PHAI - THANG 3", "XA SUNG PHAI"),
        ("P. Tân Phong", "P. Tân Phong"),
        ("X. Sùng Phài", "X. Sùng Phài"),
        ("TT. Tam Đường", "TT. Tam Đường"),
        ("Thị trấn Tam Đường - huyện Tam Đường", "Thị trấn Tam Đường"),
        ("Phường 5, Quận 3", "Phường 5"),
        ("Tổ 5 phường Đoàn Kết", "phường Đoàn Kết"),
        ("Bản Sùng Phài, Xã Sùng Phài, TP Lai Châu", "Xã Sùng Phài"),
        ("ỦY BAN NHÂN DÂN XÃ", ""),
        ("DANH SÁCH CẤP XÃ, PHƯỜNG", ""),
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", ""),
        ("TP Lai Châu", ""),
        ("x\u0302\u0331", ""),
        ("", ""),
    ],
)
def test_a_commune_is_found_in_a_title(text, unit):
    assert unit_in(text) == unit


@pytest.mark.parametrize(
    ("text", "yes"),
    [
        ("Tổ 5", True), ("TDP 1", True), ("Tổ dân phố số 12", True), ("Bản Sùng Phài", True),
        ("bản Sin Chải", True), ("BẢN MỚI", True), ("Ban Moi", True), ("Thôn Đông", True), ("Khu phố 2", True),
        ("Xóm 3", True), ("Ấp Bình An", True), ("T.5", True), ("Buôn Ma Thuột", True), ("Tiểu khu 2", True),
        ("Bàn Mùi Khé", False), ("Tô Văn A", False), ("Lò Văn Tổ", False), ("TP Lai Châu", False),
        ("Khu vực 3", True), ("KHU VUC 3", True), ("Khu vực biên giới", False),
        ("Tân Phong", False), ("", False), ("Tổ", False), ("5", False),
    ],
)  # fmt: skip
def test_a_hamlet_is_known_by_its_first_word(text, yes):
    assert looks_like_hamlet(text) is yes


@pytest.mark.parametrize(
    ("address", "parts"),
    [
        ("Bản Sùng Phài, Xã Sùng Phài, TP Lai Châu", ("Bản Sùng Phài", "Xã Sùng Phài")),
        ("Tổ 11", ("Tổ 11", "")),
        ("TP Lai Châu", ("", "")),
        ("Khu vực 3, Phường Thới An", ("Khu vực 3", "Phường Thới An")),
        ("Số 12, Tổ 5, Phường Đoàn Kết", ("Tổ 5", "Phường Đoàn Kết")),
        ("Tổ 5 phường Đoàn Kết", ("Tổ 5", "phường Đoàn Kết")),
        ("Tổ 5 - P. Đoàn Kết - TP Lai Châu", ("Tổ 5", "P. Đoàn Kết")),
        ("", ("", "")),
    ],
)
def test_an_address_gives_its_hamlet_and_commune(address, parts):
    assert split_address(address) == parts


def test_a_title_or_a_sheet_name_may_name_a_hamlet():
    assert title_hamlet([], "Tổ 5") == "Tổ 5"
    assert title_hamlet([], "Bản Mới xã San Thàng") == "Bản Mới"
    assert (
        title_hamlet(["DANH SÁCH NHÂN KHẨU TỔ DÂN PHỐ SỐ 3 PHƯỜNG TÂN PHONG"], "x")
        == "TỔ DÂN PHỐ SỐ 3"
    )
    assert title_hamlet(["ỦY BAN NHÂN DÂN XÃ SÙNG PHÀI", "DANH SÁCH"], "Sheet1") == ""
    assert section_hamlet("II. Bản Gia Khâu") == "Bản Gia Khâu"
    assert section_hamlet("1) Tổ 5:") == "Tổ 5"
    assert section_hamlet("Người lập biểu") == ""
    assert section_hamlet("Tổ " + "x" * 80) == ""


def test_the_commune_and_hamlet_of_a_sheet_come_from_its_title_then_its_name():
    rows = [["Họ và tên", "Ngày sinh"], ["Lò Văn A", date(1990, 2, 1)]]
    assert layout_of(rows, title="X. Sùng Phài").unit_text == "X. Sùng Phài"
    assert layout_of([["XÃ SAN THÀNG"], *rows], title="X. Sùng Phài").unit_text == "XÃ SAN THÀNG"
    assert layout_of(rows, title="Tổ 5").hamlet_text == "Tổ 5"
    assert layout_of(rows).unit_text == ""
