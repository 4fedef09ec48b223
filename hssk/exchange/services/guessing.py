"""Guess: how the columns of a file are read, shown on sample rows, corrected, remembered."""

import json
from datetime import date
from hashlib import blake2b
from itertools import zip_longest
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_noop as _n

from hssk.access.models import User
from hssk.exchange.errors import Refused
from hssk.exchange.formats import Layout, Reading, SheetReading, UnreadableFile, read_in_child
from hssk.exchange.models import Batch, KnownLayout
from hssk.exchange.services import importing
from hssk.kit import progress
from hssk.kit.home import write_whole

SAMPLE_ROWS = 5
# A kind told with less confidence than this is shown before it is believed.
LEAST_CONFIDENCE = 0.7
CORRECTABLE = (Batch.WAITING, Batch.HELD, Batch.FAILED)


def read_again(batch: Batch) -> Reading:
    """The kept file of `batch`, read as it was read when it was taken in."""
    return read_in_child(
        importing.kept_file(batch.digest),
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
    path = settings.HOME.path / "jobs" / f"guess-{batch.id}.json"
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
    heads = [[_text(cell) for cell in row] for row in sheet.header_rows]
    width = max((len(row) for row in (*texts, *heads)), default=0)
    header = [" · ".join(filter(None, parts)) for parts in zip_longest(*heads, fillvalue="")]
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


def hold_if_uncertain(batch: Batch) -> bool:
    """Hold a waiting file whose columns were guessed, until somebody has looked; whether it was.

    A shape that somebody accepted before is not asked about again, nor a file somebody insists on.
    """
    if batch.state != Batch.WAITING or batch.insisted:
        return False
    try:
        sheets = guess_of(batch)
    except UnreadableFile:
        return False  # reading it in earnest will say so
    known = {**_known_layouts(), **batch.layouts}
    if not any(uncertain(s["layout"]) for s in sheets if s["layout"]["shape"] not in known):
        return False
    batch.state = Batch.HELD
    batch.trouble = {
        "kind": "layout",
        "message": _n("Có cột mang tên lạ; máy đã đoán nghĩa của chúng từ nội dung."),
        "advice": _n("Mở “Xem cách đọc các cột”, sửa chỗ sai rồi bấm “Đọc theo cách này”."),
    }
    batch.save(update_fields=["state", "trouble"])
    progress.forget(f"batch-{batch.id}")
    return True


def uncertain(layout: dict[str, Any]) -> bool:
    """Whether somebody must look at a layout: fields told from content, or an unsure kind."""
    return bool(layout["guessed"]) or layout["confidence"] < LEAST_CONFIDENCE


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
