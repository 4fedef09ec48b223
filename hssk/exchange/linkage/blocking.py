"""Which pairs are worth comparing: joins on sorted keys, never a loop over pairs."""

import os
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

A = TypeVar("A")
B = TypeVar("B")
Index = NDArray[np.int64]
Keys = NDArray[np.int64]
_CORES = min(8, os.cpu_count() or 1)
_MIX = np.int64(-7046029254386353131)


def side_by_side(work: Callable[[A], B], parts: Iterable[A]) -> list[B]:
    """The results of `work` on each of the parts, in their order; the parts share the cores.

    Worth it because numpy lets other threads run while it works.
    """
    with ThreadPoolExecutor(_CORES) as pool:
        return list(pool.map(work, parts))


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


def runs(keys: Keys) -> tuple[Index, Index, Index]:
    """Entries in order of their keys, and the runs of equal ones.

    returns (order, run, size): entries with a key other than 0, the number of the run that each
    is in, and how long that run is. A key and its position are sorted as one number, ten times
    faster than sorting positions by key; the low bits of a key make room for the position. Keys
    that differ only there (one pair in millions) fall into one run, and comparison parts them.
    """
    bits = np.int64(max(len(keys) - 1, 1).bit_length())
    present = np.flatnonzero(keys)
    packed = (keys[present] * _MIX) >> bits << bits | present
    packed.sort()
    order = packed & ((np.int64(1) << bits) - 1)
    heads = packed >> bits
    begins = np.ones(len(heads), bool)
    begins[1:] = heads[1:] != heads[:-1]
    run = np.cumsum(begins) - 1
    return order, run, np.bincount(run)


def counts(keys: Keys) -> Index:
    """How many entries share the key of each entry; 0 where the key is 0."""
    order, run, size = runs(keys)
    result = np.zeros(len(keys), np.int64)
    result[order] = size[run]
    return result


def _wanted(keys: Keys, asking: NDArray[np.bool_]) -> Keys:
    """The keys that somebody who asks may have, the others 0: most need never be sorted.

    May keep a few too many, as it looks only at some bits of each key.
    """
    shift = np.int64(62 - len(keys).bit_length())
    bits = (keys * _MIX) >> shift & ((np.int64(1) << (64 - shift)) - 1)
    wanted = np.zeros(1 << int(64 - shift), bool)
    wanted[bits[asking]] = True
    return np.where(wanted[bits], keys, 0)


def join(keys: Keys, asking: NDArray[np.bool_], *, widest: int) -> tuple[Index, Index]:
    """Pairs of entries with equal keys, the first of them one that asks. Key 0 joins nothing.

    A key that would make more than `widest` pairs is left out (0: none is): it says too little
    to be worth comparing, and would make the work grow with the square of the file.
    """
    order, run, size = runs(_wanted(keys, asking))
    asks = np.flatnonzero(asking[order])
    others = size[run[asks]]
    if widest:
        askers = np.bincount(run[asks], minlength=len(size))
        others = np.where((askers * size)[run[asks]] > widest, 0, others)
    others[size[run[asks]] < 2] = 0
    asks, others = asks[others > 0], others[others > 0]
    first = np.cumsum(size) - size
    ends = np.cumsum(others)
    within = np.arange(int(ends[-1]) if len(ends) else 0) - np.repeat(ends - others, others)
    left = np.repeat(order[asks], others)
    right = order[np.repeat(first[run[asks]], others) + within]
    apart = left != right
    return left[apart], right[apart]


def pairs_of(blocks: list[tuple[Keys, int]], asking: NDArray[np.bool_]) -> tuple[Index, Index]:
    """All pairs (a, b), a < b, that share the key of any block, one of them asking.

    blocks  key of every entry (known entries first) and how many pairs one key may make
    asking  the incoming entries looked for
    """
    size = len(asking)

    def codes(block: tuple[Keys, int]) -> Index:
        left, right = join(block[0], asking, widest=block[1])
        return np.minimum(left, right) * size + np.maximum(left, right)

    return split(distinct(np.concatenate(side_by_side(codes, blocks))), size)


def distinct(codes: Index) -> Index:
    """Sorted, each once."""
    codes = np.sort(codes)
    if not len(codes):
        return codes
    keep = np.ones(len(codes), bool)
    keep[1:] = codes[1:] != codes[:-1]
    return codes[keep]


def split(codes: Index, size: int) -> tuple[Index, Index]:
    """A pair's code (a × size + b) into a and b."""
    a = codes // size
    return a, codes - a * size
