"""The figures of a report: of whom, of which day, against which, told so that nobody stands out."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from hssk.coverage.errors import TooFew
from hssk.coverage.reports.content import Content, Line
from hssk.coverage.rules import LEAST_SHOWN
from hssk.coverage.services.figures import drawn_up, ground_with_records, numbers_on
from hssk.coverage.services.goals import goal_of
from hssk.coverage.services.ground import ground_of
from hssk.coverage.services.shapes import Child, Counts, Figures
from hssk.coverage.services.small import as_one, few_of
from hssk.places.models import Unit

PROGRESS, QUALITY, FACILITIES = "progress", "quality", "facilities"
# what each line of a report tells, by its kind: names of Counts
COUNTS = {
    PROGRESS: ("expected", "found", "to_decide", "missing", "app_opened"),
}
# hamlets under each commune on one report; of a larger unit each commune has its own
MOST_HAMLETS = 200


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


def drafted(kind: str, unit: Unit, on: date, before: Before, data: date) -> Content:
    """A report of a kind in KINDS; of the rest as `progress`."""
    return KINDS[kind](unit, on, before, data)


def progress(unit: Unit, on: date, before: Before, data: date) -> Content:
    """How far a unit is on a day, by its parts, hamlets too where they are few.

    data  the day of the newest data known on that day
    Raises TooFew where so few people live there that the whole would tell of somebody.
    """
    ground, numbers = ground_with_records(unit, on)
    goal = goal_of(unit)
    whole = drawn_up(ground, numbers, goal)
    if whole.counts.expected < LEAST_SHOWN:
        raise TooFew(
            "Nơi này có dưới {least} người nên không lập báo cáo riêng.", least=LEAST_SHOWN
        )
    earlier = drawn_up(ground, before.numbers, goal) if before.numbers is not None else None
    told = _Told(PROGRESS, before.content)
    lines = told.lines(whole, earlier)
    if unit.level != Unit.COMMUNE and len(ground.hamlets) <= MOST_HAMLETS:
        for line in lines:
            if len(line["keys"]) == 1 and line["kind"] == Unit.COMMUNE:
                below = ground_of(line["keys"][0], on, None, [-p for p in numbers if p < 0])
                was = drawn_up(below, before.numbers, goal) if before.numbers is not None else None
                line["lines"] = told.lines(drawn_up(below, numbers, goal), was)
    return {
        "kind": PROGRESS,
        "unit": unit.code,
        "name": str(unit),
        "level": unit.level,
        "on": on.isoformat(),
        "data": data.isoformat(),
        "since": before.since.isoformat(),
        "against": before.digest,
        "goal": goal,
        "counts": list(COUNTS[PROGRESS]),
        "whole": told.line(whole, [unit.code], earlier),
        "lines": lines,
    }


def lines_since(whole: Figures, since: date) -> list[Line]:
    """The parts of a place as a report of its progress since a day of the ledger tells them."""
    earlier = drawn_up(whole.ground, numbers_on(since), whole.goal)
    return _Told(PROGRESS, None).lines(whole, earlier)


class _Told:
    """Lines of a report of one kind. `last` is the report that it is compared with, if any."""

    def __init__(self, kind: str, last: Content | None) -> None:
        self.counts, self.last = COUNTS[kind], last
        self.sent: dict[str, Line] = {}  # by key of each place, the line that told of it
        for line in _all_lines(last) if last else ():
            self.sent.update(dict.fromkeys(line["keys"], line))

    def lines(self, whole: Figures, earlier: Figures | None) -> list[Line]:
        """The parts of a place, worst first: those of few people then or now as one line."""
        children = [*whole.children, *_gone(whole, earlier)]
        few = self._few(children, earlier)
        was = {child.key: child for child in earlier.children} if earlier else {}
        told = [
            self.line(child, [child.key], was.get(child.key))
            for child in children
            if child.key not in few and child.counts.expected
        ]
        if few:
            known = [was[key] for key in few if key in was]
            then = as_one(known, few) if known else None
            told.append(self.line(as_one(children, few), sorted(few), then))
        return told

    def _few(self, children: list[Child], earlier: Figures | None) -> frozenset[str]:
        """Who is told as one line: whoever is by the parting of either day, and whoever was."""
        here = {child.key for child in children}
        few = few_of(children)
        if earlier:
            few |= few_of(earlier.children)
        shared = [line["keys"] for line in self.sent.values() if len(line["keys"]) > 1]
        few |= {key for keys in shared for key in keys} & here
        return few_of(children, few) if few else few

    def line(self, place: Child, keys: list[str], earlier: Child | None) -> Line:
        before: Any = None
        if self.last is not None:
            before = self._as_sent(keys)
        elif earlier is not None:
            before = [earlier.counts.expected, earlier.counts.found]
        if before and before[0] < LEAST_SHOWN:
            before = None
        return {
            "name": place.name,
            "kind": place.kind,
            "keys": keys,
            "now": [getattr(place.counts, count) for count in self.counts],
            "before": before,
            "lines": [],
        }

    def _as_sent(self, keys: list[str]) -> list[int] | None:
        """People, and people with a record, as the last report told of these places; None where it
        told of one of them otherwise, or not."""
        lines = [self.sent.get(key) for key in keys]
        if not all(lines) or any(set(line["keys"]) - set(keys) for line in lines if line):
            return None
        each = {tuple(line["keys"]): line["now"][:2] for line in lines if line}
        return [sum(column) for column in zip(*each.values(), strict=True)]


def _gone(whole: Figures, earlier: Figures | None) -> list[Child]:
    """Places that had few people then and have nobody now: they stay on the line that they were on,
    for without them it would tell of them."""
    if earlier is None:
        return []
    here, few = {child.key for child in whole.children}, few_of(earlier.children)
    return [
        replace(child, counts=Counts())
        for child in earlier.children
        if child.key in few and child.key not in here
    ]


def _all_lines(content: Content) -> list[Line]:
    inner = [below for line in content["lines"] for below in line["lines"]]
    return [content["whole"], *content["lines"], *inner]


KINDS = {PROGRESS: progress}
