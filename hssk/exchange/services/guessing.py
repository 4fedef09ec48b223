"""Guess: how the columns of a file are read, shown on sample rows, corrected, remembered."""

import json
from datetime import date
from hashlib import blake2b
from itertools import zip_longest
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_noop as _n

from hssk.access.models import User
from hssk.exchange import rules
from hssk.exchange.errors import ColumnsHeld, Refused
from hssk.exchange.formats.door import Layout, Reading, SheetReading, read_in_child
from hssk.exchange.formats.tables.extents import column_letter
from hssk.exchange.models import Batch, KnownLayout
from hssk.exchange.services import keeping
from hssk.kit import progress
from hssk.kit.home import write_whole

SAMPLE_ROWS = 5
# A kind told with less confidence than this is shown before it is believed.
LEAST_CONFIDENCE = 0.7
CORRECTABLE = (Batch.WAITING, Batch.HELD, Batch.FAILED)


def read_again(batch: Batch) -> Reading:
    """The kept file of `batch`, read as it was read when it was taken in."""
    return read_in_child(
        keeping.kept_file(batch.digest),
        layouts=batch.layouts or _known_layouts(),
        kind=batch.kind,
        on=batch.on,
        progress=lambda done: progress.tell(f"batch-{batch.id}", "read", done),
    )


def _known_layouts() -> dict[str, Any]:
    return dict(KnownLayout.objects.values_list("shape", "layout"))


def guess_of(batch: Batch) -> list[dict[str, Any]]:
    """How each sheet of the file is read, with its headers and first rows; reads it if need be.

    Raises UnreadableFile.
    """
    asked = repr((batch.digest, batch.kind, batch.on, batch.layouts or _known_layouts()))
    key = blake2b(asked.encode(), digest_size=16).hexdigest()
    path = keeping.guess_file(batch.id)
    if (kept := _kept(path, key)) is not None:
        return kept
    reading = read_again(batch)
    samples = reading.sample(SAMPLE_ROWS)
    sheets = [
        _shown(sheet, [row.cells for row in samples[sheet.title]])
        for sheet in reading.sheets
        if sheet.layout
    ]
    path.parent.mkdir(mode=0o700, exist_ok=True)
    write_whole(path, json.dumps({"key": key, "sheets": sheets}))
    return sheets


def _kept(path: Path, key: str) -> list[dict[str, Any]] | None:
    try:
        kept = json.loads(path.read_text("utf-8"))
    except (FileNotFoundError, ValueError):
        return None
    return kept["sheets"] if kept["key"] == key else None


def _shown(sheet: SheetReading, rows: list[list[Any]]) -> dict[str, Any]:
    assert sheet.layout is not None
    texts = [[_text(cell) for cell in row] for row in rows]
    header = _headers(sheet)
    width = max((len(row) for row in (*texts, header)), default=0)
    return {
        "title": sheet.title,
        "layout": sheet.layout.to_dict(),
        "rows": sheet.rows_count,
        "header": header + [""] * (width - len(header)),
        "samples": [row + [""] * (width - len(row)) for row in texts],
    }


def _text(cell: Any) -> str:
    """A cell as Excel shows it, near enough to recognise it."""
    if cell is None:
        return ""
    if isinstance(cell, date):
        return f"{cell.day}/{cell.month}/{cell.year}"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def doubt_columns(batch: Batch, reading: Reading) -> None:
    """Raise ColumnsHeld when columns were guessed, or are those of the other kind of file.

    A shape that somebody accepted is not doubted again, nor a file somebody insists on.
    """
    if batch.insisted:
        return
    known = {**_known_layouts(), **batch.layouts}
    layouts = [sheet.layout for sheet in reading.sheets if sheet.layout and sheet.rows_count]
    for layout in layouts:
        if known.get(layout.shape, {}).get("kind") != layout.kind:
            _doubt_kind(batch, layout)
    unsure = [layout for layout in layouts if layout.shape not in known and uncertain(layout)]
    if not unsure:
        return
    headers = {sheet.title: _headers(sheet) for sheet in reading.sheets}
    guessed = [column for layout in unsure for column in _guessed(layout, headers[layout.sheet])]
    if guessed:
        raise ColumnsHeld(
            _n("Có cột mang tên lạ; máy đã đoán nghĩa của chúng từ nội dung."),
            _n("Mở “Xem cách đọc các cột”, sửa chỗ sai rồi bấm “Đọc theo cách này”."),
            guessed=guessed,
        )
    raise ColumnsHeld(
        _n("Các cột không cho biết chắc đây là danh sách nhân khẩu hay trích xuất hồ sơ."),
        _n("Nhập lại và chọn loại tệp, hoặc mở “Xem cách đọc các cột” để chọn."),
    )


def _doubt_kind(batch: Batch, layout: Layout) -> None:
    seems = rules.kind_of_columns(layout.columns)
    if not seems or seems == layout.kind:
        return
    if seems == Batch.RECORDS:
        message = _n(
            "Các cột cho thấy đây là trích xuất hồ sơ sức khỏe, không phải danh sách nhân khẩu."
        )
    else:
        message = _n(
            "Các cột cho thấy đây là danh sách nhân khẩu, không phải trích xuất hồ sơ sức khỏe."
        )
    raise ColumnsHeld(message, _n("Nhập lại và chọn đúng loại tệp, hoặc để máy tự nhận ra."))


def _headers(sheet: SheetReading) -> list[str]:
    """What stands over each column, the lines of a tall header joined."""
    heads = [[_text(cell) for cell in row] for row in sheet.header_rows]
    return [" · ".join(filter(None, parts)) for parts in zip_longest(*heads, fillvalue="")]


def _guessed(layout: Layout, headers: list[str]) -> list[dict[str, str]]:
    """The columns of a layout that were told from content, as people find them."""
    columns = sorted((layout.columns[name], name) for name in layout.guessed)
    return [
        {
            "sheet": layout.sheet,
            "column": column_letter(column),
            "header": headers[column] if column < len(headers) else "",
            "field": name,
        }
        for column, name in columns
    ]


def uncertain(layout: Layout) -> bool:
    """Whether somebody must look at a layout: fields told from content, or an unsure kind."""
    return bool(layout.guessed) or layout.confidence < LEAST_CONFIDENCE


@transaction.atomic
def accept(batch: Batch, corrected: dict[str, dict[str, Any]], *, actor: User) -> None:
    """Read `batch`, and every later file of these shapes, as somebody corrected or confirmed.

    corrected   shape → kind, columns (field → column, 0-based), date_order (field → dmy or mdy)
    Raises Refused when the file is applied or being worked on: then it must be undone first.
    """
    sheets = {sheet["layout"]["shape"]: sheet["layout"] for sheet in guess_of(batch)}
    batch = Batch.objects.select_for_update().get(id=batch.id)
    if batch.state not in CORRECTABLE:
        raise Refused(
            _n("Tệp này đã được ghi vào sổ theo cách đọc cũ."),
            _n("Hãy hoàn tác tệp trước, rồi nhập lại."),
        )
    layouts = {}
    for shape, said in corrected.items():
        told = {**sheets[shape], **said, "confidence": 1.0, "guessed": []}
        used = set(told["columns"].values())
        told["unknown"] = {c: t for c, t in told["unknown"].items() if int(c) not in used}
        layouts[shape] = Layout.from_dict(told).to_dict()
        KnownLayout.objects.update_or_create(
            shape=shape, defaults={"layout": layouts[shape], "actor": actor}
        )
    batch.layouts = {**batch.layouts, **layouts}
    batch.kind = next(iter(layouts.values()))["kind"] if layouts else batch.kind
    batch.state, batch.trouble = Batch.WAITING, None
    batch.save()
