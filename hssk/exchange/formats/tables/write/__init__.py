"""Writing workbooks that open well in Excel and print well on A4.

Text is always written as text, so that no cell can start a formula; identifiers keep their zeros.
"""

from hssk.exchange.formats.tables.write.back import BackSheet, back_sheets, write_back
from hssk.exchange.formats.tables.write.cells import (
    DATE,
    NUMBER,
    PERCENT,
    TEXT,
    csv_safe,
    sheet_titles,
)
from hssk.exchange.formats.tables.write.workbook import Column, Sheet, write_workbook

__all__ = [
    "DATE", "NUMBER", "PERCENT", "TEXT", "BackSheet", "Column", "Sheet", "back_sheets", "csv_safe",
    "sheet_titles", "write_back", "write_workbook",
]  # fmt: skip
