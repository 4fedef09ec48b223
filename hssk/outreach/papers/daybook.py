"""The book of a session as a workbook: what is known guarded, what is to be said open.

Excel sorts a protected sheet only where no cell of the rows is locked. So the titles are locked, by
which the columns are found again, and no row may be deleted; of what is known in a row the hand is
kept by a rule of its cells, which lets a sort pass and whoever is written into an empty row.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO

import xlsxwriter
from django.utils.translation import gettext as _

from hssk.exchange.formats.mark import SESSION_BOOK
from hssk.outreach.rules.daybooks import WORDS

SPARE = 40  # empty rows for people who are not in it
_FONT = {"font_name": "Times New Roman", "font_size": 12, "border": 1, "valign": "top"}
# title, width, whether it is filled in there
_COLUMNS = (
    ("Mã dòng", 14, False), ("Tổ, bản", 20, False), ("Chủ hộ", 22, False),
    ("Họ và tên", 26, False), ("Ngày sinh", 12, False), ("Kết quả", 28, True),
    ("Vắng đến ngày", 14, True), ("Nơi chuyển đến hoặc nơi có hồ sơ", 30, True),
    ("Lý do, ghi chú", 30, True),
)  # fmt: skip
_KNOWN, _OUTCOME, _UNTIL = range(5), 5, 6
_MAY = ("sort", "autofilter", "insert_rows", "insert_columns", "format_columns", "format_rows",
        "format_cells")  # fmt: skip
_OPTIONS = {
    "in_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
    "strings_to_numbers": False,
}  # fmt: skip


@dataclass(frozen=True)
class BookRow:
    """One row as it is written: texts alone; `birth` as 15/8/1984 or as much as is known."""

    code: str
    hamlet: str
    head: str
    name: str
    birth: str


def set_daybook(
    rows: Sequence[BookRow], *, title: str, subtitle: str, serial: str, on: date
) -> bytes:
    """An .xlsx file: one sheet to fill in, one that says how.

    rows    in the order in which they are called; after them SPARE empty ones
    serial  of the book, kept in the file's properties too
    on      the day of the session: who is away comes back that day or later
    """
    out = BytesIO()
    book = xlsxwriter.Workbook(out, _OPTIONS)
    book.set_properties({"title": title, "keywords": f"{SESSION_BOOK} {serial}"})
    page = book.add_worksheet("Sổ của buổi")
    first = _write_head(book, page, title, subtitle)
    last = first + len(rows) + SPARE - 1
    _write_rows(book, page, rows, first, last)
    _guard(page, first, last, on)
    _write_guide(book)
    book.close()
    return out.getvalue()


def _write_head(book, page, title: str, subtitle: str) -> int:
    """The row below the header."""
    page.write_string(
        0, 0, title, book.add_format({**_FONT, "border": 0, "bold": True, "font_size": 14})
    )
    page.write_string(1, 0, subtitle, book.add_format({**_FONT, "border": 0, "italic": True}))
    head = {**_FONT, "bold": True, "text_wrap": True, "align": "center", "bg_color": "#E3ECF7"}
    ours, theirs = book.add_format(head), book.add_format(head | {"bg_color": "#FFF3CC"})
    for column, (name, width, filled) in enumerate(_COLUMNS):
        page.set_column(column, column, width)
        page.write_string(3, column, name, theirs if filled else ours)
    page.freeze_panes(4, 4)
    page.set_paper(9)
    page.set_landscape()
    page.fit_to_pages(1, 0)
    page.repeat_rows(3)
    return 4


def _write_rows(book, page, rows: Sequence[BookRow], first: int, last: int) -> None:
    plain = book.add_format({**_FONT, "text_wrap": True, "locked": False})
    day = book.add_format({**_FONT, "locked": False, "num_format": "dd/mm/yyyy"})
    for at, row in enumerate(rows, first):
        for column, text in enumerate((row.code, row.hamlet, row.head, row.name, row.birth)):
            page.write_string(at, column, text, plain)
    for at in range(first, last + 1):
        for column in range(0 if at >= first + len(rows) else _OUTCOME, len(_COLUMNS)):
            page.write_blank(at, column, None, day if column == _UNTIL else plain)
    page.autofilter(first - 1, 0, last, len(_COLUMNS) - 1)


def _guard(page, first: int, last: int, on: date) -> None:
    """What a hand may change in the sheet, and what a cell takes."""
    page.data_validation(first, _KNOWN[0], last, _KNOWN[-1], {
        "validate": "custom", "value": f'=$A{first + 1}=""', "error_title": "Đã in sẵn",
        "error_message": "Dòng có mã thì không sửa ở đây. Sai tên, ngày sinh: ghi ở cột Lý do.",
    })  # fmt: skip
    page.data_validation(first, _OUTCOME, last, _OUTCOME, {
        "validate": "list", "source": "=KetQua", "error_title": "Kết quả",
        "error_message": "Chọn một dòng trong danh sách.",
    })  # fmt: skip
    # a computer set to another country takes 15/4/2024 for a text, which is read all the same
    page.data_validation(first, _UNTIL, last, _UNTIL, {
        "validate": "date", "criteria": ">=", "value": on, "error_type": "warning",
        "error_title": "Vắng đến ngày",
        "error_message": "Ghi ngày về, như 15/4/2024, không trước ngày của buổi. Không biết thì "
                         "để trống.",
    })  # fmt: skip
    # a lock against slips of the hand, not against anybody: without a password
    page.protect("", dict.fromkeys(_MAY, True))


def _write_guide(book) -> None:
    page = book.add_worksheet("Hướng dẫn")
    plain = book.add_format({"font_name": "Times New Roman", "font_size": 12, "text_wrap": True})
    page.set_column(0, 0, 100)
    lines = (
        _("Chọn kết quả ở cột vàng cho mỗi người đã gặp. Để trống là chưa gặp."),
        _("Đi vắng: ghi ngày về nếu biết. Từ chối: ghi lý do. Đã có hồ sơ: ghi ở đâu."),
        _("Người không có trong sổ: ghi vào dòng trống ở cuối, đủ họ tên, ngày sinh, tổ, bản."),
        _("Được sắp xếp, lọc, thêm dòng, thêm cột. Đừng sửa cột Mã dòng."),
        _("Muốn đổi chỗ cột thì bỏ bảo vệ trang trước: không có mật khẩu."),
        _("Xong buổi: gửi tệp về ở trang của buổi. Mất tệp thì báo ngay cho trạm."),
        _("Các kết quả:"),
    )
    for at, line in enumerate(lines):
        page.write_string(at, 0, line, plain)
    for at, word in enumerate(WORDS.values(), len(lines)):
        page.write_string(at, 0, word, plain)
    last = len(lines) + len(WORDS)
    book.define_name("KetQua", f"='Hướng dẫn'!$A${len(lines) + 1}:$A${last}")
    page.protect()
