"""Formulas that failed, or that the program which wrote the file never worked out."""

import re
import struct
import zipfile
from pathlib import Path

import pytest
import xlsxwriter

from hssk.exchange.formats.tables.read import read
from hssk.exchange.formats.tables.tests import making

OLD = Path(__file__).parents[1] / "samples" / "cong_thuc_loi.xls"


def _formulas(path, *results):
    """A list of people whose birth and number are formulas, with (birth, number) as results."""
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("Bản 'Nậm' 1")
    sheet.write_row(0, 0, ["Họ và tên", "Năm sinh", "Số CCCD"])
    for row, (birth, number) in enumerate(results, 1):
        sheet.write(row, 0, "Lò Văn A")
        sheet.write_formula(row, 1, "=D1", None, birth)
        sheet.write_formula(row, 2, "=E1", None, number)
    book.close()
    return str(path)


def _alter(path, pattern, replacement):
    """Write the sheet as other programs do."""
    part = "xl/worksheets/sheet1.xml"
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts[part], count = re.subn(pattern, replacement, parts[part])
    assert count
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


def test_a_formula_that_failed_is_told_and_is_no_blank(tmp_path):
    path = _formulas(tmp_path / "a.xlsx", ("#N/A", "#REF!"), (1958, ""))
    _alter(path, rb'<c r="C3">', b'<c r="C3" t="str">')  # as Excel writes an empty text
    failed, fine = read(path).rows
    assert [problem.column for problem in failed.problems] == ["B", "C"]
    assert "công thức trong ô báo lỗi hoặc chưa được tính (#N/A)" in failed.problems[0].text
    assert (failed.name, failed.birth, failed.pid, failed.rejected) == ("Lò Văn A", None, "", False)
    assert failed.cells == ["Lò Văn A", "#N/A", "#REF!"]
    assert not fine.problems, "an empty text is what the formula says"


def test_a_formula_that_was_never_worked_out_is_told(tmp_path):
    path = _formulas(tmp_path / "a.xlsx", (1958, "012058123456"))
    _alter(path, rb" t=\"str\"|<v>(1958|012058123456)</v>", b"")
    (row,) = read(path).rows
    assert [problem.column for problem in row.problems] == ["B", "C"]


def test_an_error_in_a_name_is_nobodys_name_however_the_file_is_read(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("Họ và tên,Năm sinh,Số CCCD\n#N/A,1958,012058123456\n")
    book = xlsxwriter.Workbook(str(tmp_path / "a.xlsx"))
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["Họ và tên", "Năm sinh", "Số CCCD"])
    sheet.write_formula(1, 0, "=D1", None, "#N/A")
    sheet.write_row(1, 1, [1958, "012058123456"])
    book.close()
    for rows in (
        read(str(path)).rows,
        read(str(tmp_path / "a.xlsx")).rows,
        read(str(tmp_path / "a.xlsx"), streaming=True).rows,
    ):
        assert [(row.name, row.pid) for row in rows] == [("", "012058123456")]
        assert rows[0].problems[0].column == "A"


def _told(path):
    return {
        row.number: [(p.column, p.text.partition("(")[2].partition(")")[0]) for p in row.problems]
        for row in read(str(path)).rows
        if row.problems
    }


def test_an_old_workbook_tells_the_formulas_that_failed():
    told = _told(OLD)
    assert (told[3], told[5]) == ([("B", "#N/A"), ("C", "#DIV/0!")], [("B", "#N/A")])
    assert 4 not in told, "a year and a number, as they should be"


def test_an_old_workbook_tells_an_error_that_is_no_formula_any_more(tmp_path):
    content = OLD.read_bytes()
    at = content.index(struct.pack("<4H", 0x0203, 14, 5, 1))  # the number in B6
    error = struct.pack("<4H", 0x0205, 8, 5, 1) + content[at + 8 : at + 10] + b"\x17\x01"
    filler = struct.pack("<HH", 0x00F3, 2) + bytes(2)
    (tmp_path / "a.xls").write_bytes(content[:at] + error + filler + content[at + 18 :])
    assert _told(tmp_path / "a.xls")[6] == [("B", "#REF!")]


@pytest.mark.parametrize("cut", [76, 512, 700, 1500, 3000])
def test_looking_for_errors_in_a_damaged_old_workbook_breaks_nothing(tmp_path, cut):
    from hssk.exchange.formats.tables.unworked_xls import failed_in_xls

    for content in (OLD.read_bytes()[:cut], OLD.read_bytes()[:cut] + b"\xff" * 4000):
        (tmp_path / "a.xls").write_bytes(content)
        assert isinstance(list(failed_in_xls(str(tmp_path / "a.xls"))), list)


@pytest.mark.parametrize(("said", "told"), [("#N/A", "#N/A"), ("Err:502", "#?")])
def test_an_open_document_tells_the_formulas_that_failed(tmp_path, said, told):
    people = [["Họ và tên", "Năm sinh", "Số CCCD"], ["", "", ""], ["Lò Văn A", 1958, said]]
    plain = making.ods(tmp_path / "plain.ods", people)
    text = f'office:value-type="string"><text:p>{said}'.encode()
    failed = f'office:value-type="string" calcext:value-type="error"><text:p>{said}'.encode()
    spaces = b'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'

    def fail(name, content):
        marked = content.replace(
            text, failed.replace(b'"string"', b'"string" office:string-value=""')
        )
        return marked.replace(b"xmlns:table", spaces + b" xmlns:table", 1)

    assert _told(making.rewrite(plain, tmp_path / "a.ods", fail)) == {3: [("C", told)]}
