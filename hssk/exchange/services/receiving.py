"""Receive: the rows of a file, verbatim and as read, each in its unit; nothing is believed yet."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import repeat

import orjson
from django.db import connection
from django.utils.translation import gettext_noop as _n

from hssk.exchange import rules
from hssk.exchange.errors import Held
from hssk.exchange.formats.door import ERROR, Columns, Problem, Reading
from hssk.exchange.models import Batch, HandedRow, SourceRow
from hssk.exchange.services.area import Beyond, commune_meant
from hssk.kit.copying import copy_in
from hssk.kit.numbers import format_number
from hssk.kit.text import fold
from hssk.places import services as places
from hssk.places.models import Unit

# Texts of unknown units that a doubt names.
MOST_TEXTS = 3
HANDED = "handed"  # the severity of what is no fault: the row was handed on
# Keys of rows that are reserved at once: asking for them waits until all rows before are written.
MOST_KEYS = 32_000


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
        self.former = places.FormerCommunes(self.names.by_code.values())

    def __missing__(self, text: str) -> Unit | None:
        self[text] = found = commune_meant(self.names.meant(text))
        return found

    def here(self, text: str) -> Unit | None:
        """What `text` means, now or once: lists go on naming communes that are gone."""
        return self[text] or self.former.heir(text)

    def tell_apart(self, facts: dict) -> None:
        """Write to the hamlet of which former commune it is, for a row that names one.

        Else Tổ 1 of one would become that of the other, with its households. A row of no hamlet
        has that written to its household, and stays where its people are known to live.
        """
        text = facts.get("unit", "")
        if self[text] is not None or self.former.heir(text) is None:
            return
        of, said = self.former.name(text), "hamlet" if "hamlet" in facts else "household"
        if said in facts and fold(of) not in fold(facts[said]):
            facts[said] = f"{facts[said]} ({of})"

    def complete(self, sheet: str, columns: Columns) -> None:
        """Write the name of a sheet to its rows of no commune, where it is the name of one.

        A name that the district shares ("Tân Uyên") may be that of a list of the whole district.
        """
        if self[""] is None and commune_meant(self.names.sole(sheet)) is not None:
            texts = columns.fields.get("unit_text") or repeat("", len(columns.numbers))
            columns.fields["unit_text"] = [text or sheet for text in texts]


def _handed_on(text: str) -> dict:
    return {
        "column": "",
        "severity": HANDED,
        "message": _n("Dòng ghi “{text}”, ngoài đơn vị của tệp. Đang ở trung tâm y tế."),
        "params": {"text": text},
        "advice": _n("Bạn không phải làm gì: dòng được giữ nguyên và chuyển đến nơi phụ trách."),
    }


def _strange_unit(text: str, batch: Batch, kind: str) -> dict:
    return {
        "column": "",
        "severity": "error" if kind == Batch.ROSTER else "warning",
        "message": _n("Không tìm thấy xã, phường “{text}” trong {unit} vào ngày {day}."),
        "params": {
            "text": text,
            "unit": str(batch.unit),
            "day": batch.on.isoformat(),
        },
        "advice": _n("Ghi đúng tên xã, phường, hoặc chọn lại đơn vị và ngày của tệp khi nhập."),
    }


def _problems_of(found: Sequence[Problem]) -> list[dict]:
    return [
        {
            "column": p.column,
            "severity": p.severity,
            "message": p.message,
            "params": p.params,
            "advice": p.advice,
        }
        for p in found
    ]


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
        self.keys: Sequence[int] = ()  # reserved and not used yet

    def take(self, sheet: str, columns: Columns, kind: str) -> None:
        """The next rows of a sheet; `kind` counts where nobody said what the file is."""
        if self.kind == "auto":
            self.kind = kind
        self.communes.complete(sheet, columns)
        count = len(columns.numbers)
        if len(self.keys) < count:
            self.keys = keys_reserved(max(count, min(4 * self.rows, MOST_KEYS)))
        keys, self.keys = self.keys[:count], self.keys[count:]
        self.rows += count
        copy_in(
            SourceRow,
            ["id", "batch", "sheet", "number", "cells", "facts", "digest", "accepted", "problems"],
            self._ready(sheet, keys, columns),
        )

    def finish(self, reading: Reading) -> list[Staged]:
        """The accepted rows of the whole file, as `staged` gives them.

        Raises Held when most rows lie in units that are not the batch's own.
        """
        if (self.kind, self.rows) != (reading.kind, len(reading)):
            self.start()
            self.kind = reading.kind
            for sheet, columns in reading.runs:
                self.take(sheet, columns, reading.kind)
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

    def _ready(self, sheet: str, keys: Sequence[int], columns: Columns) -> Iterator[tuple]:
        """Rows ready to copy; the accepted ones are put on `kept` as they pass."""
        batch, seen, found = self.batch, self.seen, columns.problems
        former = self.kind == Batch.ROSTER and self.communes.former.heirs
        cells = zip(*columns.cells, strict=True) if columns.cells else repeat((), len(keys))
        units = columns.fields.get("unit_text") or repeat("", len(keys))
        rows = zip(
            keys, columns.numbers, cells, rules.facts_of(columns), map(self._unit, units),
            strict=True,
        )  # fmt: skip
        for position, (key, number, verbatim, facts, unit) in enumerate(rows):
            accepted, to, problems = True, None, None
            if unit is None or position in found or self.beyond.units is not None:
                accepted, to, problems = self._judged(
                    facts.get("unit", ""), unit, found.get(position, ())
                )
            if former and unit is not None:
                self.communes.tell_apart(facts)
            written = rules.written_down(facts)
            digest = first = rules.row_digest(self.kind, written, 0)
            if first in seen:
                digest = rules.row_digest(self.kind, written, seen[first])
            seen[first] = seen.get(first, 0) + 1
            if accepted:
                self.kept.append(Staged(key, digest, facts, unit))
            elif to is not None:
                self.handed.append(Staged(key, digest, facts, to))
            yield (
                key,
                batch.id,
                sheet,
                number,
                orjson.dumps(verbatim, default=str).decode(),
                written.decode(),
                digest,
                accepted,
                orjson.dumps(problems).decode() if problems else None,
            )

    def _judged(
        self, text: str, unit: Unit | None, wrong: Sequence[Problem]
    ) -> tuple[bool, Unit | None, list[dict]]:
        """Whether a row is accepted, to which unit it is handed on else, and what is said of it."""
        problems = _problems_of(wrong)
        sound = all(problem.severity != ERROR for problem in wrong)
        to = self.beyond.meant(text, unit)
        if to is not None and sound:
            return False, to, [_handed_on(text), *problems]
        if unit is None:
            problems.append(_strange_unit(text, self.batch, self.kind))
        return all(problem["severity"] != ERROR for problem in problems), None, problems

    def _unit(self, text: str) -> Unit | None:
        unit = self.communes.here(text)
        if unit is None:
            self.strange[text] += 1
        return unit


def keys_reserved(count: int) -> Sequence[int]:
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
        Staged(key, digest, facts, communes.here(facts.get("unit", "")))
        for key, digest, facts in rows
    ]
