"""When the goal is reached, if people go on being found as of late."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import connection
from django.utils.translation import gettext as _

from hssk.coverage import rules
from hssk.coverage.services.figures import counts_of
from hssk.coverage.services.goals import goal_of
from hssk.coverage.services.ground import Ground
from hssk.coverage.services.selection import on_ground
from hssk.coverage.services.shapes import Figures
from hssk.kit.numbers import format_date
from hssk.kit.words import language
from hssk.places.models import Unit

PACE_DAYS = 90

_NEWLY_FOUND = """
    SELECT count(*) FROM coverage_row c
    WHERE c.state = 2 AND c.first_held > %(since)s AND c.first_held <= %(on)s
      AND c.since <= %(on)s AND c.until > %(on)s AND {here}
"""


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast people are found, and when the goal is reached if that goes on.

    gained   people found on `on` whose first record was made in the last `days` days
    reached  the day; `on` itself when the goal is met, None when there is no pace to go by
    says     what `gained` counts, in a sentence: it is not what two days compared say
    unsaid   why no day can be told; "" where one is
    """

    goal: float
    gap: int
    gained: int
    days: int
    reached: date | None
    says: str = ""
    unsaid: str = ""


def pace(
    unit: Unit | str,
    on: date,
    goal: float | None = None,
    days: int = PACE_DAYS,
    known: Figures | None = None,
) -> Pace:
    """When `unit` reaches `goal` per cent at the pace of the last `days` days.

    known  the figures of `unit` on `on`, where they are at hand

    What counts is the day on which the software made a resident's first record, not the day on
    which a file told us of it: the first extract brings years of records in at once.
    """
    ground, now = (known.ground, known.counts) if known else counts_of(unit, on)
    wanted = goal_of(ground.unit) if goal is None else goal
    gap = rules.gap_to_goal(now.found, now.expected, wanted)
    since = on - timedelta(days=days)
    gained = _newly_found(ground, since, on)
    reached = rules.day_reached(on=on, gap=gap, gained=gained, days=days)
    says = _(
        "Đếm người ở đây có hồ sơ mà hồ sơ đầu tiên của họ được lập sau ngày {since}, theo ngày "
        "lập ghi trên hồ sơ, không theo ngày nhập tệp."
    ).format(since=format_date(since, language()))
    unsaid = (
        "" if reached else _unsaid(known=bool(now.records or now.found), gained=gained, since=since)
    )
    return Pace(wanted, gap, gained, days, reached, says, unsaid)


def _unsaid(*, known: bool, gained: int, since: date) -> str:
    """Why there is no day."""
    if not known:
        return _(
            "Chưa nói được: chưa có trích xuất hồ sơ nào. Không có nhịp thì không hứa ngày nào."
        )
    if not gained:
        return _(
            "Chưa nói được: sau ngày {since} không ai ở đây được lập hồ sơ đầu tiên. Không có nhịp "
            "thì không hứa ngày nào."
        ).format(since=format_date(since, language()))
    return _("Chưa nói được: nhịp này quá chậm để hứa một ngày.")


def _newly_found(ground: Ground, since: date, on: date) -> int:
    """How many residents with a record on `on` had none made by `since`."""
    here, named = on_ground(ground)
    with connection.cursor() as cursor:
        cursor.execute(_NEWLY_FOUND.format(here=here), {**named, "since": since, "on": on})
        return cursor.fetchone()[0]
