"""The book of a session as a workbook: what is known locked, what is to be said open."""

from collections.abc import Sequence
from dataclasses import dataclass
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
_OUTCOME, _UNTIL = 5, 6
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


def set_daybook(rows: Sequence[BookRow], *, title: str, subtitle: str, serial: str) -> bytes:
    """An .xlsx file: one sheet to fill in, one that says how.

    rows    in the order in which they are called; after them SPARE empty ones
    serial  of the book, kept in the file's properties too
    """
    out = BytesIO()
    book = xlsxwriter.Workbook(out, _OPTIONS)
    book.set_properties({"title": title, "keywords": f"{SESSION_BOOK} {serial}"})
    page = book.add_worksheet("Sổ của buổi")
    first = _write_head(book, page, title, subtitle)
    _write_rows(book, page, rows, first)
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


def _write_rows(book, page, rows: Sequence[BookRow], first: int) -> None:
    locked = book.add_format({**_FONT, "text_wrap": True})
    open_ = book.add_format({**_FONT, "text_wrap": True, "locked": False})
    day = book.add_format({**_FONT, "locked": False, "num_format": "dd/mm/yyyy"})
    for at, row in enumerate(rows, first):
        for column, text in enumerate((row.code, row.hamlet, row.head, row.name, row.birth)):
            page.write_string(at, column, text, locked)
    last = first + len(rows) + SPARE - 1
    for at in range(first, last + 1):
        spare = at >= first + len(rows)
        for column, (_name, _width, filled) in enumerate(_COLUMNS):
            if filled or (spare and column):
                page.write_blank(at, column, None, day if column == _UNTIL else open_)
    page.data_validation(first, _OUTCOME, last, _OUTCOME, {
        "validate": "list", "source": "=KetQua", "error_title": "Kết quả",
        "error_message": "Chọn một dòng trong danh sách.",
    })  # fmt: skip
    # a lock against slips of the hand, not against anybody: without a password
    page.protect(
        "", {"format_columns": True, "format_rows": True, "sort": True, "autofilter": True}
    )


def _write_guide(book) -> None:
    page = book.add_worksheet("Hướng dẫn")
    plain = book.add_format({"font_name": "Times New Roman", "font_size": 12, "text_wrap": True})
    page.set_column(0, 0, 100)
    lines = (
        _("Chọn kết quả ở cột vàng cho mỗi người đã gặp. Để trống là chưa gặp."),
        _("Đi vắng: ghi ngày về nếu biết. Từ chối: ghi lý do. Đã có hồ sơ: ghi ở đâu."),
        _("Người không có trong sổ: ghi vào dòng trống ở cuối, đủ họ tên, ngày sinh, tổ, bản."),
        _("Được sắp xếp, thêm dòng, đổi chỗ cột. Đừng sửa cột Mã dòng."),
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
