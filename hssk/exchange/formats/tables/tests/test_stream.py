"""Sheets that state or reach far more than they hold are ordinary files."""

import re
from datetime import date, datetime

import pytest
import xlsxwriter

from hssk.exchange.formats.door import UnreadableFile, read_in_child
from hssk.exchange.formats.tables.extents import column_index, column_letter, stated_cells
from hssk.exchange.formats.tables.read import read
from hssk.exchange.formats.tables.sheets import open_sheets
from hssk.exchange.formats.tables.stream import stream_workbook
from hssk.exchange.formats.tables.tests import making

TABLE = [["XÃ SÙNG PHÀI"], making.HEADER, *making.PEOPLE]


@pytest.fixture
def far(tmp_path):
    """A list of three with a blank formatted cell and a stray text far away."""
    path = tmp_path / "far.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet()
    for row, cells in enumerate(TABLE):
        for column, value in enumerate(cells):
            sheet.write(row, column, value)
    sheet.write_blank(500_000, 3, None, book.add_format({"bold": True}))
    sheet.write(1_048_575, 16_383, "x")
    book.close()
    return str(path)


def test_a_stray_cell_in_the_last_corner_costs_nothing(far):
    assert stated_cells(far) == 1_048_576 * 16_384
    found = read(far)
    assert [row.name for row in found.rows] == making.NAMES
    assert [row.number for row in found.rows] == [3, 4, 5]
    assert found.rows[0].unit_text == "XÃ SÙNG PHÀI"
    assert found.sheets[0].layout.header_rows == [2]


def test_a_sheet_that_states_little_and_reaches_far_is_read_by_the_second_way(far, tmp_path):
    def lie(name, content):
        return re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="A1:G5"', content)

    path = making.rewrite(far, tmp_path / "lie.xlsx", lie)
    assert [row.name for row in read_in_child(path).rows] == making.NAMES


def test_both_ways_of_reading_agree(tmp_path):
    rows = [
        making.HEADER,
        [1, "1", "Nguyễn & Đức <b>", date(1958, 3, 5), "Nam", 12058123456, 1.5],
        [2, "", "Trần Thị Hường", datetime(1960, 1, 2, 3, 4, 5), True, "x", ""],
        [],
        [3, "", "Lò Văn Ứng", 1990, "Nam", "", False],
    ]
    path = making.xlsx(tmp_path / "a.xlsx", rows, [["trang hai"]], [["ẩn"]], hidden=[2])
    one, two = list(open_sheets(path)), list(open_sheets(path, streaming=True))
    assert [(s.title, s.hidden) for s in one] == [(s.title, s.hidden) for s in two]
    a, b = read(path).rows, read(path, streaming=True).rows
    assert [(r.number, r.cells, r.name, r.birth, r.pid) for r in a] == [
        (r.number, r.cells, r.name, r.birth, r.pid) for r in b
    ]


WORKBOOK = """<workbook xmlns="m" xmlns:r="r"><workbookPr date1904="1"/><sheets>
<sheet name="A" sheetId="1" r:id="r1"/><sheet name="B" sheetId="2" r:id="r9"/></sheets></workbook>"""
RELS = """<Relationships xmlns="p"><Relationship Id="r1" Type="x/worksheet" Target="/xl/worksheets/one.xml"/>
<Relationship Id="r2" Type="x/styles" Target="styles.xml"/></Relationships>"""
STYLES = """<styleSheet xmlns="m"><numFmts><numFmt numFmtId="170" formatCode="[$-42A]dd/mm/yyyy"/>
<numFmt numFmtId="171" formatCode="&quot;ngày&quot; 0"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/>
<xf numFmtId="170"/><xf numFmtId="171"/></cellXfs></styleSheet>"""
STRINGS = (
    """<sst xmlns="m"><si><r><t>Họ và </t></r><r><t>tên</t></r><rPh><t>no</t></rPh></si></sst>"""
)
SHEET = """<worksheet xmlns="m"><sheetData><row r="2" spans="1:3"><c r="A2" t="s"><v>0</v></c>
<c r="B2" t="inlineStr"><is><t>Ngày sinh</t></is></c><c r="C2" t="str"><f>1</f><v>f</v></c><c r="D2" t="s"><v>7</v></c></row>
<row><c><v>1</v></c><c s="1"><v>0</v></c><c s="2"><v>1.5</v></c><c s="3"><v>2</v></c><c t="b"><v>1</v></c><c t="e"><v>#N/A</v></c><c/><c t="inlineStr"/><c><v></v></c><c s="1"><v>-5</v></c></row>
<row r="5"/><row r="6"></row><row r="3000000"><c><v>1</v></c></row></sheetData></worksheet>"""


def handmade(tmp_path, **changes):
    import zipfile

    parts = {"workbook": WORKBOOK, "_rels/workbook.xml.rels": RELS, "styles": STYLES}
    parts |= {"sharedStrings": STRINGS, "worksheets/one": SHEET, **changes}
    path = tmp_path / "hand.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            if content is not None:
                archive.writestr("xl/" + name + ("" if "." in name else ".xml"), content)
    return str(path)


def test_every_kind_of_cell_is_streamed(tmp_path):
    (sheet,) = stream_workbook(handmade(tmp_path))
    assert sheet.title == "A"
    assert sheet.numbers == [2, 3]
    assert sheet.rows[0] == ["Họ và tên", "Ngày sinh", "f"]
    assert sheet.rows[1] == [
        1.0,
        date(1904, 1, 1),
        datetime(1904, 1, 2, 12),
        2.0,
        True,
        "#N/A",
        None,
        None,
        None,
        -5.0,
    ]


def test_a_workbook_without_strings_or_styles_is_streamed(tmp_path):
    (sheet,) = stream_workbook(handmade(tmp_path, sharedStrings=None, styles=None))
    assert sheet.rows[1][1] == 0.0


@pytest.mark.parametrize(
    ("part", "content"),
    [
        ("worksheets/one", None),
        ("worksheets/one", "<broken"),
        ("worksheets/one", '<a><row r="x"/><row r="y"><c/></row></a>'),
        ("_rels/workbook.xml.rels", None),
        ("_rels/workbook.xml.rels", "<broken"),
        ("workbook", "<broken"),
    ],
)
def test_a_broken_part_is_a_damaged_file(tmp_path, part, content):
    with pytest.raises(UnreadableFile) as refusal:
        list(stream_workbook(handmade(tmp_path, **{part: content})))
    assert refusal.value.kind == "damaged"


def test_a_long_sheet_comes_through_the_cutting_of_blanks_whole(tmp_path):
    path = tmp_path / "long.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet, bold = book.add_worksheet(), book.add_format({"bold": True})
    for column, title in enumerate(making.HEADER):
        sheet.write(0, column, title)
    for row in range(1, 30_001):
        sheet.write(row, 2, f"Lò Văn {row}")
        sheet.write(row, 3, 1950 + row % 70)
        for column in (4, 5, 6):
            sheet.write_blank(row, column, None, bold)
    book.close()
    found = read(str(path), streaming=True)
    assert [row.number for row in found.rows] == list(range(2, 30_002))


@pytest.mark.parametrize(("letters", "index"), [("A", 0), ("Z", 25), ("AA", 26), ("XFD", 16_383)])
def test_columns_have_letters(letters, index):
    assert column_index(letters) == index
    assert column_letter(index) == letters


def test_the_stated_extent_of_a_damaged_file_is_nothing(tmp_path):
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"PK")
    assert stated_cells(str(path)) == 0
