"""A copy of a list as a workbook: the lines of the type that lists are made of, nothing else."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO

import xlsxwriter

from hssk.exchange.formats.mark import LIST_COPY
from hssk.outreach.rules.copies import Mark
from hssk.outreach.rules.lists import Line
from hssk.outreach.rules.ticksheets import number_of

_FONT = {"font_name": "Times New Roman", "font_size": 13, "valign": "top"}
_CELL = {**_FONT, "border": 1, "text_wrap": True}
_OPTIONS = {
    "in_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
    "strings_to_numbers": False,
}  # fmt: skip
_WIDTHS = (17, 30, 9, 30, 28, 18)
_TICK = len(_WIDTHS) - 1
_HEIGHT, _STEP = 24.0, 1.5  # points: the space of a row is a mark of the copy, as on paper


@dataclass(frozen=True)
class Sheet:
    """What stands above the rows, and what the cells of the last column may say.

    heads    the titles of the six columns; answers: the ticks, in words
    at       when the copy was issued: the workbook made again is the same workbook
    """

    title: str
    serial: str
    facts: Sequence[str]
    heads: Sequence[str]
    answers: Sequence[str]
    at: datetime


def set_ticksheet(sheet: Sheet, lines: Sequence[Line], marks: Sequence[Mark]) -> bytes:
    """An .xlsx file of a copy: its lines locked, the last column open. The same copy gives the same
    bytes."""
    out = BytesIO()
    book = xlsxwriter.Workbook(out, _OPTIONS)
    created = sheet.at.replace(tzinfo=None, microsecond=0)
    book.set_properties({"title": sheet.title, "keywords": f"{LIST_COPY} {sheet.serial}",
                         "created": created})  # fmt: skip
    page = book.add_worksheet("Danh sách")
    first = _write_head(book, page, sheet)
    rows = list(zip(lines, marks, strict=True))
    _write_lines(book, page, sheet.serial, rows, first)
    page.data_validation(first, _TICK, first + len(lines), _TICK, {
        "validate": "list", "source": list(sheet.answers), "error_type": "warning",
    })  # fmt: skip
    # a lock against slips of the hand, not against anybody: without a password
    page.protect("", {"format_columns": True, "autofilter": True})
    book.close()
    return out.getvalue()


def _write_head(book, page, sheet: Sheet) -> int:
    """The row below the header."""
    page.write_string(0, 0, sheet.title, book.add_format({**_FONT, "bold": True, "font_size": 15}))
    plain = book.add_format({**_FONT, "italic": True})
    for at, fact in enumerate(sheet.facts, 1):
        page.write_string(at, 0, fact, plain)
    head = {**_CELL, "bold": True, "align": "center", "bg_color": "#E3ECF7"}
    ours, theirs = book.add_format(head), book.add_format(head | {"bg_color": "#FFF3CC"})
    row = len(sheet.facts) + 2
    for column, (title, width) in enumerate(zip(sheet.heads, _WIDTHS, strict=True)):
        page.set_column(column, column, width)
        page.write_string(row, column, title, theirs if column == _TICK else ours)
    page.freeze_panes(row + 1, 0)
    page.set_paper(9)
    page.set_landscape()
    page.fit_to_pages(1, 0)
    page.repeat_rows(row)
    return row + 1


def _write_lines(book, page, serial: str, rows: Sequence[tuple[Line, Mark]], first: int) -> None:
    locked = book.add_format(_CELL)
    open_ = book.add_format({**_CELL, "locked": False})
    for at, (line, mark) in enumerate(rows, first):
        page.set_row(at, _HEIGHT + (mark.space or 0) * _STEP)
        texts = (number_of(serial, line.number), line.name, line.year, line.head, line.task)
        for column, text in enumerate(texts):
            page.write_string(at, column, text, locked)
        page.write_blank(at, _TICK, None, open_)
