"""What a list says by naming two people of one household: as a rule that they are two.

Whoever writes a household down knows its members. Twins share everything but the name and the
number, a father and a son may share the name; a person who was written down twice is written down
alike. So within one household of one list likeness alone joins nobody.
"""

import numpy as np
from numpy.typing import NDArray

from hssk.exchange.linkage import levels, names
from hssk.exchange.linkage.blocking import Index
from hssk.exchange.linkage.homes import Homes, compare_names
from hssk.exchange.linkage.table import Table

_GENERATION = 13  # years
_TWICE = 0.9  # likely written down twice, but somebody must say so
_DOUBTFUL = 0.4  # more likely two people; somebody must say so
_SAME = (names.SAME_NAME, names.MARKS_MISSING)
_NEAR = (
    names.MARKS_DIFFER,
    names.SWAPPED,
    names.SOUNDS_ALIKE,
    names.MIDDLE_DROPPED,
    names.TYPO,
)


def most_likely(table: Table, homes: Homes, a: Index, b: Index) -> NDArray[np.float64]:
    """The highest chance that each pair of rows of one list may be given to be one person.

    1 where the rows name no common household. In one: 0 for people a generation apart, and for
    other names unless they share their number; a question where names or numbers differ a little.
    """
    most = np.ones(len(a))
    home = np.flatnonzero((table.home[a] != 0) & (table.home[a] == table.home[b]))
    if not len(home):
        return most
    one, other = a[home], b[home]
    level = _one_writers_names(table, one, other, compare_names(table, homes, one, other))
    same, near = np.isin(level, _SAME), np.isin(level, _NEAR)
    numbered = levels.full_number(table.pid[one]) & levels.full_number(table.pid[other])
    numbers_differ = numbered & (table.pid[one] != table.pid[other])
    same_number = numbered & ~numbers_differ
    allowed = np.ones(len(home))
    allowed[same & numbers_differ] = _TWICE
    allowed[near & ~same_number] = _TWICE
    allowed[near & numbers_differ] = _DOUBTFUL
    allowed[~same & ~near] = 0.0
    allowed[~same & ~near & same_number] = _DOUBTFUL
    allowed[level < 0] = 1.0
    born = table.birth[one] // 10000, table.birth[other] // 10000
    apart = (born[0] > 0) & (born[1] > 0) & (np.abs(born[0] - born[1]) >= _GENERATION)
    allowed[apart] = 0.0
    most[home] = allowed
    return most


def _one_writers_names(
    table: Table, a: Index, b: Index, level: NDArray[np.int8]
) -> NDArray[np.int8]:
    """Whoever writes marks on some words of a name leaves none out on others: Nam is not Năm."""
    names_, one, other = table.names, table.names.of_entry[a], table.names.of_entry[b]
    bare = names_.marked_key == names_.folded_key
    marked = (level == names.MARKS_MISSING) & ~bare[one] & ~bare[other]
    given = names_.marked_words[one, 0] != names_.marked_words[other, 0]
    level = level.copy()
    level[marked] = names.MARKS_DIFFER
    level[marked & given] = names.MARKS_DIFFER_GIVEN
    return level
