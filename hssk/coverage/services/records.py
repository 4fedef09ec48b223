"""The records behind the figures: on nobody, duplicates, and why the software says otherwise."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from hssk.coverage import rules
from hssk.coverage.services.figures import figures
from hssk.coverage.services.ground import Ground, ground_of
from hssk.coverage.services.upkeep import settle
from hssk.kit.dates import PartialDate
from hssk.places.models import Unit

WHY = {
    "dead": rules.DEAD_NOBODY,
    "left": rules.LEFT_NOBODY,
    "unknown": rules.UNKNOWN_NOBODY,
}


@dataclass(frozen=True, slots=True)
class Record:
    """One record of another system, as a list shows it. `number` is that system's own."""

    id: int
    person: UUID
    name: str
    birth: PartialDate | None
    sex: int
    number: str
    unit: str
    address: str
    status: str
    updated: date | None
    why: str = ""


_HELD = """
    SELECT h.id, m.root AS person, h.name, h.birth_on, h.birth_precision, h.sex, h.number,
           COALESCE(u.kind || ' ' || u.name, ''), h.address, h.status, h.updated, {why}
    FROM {rows} c
    JOIN people_person m ON m.root = c.person_id
    JOIN people_holding h ON h.person_id = m.id
     AND h.since <= %(on)s AND (h.until IS NULL OR h.until > %(on)s)
    LEFT JOIN places_unit u ON u.id = h.unit_id
    WHERE c.since <= %(on)s AND c.until > %(on)s
      AND (h.unit_id = ANY(%(units)s) OR (h.unit_id IS NULL AND %(whole)s)) AND {condition}
    ORDER BY u.code, h.name, h.id
"""


def _held(ground: Ground, rows: str, condition: str, why: str = "-1") -> list[Record]:
    settle()
    with connection.cursor() as cursor:
        cursor.execute(
            _HELD.format(rows=rows, condition=condition, why=why),
            {
                "on": ground.on,
                "units": list(ground.units),
                "whole": ground.counts_records_of_no_unit,
            },
        )
        found = cursor.fetchall()
    names = {value: name for name, value in WHY.items()}
    return [
        Record(
            id=key,
            person=person,
            name=name,
            birth=PartialDate(born, precision or "D") if born else None,
            sex=sex,
            number=number,
            unit=unit,
            address=address,
            status=status,
            updated=updated,
            why=names.get(reason, ""),
        )
        for (key, person, name, born, precision, sex, number, unit, address, status, updated,
             reason) in found
    ]  # fmt: skip


def _ground(unit: Unit | str, on: date) -> Ground:
    """The ground of `unit` with every unit that a record in force names."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT DISTINCT unit_id FROM people_holding WHERE unit_id IS NOT NULL
            AND since <= %(on)s AND (until IS NULL OR until > %(on)s)""",
            {"on": on},
        )
        return ground_of(unit, on, record_units=[pk for (pk,) in cursor.fetchall()])


def records_on_nobody(unit: Unit | str, on: date, why: str | None = None) -> list[Record]:
    """Records in force in `unit` whose person is no resident on `on`, of this whole installation.

    why  "dead", "left" or "unknown"; all when None. As many as the counts of the same name
    """
    chosen = "TRUE" if why is None else f"c.why = {WHY[why]}"
    return _held(_ground(unit, on), "coverage_nobody", chosen, "c.why")


def duplicates(unit: Unit | str, on: date) -> list[Record]:
    """Further records of residents who have several: all but the one that counts.

    The one that counts is decided before undecided, then the oldest.
    """
    further = """h.id <> (
        SELECT o.id FROM people_person n JOIN people_holding o ON o.person_id = n.id
        WHERE n.root = c.person_id AND o.since <= %(on)s AND (o.until IS NULL OR o.until > %(on)s)
        ORDER BY o.decided DESC, o.since, o.id LIMIT 1)"""
    return _held(_ground(unit, on), "coverage_row", f"cardinality(c.units) > 1 AND {further}")


@dataclass(frozen=True, slots=True)
class Difference:
    """One step of the way from the software's number to the true one; `count` is signed."""

    name: str
    count: int
    text: str


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """Why "records / rows of the list" is not the share of residents with a record.

    records + Σ of_records = residents found; rows + Σ of_rows = residents expected. Both add up
    exactly, the last step of each being what is counted in another place than it is listed in.
    """

    records: int
    rows: int
    found: int
    expected: int
    of_records: list[Difference]
    of_rows: list[Difference]


def why_different(unit: Unit | str, on: date) -> Reconciliation:
    """The software's own figure for `unit` on `on`, taken apart step by step."""
    it = figures(unit, on).counts
    of_records = [
        Difference("duplicates", -it.duplicates, _("hồ sơ thừa của người đã có hồ sơ")),
        Difference("nobody_dead", -it.nobody_dead, _("hồ sơ của người đã mất")),
        Difference("nobody_left", -it.nobody_left, _("hồ sơ của người đã chuyển đi")),
        Difference("nobody_unknown", -it.nobody_unknown, _("hồ sơ không thuộc người dân nào")),
        Difference("to_decide", -it.to_decide, _("hồ sơ còn chờ xác nhận là của ai")),
    ]
    elsewhere = it.found - it.records - sum(step.count for step in of_records)
    of_records.append(
        Difference("elsewhere", elsewhere, _("hồ sơ để ở xã, phường khác nơi đang ở"))
    )
    of_rows = [
        Difference("doubles", -it.doubles, _("dòng lặp của người đã có trong danh sách")),
        Difference("unlisted", it.unlisted, _("người dân không còn trong danh sách")),
    ]
    gone = it.expected - it.listings - sum(step.count for step in of_rows)
    of_rows.append(
        Difference("gone", gone, _("dòng của người đã mất, đã chuyển đi hoặc ở nơi khác"))
    )
    return Reconciliation(it.records, it.listings, it.found, it.expected, of_records, of_rows)
