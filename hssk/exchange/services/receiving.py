"""Receive: the rows of a file, verbatim and as read, each in its unit; nothing is believed yet."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date

import orjson
from django.db import connection
from django.utils.translation import gettext_noop as _n

from hssk.exchange import rules
from hssk.exchange.errors import Held
from hssk.exchange.formats import Reading, Row
from hssk.exchange.models import Batch, HandedRow, SourceRow
from hssk.exchange.services.area import area_of
from hssk.kit.copying import copy_in
from hssk.kit.numbers import format_number
from hssk.places import services as places
from hssk.places.models import Unit

# Texts of unknown units that a doubt names.
MOST_TEXTS = 3
HANDED = "handed"  # the severity of what is no fault: the row was handed on


@dataclass(slots=True)
class Staged:
    """A source row in memory: its key, its digest, what was read from it, its commune."""

    id: int
    digest: bytes
    facts: dict
    unit: Unit | None


class Communes(dict[str, Unit | None]):
    """Text → the commune it means, within the unit and on the day of a batch; no queries.

    None where it names none of them, or several. A row that names no commune lies in the batch's
    own when that is one.
    """

    def __init__(self, batch: Batch) -> None:
        super().__init__({"": batch.unit if batch.unit.level == Unit.COMMUNE else None})
        self.names = places.UnitNames(batch.unit, batch.on)

    def __missing__(self, text: str) -> Unit | None:
        self[text] = found = _commune(self.names.meant(text))
        return found


class Beyond:
    """Which rows of a batch lie outside its area; no queries once it is made.

    What is delivered by posts of everything has nothing outside.
    """

    def __init__(self, batch: Batch) -> None:
        area = area_of(batch)
        self.units = None if area is None else area.units
        self.around = []  # what units are called in each unit above the batch's own, nearest first
        above = batch.unit.parent if area else None
        while above is not None:
            self.around.append(places.UnitNames(above, batch.on))
            above = above.parent

    def meant(self, text: str, found: Unit | None) -> Unit | None:
        """The commune outside the area that a row names; None where it names none, or several.

        found  the commune of the batch's unit that it names
        """
        if self.units is None:
            return None
        if found is not None:
            return None if found.pk in self.units else found
        for names in self.around if text else ():
            if (meant := names.meant(text)) is not None:
                return _commune(meant)
        return None


def _commune(meant: Unit | places.Ambiguous | None) -> Unit | None:
    """What is meant, where it is one commune."""
    return meant if isinstance(meant, Unit) and meant.level == Unit.COMMUNE else None


def _handed_on(text: str) -> dict:
    return {
        "column": "",
        "severity": HANDED,
        "message": _n("Dòng ghi “{text}”, ngoài đơn vị của tệp. Đang ở trung tâm y tế."),
        "params": {"text": text},
        "advice": _n("Bạn không phải làm gì: dòng được giữ nguyên và chuyển đến nơi phụ trách."),
    }


def _strange_unit(row: Row, batch: Batch, kind: str) -> dict:
    return {
        "column": "",
        "severity": "error" if kind == Batch.ROSTER else "warning",
        "message": _n("Không tìm thấy xã, phường “{text}” trong {unit} vào ngày {day}."),
        "params": {
            "text": row.unit_text,
            "unit": str(batch.unit),
            "day": batch.on.isoformat(),
        },
        "advice": _n("Ghi đúng tên xã, phường, hoặc chọn lại đơn vị và ngày của tệp khi nhập."),
    }


def _problems_of(row: Row, unit: Unit | None, batch: Batch, kind: str) -> list[dict]:
    problems = _told(row)
    if unit is None:
        problems.append(_strange_unit(row, batch, kind))
    return problems


def _told(row: Row) -> list[dict]:
    """What the reader found in a row."""
    return [
        {
            "column": p.column,
            "severity": p.severity,
            "message": p.message,
            "params": p.params,
            "advice": p.advice,
        }
        for p in row.problems
    ]


def _plain(value):
    """A cell value as JSON keeps it: days and moments as ISO text."""
    return value.isoformat() if isinstance(value, date) else str(value)


class Receiver:
    """Keeps every data row of a file under its batch, as the rows come out of the reader.

    A file of which nobody said what it is (`kind` auto) is taken for what its first sheet looks
    like; should it turn out to be the other kind, its rows are kept anew, for what it is belongs
    to the digest of each row.
    """

    def __init__(self, batch: Batch) -> None:
        self.batch, self.communes, self.beyond = batch, Communes(batch), Beyond(batch)
        self.start()

    def start(self) -> None:
        """Begin anew, with nothing kept: the reader may have to read a file twice."""
        self.batch.rows.all().delete()
        self.kind = self.batch.kind
        self.kept: list[Staged] = []
        self.handed: list[Staged] = []
        self.seen: dict[bytes, int] = {}  # digest of what a row says → rows that said it
        self.strange: Counter[str] = Counter()  # text of a unit not found → rows
        self.rows = 0

    def take(self, rows: list[Row], kind: str) -> None:
        """The next rows of the file; `kind` counts where nobody said what the file is."""
        if self.kind == "auto":
            self.kind = kind
        self.rows += len(rows)
        keys = _keys_reserved(len(rows))
        copy_in(
            SourceRow,
            ["id", "batch", "sheet", "number", "cells", "facts", "digest", "accepted", "problems"],
            self._ready(zip(keys, rows, strict=True)),
        )

    def finish(self, reading: Reading) -> list[Staged]:
        """The accepted rows of the whole file, as `staged` gives them.

        Raises Held when most rows lie in units that are not the batch's own.
        """
        if (self.kind, self.rows) != (reading.kind, len(reading.rows)):
            self.start()
            self.take(reading.rows, reading.kind)
        strange = self.strange.total()
        doubted = self.kind == Batch.ROSTER and not self.batch.insisted
        if doubted and strange > rules.MOST_STRANGE_ROWS * self.rows:
            raise self._strangers(strange)
        self._hand_on()
        return self.kept

    def _hand_on(self) -> None:
        """Hand the rows of communes outside the area on to whoever has those."""
        if self.handed:
            keys = [row.id for row in self.handed]
            SourceRow.objects.filter(id__in=keys).update(handed=True)
            HandedRow.objects.bulk_create(
                HandedRow(row_id=row.id, unit=row.unit, digest=row.digest) for row in self.handed
            )

    def _strangers(self, strange: int) -> Held:
        told = {
            "strange": format_number(strange),
            "rows": format_number(self.rows),
            "unit": str(self.batch.unit),
        }
        named = [(text, count) for text, count in self.strange.most_common() if text]
        if not named:
            return Held(
                _n("{strange} trên {rows} dòng không ghi xã, phường nào của {unit}."),
                _n("Chọn đúng xã, phường của tệp khi nhập, hoặc thêm cột xã, phường vào tệp."),
                **told,
            )
        return Held(
            _n("{strange} trên {rows} dòng không thuộc {unit}; không hiểu được {texts}."),
            _n("Kiểm tra lại đơn vị và ngày, rồi nhập lại."),
            texts=", ".join(
                f"“{text}” (×{format_number(count)})" for text, count in named[:MOST_TEXTS]
            ),
            **told,
        )

    def _ready(self, keyed: Iterable[tuple[int, Row]]) -> Iterator[tuple]:
        """Rows ready to copy; the accepted ones are put on `kept` as they pass."""
        batch, seen = self.batch, self.seen
        for key, row in keyed:
            unit = self.communes[row.unit_text]
            if unit is None:
                self.strange[row.unit_text] += 1
            accepted, problems = True, None
            if row.problems or unit is None:
                problems = _problems_of(row, unit, batch, self.kind)
                accepted = all(problem["severity"] != "error" for problem in problems)
            to = self.beyond.meant(row.unit_text, unit)
            handed = to is not None and all(p.severity != "error" for p in row.problems)
            if handed:
                accepted, problems = False, [_handed_on(row.unit_text), *_told(row)]
            facts = rules.facts_of(row)
            written = rules.written_down(facts)
            digest = first = rules.row_digest(self.kind, written, 0)
            if first in seen:
                digest = rules.row_digest(self.kind, written, seen[first])
            seen[first] = seen.get(first, 0) + 1
            if accepted:
                self.kept.append(Staged(key, digest, facts, unit))
            elif handed:
                self.handed.append(Staged(key, digest, facts, to))
            yield (
                key,
                batch.id,
                row.sheet,
                row.number,
                orjson.dumps(row.cells, default=_plain).decode(),
                written.decode(),
                digest,
                accepted,
                orjson.dumps(problems).decode() if problems else None,
            )


def _keys_reserved(count: int) -> Sequence[int]:
    """`count` keys of source rows, in order, that nobody else will be given."""
    reserved = """FROM (SELECT nextval('exchange_sourcerow_id_seq') AS key
                        FROM generate_series(1, %s)) AS reserved"""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT min(key), max(key) {reserved}", [count])
        first, last = cursor.fetchone()
        if first is None or last - first == count - 1:
            return range(first or 0, (last or -1) + 1)
        # somebody else received rows meanwhile, so there are gaps: leave these keys alone
        cursor.execute(f"SELECT key {reserved} ORDER BY key", [count])
        return [key for (key,) in cursor.fetchall()]


def notes_of(reading: Reading) -> list[dict]:
    """What is to be said about the file and its sheets, as it is kept with the batch."""
    about = [("", reading.notes), *((sheet.title, sheet.notes) for sheet in reading.sheets)]
    return [{"sheet": title, **asdict(note)} for title, notes in about for note in notes]


def staged(batch: Batch) -> list[Staged]:
    """The accepted rows of a batch, in the order of the file's keys."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT id, digest, facts FROM exchange_sourcerow
            WHERE batch_id = %s AND accepted ORDER BY id""",
            [batch.id],
        )
        rows = [(key, bytes(said), orjson.loads(facts)) for key, said, facts in cursor.fetchall()]
    communes = Communes(batch)
    return [
        Staged(key, digest, facts, communes[facts.get("unit", "")]) for key, digest, facts in rows
    ]
