"""Making the files that the tests read: invented people in every odd layout."""

import unicodedata
import zipfile
from pathlib import Path

import xlsxwriter

from hssk.exchange.formats.tables import legacy

HEADER = ["STT", "Hộ số", "Họ và tên", "Ngày sinh", "Giới tính", "Số CCCD", "Dân tộc"]
PEOPLE = [
    [1, "1", "Nguyễn Văn Đức", "05/03/1958", "Nam", "012058123456", "Kinh"],
    [2, "", "Trần Thị Hường", "1960", "Nữ", 12160123456, "Giáy"],
    [3, "2", "Lò Văn Ứng", "7/8/1990", "Nam", "", "Thái"],
]
NAMES = [row[2] for row in PEOPLE]


def xlsx(path: Path, *tables, titles=(), merges=(), hidden=(), date_format="dd/mm/yyyy") -> str:
    """A workbook with one sheet for each table (a list of rows)."""
    book = xlsxwriter.Workbook(
        str(path), {"default_date_format": date_format, "strings_to_urls": False}
    )
    for place, table in enumerate(tables):
        sheet = book.add_worksheet(titles[place] if place < len(titles) else None)
        if place in hidden:
            sheet.hide()
        for row, cells in enumerate(table):
            for column, value in enumerate(cells):
                if value is not None and value != "":
                    sheet.write(row, column, value)
        for merge in merges if place == 0 else ():
            value = table[merge[0]][merge[1]]
            sheet.merge_range(*merge, value)
    book.close()
    return str(path)


def csv_text(delimiter=",", rows=(HEADER, *PEOPLE)) -> str:
    return "\r\n".join(delimiter.join(str(cell) for cell in row) for row in rows) + "\r\n"


def vni(text: str) -> str:
    """Text as VNI-Windows typists leave it, in Latin-1 letters."""
    table = {letter: key for key, letter in legacy._VNI.items()}
    return "".join(table.get(letter, letter) for letter in text)


def tcvn3(text: str) -> str:
    return legacy.encode_tcvn3(text).decode("latin-1")


def cp1258(text: str) -> bytes:
    """Text in windows-1258, which writes most tones as marks of their own."""
    out = []
    for letter in text:
        try:
            out.append(letter.encode("cp1258"))
        except UnicodeEncodeError:
            parts = unicodedata.normalize("NFD", letter)
            tones = "".join(c for c in parts if c in "\u0300\u0309\u0303\u0301\u0323")
            base = unicodedata.normalize("NFC", "".join(c for c in parts if c not in tones))
            out.append((base + tones).encode("cp1258"))
    return b"".join(out)


def ods(path: Path, rows, *, title="Danh sách") -> str:
    """A small OpenDocument sheet, by hand."""

    def cell(value):
        if value is None or value == "":
            return "<table:table-cell/>"
        if isinstance(value, int):
            return f'<table:table-cell office:value-type="float" office:value="{value}"/>'
        return f'<table:table-cell office:value-type="string"><text:p>{value}</text:p></table:table-cell>'

    table = "".join(f"<table:table-row>{''.join(map(cell, row))}</table:table-row>" for row in rows)
    content = (
        '<?xml version="1.0" encoding="UTF-8"?><office:document-content '
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2">'
        f'<office:body><office:spreadsheet><table:table table:name="{title}">{table}'
        "</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/>'
        "</manifest:manifest>"
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", kind)
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", manifest)
    return str(path)


def rewrite(source: str, target: Path, change) -> str:
    """A copy of a zip with `change(name, bytes) -> bytes | None` over its parts; None drops one."""
    with (
        zipfile.ZipFile(source) as old,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            content = change(name, old.read(name))
            if content is not None:
                new.writestr(name, content)
    return str(target)
