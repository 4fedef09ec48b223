from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hssk.exchange.formats.tables import legacy
from hssk.exchange.formats.tables.cells.mixture import NEW, OLD, Mixture
from hssk.exchange.formats.tables.cells.syllables import is_syllable
from hssk.exchange.formats.tables.read import read
from hssk.exchange.formats.tables.tests import making
from hssk.exchange.formats.tables.text_files import decode_bytes, sniff_delimiter

SAMPLES = Path(__file__).parents[1] / "samples"
TEXT = making.csv_text()
WIDE = [["XÃ SÙNG PHÀI"], making.HEADER, *making.PEOPLE * 4]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize(
    "encode",
    [
        lambda text: text.encode(),
        lambda text: text.encode("utf-8-sig"),
        lambda text: text.encode("utf-16"),
        lambda text: b"\xfe\xff" + text.encode("utf-16-be"),
        lambda text: text.encode("utf-16-le"),
        lambda text: text.encode("utf-16-be"),
        lambda text: making.tcvn3(text).encode("latin-1"),
        lambda text: making.vni(text).encode("latin-1"),
        making.cp1258,
    ],
    ids=["utf8", "bom", "utf16", "utf16be-bom", "utf16le", "utf16be", "tcvn3", "vni", "cp1258"],
)
def test_a_text_file_is_read_in_any_encoding_with_any_delimiter(tmp_path, encode, delimiter):
    path = tmp_path / "a.csv"
    path.write_bytes(encode(making.csv_text(delimiter)))
    rows = read(str(path)).rows
    assert [row.name for row in rows] == making.NAMES
    assert [row.pid for row in rows] == ["012058123456", "012160123456", ""]
    assert [row.sex for row in rows] == [1, 2, 1]
    assert [row.number for row in rows] == [2, 3, 4]


def test_a_line_for_excel_names_the_delimiter_and_has_no_row_number(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("sep=;\n" + making.csv_text(";"))
    assert [row.number for row in read(str(path)).rows] == [2, 3, 4]


def test_quoted_lines_blank_lines_and_text_formulas_keep_their_place(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(
        'Họ và tên,Số CCCD,Địa chỉ\n"Lò Văn A","=""012058123456""","Tổ 5,\nPhường Đoàn Kết"\n\nVì Thị B,\'012158000001,\n'
    )
    first, second = read(str(path)).rows
    assert (first.number, first.pid, first.hamlet_text) == (2, "012058123456", "Tổ 5")
    assert (second.number, second.pid) == (4, "012158000001")


def test_one_bad_byte_does_not_turn_utf8_into_something_else():
    content = (TEXT * 20).encode() + b"\xff"
    assert decode_bytes(content).startswith(TEXT)


def test_a_bad_byte_far_below_does_not_either():
    assert decode_bytes(TEXT.encode() + b" " * 300_000 + b"\xff").startswith(TEXT)


def test_an_unclosed_quote_does_not_break_the_delimiter_sniffing():
    assert sniff_delimiter(['"a;b', "c;d"]) in ",;\t|"
    assert sniff_delimiter([]) == ","


def test_a_cell_of_a_megabyte_is_refused(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(making.csv_text() + '"' + "x" * (1 << 21))
    with pytest.raises(Exception, match="hỏng"):
        read(str(path))


@pytest.mark.parametrize(("encode", "name"), [(making.tcvn3, "tcvn3"), (making.vni, "vni")])
def test_old_text_inside_a_workbook_is_decoded(tmp_path, encode, name):
    table = [[encode(v) if isinstance(v, str) else v for v in row] for row in WIDE]
    reading = read(making.xlsx(tmp_path / "a.xlsx", table))
    assert [row.name for row in reading.rows] == making.NAMES * 4
    assert reading.rows[0].unit_text == "XÃ SÙNG PHÀI"
    assert reading.sheets[0].layout.encoding == name
    assert any(name.upper() in note.text for note in reading.sheets[0].notes)


def test_old_text_between_unicode_text_is_decoded_where_it_is_clear(tmp_path):
    mixed = [WIDE[0], making.HEADER, *making.PEOPLE * 4]
    mixed += [[making.tcvn3(v) if isinstance(v, str) else v for v in row] for row in making.PEOPLE]
    mixed.append([16, "9", "NGÔ THÊ", "1/2/1980", "Nam", "", "Kinh"])
    reading = read(making.xlsx(tmp_path / "a.xlsx", mixed))
    names = [row.name for row in reading.rows]
    assert names[:12] == making.NAMES * 4
    assert names[12] == "Nguyễn Văn Đức"
    assert names[-1] == "NGÔ THÊ"


HEAD = ["STT", "Họ và tên", "Dân tộc", "Quan hệ", "Quê quán"]
FOLK = [
    ["Nguyễn Văn Đức", "Kinh", "Chủ hộ", "Hà Nội"],
    ["Trần Thị Hường", "Giáy", "Vợ", "Tân Uyên"],
    ["Lò Văn Ứng", "Thái", "Con", "Phúc Thọ"],
    ["Giàng A Páo", "Mông", "Chủ hộ", "Bản Hồ"],
    ["Lý Hùng", "Dao", "Cháu", "Hoà Bình"],
    ["Tẩn Mẩy Sếnh", "Dao", "Mẹ", "Đoàn Kết"],
    ["Ngô Bích Thùy", "Kinh", "Bố", "Sìn Hồ"],
]
LIST = [HEAD, *[[n + 1, *FOLK[n * 3 % len(FOLK)]] for n in range(60)]]
PARTS = {
    "names": lambda row, column: column == 1 and row,
    "peoples": lambda row, column: column == 2 and row,
    "block": lambda row, column: 20 <= row < 40,
    "bottom": lambda row, column: row > 50,
    "woven": lambda row, column: row % 3 == 1,
    "two rows": lambda row, column: row in (7, 8),
    "all rows": lambda row, column: row,
    "all": lambda row, column: True,
}


@pytest.mark.parametrize("part", PARTS.values(), ids=PARTS)
@pytest.mark.parametrize(("encode", "code"), [(making.tcvn3, "tcvn3"), (making.vni, "vni")])
def test_old_cells_are_decoded_and_no_other_wherever_they_stand(encode, code, part):
    rows = [
        [encode(v) if isinstance(v, str) and part(r, c) else v for c, v in enumerate(row)]
        for r, row in enumerate(LIST)
    ]
    assert legacy.settle(rows) == code
    assert rows == LIST


def test_each_column_has_its_own_code():
    rows = [
        HEAD,
        *[[n, making.tcvn3(a), b, making.vni(c), making.vni(d)] for n, a, b, c, d in LIST[1:]],
    ]
    assert legacy.settle(rows) in ("tcvn3", "vni")
    assert rows == LIST


def test_four_old_rows_under_a_unicode_header_are_decoded_and_said(tmp_path):
    old = [[making.tcvn3(v) if isinstance(v, str) else v for v in row] for row in making.PEOPLE]
    reading = read(making.xlsx(tmp_path / "a.xlsx", [making.HEADER, *old]))
    assert [row.name for row in reading.rows] == making.NAMES
    assert any("TCVN3" in note.text for note in reading.sheets[0].notes)


@pytest.mark.parametrize(
    "odd",
    [
        ["Müller", "Citroën", "François", "Søren", "Peña", "Zoë"],
        ["3×4", "2×2", "«Nam»", "½", "§ 5", "60 m²", "·", "©"],
        ["Muù", "Trang Thị MUÙ", "Haù"],  # letters that changed places
        ["NguyÔn"],  # one cell may be anything
        ["NguyÔ\u0301n", "V¨n Đức"],
    ],
)
def test_unicode_sheets_with_odd_letters_are_left_as_they_are(odd):
    rows = [*LIST, *[[1, text] for text in odd]]
    before = [list(row) for row in rows]
    assert legacy.settle(rows) == "unicode"
    assert rows == before


def test_a_unicode_sheet_costs_no_more_than_a_look(monkeypatch):
    monkeypatch.setattr(legacy, "_verdict", None)
    monkeypatch.setattr(legacy, "_columns", None)
    assert legacy.settle([list(row) for row in LIST]) == "unicode"


def test_cells_of_ambiguous_letters_go_with_the_known_words_of_their_column():
    names = ["Đỗ Hùng", "Lý Hùng", "Ng« H\xefng", "NGÔ", "B×nh"]
    rows = [[name] for name in names]
    legacy.settle(rows)
    assert [row[0] for row in rows] == ["Đỗ Hùng", "Lý Hùng", "Ngô Hùng", "NGÔ", "Bình"]


def test_a_cell_with_nothing_to_go_by_is_left():
    column = {1: "", 2: OLD, 3: NEW}
    assert Mixture([column]).old_rows(0, lambda row: "") == [2]
    assert Mixture([{4: ""}]).old_rows(0, lambda row: "") == []


@pytest.mark.parametrize("word", ["Nguyễn", "NGUYỆT", "Páo", "Giêng", "quẩy", "ỷ", "đức", "nghé"])
def test_a_vietnamese_word_is_a_syllable(word):
    assert is_syllable(word)


@pytest.mark.parametrize("word", ["Mỹller", "Ngễ", "Thấ", "Bớch", "đầc", "Đdcn", "hòá", "", "cê"])
def test_what_no_vietnamese_word_is(word):
    assert not is_syllable(word)


odd_text = st.text(alphabet="aeo nvNVTh¨©\xb5×ÔÞùñöâõÙ\xadạđ\u0301 /5", max_size=8)


@given(st.lists(st.lists(st.one_of(odd_text, st.none(), st.integers()), max_size=4), max_size=8))
def test_no_sheet_breaks_the_decoding_nor_loses_a_unicode_cell(rows):
    before = [list(row) for row in rows]
    legacy.settle(rows)
    for old, new in zip(before, rows, strict=True):
        for was, now in zip(old, new, strict=True):
            assert now == was or (isinstance(was, str) and not set(was) & set("ạđ\u0301"))


def test_unicode_text_is_never_taken_for_old_text():
    names = [
        "Nguyễn Văn Đức",
        "TÔ ÁNH",
        "LÝ A PÁO",
        "HÀ THÙY",
        "Cà Văn Òn",
        "VÌ A Ú",
        "Âu Cơ",
        "LÂM HOÀI",
    ]
    assert legacy.detect(names * 50) == "unicode"
    assert legacy.detect([making.tcvn3(name) for name in making.NAMES]) == "tcvn3"
    assert legacy.detect([making.vni(name) for name in making.NAMES]) == "vni"
    assert legacy.detect(["TÔ ÁNH", "LÝ A PÁO", "HÀ THÙY", "Cà Văn Òn"] * 50) == "unicode"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("NguyÔn V¨n §øc", "Nguyễn Văn Đức"),
        ("NGUYÔN V¡N §øC", "NGUYỄN VĂN ĐỨC"),
        ("Lß V¨n øng", "Lò Văn Ứng"),
        ("Lý A Sö", "Lý A Sử"),
        ("hä vµ tªn", "họ và tên"),
        ("Hoa", "Hoa"),
        ("Nguyễn", "Nguyễn"),
    ],
)
def test_tcvn3_is_read_as_its_typist_meant(typed, meant):
    assert legacy.decode(typed, "tcvn3") == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Nguyeãn Vaên Ñöùc", "Nguyễn Văn Đức"),
        ("TRAÀN THÒ HÖÔØNG", "TRẦN THỊ HƯỜNG"),
        ("Leâ Thò Bích Thuûy", "Lê Thị Bích Thủy"),
        ("Phöôøng Ñoaøn Keát", "Phường Đoàn Kết"),
    ],
)
def test_vni_is_read_as_its_typist_meant(typed, meant):
    assert legacy.decode(typed, "vni") == meant


letters = (
    "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiìỉĩíịklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvxyỳỷỹýỵ"
)


@given(st.text(alphabet=letters, min_size=1, max_size=20))
def test_every_small_letter_survives_tcvn3(text):
    assert legacy.encode_tcvn3(text).decode("latin-1").translate(legacy._TCVN3) == text


@pytest.mark.parametrize("letter", letters + letters.upper())
def test_every_letter_survives_vni(letter):
    assert legacy.decode("b" + making.vni(letter), "vni") == "b" + letter


@pytest.mark.parametrize("name", ["nhan_khau.xls", "nhan_khau_abc.xls"])
def test_an_old_workbook_is_read(name):
    reading = read(str(SAMPLES / name))
    assert [row.name for row in reading.rows] == making.NAMES
    assert [str(row.birth) for row in reading.rows] == ["5/3/1958", "1960", "7/8/1990"]
    assert [row.pid for row in reading.rows] == ["012058123456", "012160123456", ""]


def test_an_opendocument_sheet_is_read(tmp_path):
    reading = read(making.ods(tmp_path / "a.ods", WIDE))
    assert [row.name for row in reading.rows] == making.NAMES * 4
    assert reading.rows[0].unit_text == "XÃ SÙNG PHÀI"


@pytest.mark.parametrize("mark", ["\x0b", "\x0c", "\x1c", "\x85", "\u2028"])
def test_a_mark_that_excel_takes_for_no_line_end_leaves_a_row_whole(tmp_path, mark):
    path = tmp_path / "a.csv"
    path.write_text(f"Họ và tên,Thôn,Số CCCD\nLò Văn A,Bản{mark}Hoa,012058123456\n")
    (row,) = read(str(path)).rows
    assert (row.number, row.name, row.pid) == (2, "Lò Văn A", "012058123456")
    assert row.hamlet_text.split() == ["Bản", "Hoa"]


def test_three_dots_of_windows_end_no_row_of_an_old_text_file(tmp_path):
    text = "Họ và tên,Ghi chú,Số CCCD\nTrần Thị Hường,đã cấp sổ…,012160123456\n"
    path = tmp_path / "a.csv"
    path.write_bytes(making.tcvn3(text.replace("…", "~")).encode("latin-1").replace(b"~", b"\x85"))
    (row,) = read(str(path)).rows
    assert (row.name, row.note, row.pid) == ("Trần Thị Hường", "đã cấp sổ…", "012160123456")


def test_short_words_of_an_old_text_file_keep_their_case(tmp_path):
    path = tmp_path / "a.csv"
    people = "1,H001,Lò A Phử,Nam\n2,H002,Trần Đức Ỷ,Nam\n3,H003,LÒ VĂN DẬU,Nam\n"
    path.write_bytes(making.tcvn3("STT,Số hộ,Họ và tên,Giới tính\n" + people).encode("latin-1"))
    names = [row.name for row in read(str(path)).rows]
    assert names == ["Lò A Phử", "Trần Đức Ỷ", "LÒ VĂN DẬU"]


@pytest.mark.parametrize("closed", ["", '"'], ids=["left open", "closed by another one below"])
def test_a_quote_that_is_nobodys_swallows_no_rows(tmp_path, closed):
    path = tmp_path / "a.csv"
    people = [f"{n},Lò Văn {n * 'A'},01205812345{n},Tổ {n}" for n in range(1, 8)]
    people[1] = people[1].replace("Lò", '"Lò')
    people[5] = people[5].replace("Lò", closed + "Lò")
    path.write_text("STT,Họ và tên,Số CCCD,Tổ\n" + "\n".join(people) + "\n")
    rows = read(str(path)).rows
    assert [row.number for row in rows] == list(range(2, 9))
    assert [row.pid for row in rows] == [f"01205812345{n}" for n in range(1, 8)]
    assert rows[1].name == "Lò Văn AA"


def test_stray_quotes_in_two_lines_that_follow_make_no_row_of_them(tmp_path):
    path = tmp_path / "a.csv"
    people = [f"{n},Lò Văn {n * 'A'},01205812345{n},Tổ {n}" for n in range(1, 6)]
    people[1:3] = [line.replace("Lò", '"Lò') for line in people[1:3]]
    people[3] = people[3].replace("Tổ 4", '"Tổ 4, khu A\nBản Mới"')
    path.write_text("STT,Họ và tên,Số CCCD,Tổ\n" + "\n".join(people) + "\n")
    rows = read(str(path)).rows
    assert [row.pid for row in rows] == [f"01205812345{n}" for n in range(1, 6)]
    assert [row.name for row in rows][1:3] == ["Lò Văn AA", "Lò Văn AAA"]


def test_a_quote_left_open_on_top_of_a_long_file_swallows_no_rows(tmp_path):
    path = tmp_path / "a.csv"
    people = "".join(f"{n},Lò Văn A,012058{n:06d},Tổ {n}\n" for n in range(40_000))
    path.write_text('STT,Họ và tên,Số CCCD,Tổ\n1,"Lò Thị B,012158000001,Tổ 1\n' + people)
    assert len(read(str(path)).rows) == 40_001
