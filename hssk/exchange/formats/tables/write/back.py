"""Giving rows back in the user's own sheets, with what is wrong and what to do."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from hssk.exchange.formats.rows import Problem
from hssk.exchange.formats.tables.reading import Reading
from hssk.exchange.formats.tables.write.cells import (
    A4,
    CODES,
    DATE,
    Styles,
    Target,
    open_book,
    put,
    sheet_titles,
)


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
    book = open_book(out)
    styles = Styles(book)
    titles = sheet_titles(sheet.title for sheet in sheets) or ["Trang"]
    for title, sheet in zip(titles, sheets, strict=False):
        _write_back_sheet(book.add_worksheet(title), sheet, heading, styles)
    if not sheets:
        book.add_worksheet(titles[0])
    book.close()


def _write_back_sheet(worksheet: Any, sheet: BackSheet, heading: str, styles: Styles) -> None:
    rows = [(list(cells), problems) for cells, problems in sheet.rows]
    width = max((len(cells) for cells in (*(c for c, _ in rows), *sheet.header_rows)), default=0)
    width = _used(width, [*(cells for cells, _ in rows), *sheet.header_rows])
    plain, bold = styles.get(), styles.get(bold=True)
    dated = styles.get(num_format=CODES[DATE])
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
    worksheet.set_paper(A4)
    worksheet.set_landscape()
    worksheet.fit_to_pages(1, 0)


def _used(width: int, rows: list[list[Any]]) -> int:
    """`width` without the blank columns at its end."""
    while width and all(
        len(row) < width or row[width - 1] is None or row[width - 1] == "" for row in rows
    ):
        width -= 1
    return width
