"""Write workbooks as people here lay them out: title lines, a framed table, one width per column.

Streams row by row in constant memory. A text is always a text: no cell can start a formula or a
link, and a number in a text keeps its zeros.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import BinaryIO

import xlsxwriter

TEXT, NUMBER, PERCENT = "text", "number", "percent"
MAX_NAME = 31
A4 = 9
_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")
_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "default_date_format": "dd/mm/yyyy",
}
_FRAME = {"border": 1, "valign": "top", "font_name": "Times New Roman", "font_size": 12}

Cell = str | int | float | date | None


@dataclass(frozen=True, slots=True)
class Column:
    """One column; columns side by side with one `group` share a cell above their titles."""

    title: str
    width: float = 12
    kind: str = TEXT
    group: str = ""


@dataclass(slots=True)
class Sheet:
    """One sheet: what stands above the table, the table, and what stands below it.

    rows   one sequence of cells a row, in the order of the columns; read once
    total  a last row of the table, in bold
    """

    name: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Cell]]
    office: Sequence[str] = ()
    title: str = ""
    subtitle: str = ""
    total: Sequence[Cell] | None = None
    notes: Sequence[str] = field(default_factory=list)
    landscape: bool = False


_STYLES: dict[str, dict[str, object]] = {
    TEXT: {"text_wrap": True},
    NUMBER: {"num_format": "#,##0"},
    PERCENT: {"num_format": "0.0%"},
    "date": {"num_format": "dd/mm/yyyy", "align": "left"},
    "head": {"bold": True, "text_wrap": True, "align": "center", "valign": "vcenter"},
    "total_" + TEXT: {"bold": True},
    "total_" + NUMBER: {"bold": True, "num_format": "#,##0"},
    "total_" + PERCENT: {"bold": True, "num_format": "0.0%"},
}


def write_workbook(sheets: Iterable[Sheet], out: Path | BinaryIO, mark: str = "") -> None:
    """Write `sheets` in order, A4, with their header frozen and repeated on each page.

    sheets  at least one; names are made fit for a workbook and unique
    mark    a word that its properties carry, by which the file is known again; "" for none
    """
    book = xlsxwriter.Workbook(str(out) if isinstance(out, Path) else out, _OPTIONS)
    formats = {name: book.add_format({**_FRAME, **extra}) for name, extra in _STYLES.items()}
    if mark:
        book.set_properties({"keywords": mark})
    plain = {"font_name": "Times New Roman", "font_size": 12}
    formats["office"] = book.add_format(plain | {"bold": True})
    formats["title"] = book.add_format(plain | {"bold": True, "font_size": 14})
    formats["note"] = book.add_format(plain | {"italic": True})
    taken: set[str] = set()
    try:
        for sheet in sheets:
            _write_sheet(book.add_worksheet(sheet_name(sheet.name, taken)), sheet, formats)
    finally:
        book.close()


def sheet_name(text: str, taken: set[str]) -> str:
    """`text` as a sheet may be called: no []:*?/\\, at most 31 letters, none of `taken` twice.

    `taken` is added to, in small letters, as Excel compares names.
    """
    base = _FORBIDDEN.sub(" ", text).strip(" '") or "Sheet"
    name, number = base[:MAX_NAME].rstrip(" '"), 1
    while name.lower() in taken or name.lower() == "history":
        number += 1
        end = f" ({number})"
        name = base[: MAX_NAME - len(end)].rstrip() + end
    taken.add(name.lower())
    return name


def _write_sheet(page, sheet: Sheet, formats: dict) -> None:
    page.set_paper(A4)
    page.fit_to_pages(1, 0)
    page.set_margins(left=0.5, right=0.5)
    page.set_footer("&C&P/&N")
    if sheet.landscape:
        page.set_landscape()
    for index, column in enumerate(sheet.columns):
        page.set_column(index, index, column.width)
    row = _write_titles(page, sheet, formats)
    first = row
    row = _write_header(page, sheet.columns, row, formats["head"])
    page.freeze_panes(row, 0)
    page.repeat_rows(first, row - 1)
    for cells in sheet.rows:
        _write_row(page, row, cells, sheet.columns, formats)
        row += 1
    if sheet.total is not None:
        _write_row(page, row, sheet.total, sheet.columns, formats, what="total_")
        row += 1
    for note in sheet.notes:
        row += 1
        page.write_string(row, 0, note, formats["note"])


def _write_titles(page, sheet: Sheet, formats: dict) -> int:
    row = 0
    lines = [(line, "office") for line in sheet.office]
    lines += [(sheet.title, "title"), (sheet.subtitle, "note")]
    for text, style in lines:
        if text:
            page.write_string(row, 0, text, formats[style])
            row += 1
    return row + 1


def _write_header(page, columns: Sequence[Column], row: int, style) -> int:
    """One header row, or two where columns are grouped; the row after it."""
    if not any(column.group for column in columns):
        for index, column in enumerate(columns):
            page.write_string(row, index, column.title, style)
        return row + 1
    index = 0
    while index < len(columns):
        group, end = columns[index].group, index + 1
        while group and end < len(columns) and columns[end].group == group:
            end += 1
        if end - index > 1:
            page.merge_range(row, index, row, end - 1, group, style)
        else:
            page.write_string(row, index, group or columns[index].title, style)
        index = end
    for index, column in enumerate(columns):
        if column.group:
            page.write_string(row + 1, index, column.title, style)
        else:
            # a title over both rows. In constant memory `merge_range` cannot go back a row, so the
            # cells are written in order and only said to be one
            page.write_blank(row + 1, index, None, style)
            page.merge.append([row, index, row + 1, index])
    return row + 2


def _write_row(
    page,
    row: int,
    cells: Sequence[Cell],
    columns: Sequence[Column],
    formats: dict,
    *,
    what: str = "",
) -> None:
    for index, (cell, column) in enumerate(zip(cells, columns, strict=True)):
        style = formats[what + column.kind]
        if cell is None or cell == "":
            page.write_blank(row, index, None, style)
        elif isinstance(cell, str):
            page.write_string(row, index, cell, style)
        elif isinstance(cell, date):
            page.write_datetime(row, index, cell, formats["date"])
        else:
            page.write_number(row, index, cell, style)
