"""People of a unit who were examined in a period, by group and by source of money: the figures.

Source: CV 1129/TTg-KGVX (16/9/2026), monthly: people examined by group × source of money, and how
far their data are updated; each once, by the personal number.
"""

from collections import Counter, defaultdict
from datetime import date

from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hssk.coverage.reports.content import Content, Line
from hssk.coverage.services.figures import drawn_up, ground_with_records
from hssk.coverage.services.goals import goal_of
from hssk.coverage.services.lines import Shape
from hssk.coverage.services.reporting import Before, content_made
from hssk.exchange.services.claims import GROUPS
from hssk.places.models import Unit

# what each number is called: `by_…` is out of whose money, by the codes of NGUON_CHI_TRA
CALLED = {
    "people": gettext_lazy("Số người"),
    "by_1": gettext_lazy("Ngân sách trung ương"),
    "by_2": gettext_lazy("Ngân sách địa phương"),
    "by_3": gettext_lazy("Quỹ BHYT"),
    "by_4": gettext_lazy("Người sử dụng lao động"),
    "by_5": gettext_lazy("Xã hội hóa"),
    "by_9": gettext_lazy("Nguồn khác"),
    "by_": gettext_lazy("Không ghi nguồn"),
    "numbered": gettext_lazy("Có số định danh"),
}
CHECKUPS = Shape("checkups", tuple(CALLED), compared=())


def checkups(unit: Unit, on: date, before: Before, data: date) -> Content:
    """The people examined after `before.since` and by `on`, of those who live in a unit on `on`.

    Exact: for whoever may see the rows of the unit.
    """
    ground, numbers = ground_with_records(unit, on)
    whole = drawn_up(ground, numbers, goal_of(unit))
    found = _counted(before.since, on, list(ground.hamlets))
    lines = [_line(_name(key), key, found[key]) for key in (*GROUPS, "") if found[key]]
    total = _line(whole.name, unit.code, found[None])
    return content_made(CHECKUPS, whole, before, data, [total, *lines])


def _counted(after: date, upto: date, hamlets: list[int]) -> dict[str | None, Counter[str]]:
    """Group → its numbers; "" where none was stated, None for all together."""
    found: defaultdict[str | None, Counter[str]] = defaultdict(Counter)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM outreach_checkups(%s, %s, %s)", [after, upto, hamlets])
        for whole, group, by_group, paid, people, numbered in cursor.fetchall():
            one = found[None if whole else group]
            if by_group:
                one.update(people=people, numbered=numbered)
            else:
                one[f"by_{paid}"] += people
    return found


def _name(key: str) -> str:
    return f"{key}. {GROUPS[key]}" if key else _("Không ghi đối tượng")


def _line(name: str, key: str, numbers: Counter[str]) -> Line:
    return {
        "name": name,
        "kind": "checkups",
        "keys": [key],
        "now": [numbers[count] for count in CHECKUPS.counts],
        "before": None,
        "lines": [],
    }
