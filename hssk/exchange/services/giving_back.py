"""Give back: the rows with errors in their sender's own workbook, with what is wrong in each."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from io import BytesIO
from itertools import groupby
from typing import Any
from urllib.parse import quote

from django.utils.translation import gettext as _

from hssk.exchange.formats.door import Problem, SheetReading
from hssk.exchange.formats.tables.write import BackSheet, write_back
from hssk.exchange.models import Batch, SourceRow
from hssk.exchange.services.guessing import read_again
from hssk.exchange.services.showing import rows_with_errors


def workbook(batch: Batch) -> bytes:
    """The rows of `batch` that were not accepted, as an .xlsx file.

    The sender's own sheets, title lines, headers and rows, in their order and with the values of
    the kept file, and a last column that says what is wrong and what to do. What a row has from one
    above it is written out, so that whoever is sent again lives where they did. A batch without
    such rows gives an empty workbook. Raises UnreadableFile when the kept file is damaged.
    """
    reading = read_again(batch)
    cells = {(row.sheet, row.number): row.cells for row in reading.rows}
    rejected = rows_with_errors(batch)
    sheets = {sheet.title: sheet for sheet in reading.sheets}
    given = []
    for title, rows in groupby(rejected.iterator(), key=lambda row: row.sheet):
        own = sheets[title]
        kept = ((row, cells.get((title, row.number), row.cells)) for row in rows)
        given.append(BackSheet(title, own.title_lines, own.header_rows, _written_out(own, kept)))
    out = BytesIO()
    write_back(given, out, heading=_("Cần sửa"))
    return out.getvalue()


def _written_out(
    sheet: SheetReading, rows: Iterable[tuple[SourceRow, Sequence[Any]]]
) -> list[tuple[list[Any], list[Problem]]]:
    """The rows of a sheet with what they have from rows above them, which do not come back.

    A household or hamlet stands in its column where that is blank; a hamlet that has no column, on
    a line of its own over its rows, as in the sheet itself.
    """
    assert sheet.layout is not None  # it has rows
    columns, over = sheet.layout.columns, sheet.layout.hamlet_text
    given: list[tuple[list[Any], list[Problem]]] = []
    for row, cells in rows:
        filled, hamlet = list(cells), row.facts.get("hamlet", "")
        for name in {"household", "hamlet"} & columns.keys():
            filled += [None] * (columns[name] + 1 - len(filled))
            if filled[columns[name]] in (None, ""):
                filled[columns[name]] = row.facts.get(name, "")
        if "hamlet" not in columns and hamlet not in ("", over):
            over = hamlet
            given.append(([hamlet], []))
        given.append((filled, _problems(row)))
    return given


def _problems(row: SourceRow) -> list[Problem]:
    """What was found in a row, in the reader's language."""
    return [
        replace(
            Problem(**problem),
            message=_(problem["message"]),
            advice=_(problem["advice"]) if problem["advice"] else "",
        )
        for problem in row.problems or []
    ]


def disposition(batch: Batch) -> str:
    """The header that names the download after the file: dong_loi_<file>.xlsx."""
    stem = batch.file_name.rsplit(".", 1)[0]
    return (
        f"attachment; filename=\"dong_loi.xlsx\"; filename*=UTF-8''{quote(f'dong_loi_{stem}.xlsx')}"
    )
