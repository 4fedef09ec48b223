"""Which copy a picture of a few rows of a list can be of, and how sure that is.

A row is a name, as it stands below the one before, and at best the two marks beside it. How sure is
said as a chance: that another copy of the same people shows the same by accident. Marks are read
with a ruler, so some may be wrong; that is part of the chance. Source: protection.md §1.5;
decision 37.
"""

import re
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import comb, factorial, perm

from hssk.kit.text import fold
from hssk.outreach.rules.copies import LEVELS, Mark, marks_of

FEWEST_SEEN = 5  # rows; with fewer, trying would tell who stands on a list
MOST_SEEN = 60
SURE = 1 / 1000  # so many other copies that would show the same may be expected where one is named
UNREAD = Mark(None, None)
_ROW = re.compile(
    r"(?:\d{1,3}[.)]?\s+)?(?P<name>[^\d?]+?)[\s.,;]*(?:\s(?P<marks>[0-9?][\s,;]*[0-9?]))?"
)


@dataclass(frozen=True, slots=True)
class Seen:
    """One row of a picture."""

    name: str
    mark: Mark = UNREAD


@dataclass(frozen=True, slots=True)
class Issued:
    """A copy as its order shows it: names from the first row on, and in which household each is.

    homes  a key of each row's household; who lives in none has a key of their own
    """

    seed: bytes
    names: Sequence[str]
    homes: Sequence[Hashable]


@dataclass(frozen=True, slots=True)
class Match:
    """Where a copy shows what was seen.

    first   the number of the row that was seen first
    read    how many marks were read, and wrong: how many of them the copy has otherwise
    chance  from 0 to 1: that another copy of the same people shows the same, as well or better
    """

    first: int
    read: int
    wrong: int
    chance: float


def rows_seen(text: str) -> tuple[list[Seen], int | None]:
    """The rows that somebody typed, one a line: a name, and "2 3" behind it where the marks were
    read, with "?" for one that was not. What the number of the row and blank lines say is let go.

    returns  with them the number of the first line that cannot be read; None where all can
    """
    rows: list[Seen] = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        found = _ROW.fullmatch(line.strip())
        marks = _marks(found["marks"]) if found else None
        if found is None or marks is None:
            return rows, number
        rows.append(Seen(found["name"].strip(), marks))
    return rows, None


def _marks(text: str | None) -> Mark | None:
    """The two marks of a row; None for a level that there is not."""
    if text is None:
        return UNREAD
    levels = [None if sign == "?" else int(sign) for sign in (text[0], text[-1])]
    if any(level is not None and level >= LEVELS for level in levels):
        return None
    return Mark(*levels)


def matches(seen: Sequence[Seen], copy: Issued) -> list[Match]:
    """Every place where a copy has these names one below the other, the surest first."""
    names, wanted = [fold(name) for name in copy.names], [fold(row.name) for row in seen]
    marks = marks_of(copy.seed, len(names))
    found = []
    for first in range(len(names) - len(wanted) + 1):
        if names[first : first + len(wanted)] != wanted:
            continue
        pairs = [
            pair
            for row, mark in zip(seen, marks[first:], strict=False)
            for pair in ((row.mark.space, mark.space), (row.mark.place, mark.place))
            if pair[0] is not None
        ]
        wrong = sum(said != printed for said, printed in pairs)
        chance = chance_of_order(copy.homes, first, len(wanted)) * chance_of_marks(
            len(pairs), wrong
        )
        found.append(Match(first + 1, len(pairs), wrong, chance))
    return sorted(found, key=lambda match: match.chance)


def chance_of_order(homes: Sequence[Hashable], first: int, count: int) -> float:
    """How likely another order shows these people one below the other: households in any order, the
    people of each in any order.

    homes  of every row of the copy; each household stands together
    first  of the rows seen (0 is the top), and count: how many
    """
    sizes = [len(list(rows)) for _home, rows in groupby(homes)]
    shown = [len(list(rows)) for _home, rows in groupby(homes[first : first + count])]
    starts = [sum(sizes[:at]) for at in range(len(sizes))]
    begins = max(at for at, start in enumerate(starts) if start <= first)
    touched = sizes[begins : begins + len(shown)]
    if len(shown) == 1:  # somewhere within one household
        return factorial(touched[0] - count + 1) / factorial(touched[0])
    chance = 1 / perm(len(sizes), len(shown) - 1)
    for size, rows in zip(touched, shown, strict=True):
        chance /= perm(size, rows)
    return chance


def chance_of_marks(read: int, wrong: int) -> float:
    """How likely marks drawn anew agree with so many read ones as well or better."""
    ways = sum(comb(read, other) * (LEVELS - 1) ** other for other in range(wrong + 1))
    return float(ways / LEVELS**read)


def is_sure(best: float, others: Sequence[float], peers: int) -> bool:
    """Whether what was seen names the copy with the smallest chance.

    best    its chance; others: those of the other copies that show the same names
    peers   how many copies have all these people on them, in whatever order
    """
    alone = all(chance * SURE >= best for chance in others)
    return alone and best * max(peers, 1) <= SURE
