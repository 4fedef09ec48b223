"""Formulas that failed, or that the program which wrote the file never worked out."""

import re
import zipfile

import xlsxwriter

from hssk.exchange.formats.tables.read import read


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
