"""What a report says, as one text that can be kept, compared and proved: figures and names alone.

A content is made of plain values:

    kind, unit, name, level, on, data (day of the newest data), since, against (digest of the
    report it is compared with, or ""), goal, counts (names of the numbers of each line), compared
    (those of them that are told of the day before; the first reports of progress do not say: people
    and people with a record), whole and lines

of reports within which others stand, parts: the contents of those

`whole` is a line. A line: name, kind, keys (of the places it is of), now (numbers in the order of
`counts`; None where such a number is not known of it), before (those of `compared` then; None where
they are not known), lines (of the places below it).
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from hssk.kit.official.kept import canonical, digest_of, read

__all__ = ["Content", "Difference", "Line", "canonical", "differences", "digest_of", "lines_of",
           "read"]  # fmt: skip

Content = dict[str, Any]
Line = dict[str, Any]


def lines_of(content: Content) -> Iterator[tuple[int, Line]]:
    """Every line with how deep it stands, the whole last."""
    for line in content["lines"]:
        yield 1, line
        for inner in line["lines"]:
            yield 2, inner
    yield 0, content["whole"]


@dataclass(frozen=True)
class Difference:
    """One number that is another today than it was sent; None where the line is not there. `kind`:
    of the report that it stands in."""

    line: str
    count: str
    sent: int | None
    today: int | None
    kind: str = ""


def differences(sent: Content, today: Content) -> list[Difference]:
    """What a report says otherwise today than when it was sent, line by line as it was sent; and
    of what stands within it the numbers that it does not tell itself."""
    found: list[Difference] = []
    now = {_same(depth, line): line for depth, line in lines_of(today)}
    for depth, line in lines_of(sent):
        other = now.pop(_same(depth, line), None)
        found += _of_line(sent["counts"], line, other)
    for line in now.values():
        numbers = zip(today["counts"], line["now"], strict=True)
        found += [Difference(line["name"], count, None, value) for count, value in numbers if value]
    parts = {part["kind"]: part for part in today.get("parts", ())}
    for part in sent.get("parts", ()):
        inner = differences(part, parts[part["kind"]])
        found += [
            replace(one, kind=part["kind"]) for one in inner if one.count not in sent["counts"]
        ]
    return found


def _same(depth: int, line: Line) -> tuple[int, tuple[str, ...]]:
    return depth, tuple(line["keys"])


def _of_line(counts: list[str], line: Line, other: Line | None) -> Iterator[Difference]:
    today = other["now"] if other else [None] * len(counts)
    for count, was, value in zip(counts, line["now"], today, strict=True):
        if was != value and (was or value):
            yield Difference(line["name"], count, was, value)
