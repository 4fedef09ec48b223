"""Visits of the residents of a unit in a period, by kind and by insurance: the figures.

Source: QĐ 2733/QĐ-BYT (17/9/2024), the report of every half year: kinds of visit × with insurance
or without × (visits, visits whose data were sent on electronically).
"""

from collections import Counter, defaultdict
from datetime import date

from django.db import connection
from django.utils.translation import gettext as _

from hssk.coverage.reports.content import Content, Line
from hssk.coverage.services.figures import drawn_up, ground_with_records
from hssk.coverage.services.goals import goal_of
from hssk.coverage.services.lines import Shape
from hssk.coverage.services.reporting import Before, content_made
from hssk.exchange.services.claims import kind_of_visit
from hssk.places.models import Unit

# `sent`: the visits that came in a file of the facility's software; `people` had them, each once
VISITS = Shape(
    "visits", ("visits", "sent", "insured", "uninsured", "unstated", "people"), compared=()
)
TYPED = "-"  # the key of visits that somebody typed: of what kind, and insured or not, is not said


def visits(unit: Unit, on: date, before: Before, data: date) -> Content:
    """The visits that began after `before.since` and by `on`, of those who live in a unit on `on`.

    Exact: for whoever may see the rows of the unit.
    """
    ground, numbers = ground_with_records(unit, on)
    whole = drawn_up(ground, numbers, goal_of(unit))
    found = _counted(before.since, on, list(ground.hamlets))
    lines = [_line(_name(key), key, found[key]) for key in sorted(found, key=_order) if key]
    total = _line(whole.name, unit.code, found[""])
    return content_made(VISITS, whole, before, data, [total, *lines])


def _counted(after: date, upto: date, hamlets: list[int]) -> dict[str, Counter[str]]:
    """Kind of visit → its numbers; "" for all kinds together."""
    found: defaultdict[str, Counter[str]] = defaultdict(Counter)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM outreach_visits(%s, %s, %s)", [after, upto, hamlets])
        for whole, code, by_code, insured, count, people in cursor.fetchall():
            key = "" if whole else TYPED if code is None else code or "?"
            if whole or by_code:
                found[key] += Counter(visits=count, people=people)
                continue
            for one in ("", key):
                if insured is None:
                    found[one]["unstated"] += count
                else:
                    found[one]["sent"] += count
                    found[one]["insured" if insured else "uninsured"] += count
    return found if found[""] else {"": Counter()}


def _order(key: str) -> tuple[bool, str]:
    return key == TYPED, key


def _name(key: str) -> str:
    if key == TYPED:
        return _("Khám do nhân viên y tế ghi tay vào hồ sơ")
    name = kind_of_visit(key)
    return f"{key}. {name}" if name else _("Loại hình khác ({code})").format(code=key)


def _line(name: str, key: str, numbers: Counter[str]) -> Line:
    return {
        "name": name,
        "kind": "visits",
        "keys": [key],
        "now": [numbers[count] for count in VISITS.counts],
        "before": None,
        "lines": [],
    }
