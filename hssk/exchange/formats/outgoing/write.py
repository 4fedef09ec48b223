"""Fill an import workbook: its own rows above, then a row a record. Pure."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from hssk.exchange.formats.outgoing.template import Template
from hssk.exchange.formats.tables.write.cells import (
    CODES,
    DATE,
    TEXT,
    Styles,
    Target,
    open_book,
    put,
    sheet_titles,
)


def write_filled(template: Template, rows: Iterable[Sequence[Any]], out: Target) -> None:
    """Write the one sheet of `template` to `out`: every row above the records where it stood.

    rows  cells in the order of the columns; a text is a text (an identifier keeps its zeros, none
          starts a formula), a day a day, a number a number
    """
    book = open_book(out)
    styles = Styles(book)
    page = book.add_worksheet(sheet_titles([template.sheet])[0])
    text, day = styles.get(num_format=CODES[TEXT]), styles.get(num_format=CODES[DATE])
    plain, bold = styles.get(), styles.get(bold=True)
    for number, cells in template.above:
        for column, value in enumerate(cells):
            if value not in (None, ""):
                put(page, number - 1, column, value, bold)
    for row, record in enumerate(rows, template.first - 1):
        for column, value in enumerate(record):
            if value not in (None, ""):
                style = (
                    day if isinstance(value, date) else text if isinstance(value, str) else plain
                )
                put(page, row, column, value, style)
    page.set_column(0, max(len(template.titles) - 1, 0), 16)
    page.freeze_panes(template.first - 1, 0)
    book.close()
