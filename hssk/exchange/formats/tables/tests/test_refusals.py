"""What cannot be read is refused by name, with what to do."""

import contextlib
import zipfile
from datetime import datetime
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hssk.exchange.formats.errors import UnreadableFile
from hssk.exchange.formats.tables.read import read
from hssk.exchange.formats.tables.refusals import KINDS, refuse
from hssk.exchange.formats.tables.tests import making

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504


def wide(text):
    return text.encode("utf-16-le")


def zipped(path, **parts):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return path.read_bytes()


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"", "empty"),
        (b" \r\n\r\n ", "empty"),
        (b"\r\n  \r\n,,,\r\n", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"sep=;\r\n", "empty"),
        (b"sep=;", "empty"),
        (b"<html><body><table><tr><td>x</td></tr></table></body></html>", "html"),
        (b"\xef\xbb\xbf<!DOCTYPE html>", "html"),
        ("<html xmlns='x'>".encode("utf-16"), "html"),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related", "html"),
        (
            b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">',
            "xml",
        ),
        (b'<?xml version="1.0"?><GIAMDINHHS/>', "xml"),
        (b"%PDF-1.7 ...", "pdf"),
        (b"\x89PNG\r\n\x1a\n", "image"),
        (b"\xff\xd8\xff\xe0", "image"),
        (b"GIF89a", "image"),
        (b"BM\x36\0\0\0\0\0", "image"),
        (b"II*\0xxxx", "image"),
        (b"{\\rtf1\\ansi", "word"),
        (b"\x1f\x8b\x08\0", "archive"),
        (b"7z\xbc\xaf\x27\x1c", "archive"),
        (b"Rar!\x1a\x07", "archive"),
        (bytes(range(1, 9)) * 100, "unknown"),
        (OLE + wide("EncryptedPackage"), "password"),
        (OLE + wide("WordDocument"), "word"),
        (OLE + wide("PowerPoint Document"), "slides"),
        (OLE + wide("Workbook"), "damaged"),
        (OLE, "damaged"),
        (b"\x09\x08\x10\0\0\6\5\0" + b"\1" * 40, "damaged"),
        (b"PK\x03\x04 cut short", "damaged"),
        (b"chao ban\r\nkhong co bang nao o day\r\n", "no_table"),
        ("Họ và tên,Ngày sinh\r\n".encode(), "empty"),
    ],
)
def test_a_file_that_is_no_table_is_refused_by_what_it_is(tmp_path, content, kind):
    path = tmp_path / "danh_sach.xls"
    path.write_bytes(content)
    with pytest.raises(UnreadableFile) as refusal:
        read(str(path))
    assert refusal.value.kind == kind
    assert refusal.value.message
    assert refusal.value.advice


@pytest.mark.parametrize(
    ("parts", "kind"),
    [
        ({"word__document_xml": "x"}, "word"),
        ({"ppt__presentation_xml": "x"}, "slides"),
        ({"danh_sach.xlsx": "x"}, "archive"),
        ({"xl__styles_xml": "x"}, "damaged"),
        ({"xl__workbook_xml": "x"}, "damaged"),
        ({"content_xml": "x", "mimetype": "application/vnd.oasis.opendocument.text"}, "word"),
        (
            {"content_xml": "x", "mimetype": "application/vnd.oasis.opendocument.presentation"},
            "slides",
        ),
        ({"content_xml": "x", "META-INF__manifest_xml": "<manifest:encryption-data/>"}, "password"),
        ({"mimetype": "x", "encrypted-package": "x"}, "password"),
        ({"content_xml": "<x"}, "damaged"),
    ],
)
def test_a_zip_is_told_by_its_parts(tmp_path, parts, kind):
    zipped(tmp_path / "x.xlsx", **parts)
    with pytest.raises(UnreadableFile) as refusal:
        read(str(tmp_path / "x.xlsx"))
    assert refusal.value.kind == kind


def test_an_empty_zip_is_empty(tmp_path):
    zipped(tmp_path / "x.xlsx")
    with pytest.raises(UnreadableFile) as refusal:
        read(str(tmp_path / "x.xlsx"))
    assert refusal.value.kind == "empty"


def test_a_zip_bomb_is_refused_without_being_unpacked(tmp_path):
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part:
            for _ in range(80):
                part.write(b"0" * (1 << 20))
    with pytest.raises(UnreadableFile) as refusal:
        read(str(path))
    assert refusal.value.kind == "bomb"


def test_parts_that_together_unpack_to_too_much_are_a_bomb(monkeypatch, tmp_path):
    monkeypatch.setattr("hssk.exchange.formats.tables.signature.MOST_UNPACKED", 1000)
    path = making.xlsx(tmp_path / "a.xlsx", [making.HEADER, *making.PEOPLE])
    with pytest.raises(UnreadableFile) as refusal:
        read(path)
    assert refusal.value.kind == "bomb"


def test_an_empty_workbook_is_empty(tmp_path):
    with pytest.raises(UnreadableFile) as refusal:
        read(making.xlsx(tmp_path / "a.xlsx", [], []))
    assert refusal.value.kind == "empty"


def test_a_list_without_people_is_empty(tmp_path):
    with pytest.raises(UnreadableFile) as refusal:
        read(making.xlsx(tmp_path / "a.xlsx", [making.HEADER]))
    assert refusal.value.kind == "empty"


def test_a_missing_file_is_refused(tmp_path):
    with pytest.raises(UnreadableFile) as refusal:
        read(str(tmp_path / "nowhere.xlsx"))
    assert refusal.value.kind == "missing"


def test_a_folder_is_refused(tmp_path):
    with pytest.raises(UnreadableFile) as refusal:
        read(str(tmp_path))
    assert refusal.value.kind == "missing"


@pytest.mark.parametrize("kind", KINDS)
def test_every_refusal_says_what_to_do(kind):
    assert refuse(kind).advice.endswith(".")


@pytest.mark.parametrize("name", ["a.xls", "a"])  # the kept file has no ending
def test_an_old_workbook_with_a_password_is_told_whatever_it_is_called(tmp_path, name):
    sample = Path(__file__).parents[1] / "samples" / "co_mat_khau.xls"
    (tmp_path / name).write_bytes(sample.read_bytes())
    with pytest.raises(UnreadableFile) as refusal:
        read(str(tmp_path / name))
    assert refusal.value.kind == "password"


def test_a_list_on_a_hidden_sheet_is_asked_to_be_shown(tmp_path):
    path = making.xlsx(tmp_path / "a.xlsx", [], [making.HEADER, *making.PEOPLE], hidden=(1,))
    with pytest.raises(UnreadableFile) as refusal:
        read(path)
    assert refusal.value.kind == "hidden"
    assert "Unhide" in refusal.value.advice


def _originals(folder: Path) -> list[bytes]:
    rows = [["XÃ SÙNG PHÀI"], making.HEADER, *making.PEOPLE * 3]
    sample = Path(__file__).parents[1] / "samples" / "nhan_khau.xls"
    return [
        Path(making.xlsx(folder / "a.xlsx", rows)).read_bytes(),
        Path(making.ods(folder / "a.ods", rows)).read_bytes(),
        making.csv_text().encode(),
        making.csv_text("\t").encode("utf-16"),
        sample.read_bytes(),
    ]


@settings(max_examples=120, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    which=st.integers(0, 4),
    cut=st.integers(0, 100),
    edits=st.lists(st.tuples(st.integers(0, 1 << 16), st.integers(0, 255)), max_size=12),
    streaming=st.booleans(),
)
def test_reading_a_damaged_file_ends_in_rows_or_a_refusal(tmp_path, which, cut, edits, streaming):
    content = bytearray(_originals(tmp_path)[which])
    if cut > 60:
        content = content[: len(content) * cut // 100]
    for place, byte in edits:
        if content:
            content[place % len(content)] = byte
    path = tmp_path / "damaged"
    path.write_bytes(bytes(content))
    with contextlib.suppress(UnreadableFile):
        assert read(str(path), streaming=streaming).rows


@pytest.mark.parametrize(
    ("raised", "kind"),
    [("PasswordError", "password"), ("XmlError", "damaged"), ("PanicException", "damaged")],
)
def test_what_the_fast_reader_raises_becomes_a_refusal(monkeypatch, tmp_path, raised, kind):
    import python_calamine

    error = getattr(python_calamine, raised, None) or type(raised, (BaseException,), {})

    class Broken:
        @staticmethod
        def from_path(path):
            raise error("x")

    monkeypatch.setattr(python_calamine, "CalamineWorkbook", Broken)
    with pytest.raises(UnreadableFile) as refusal:
        read(making.xlsx(tmp_path / "a.xlsx", [making.HEADER]))
    assert refusal.value.kind == kind


def test_an_interruption_is_not_taken_for_a_damaged_file(monkeypatch, tmp_path):
    import python_calamine

    class Interrupted:
        @staticmethod
        def from_path(path):
            raise KeyboardInterrupt

    monkeypatch.setattr(python_calamine, "CalamineWorkbook", Interrupted)
    with pytest.raises(KeyboardInterrupt):
        read(making.xlsx(tmp_path / "a.xlsx", [making.HEADER]))


def test_a_chart_sheet_is_passed_over(tmp_path):
    path = tmp_path / "chart.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("Danh sách")
    for row, cells in enumerate([making.HEADER, *making.PEOPLE]):
        sheet.write_row(row, 0, cells)
    chart = book.add_chart({"type": "bar"})
    chart.add_series({"values": "='Danh sách'!$A$2:$A$4"})
    book.add_chartsheet("Biểu đồ").set_chart(chart)
    sheet.write_datetime(9, 20, datetime(2024, 1, 1), book.add_format({"num_format": "[h]:mm"}))
    book.close()
    for streaming in (False, True):
        found = read(str(path), streaming=streaming)
        assert [one.title for one in found.sheets] == ["Danh sách"]
        assert [row.name for row in found.rows] == making.NAMES
