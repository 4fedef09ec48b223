"""Writing one cell, safely; the formats of a workbook; titles of sheets."""

from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path
from typing import IO, Any

import xlsxwriter

TEXT, NUMBER, PERCENT, DATE = "text", "number", "percent", "date"
# Excel stores these codes in the English way and shows separators as the user's Windows says
CODES = {TEXT: "@", NUMBER: "#,##0", PERCENT: "0.0%", DATE: "dd/mm/yyyy"}
_FONT = "Times New Roman"  # NĐ 30/2020/NĐ-CP, Phụ lục I
_BAD_IN_TITLES = str.maketrans(dict.fromkeys("[]:*?/\\", "-"))
_LONGEST_TITLE = 31
_LONGEST_CELL = 32_767
A4 = 9

Target = str | Path | IO[bytes]


class Styles:
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
        return self.get(num_format=CODES[kind], border=1, text_wrap=kind == TEXT, **more)


def open_book(out: Target) -> Any:
    """A workbook to be written to a path or a file: text stays text, whatever it begins with."""
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
        worksheet.write_string(row, column, printable(str(value)), style)


def _put_date(worksheet: Any, row: int, column: int, value: date, style: Any) -> None:
    if value.year < 1900:  # Excel knows no earlier day
        worksheet.write_string(row, column, f"{value.day:02}/{value.month:02}/{value.year}", style)
    else:
        moment = (
            value if isinstance(value, datetime) else datetime(value.year, value.month, value.day)
        )
        worksheet.write_datetime(row, column, moment.replace(tzinfo=None), style)


def printable(text: str) -> str:
    """`text` without the control characters that XML forbids, and not longer than a cell may be."""
    if not text.isprintable():
        text = "".join(c for c in text if c >= " " or c in "\t\n")
    return text[:_LONGEST_CELL]


def csv_safe(value: object) -> str:
    """A cell of a CSV file that no spreadsheet takes for a formula when it opens the file."""
    text = "" if value is None else str(value)
    return f"'{text}" if text[:1] in {"=", "+", "-", "@", "\t", "\r"} else text
