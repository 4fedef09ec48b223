"""Which cells of a sheet are in an old code, where some are and some are not.

Many a cell shows by itself that it is old or new. The others go with what stands around them: a
list is typed or pasted in blocks of rows, and where lists are woven together a row is of one hand.
"""

from bisect import bisect
from collections import Counter
from collections.abc import Callable, Iterable

OLD, NEW, UNKNOWN = "old", "new", ""

_AROUND = 5  # cells above, and as many below

Column = dict[int, str]  # row → OLD, NEW or UNKNOWN, for the cells that matter, downwards


class Mixture:
    """Settles the unknown cells of a sheet, given by columns."""

    def __init__(self, columns: list[Column]) -> None:
        self.columns = columns
        self.hands: dict[int, set[str]] = {}  # row → what its cells in mixed columns show
        for column in columns:
            # a column all of one kind says nothing about a row
            if {OLD, NEW} <= set(column.values()):
                for row, mark in column.items():
                    if mark:
                        self.hands.setdefault(row, set()).add(mark)

    def old_rows(self, place: int, likelier: Callable[[int], str]) -> list[int]:
        """The rows in which the column `place` is old.

        likelier  row → OLD, NEW or UNKNOWN: how its words look, asked where the place says little
        """
        column = self.columns[place]
        decided = [row for row, mark in column.items() if mark]
        has_old = OLD in column.values()
        out = []
        for row, mark in column.items():
            hand = self.hands.get(row, ()) if has_old and not mark else ()
            if (mark or _only(hand) or self._settled(column, decided, row, likelier)) == OLD:
                out.append(row)
        return out

    def _settled(
        self, column: Column, decided: list[int], row: int, likelier: Callable[[int], str]
    ) -> str:
        here = bisect(decided, row)
        above = decided[max(0, here - _AROUND) : here]
        near = [column[other] for other in above + decided[here : here + _AROUND]]
        return (
            (_only(near) if above else UNKNOWN)
            or likelier(row)
            # above all that is decided stands the header, which goes with the header beside it
            or (UNKNOWN if above else self._most_across(row))
            or _most(near)
        )

    def _most_across(self, row: int) -> str:
        return _most(column.get(row, UNKNOWN) for column in self.columns)


def _only(marks: Iterable[str]) -> str:
    kinds = set(marks)
    return kinds.pop() if len(kinds) == 1 else UNKNOWN


def _most(marks: Iterable[str]) -> str:
    count = Counter(marks)
    if count[OLD] == count[NEW]:
        return UNKNOWN
    return OLD if count[OLD] > count[NEW] else NEW
