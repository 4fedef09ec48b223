"""Compare: an asked row beside the one it may be, field by field, with both households."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as _n

from hssk.exchange.linkage import DEFAULT_WEIGHTS, from_evidence, sentence
from hssk.exchange.linkage.weights import LEVELS
from hssk.exchange.models import LinkDecision, SourceRow
from hssk.exchange.services.showing import KINDS
from hssk.exchange.services.waiting import questions
from hssk.kit.compare import compare_line
from hssk.kit.dates import PartialDate
from hssk.kit.numbers import format_date
from hssk.kit.words import language

NEIGHBOURS = 4
FIELDS = {
    "name": _n("Họ và tên"),
    "parent": _n("Ghi dưới tên cha, mẹ"),
    "birth": _n("Ngày sinh"),
    "sex": _n("Giới"),
    "pid": _n("Số định danh (CCCD)"),
    "cmnd": _n("Số CMND cũ"),
    "bhxh": _n("Mã số BHXH"),
    "phone": _n("Điện thoại"),
    "unit": _n("Xã, phường"),
    "hamlet": _n("Tổ, bản"),
    "household": _n("Số hộ"),
    "relation": _n("Quan hệ với chủ hộ"),
    "ethnicity": _n("Dân tộc"),
    "address": _n("Địa chỉ"),
    "place": _n("Nơi đăng ký khám chữa bệnh"),
    "card": _n("Số thẻ BHYT"),
    "note": _n("Ghi chú"),
    "number": _n("Mã hồ sơ"),
    "status": _n("Tình trạng"),
    "created": _n("Ngày lập hồ sơ"),
    "updated": _n("Cập nhật gần nhất"),
    "visits": _n("Số lần khám"),
    "app": _n("Đã mở ứng dụng"),
}
# shown in the comparison even when one side leaves them empty: that, too, says something
ALWAYS = {"name", "birth", "sex", "pid", "bhxh", "phone", "unit", "hamlet"}

# the household that a row names, else the last one in which its person is listed by other rows
_HOUSEHOLD = """
    SELECT f.hamlet_id, f.household_id, h.number, t.name FROM (
        SELECT 0 AS rank, until, since, hamlet_id, household_id
        FROM people_listing WHERE row = %(row)s
        AND person_id = (SELECT person FROM exchange_linkdecision WHERE row_id = %(row)s)
        UNION ALL
        SELECT 1, l.until, l.since, l.hamlet_id, l.household_id
        FROM people_person p JOIN people_listing l ON l.person_id = p.id
        WHERE p.root = %(person)s AND l.row IS DISTINCT FROM %(but_not)s) f
    JOIN places_household h ON h.id = f.household_id JOIN places_hamlet t ON t.id = f.hamlet_id
    ORDER BY f.rank, f.until IS NULL DESC, f.since DESC LIMIT 1
"""
_MEMBERS = """
    SELECT p.root, COALESCE(NULLIF(o.name, ''), o.called), o.birth_on, o.birth_precision,
           l.relation,
           CASE WHEN r.decided AND l.decided THEN 'found' WHEN r.decided IS NOT NULL THEN 'ask'
           ELSE 'missing' END, l.row
    FROM people_residence l JOIN people_person p ON p.id = l.person_id
    JOIN people_person o ON o.id = p.root
    LEFT JOIN LATERAL (
        SELECT bool_or(h.decided) AS decided FROM people_person q
        JOIN people_holding h ON h.person_id = q.id WHERE q.root = p.root AND h.until IS NULL) r
        ON true
    WHERE l.hamlet_id = %s AND l.household_id = %s AND l.until IS NULL ORDER BY l.row
"""


def queue_around(row_id: int | None, rows: list[int]) -> dict[str, Any]:
    """The queue as seen from one row: how many wait, its place, its neighbours, next and last, and
    the `people` whom it names.

    row_id   the row that is looked at; None, or one that asks no more, stands at the front
    rows     the queue, as `waiting.asked` has it
    """
    place = rows.index(row_id) if row_id in rows else 0
    shown = rows[max(place - NEIGHBOURS, 0) : place + NEIGHBOURS + 1]
    names, named = SourceRow.objects.in_bulk(shown), LinkDecision.objects.filter(row__in=shown)
    return {
        "count": len(rows),
        "row": rows[place] if rows else None,
        "place": place + 1,
        "previous": rows[place - 1] if place else None,
        "next": rows[place + 1] if place + 1 < len(rows) else None,
        "people": list(named.values_list("person", flat=True)),
        "neighbours": [(row, names[row].facts.get("name", "")) for row in shown],
    }


def case_of(row_id: int) -> dict[str, Any]:
    """All that somebody needs to decide of one asked row: both rows, both households, and why."""
    decision = questions().select_related("row__batch").get(row_id=row_id)
    row = decision.row
    other = SourceRow.objects.select_related("batch").get(id=decision.other)
    person = LinkDecision.objects.filter(row=other).values_list("person", flat=True).first()
    lines, only = compare_facts(row.facts, other.facts)
    homes = household_of(row.id), household_of(other.id, person=person, but_not=row.id)
    members = [member["person"] for home in homes if home for member in home["members"]]
    return {
        "row": row,
        "other": other.id,
        "people": [decision.person, *([person] if person else []), *members],
        "left": _side(row),
        "right": _side(other),
        "lines": lines,
        "only": only,
        "why": why(decision.found),
        "left_home": homes[0],
        "right_home": homes[1],
    }


def compare_facts(left: dict, right: dict) -> tuple[list[dict], list[dict]]:
    """(lines of fields that can be compared, fields that one side alone knows)."""
    lines, only = [], []
    for key, label in FIELDS.items():
        first, second = text_of(key, left), text_of(key, right)
        if (first and second) or (key in ALWAYS and (first or second)):
            lines.append(compare_line(_(label), first, second))
        elif first or second:
            only.append({"label": _(label), "left": first, "right": second})
    return lines, only


def text_of(key: str, facts: dict) -> str:
    """One fact as a person reads it; "" when the row does not say."""
    value = facts.get(key)
    if value in (None, ""):
        return ""
    return _READ[key](value) if key in _READ else str(value)


def _day(iso: str) -> str:
    return format_date(date.fromisoformat(iso[:10]), language())


def _household(number: str) -> str:
    if number.startswith("#"):
        return _("hộ ghi từ dòng {row}").format(row=number[1:])
    return number


_READ: dict[str, Callable[[Any], str]] = {
    "birth": lambda number: format_date(PartialDate.from_number(number), language()),
    "sex": lambda sex: {1: _("Nam"), 2: _("Nữ")}.get(sex, ""),
    "app": lambda opened: _("có") if opened else _("chưa"),
    "created": _day,
    "updated": _day,
    "household": _household,
}


def _side(row: SourceRow) -> dict[str, Any]:
    return {
        "kind": _(KINDS[row.batch.kind]),
        "file": row.batch.file_name,
        "on": row.batch.on,
        "sheet": row.sheet,
        "number": row.number,
    }


def household_of(
    row: int, *, person: UUID | None = None, but_not: int = 0
) -> dict[str, Any] | None:
    """The household that source row `row` names, with everybody who is listed in it.

    person   where the row names none: the household in which this person is listed
    but_not  …by another row than this one
    returns  number, hamlet, members: person, name, birth, relation, state found, ask or missing,
             `mine` for whom the row is about; None without a household
    """
    with connection.cursor() as cursor:
        cursor.execute(_HOUSEHOLD, {"row": row, "person": person, "but_not": but_not})
        found = cursor.fetchone()
        if found is None:
            return None
        place, household, number, hamlet = found
        cursor.execute(_MEMBERS, [place, household])
        members = [
            {
                "person": root,
                "name": name,
                "birth": PartialDate(born, precision) if born else None,
                "relation": relation,
                "state": state,
                "mine": listed == row or root == person,
            }
            for root, name, born, precision, relation, state, listed in cursor.fetchall()
        ]
    return {
        "number": "" if number.startswith("#") else number,
        "hamlet": hamlet,
        "members": members,
        "drawn": [(member["state"], False) for member in members],
    }


def why(evidence: dict | None) -> str:
    """Why the machine asks, as one sentence; "" where no evidence was kept.

    evidence   field → level of agreement (its number), as linking stored it
    """
    stored = {
        field: [LEVELS[field][level], _weight(field, level)]
        for field, level in (evidence or {}).items()
        if field in LEVELS and level >= 0
    }
    findings = [replace(found, text=_(found.text)) for found in from_evidence(stored)]
    return sentence(findings, but=_("nhưng")) if findings else ""


def _weight(field: str, level: int) -> float:
    """What a level weighs in general; what is the same never speaks against, however common."""
    weight = float(DEFAULT_WEIGHTS.fields[field].random[level])
    return max(weight, 0.0) if LEVELS[field][level].startswith("same") else weight
