"""Reading a table file: open, find the layout, find the people, interpret."""

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Any

from hssk.exchange.formats.rows import Columns
from hssk.exchange.formats.tables import legacy
from hssk.exchange.formats.tables.body import BodyReader
from hssk.exchange.formats.tables.extents import column_letter
from hssk.exchange.formats.tables.interpret import Interpreter
from hssk.exchange.formats.tables.layout import AUTO, ROSTER, Layout, find_layout
from hssk.exchange.formats.tables.layout.header import filled
from hssk.exchange.formats.tables.notes import Note
from hssk.exchange.formats.tables.reading import Reading, SheetReading
from hssk.exchange.formats.tables.refusals import refuse
from hssk.exchange.formats.tables.sheets import Sheet, open_sheets
from hssk.kit.text import fold

_GUIDES = (
    "huong dan", "huongdan", "hd nhap", "hd su dung", "hd ghi", "guide", "readme", "danh muc",
    "chu giai", "giai thich", "mau nhap", "vi du", "example",
)  # fmt: skip
_FEW = 12  # rows: how many people a guide shows at most as its examples


def read(
    path: str,
    *,
    layouts: dict[str, Any] | None = None,
    kind: str = AUTO,
    on: date | None = None,
    streaming: bool = False,
) -> Reading:
    """All people in the table file at `path`, in this process; see `read_in_child` for safety.

    layouts    shape → layout dict confirmed by a user (Layout.to_dict)
    kind       "roster", "records", or "auto" to tell by the columns
    on         the day the file was made, by default the day it was last written; later dates and
               ages above 120 are doubted
    streaming  read .xlsx with bounded memory even where its stated extent looks ordinary
    Raises UnreadableFile, and nothing else, for what cannot be read.
    """
    reading = Reading()
    day = on or written(path)
    sheets = open_sheets(path, streaming=streaming)
    for sheet, columns in read_sheets(sheets, layouts=lambda: layouts, kind=kind, on=day):
        reading.sheets.append(sheet)
        if columns is not None:
            reading.runs.append((sheet.title, columns))
    finish(reading, kind)
    return reading


def read_sheets(
    sheets: Iterable[Sheet], *, layouts: Callable[[], dict[str, Any] | None], kind: str, on: date
) -> Iterator[tuple[SheetReading, Columns | None]]:
    """Sheet by sheet, in columns; what `read` puts together.

    layouts  asked once, when the first sheet has been opened
    """
    known = None
    for sheet in sheets:
        known = layouts() or {} if known is None else known
        yield _read_sheet(sheet, known, kind, on)


def finish(reading: Reading, kind: str) -> None:
    """Settle the kind of the whole file, and refuse a file without a list of people."""
    read_ones = [sheet for sheet in reading.sheets if sheet.layout is not None]
    if not read_ones:
        raise refuse(_why_nobody(reading.sheets))
    if not len(reading):
        raise refuse("empty")
    weight = Counter[str]()
    for sheet in read_ones:
        assert sheet.layout is not None
        weight[sheet.layout.kind] += sheet.rows_count
    reading.kind = kind if kind != AUTO else weight.most_common(1)[0][0] if weight else ROSTER


def _why_nobody(sheets: list[SheetReading]) -> str:
    why = {note.params.get("why") for sheet in sheets for note in sheet.notes}
    return "hidden" if "hidden" in why else "no_table" if why - {"blank"} else "empty"


def written(path: str) -> date:
    """The day on which the file was last written. Refuses one that is not there."""
    try:
        return date.fromtimestamp(os.stat(path).st_mtime)
    except (OSError, ValueError, OverflowError) as error:
        raise refuse("missing") from error


def _skipped(
    title: str, message: str, why: str, severity: str = "info"
) -> tuple[SheetReading, None]:
    note = Note(message, {"sheet": title, "why": why}, severity)
    return SheetReading(title, None, notes=[note]), None


def _is_guide(sheet: Sheet) -> bool:
    """Whether its name or its first line says that a sheet shows how to fill in the others."""
    first = next(filter(None, map(filled, sheet.rows)))[0][1]
    says_so = fold(str(first)).startswith("huong dan") and len(sheet.rows) <= _FEW * 2
    return says_so or fold(sheet.title).startswith(_GUIDES)


def _read_sheet(
    sheet: Sheet, layouts: dict[str, Any], kind: str, on: date
) -> tuple[SheetReading, Columns | None]:
    if sheet.hidden:
        return _skipped(sheet.title, "Bỏ qua trang ẩn “{sheet}”.", "hidden")
    if not any(map(filled, sheet.rows)):  # blanks in a cell are nothing either
        return _skipped(sheet.title, "Bỏ qua trang trống “{sheet}”.", "blank")
    if _is_guide(sheet):
        return _skipped(sheet.title, "Bỏ qua trang hướng dẫn “{sheet}”.", "guide")
    encoding = legacy.settle(sheet.rows)
    layout = find_layout(sheet, layouts=layouts, kind=kind)
    if layout is None:
        return _skipped(sheet.title, "Trang “{sheet}” không có danh sách người.", "no_table")
    if not layout.describes and layout.shape not in layouts:
        message = (
            "Bỏ qua trang “{sheet}”: chỉ có họ tên, không có ngày sinh, giới tính, số giấy tờ,"
            " hộ hay quan hệ."
        )
        return _skipped(sheet.title, message, "only_names", "warning")
    layout.encoding = encoding
    return _read_body(sheet, layout, on)


def _read_body(sheet: Sheet, layout: Layout, on: date) -> tuple[SheetReading, Columns]:
    shown = {number: index for index, number in enumerate(sheet.numbers or ())}
    header = [shown.get(number, number - 1) for number in layout.header_rows]
    start = header[-1] + 1 if header else _first_filled(sheet)
    body = BodyReader(sheet, layout, range(header[0], start) if header else range(0)).read(start)
    body.notes += _about(layout)
    columns = Interpreter(sheet, layout, body, on).run()
    reading = SheetReading(
        sheet.title,
        layout,
        len(body.data),
        body.notes,
        title_lines=sheet.rows[: header[0]] if header else [],
        header_rows=[sheet.rows[index] for index in header],
    )
    return reading, columns


def _about(layout: Layout) -> Iterator[Note]:
    """What is to be said about a layout itself."""
    if layout.encoding != legacy.UNICODE:
        encoding = {"encoding": layout.encoding.upper()}
        yield Note("Chữ theo bảng mã cũ ({encoding}) đã đổi sang Unicode.", encoding)
    if not layout.names:
        yield Note(
            "Không có cột nào ghi họ tên, nên không dòng nào của trang này được nhận.",
            severity="warning",
        )
    if layout.beside >= 0:
        yield Note(
            "Bảng thứ hai nằm bên cạnh, từ cột {column}, chưa được đọc; hãy chép xuống dưới bảng"
            " thứ nhất hoặc sang một trang khác.",
            {"column": column_letter(layout.beside)},
            "warning",
        )


def _first_filled(sheet: Sheet) -> int:
    return next(index for index, row in enumerate(sheet.rows) if any(row))
