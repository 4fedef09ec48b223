"""A workbook of our own: heading, header, rows, totals, signature, ready for A4."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from hssk.exchange.formats.tables.write.cells import (
    A4,
    DATE,
    TEXT,
    Styles,
    Target,
    open_book,
    printable,
    put,
    sheet_titles,
)


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


def write_workbook(sheets: Sequence[Sheet], out: Target) -> None:
    """Write `sheets` to `out`, a path or a binary stream. An empty list writes one empty sheet."""
    book = open_book(out)
    styles = Styles(book)
    titles = sheet_titles(sheet.title for sheet in sheets) or ["Trang"]
    for title, sheet in zip(titles, sheets, strict=False):
        _write_sheet(book.add_worksheet(title), sheet, styles)
    if not sheets:
        book.add_worksheet(titles[0])
    book.close()


def _write_sheet(worksheet: Any, sheet: Sheet, styles: Styles) -> None:
    last = max(len(sheet.columns) - 1, 0)
    for index, column in enumerate(sheet.columns):
        worksheet.set_column(index, index, column.width)
    top = _write_letterhead(worksheet, sheet, styles, last)
    for place, line in enumerate(sheet.heading):
        large = place == 0
        style = styles.get(
            bold=large, italic=not large, align="center", font_size=14 if large else 12
        )
        _across(worksheet, top + place, (0, last), line, style)
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
    _set_up_page(worksheet, first, top, landscape=sheet.landscape)


def _align(kind: str) -> str:
    return {TEXT: "left", DATE: "center"}.get(kind, "right")


def _across(worksheet: Any, row: int, span: tuple[int, int], text: str, style: Any) -> None:
    left, right = span
    if right > left:
        worksheet.merge_range(row, left, row, right, "", style)
    worksheet.write_string(row, left, printable(text), style)


def _write_letterhead(worksheet: Any, sheet: Sheet, styles: Styles, last: int) -> int:
    """The agency at the left, the nation's name at the right (NĐ 30/2020, Phụ lục I)."""
    if sheet.letterhead is None:
        return 0
    left, right = sheet.letterhead
    middle = max(last // 2, 0)
    style = styles.get(bold=True, align="center")
    for row, text in enumerate(left):
        _across(worksheet, row, (0, middle), text, style)
    for row, text in enumerate(right):
        _across(worksheet, row, (min(middle + 1, last), last), text, style)
    return max(len(left), len(right)) + 1


def _write_header(worksheet: Any, columns: list[Column], top: int, styles: Styles) -> int:
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
            _across(worksheet, top, (start, index), column.group, style)
            start = index + 1
    return top + 2


def _write_signature(worksheet: Any, sheet: Sheet, styles: Styles, row: int, last: int) -> None:
    style = styles.get(bold=True, align="center")
    left = min(max(last - 3, 0), last)
    for place, line in enumerate(sheet.signature):
        _across(worksheet, row + place, (left, last), line, style)


def _set_up_page(worksheet: Any, first: int, top: int, *, landscape: bool) -> None:
    worksheet.set_paper(A4)
    if landscape:
        worksheet.set_landscape()
    worksheet.set_margins(left=0.8, right=0.6, top=0.8, bottom=0.8)
    worksheet.fit_to_pages(1, 0)
    worksheet.repeat_rows(top, first - 1)
    worksheet.set_footer("&C&P/&N")
