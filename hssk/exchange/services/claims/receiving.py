"""Receive a file of claims: a row for each, with what it says of the person, and apart from it
what it says of their health."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import orjson
from django.db import connection
from django.utils.translation import gettext_noop as _n

from hssk.exchange import rules
from hssk.exchange.formats.door import Begun
from hssk.exchange.formats.wire import CLAIMS
from hssk.exchange.models import Batch, Checkup, Claim, Cost, SourceRow
from hssk.exchange.services.keeping import kept_file
from hssk.exchange.services.receiving import Staged, keys_reserved
from hssk.kit.copying import array_of, copy_in
from hssk.kit.numbers import format_number
from hssk.places.models import Unit

_LONGEST_NAME = 255
SHEET = "HOSO"  # where a row of such a file stands: the claim's place in it is its number
BIRTHS = "XML9"  # where rows stand that claims certify births by, beside theirs: they are no claims
_ROW = ["id", "batch", "sheet", "number", "cells", "facts", "digest", "accepted", "problems"]
_CLAIM = ["row", "facility", "code", "visit", "made", "said"]
_COST = ["row", "visit", "total", "by_insurance", "by_person", "by_others"]
_CHECKUP = ["row", "visit", "groups", "paid"]


class _Communes(dict[str, list[Unit]]):
    """Code → the communes that it meant, each in its time; one query a code."""

    def __missing__(self, code: str) -> list[Unit]:
        self[code] = list(Unit.objects.filter(code=code, level=Unit.COMMUNE)) if code else []
        return self[code]

    def on(self, code: str, day: str) -> Unit | None:
        """The commune that a code meant on a day (yyyy-mm-dd); None where it meant none."""
        if not day:
            return None
        when = date.fromisoformat(day)
        return next((unit for unit in self[code] if _stands(unit, when)), None)


def _stands(unit: Unit, day: date) -> bool:
    return (unit.valid_from is None or unit.valid_from <= day) and (
        unit.valid_until is None or day < unit.valid_until
    )


def receive_claims(
    batch: Batch, begun: Begun | None, told: Callable[[int], None] = lambda done: None
) -> list[Staged]:
    """Read the file in a child and keep its claims, inside the caller's transaction.

    begun   a child that has begun on this file, if any
    told    called with the number of claims kept so far
    returns the accepted ones, in their order

    Raises UnreadableFile for what is no file of claims or breaks off: nothing of it is kept then.
    """
    batch.rows.all().delete()
    keeper = _Keeper(batch)
    if begun is None or begun.kind != CLAIMS:
        begun = Begun(kept_file(batch.digest), kind=CLAIMS, layouts={})
    with begun:
        for some in begun.claims():
            keeper.keep(some)
            told(keeper.count)
    batch.notes = list(_note_of(keeper.unloaded))
    return keeper.accepted


def _note_of(unloaded: int) -> Iterator[dict[str, Any]]:
    """What the page of the file says of claims whose codes of illness nobody has judged."""
    if unloaded:
        yield _problem(
            _n(
                "{count} hồ sơ ra viện vào ngày mà danh mục ICD-10 chưa được nạp: mã bệnh được giữ "
                "nguyên và chưa được kiểm tra."
            ),
            "",
        ) | {"sheet": "", "severity": "warning", "params": {"count": format_number(unloaded, "vi")}}


def staged_claims(batch: Batch) -> list[Staged]:
    """The accepted claims of a batch, in the order of the file."""
    rows = SourceRow.objects.filter(batch=batch, accepted=True, sheet=SHEET).order_by("id")
    found = [(row.pk, bytes(row.digest), row.facts) for row in rows.iterator()]
    units = Unit.objects.in_bulk(
        {facts["commune"] for _key, _said, facts in found if "commune" in facts}
    )
    return [
        Staged(key, said, facts, units.get(facts.get("commune", 0))) for key, said, facts in found
    ]


class _Keeper:
    """Writes claims some at a time, so that memory does not grow with the file but by what is said
    of the people."""

    def __init__(self, batch: Batch) -> None:
        self.batch, self.communes = batch, _Communes()
        self.accepted: list[Staged] = []
        self.seen: dict[bytes, int] = {}
        self.examined: dict[str, tuple[int, str]] = {}  # visit → the check-up that told it, whose
        self.count = self.unloaded = 0

    def keep(self, claims: list[dict[str, Any]]) -> None:
        keys = keys_reserved(len(claims))
        ready = [self._row(key, claim) for key, claim in zip(keys, claims, strict=True)]
        copy_in(SourceRow, _ROW, ready)
        copy_in(Claim, _CLAIM, self._claims(keys, claims))
        copy_in(Cost, _COST, _told(keys, claims, "cost"))
        if any(claim.get("counted") for claim in claims):
            copy_in(Checkup, _CHECKUP, _told(keys, claims, "counted"))
        self._keep_births(keys, claims)
        self.count += len(claims)
        self.unloaded += sum(claim.get("unloaded", False) for claim in claims)

    def _row(self, key: int, claim: dict[str, Any]) -> tuple:
        facts, problems = claim.get("facts"), _problems(claim)
        facts = dict(facts or {})
        unit = self.communes.on(claim.get("commune", ""), claim.get("on", ""))
        if unit is not None:
            facts["commune"] = unit.pk
        written = rules.written_down(facts)
        first = rules.row_digest(CLAIMS, written, 0)
        digest = (
            rules.row_digest(CLAIMS, written, self.seen[first]) if first in self.seen else first
        )
        self.seen[first] = self.seen.get(first, 0) + 1
        accepted = not problems
        problems = problems or [*self._shared(claim), *claim["findings"]]
        if accepted:
            self.accepted.append(Staged(key, digest, facts, unit))
        return (
            key, self.batch.id, SHEET, claim["ordinal"],
            orjson.dumps(claim.get("cells", [])).decode(), written.decode(), digest, accepted,
            orjson.dumps(problems).decode() if problems else None,
        )  # fmt: skip

    def _shared(self, claim: dict[str, Any]) -> Iterator[dict[str, Any]]:
        """What is said of a check-up whose number another person bore in this file: of one visit
        the later word stands, and some programs number the round instead of each who came."""
        facts = claim["facts"] or {}
        who = facts.get("pid") or f"{facts.get('name')} {facts.get('birth')}"
        if not claim.get("counted") or not claim["visit"]:
            return
        ordinal, before = self.examined.get(claim["visit"], (0, who))
        self.examined[claim["visit"]] = claim["ordinal"], who
        if before != who:
            yield _problem(
                _n(
                    "Mã lượt khám (MA_LK) này đã có ở hồ sơ thứ {claim} của người khác trong tệp; "
                    "hồ sơ thứ {claim} không được ghi vào bệnh án."
                ),
                _n("Cho mỗi lượt khám một mã riêng trong phần mềm, rồi xuất và gửi lại tệp."),
            ) | {"severity": "warning", "params": {"claim": format_number(ordinal, "vi")}}

    def _keep_births(self, keys: Any, claims: list[dict[str, Any]]) -> None:
        """A row for each child whose birth these claims certify: most certify none."""
        born = [
            (key, claim, child) for key, claim in zip(keys, claims, strict=True)
            if claim.get("born") and claim["visit"] and not _problems(claim)
            for child in claim["born"]
        ]  # fmt: skip
        if born:
            copy_in(SourceRow, _ROW, map(self._birth, keys_reserved(len(born)), born))

    def _birth(self, key: int, of: tuple[int, dict[str, Any], dict[str, Any]]) -> tuple:
        row, claim, child = of
        mother = child["mother"] or claim["facts"].get("name", "")
        facts = {"birth": child["birth"], "sex": child["sex"], "parent": mother}
        unit = self.communes.on(claim.get("commune", ""), claim.get("on", ""))
        certified = {"claim": row, "visit": claim["visit"], **child}
        facts |= {"commune": unit.pk if unit else 0, "card": child["card"]}
        written = rules.written_down(
            {name: value for name, value in facts.items() if value} | {"certified": certified}
        )
        shown = [
            child["name"] or f"Con bà {mother}",
            str(child["birth"]),
            str(child["sex"]),
            "",
            "",
        ]
        return (
            key, self.batch.id, BIRTHS, claim["ordinal"], orjson.dumps(shown).decode(),
            written.decode(), rules.row_digest(BIRTHS, written, 0), True, None,
        )  # fmt: skip

    def _claims(self, keys: Any, claims: list[dict[str, Any]]) -> Iterator[tuple]:
        for key, claim in zip(keys, claims, strict=True):
            if "made" in claim:
                yield (
                    key, claim["facility"][:13], claim["code"][:100], claim["visit"] or None,
                    claim["made"].decode(), orjson.dumps(claim["said"]).decode(),
                )  # fmt: skip


def _told(keys: Any, claims: list[dict[str, Any]], what: str) -> Iterator[tuple]:
    """What is kept apart of each visit: its "cost", or what a check-up is "counted" by. Of what is
    no visit nobody could be told, and nothing counted."""
    for key, claim in zip(keys, claims, strict=True):
        if claim.get(what) and claim["visit"]:
            yield key, claim["visit"], *claim[what]


def _problems(claim: dict[str, Any]) -> list[dict]:
    """Why a claim cannot be taken in; it is kept and counted all the same."""
    if "refused" in claim:
        message, advice = claim["refused"]
        # what was filled in already is not filled in again: it may hold braces of the file
        return [_problem("{said}", "{advice}") | {"params": {"said": message, "advice": advice}}]
    if not claim["facts"]:
        return [
            _problem(
                _n("Hồ sơ này không có bảng XML1, nên không biết là của ai."),
                _n("Gửi lại hồ sơ có đủ bảng XML1."),
            )
        ]
    if len(claim["facts"].get("name", "")) > _LONGEST_NAME:
        return [
            _problem(
                _n("Họ tên dài hơn 255 ký tự."), _n("Sửa họ tên trong phần mềm, rồi gửi lại hồ sơ.")
            )
        ]
    return []


def _problem(message: str, advice: str) -> dict:
    return {
        "column": "",
        "severity": "error",
        "message": message,
        "params": {},
        "advice": advice,
    }


def claims_of(rows: list[int]) -> dict[int, tuple]:
    """Row → (facility, its name or "", visit, made, said) of these rows, as JSON text."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT c.row_id, c.facility, COALESCE(f.name, ''), c.visit, c.made, c.said
            FROM exchange_claim c LEFT JOIN places_facility f ON f.code = c.facility
            WHERE c.row_id = ANY(%s::bigint[])""",
            [array_of(rows)],
        )
        return {row: tuple(rest) for row, *rest in cursor.fetchall()}
