"""The lines of a report: the parts of a place on a day, told so that nobody stands out."""

from collections import Counter
from dataclasses import dataclass, replace
from typing import Any

from hssk.coverage.reports.content import Content, Line
from hssk.coverage.rules import LEAST_SHOWN
from hssk.coverage.services.shapes import Child, Counts, Figures
from hssk.coverage.services.small import as_one, few_of, parted


@dataclass(frozen=True)
class Shape:
    """What each line of a kind of report tells: names of numbers (`Child.number`).

    kind      the name of the kind
    counts    in this order, `expected` first
    compared  those that are told of the day before too, `expected` first
    levels    those that must stay open on the line of small places besides what every table tells
              (`small.parted`)
    of_units  those that are known of units alone: of a hamlet they are None
    first     the number by which parts stand, the most first; "" in the order in which they come
    """

    kind: str
    counts: tuple[str, ...]
    compared: tuple[str, ...] = ("expected", "found")
    levels: tuple[tuple[str, ...], ...] = ()
    of_units: frozenset[str] = frozenset()
    first: str = ""


class Lines:
    """Lines of a report of one shape. `last` is the report that it is compared with, if any."""

    def __init__(self, shape: Shape, last: Content | None) -> None:
        self.shape, self.last = shape, last
        self.sent: dict[str, Line] = {}  # by key of each place, the line that told of it
        for line in _all_lines(last) if last else ():
            self.sent.update(dict.fromkeys(line["keys"], line))

    def of_parts(self, whole: Figures, earlier: Figures | None) -> list[Line]:
        """The parts of a place in their order, those of few people then or now as one line at the
        end."""
        children = [*whole.children, *self._gone(whole, earlier)]
        if self.shape.first:
            children.sort(key=lambda child: -child.number(self.shape.first))
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
        few = parted(children, self.shape.levels)
        if earlier:
            few |= parted(earlier.children, self.shape.levels)
        shared = [line["keys"] for line in self.sent.values() if len(line["keys"]) > 1]
        few |= {key for keys in shared for key in keys} & here
        for more in ((), *self.shape.levels) if few else ():
            few = few_of(children, few, more)
        return few

    def _gone(self, whole: Figures, earlier: Figures | None) -> list[Child]:
        """Places that were told together then and have nobody now: they stay on the line that they
        were on, for without them it would tell of them."""
        if earlier is None:
            return []
        here = {child.key for child in whole.children}
        few = parted(earlier.children, self.shape.levels)
        return [
            replace(child, counts=Counts(), more=Counter())
            for child in earlier.children
            if child.key in few and child.key not in here
        ]

    def line(self, place: Child, keys: list[str], earlier: Child | None) -> Line:
        """One place, or several told as one; `earlier` is what it was by the ledger."""
        before: Any = None
        if self.last is not None:
            before = self._as_sent(keys)
        elif earlier is not None:
            before = [earlier.number(count) for count in self.shape.compared]
        if before and before[0] < LEAST_SHOWN:
            before = None
        unknown = self.shape.of_units if not place.knows_records else ()
        return {
            "name": place.name,
            "kind": place.kind,
            "keys": keys,
            "now": [
                None if count in unknown else place.number(count) for count in self.shape.counts
            ],
            "before": before,
            "lines": [],
        }

    def _as_sent(self, keys: list[str]) -> list[int] | None:
        """The numbers compared, as the last report told them of these places; None where it told
        of one of them otherwise, or not, or did not tell such a number."""
        lines = [self.sent.get(key) for key in keys]
        if not all(lines) or any(set(line["keys"]) - set(keys) for line in lines if line):
            return None
        told = self.last["counts"] if self.last else []
        if not set(self.shape.compared) <= set(told):
            return None
        places = [told.index(count) for count in self.shape.compared]
        each = {tuple(line["keys"]): [line["now"][n] for n in places] for line in lines if line}
        return [sum(column) for column in zip(*each.values(), strict=True)]


def _all_lines(content: Content) -> list[Line]:
    inner = [below for line in content["lines"] for below in line["lines"]]
    return [content["whole"], *content["lines"], *inner]
