"""The figures of a report: of whom, of which day, against which."""

from calendar import monthrange
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from hssk.coverage.errors import TooFew
from hssk.coverage.reports.content import Content, Line
from hssk.coverage.rules import LEAST_SHOWN
from hssk.coverage.services.figures import drawn_up, ground_with_records, numbers_on
from hssk.coverage.services.goals import goal_of
from hssk.coverage.services.ground import Ground, ground_of
from hssk.coverage.services.lines import Lines, Shape
from hssk.coverage.services.shapes import Counts, Figures
from hssk.coverage.services.small import TOLD
from hssk.places.models import Unit

PROGRESS = Shape("progress", TOLD)
# hamlets under each commune on one report; of a larger unit each commune has its own
MOST_HAMLETS = 200

# further numbers of the hamlets of a ground on a day, for a report that tells some
More = Callable[[Ground, date], Mapping[int, Counter[str]]]


@dataclass(frozen=True)
class Before:
    """What a report is compared with: a day of the ledger, or the report sent last.

    numbers  place → counts of that day, from the ledger; content and digest of the report
    """

    since: date
    numbers: dict[int, Counts] | None = None
    content: Content | None = None
    digest: str = ""


def ledger_before(since: date) -> Before:
    """The ledger of a day as what comes before."""
    return Before(since, numbers=numbers_on(since))


def usual_since(on: date) -> date:
    """The day that a report is compared with where nothing was sent before: a month ago."""
    last_of_month = on.replace(day=1) - timedelta(days=1)
    return last_of_month.replace(day=min(on.day, last_of_month.day))


def week_before(on: date) -> date:
    """Seven days before."""
    return on - timedelta(days=7)


def half_year_before(on: date) -> date:
    """The same day six months before; of the last day of a month, the last."""
    year, month = divmod(12 * on.year + on.month - 7, 12)
    last = monthrange(year, month + 1)[1]
    ends = on.day == monthrange(on.year, on.month)[1]
    return date(year, month + 1, last if ends else min(on.day, last))


def progress(unit: Unit, on: date, before: Before, data: date) -> Content:
    """How far a unit is on a day; as `by_places`."""
    return by_places(PROGRESS, unit, on, before, data)


def by_places(
    shape: Shape, unit: Unit, on: date, before: Before, data: date, *, more: More | None = None
) -> Content:
    """A report of a unit on a day by its parts, hamlets too where they are few.

    data  the day of the newest data known on that day
    more  where the numbers of the shape come from that the ledger does not keep
    Raises TooFew where so few people live there that the whole would tell of somebody.
    """
    ground, numbers = ground_with_records(unit, on)
    goal, then = goal_of(unit), before.numbers
    further = more(ground, on) if more else None
    further_then = more(ground, before.since) if more and then is not None else None
    whole = drawn_up(ground, numbers, goal, further)
    refuse_few(whole)
    earlier = drawn_up(ground, then, goal, further_then) if then is not None else None
    lines = Lines(shape, before.content)
    parts = lines.of_parts(whole, earlier)
    if unit.level != Unit.COMMUNE and len(ground.hamlets) <= MOST_HAMLETS:
        for line in parts:
            if len(line["keys"]) == 1 and line["kind"] == Unit.COMMUNE:
                below = ground_of(line["keys"][0], on, None, [-p for p in numbers if p < 0])
                was = drawn_up(below, then, goal, further_then) if then is not None else None
                line["lines"] = lines.of_parts(drawn_up(below, numbers, goal, further), was)
    return content_made(
        shape, whole, before, data, [lines.line(whole, [unit.code], earlier), *parts]
    )


def refuse_few(whole: Figures) -> None:
    """Raise TooFew where so few people live there that the whole would tell of somebody."""
    if whole.counts.expected < LEAST_SHOWN:
        raise TooFew(
            "Nơi này có dưới {least} người nên không lập báo cáo riêng.", least=LEAST_SHOWN
        )


def content_made(
    shape: Shape, whole: Figures, before: Before, data: date, lines: list[Line]
) -> Content:
    """A content of its lines, the whole first."""
    unit = whole.ground.unit
    return {
        "kind": shape.kind,
        "unit": unit.code,
        "name": str(unit),
        "level": unit.level,
        "on": whole.on.isoformat(),
        "data": data.isoformat(),
        "since": before.since.isoformat(),
        "against": before.digest,
        "goal": whole.goal,
        "counts": list(shape.counts),
        "compared": list(shape.compared),
        "whole": lines[0],
        "lines": lines[1:],
    }


def lines_since(whole: Figures, since: date) -> list[Line]:
    """The parts of a place as a report of its progress since a day of the ledger tells them."""
    earlier = drawn_up(whole.ground, numbers_on(since), whole.goal)
    return Lines(PROGRESS, None).of_parts(whole, earlier)
