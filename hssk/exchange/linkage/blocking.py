"""Which pairs are worth comparing: joins on sorted keys, never a loop over pairs."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

Index = NDArray[np.int64]
Keys = NDArray[np.int64]
_MIX = np.int64(-7046029254386353131)


def mix(*columns: NDArray[np.signedinteger]) -> Keys:
    """One key of several columns; 0 (not compared) where any column is 0.

    Unknown must be 0 in each column.
    """
    key = columns[0].astype(np.int64)
    known = key != 0
    for column in columns[1:]:
        known &= column != 0
        key = (key ^ (key >> np.int64(29))) * _MIX + column
    key[known & (key == 0)] = 1
    key[~known] = 0
    return key


def join(left: Keys, right: Keys, *, widest: int) -> tuple[Index, Index]:
    """Positions of equal keys in `left` and `right`. Key 0 joins nothing.

    A key on more than `widest` pairs is left out: it says too little to be worth comparing, and
    would make the work grow with the square of the file.
    """
    left_at, right_at = _order(left), _order(right)
    # sorted needles walk through memory in one direction
    needles, hay = left[left_at], right[right_at]
    first = np.searchsorted(hay, needles, "left")
    counts = np.searchsorted(hay, needles, "right") - first
    if widest:
        starts = np.searchsorted(needles, needles, "left")
        pairs = (np.searchsorted(needles, needles, "right") - starts) * counts
        counts[pairs > widest] = 0
    hit = np.flatnonzero(counts)
    counts = counts[hit]
    ends = np.cumsum(counts)
    within = np.arange(int(ends[-1]) if len(ends) else 0) - np.repeat(ends - counts, counts)
    return (
        np.repeat(left_at[hit], counts),
        right_at[np.repeat(first[hit], counts) + within],
    )


def _order(keys: Keys) -> Index:
    present = np.flatnonzero(keys)
    return present[np.argsort(keys[present], kind="stable")]


def pairs_of(
    blocks: Iterator[tuple[Keys, int]] | list[tuple[Keys, int]],
    asking: Index,
    known: int,
) -> tuple[Index, Index]:
    """All pairs (a, b), a < b, b an incoming entry, that share the key of any block.

    blocks   key of every entry (known entries first) and how many pairs one key may make
    asking   the entries looked for: indices of incoming entries
    known    how many of the entries are known
    """
    size = 0
    codes = []
    for key, widest in blocks:
        size = len(key)
        left, right = join(key[asking], key, widest=widest)
        left = asking[left]
        keep = left != right
        left, right = left[keep], right[keep]
        codes.append(np.minimum(left, right) * size + np.maximum(left, right))
    code = np.unique(np.concatenate(codes)) if codes else np.zeros(0, np.int64)
    if not len(code):
        return code, code
    return code // size, code % size
