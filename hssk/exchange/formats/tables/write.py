"""Writing workbooks that open well in Excel and print well on A4.

Text is always written as text, so that no cell can start a formula; identifiers keep their zeros.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import IO, Any

import xlsxwriter

from hssk.exchange.formats.rows import Problem
from hssk.exchange.formats.tables.reading import Reading

TEXT, NUMBER, PERCENT, DATE = "text", "number", "percent", "date"
# Excel stores these codes in the English way and shows separators as the user's Windows says
_CODES = {TEXT: "@", NUMBER: "#,##0", PERCENT: "0.0%", DATE: "dd/mm/yyyy"}
_FONT = "Times New Roman"  # NĐ 30/2020/NĐ-CP, Phụ lục I
_BAD_IN_TITLES = str.maketrans(dict.fromkeys("[]:*?/\\", "-"))
_LONGEST_TITLE = 31
_LONGEST_CELL = 32_767
_A4 = 9

Target = str | Path | IO[bytes]


@dataclass
class Column:
    """A column: its header (a group above it when `group` is given), kind and width in letters."""

    title: str
    kind: str = TEXT
    width: float = 12
    group: str = ""


@dataclass
class Sheet:
    """A sheet to write.

    heading    lines above the table, the last one large; `letterhead` stands above it, left and
               right, as official papers have it
    totals     a last row in bold, same cells as a row
    signature  lines under the table on the right
    """

    title: str
    columns: list[Column]
    rows: Iterable[Sequence[Any]]
    heading: list[str] = field(default_factory=list)
    letterhead: tuple[list[str], list[str]] | None = None
    totals: Sequence[Any] | None = None
    signature: list[str] = field(default_factory=list)
    landscape: bool = True


class _Styles:
    """The cell formats of one workbook, each made once."""

    def __init__(self, book: Any) -> None:
        self.book = book
        self.made: dict[tuple[tuple[str, Any], ...], Any] = {}

    def get(self, **properties: Any) -> Any:
        properties = {"font_name": _FONT, "font_size": 11, "valign": "vcenter", **properties}
        key = tuple(sorted(properties.items()))
        if key not in self.made:
            self.made[key] = self.book.add_format(properties)
        return self.made[key]

    def cell(self, kind: str, **more: Any) -> Any:
        return self.get(num_format=_CODES[kind], border=1, text_wrap=kind == TEXT, **more)


def _open(out: Target) -> Any:
    options = {
        "constant_memory": False,
        "in_memory": not isinstance(out, str | Path),
        "strings_to_formulas": False,
        "strings_to_numbers": False,
        "strings_to_urls": False,
    }
    return xlsxwriter.Workbook(str(out) if isinstance(out, Path) else out, options)


def sheet_titles(wanted: Iterable[str]) -> list[str]:
    """Titles Excel accepts: at most 31 characters, none of []:*?/\\, no two alike."""
    taken: set[str] = {"history"}
    titles = []
    for text in wanted:
        plain = "".join(c for c in text.translate(_BAD_IN_TITLES) if c.isprintable())
        plain = plain.strip(" '")[:_LONGEST_TITLE].strip(" '") or "Trang"
        title, number = plain, 1
        while title.lower() in taken:
            number += 1
            tail = f" ({number})"
            title = plain[: _LONGEST_TITLE - len(tail)].rstrip() + tail
        taken.add(title.lower())
        titles.append(title)
    return titles


def put(worksheet: Any, row: int, column: int, value: Any, style: Any = None) -> None:
    """Write one cell by the kind of its value. Text never becomes a formula, a link or a number."""
    if value is None or value == "":
        worksheet.write_blank(row, column, None, style)
    elif isinstance(value, bool):
        worksheet.write_boolean(row, column, value, style)
    elif isinstance(value, int | float) and abs(value) < 1e15:
        worksheet.write_number(row, column, value, style)
    elif isinstance(value, date):
        _put_date(worksheet, row, column, value, style)
    else:
        worksheet.write_string(row, column, _printable(str(value)), style)


def _put_date(worksheet: Any, row: int, column: int, value: date, style: Any) -> None:
    if value.year < 1900:  # Excel knows no earlier day
        worksheet.write_string(row, column, f"{value.day:02}/{value.month:02}/{value.year}", style)
    else:
        moment = (
            value if isinstance(value, datetime) else datetime(value.year, value.month, value.day)
        )
        worksheet.write_datetime(row, column, moment.replace(tzinfo=None), style)


def _printable(text: str) -> str:
    """`text` without the control characters that XML forbids, and not longer than a cell may be."""
    if not text.isprintable():
        text = "".join(c for c in text if c >= " " or c in "\t\n")
    return text[:_LONGEST_CELL]


def write_workbook(sheets: Sequence[Sheet], out: Target) -> None:
    """Write `sheets` to `out`, a path or a binary stream. An empty list writes one empty sheet."""
    book = _open(out)
    styles = _Styles(book)
    titles = sheet_titles(sheet.title for sheet in sheets) or ["Trang"]
    for title, sheet in zip(titles, sheets, strict=False):
        _write_sheet(book.add_worksheet(title), sheet, styles)
    if not sheets:
        book.add_worksheet(titles[0])
    book.close()


def _write_sheet(worksheet: Any, sheet: Sheet, styles: _Styles) -> None:
    last = max(len(sheet.columns) - 1, 0)
    for index, column in enumerate(sheet.columns):
        worksheet.set_column(index, index, column.width)
    top = _write_letterhead(worksheet, sheet, styles, last)
    for place, line in enumerate(sheet.heading):
        large = place == 0
        style = styles.get(
            bold=large, italic=not large, align="center", font_size=14 if large else 12
        )
        _across(worksheet, top + place, 0, last, line, style)
    top += len(sheet.heading) + bool(sheet.heading)
    row = first = _write_header(worksheet, sheet.columns, top, styles)
    by_kind = [styles.cell(column.kind, align=_align(column.kind)) for column in sheet.columns]
    for cells in sheet.rows:
        for index, (value, style) in enumerate(zip(cells, by_kind, strict=False)):
            put(worksheet, row, index, value, style)
        row += 1
    if sheet.totals is not None:
        for index, (value, column) in enumerate(zip(sheet.totals, sheet.columns, strict=False)):
            put(worksheet, row, index, value, styles.cell(column.kind, bold=True))
        row += 1
    worksheet.freeze_panes(first, 0)
    if row > first and last:
        worksheet.autofilter(first - 1, 0, row - 1, last)
    _write_signature(worksheet, sheet, styles, row + 1, last)
    _set_up_page(worksheet, first, top, row, last, landscape=sheet.landscape)


def _align(kind: str) -> str:
    return {TEXT: "left", DATE: "center"}.get(kind, "right")


def _across(worksheet: Any, row: int, left: int, right: int, text: str, style: Any) -> None:
    if right > left:
        worksheet.merge_range(row, left, row, right, "", style)
    worksheet.write_string(row, left, _printable(text), style)


def _write_letterhead(worksheet: Any, sheet: Sheet, styles: _Styles, last: int) -> int:
    """The agency at the left, the nation's name at the right (NĐ 30/2020, Phụ lục I)."""
    if sheet.letterhead is None:
        return 0
    left, right = sheet.letterhead
    middle = max(last // 2, 0)
    style = styles.get(bold=True, align="center")
    for row, text in enumerate(left):
        _across(worksheet, row, 0, middle, text, style)
    for row, text in enumerate(right):
        _across(worksheet, row, min(middle + 1, last), last, text, style)
    return max(len(left), len(right)) + 1


def _write_header(worksheet: Any, columns: list[Column], top: int, styles: _Styles) -> int:
    """The header, in two levels when a column has a group; returns the first row under it."""
    style = styles.get(bold=True, align="center", border=1, text_wrap=True, bg_color="#E7EEF7")
    if not any(column.group for column in columns):
        for index, column in enumerate(columns):
            worksheet.write_string(top, index, column.title, style)
        return top + 1
    start = 0
    for index, column in enumerate(columns):
        following = columns[index + 1].group if index + 1 < len(columns) else ""
        if not column.group:
            worksheet.merge_range(top, index, top + 1, index, "", style)
            worksheet.write_string(top, index, column.title, style)
            start = index + 1
            continue
        worksheet.write_string(top + 1, index, column.title, style)
        if following != column.group:
            _across(worksheet, top, start, index, column.group, style)
            start = index + 1
    return top + 2


def _write_signature(worksheet: Any, sheet: Sheet, styles: _Styles, row: int, last: int) -> None:
    style = styles.get(bold=True, align="center")
    left = min(max(last - 3, 0), last)
    for place, line in enumerate(sheet.signature):
        _across(worksheet, row + place, left, last, line, style)


def _set_up_page(
    worksheet: Any, first: int, top: int, row: int, last: int, *, landscape: bool
) -> None:
    worksheet.set_paper(_A4)
    if landscape:
        worksheet.set_landscape()
    worksheet.set_margins(left=0.8, right=0.6, top=0.8, bottom=0.8)
    worksheet.fit_to_pages(1, 0)
    worksheet.repeat_rows(top, first - 1)
    worksheet.set_footer("&C&P/&N")


@dataclass
class BackSheet:
    """One of the user's own sheets: rows over the header and header rows verbatim, then rows.

    rows  (cells, problems) in the user's order; a row without problems has an empty list
    """

    title: str
    title_lines: list[list[Any]]
    header_rows: list[list[Any]]
    rows: Iterable[tuple[Sequence[Any], Sequence[Problem]]]


def back_sheets(reading: Reading, *, only_problems: bool = True) -> list[BackSheet]:
    """The sheets of a reading as `write_back` wants them; sheets with nothing to say left out."""
    sheets, at = [], 0
    for sheet in reading.sheets:
        rows = reading.rows[at : at + sheet.rows_count]
        at += sheet.rows_count
        kept = [(row.cells, row.problems) for row in rows if row.problems or not only_problems]
        if kept:
            sheets.append(BackSheet(sheet.title, sheet.title_lines, sheet.header_rows, kept))
    return sheets


def write_back(sheets: Sequence[BackSheet], out: Target, *, heading: str = "Cần xem lại") -> None:
    """Give rows back in the user's own layout, with a last column that says what to do.

    sheets   what `back_sheets` yields, or the same from stored rows
    heading  the header of the added column; problems stand in it one under another
    The file can be corrected and sent again: it reads as the original does.
    """
    book = _open(out)
    styles = _Styles(book)
    titles = sheet_titles(sheet.title for sheet in sheets) or ["Trang"]
    for title, sheet in zip(titles, sheets, strict=False):
        _write_back_sheet(book.add_worksheet(title), sheet, heading, styles)
    if not sheets:
        book.add_worksheet(titles[0])
    book.close()


def _write_back_sheet(worksheet: Any, sheet: BackSheet, heading: str, styles: _Styles) -> None:
    rows = [(list(cells), problems) for cells, problems in sheet.rows]
    width = max((len(cells) for cells in (*(c for c, _ in rows), *sheet.header_rows)), default=0)
    width = _used(width, [*(cells for cells, _ in rows), *sheet.header_rows])
    plain, bold = styles.get(), styles.get(bold=True)
    dated = styles.get(num_format=_CODES[DATE])
    header = styles.get(bold=True, border=1, text_wrap=True, align="center")
    marked = styles.get(text_wrap=True, font_color="#9C0006", bg_color="#FFF2CC")
    row = 0
    for row_cells, style in (
        *((cells, bold) for cells in sheet.title_lines),
        *((cells, header) for cells in sheet.header_rows),
    ):
        for column, value in enumerate(row_cells[: max(width, 1)]):
            if value is not None and value != "":
                put(worksheet, row, column, value, style)
        row += 1
    if sheet.header_rows:
        worksheet.write_string(len(sheet.title_lines), width, heading, header)
    worksheet.freeze_panes(row, 0)
    for row_cells, problems in rows:
        for column, value in enumerate(row_cells):
            if value is not None and value != "":
                put(worksheet, row, column, value, dated if isinstance(value, date) else plain)
        if problems:
            put(worksheet, row, width, "\n".join(problem.text for problem in problems), marked)
        row += 1
    worksheet.set_column(0, 0, 6)
    worksheet.set_column(1, max(width - 1, 1), 16)
    worksheet.set_column(width, width, 70)
    worksheet.set_paper(_A4)
    worksheet.set_landscape()
    worksheet.fit_to_pages(1, 0)


def _used(width: int, rows: list[list[Any]]) -> int:
    """`width` without the blank columns at its end."""
    while width and all(
        len(row) < width or row[width - 1] is None or row[width - 1] == "" for row in rows
    ):
        width -= 1
    return width


def csv_safe(value: object) -> str:
    """A cell of a CSV file that no spreadsheet takes for a formula when it opens the file."""
    text = "" if value is None else str(value)
    return f"'{text}" if text[:1] in {"=", "+", "-", "@", "\t", "\r"} else text
