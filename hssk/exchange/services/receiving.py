"""Receive: the rows of a file, verbatim and as read, each in its unit; nothing is believed yet."""

from collections import Counter
from dataclasses import asdict, dataclass
from datetime import date

import orjson
from django.utils.translation import gettext_noop as _n

from hssk.exchange import rules
from hssk.exchange.errors import Held
from hssk.exchange.formats import Reading, Row
from hssk.exchange.models import Batch, SourceRow
from hssk.kit.copying import copy_in
from hssk.places import services as places
from hssk.places.models import Unit


@dataclass(slots=True)
class Staged:
    """A source row in memory: its key, its digest, what was read from it, its commune."""

    id: int
    digest: bytes
    facts: dict
    unit: Unit | None


def communes_named(batch: Batch, texts: set[str]) -> dict[str, Unit | None]:
    """Which commune each text means, within the unit and on the day of a batch; one query.

    None where a text names none of them, or several. A row that names no commune lies in the
    batch's own when that is one.
    """
    found = places.units_named(texts - {""}, batch.unit, batch.on)
    communes = {
        text: unit if isinstance(unit, Unit) and unit.level == Unit.COMMUNE else None
        for text, unit in found.items()
    }
    return {**communes, "": batch.unit if batch.unit.level == Unit.COMMUNE else None}


def _strange_unit(row: Row, batch: Batch) -> dict:
    return {
        "column": "",
        "severity": "error" if batch.kind == Batch.ROSTER else "warning",
        "message": _n("Không tìm thấy xã, phường “{text}” trong {unit} vào ngày {day}."),
        "params": {
            "text": row.unit_text,
            "unit": str(batch.unit),
            "day": batch.on.isoformat(),
        },
        "advice": _n("Ghi đúng tên xã, phường, hoặc chọn lại đơn vị và ngày của tệp khi nhập."),
    }


def _problems_of(row: Row, unit: Unit | None, batch: Batch) -> list[dict]:
    problems = [
        {
            "column": p.column,
            "severity": p.severity,
            "message": p.message,
            "params": p.params,
            "advice": p.advice,
        }
        for p in row.problems
    ]
    if unit is None:
        problems.append(_strange_unit(row, batch))
    return problems


def _plain(value):
    """A cell value as JSON keeps it: days and moments as ISO text."""
    return value.isoformat() if isinstance(value, date) else str(value)


def receive(batch: Batch, reading: Reading) -> int:
    """Keep every data row of a reading under `batch`; the number of rows.

    Raises Held when most rows lie in units that are not the batch's own.
    """
    communes = communes_named(batch, {row.unit_text for row in reading.rows})
    seen: Counter[bytes] = Counter()
    strange = 0

    def rows():
        nonlocal strange
        for row in reading.rows:
            unit = communes[row.unit_text]
            strange += unit is None
            problems = _problems_of(row, unit, batch) if row.problems or unit is None else None
            facts = rules.facts_of(row)
            digest = rules.row_digest(batch.kind, facts, 0)
            if seen[digest]:
                digest_again = rules.row_digest(batch.kind, facts, seen[digest])
                seen[digest] += 1
                digest = digest_again
            else:
                seen[digest] = 1
            yield (
                batch.id,
                row.sheet,
                row.number,
                orjson.dumps(row.cells, default=_plain).decode(),
                orjson.dumps(facts).decode(),
                digest,
                not any(p["severity"] == "error" for p in problems or ()),
                orjson.dumps(problems).decode() if problems else None,
            )

    count = copy_in(
        SourceRow,
        ["batch", "sheet", "number", "cells", "facts", "digest", "accepted", "problems"],
        rows(),
    )
    if count and strange > rules.MOST_STRANGE_ROWS * count and batch.kind == Batch.ROSTER:
        raise Held(
            _n("Phần lớn số dòng không thuộc đơn vị đã chọn."),
            _n("Kiểm tra lại đơn vị và ngày, rồi nhập lại."),
        )
    return count


def notes_of(reading: Reading) -> list[dict]:
    """What is to be said about the file and its sheets, as it is kept with the batch."""
    about = [("", reading.notes), *((sheet.title, sheet.notes) for sheet in reading.sheets)]
    return [{"sheet": title, **asdict(note)} for title, notes in about for note in notes]


def staged(batch: Batch) -> list[Staged]:
    """The accepted rows of a batch, in the order of the file's keys."""
    rows = list(
        SourceRow.objects.filter(batch=batch, accepted=True)
        .order_by("id")
        .values_list("id", "digest", "facts")
    )
    communes = communes_named(batch, {facts.get("unit", "") for _, _, facts in rows})
    return [
        Staged(key, bytes(digest), facts, communes[facts.get("unit", "")])
        for key, digest, facts in rows
    ]
