"""Who belongs to whom: evidence for one row weighs against the claims of the others.

A row is one person, and a person has one row in a file but for a few duplicates. Both facts enter
as messages along the pairs (belief propagation for matchings with soft capacities): a pair loses
weight when its row has a better person, and when its person has a better row.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Index = NDArray[np.int64]
_ROUNDS = 6
_TOP = 30.0  # beyond this more evidence changes nothing, and sums stay exact


@dataclass(frozen=True)
class Edges:
    """Pairs of a row and a person, one each, sorted by row.

    entry   the known entry of the person that agrees best with the row
    """

    row: Index
    person: Index
    entry: Index
    odds: NDArray[np.float64]


def best_entries(row: Index, person: Index, entry: Index, odds: NDArray[np.float32]) -> Edges:
    """Of the pairs of a row with several entries of one person, the one that agrees best."""
    code = row * (int(person.max(initial=0)) + 1) + person
    order = _in_order(code)
    heads = np.ones(len(order), bool)
    heads[1:] = code[order[1:]] != code[order[:-1]]
    several = ~heads  # of a pair that stands more than once; few do
    several[:-1] |= ~heads[1:]
    some = order[several]
    order = order[heads]
    if len(some):
        some = some[np.lexsort((entry[some], -odds[some], code[some]))]
        best = np.ones(len(some), bool)
        best[1:] = code[some[1:]] != code[some[:-1]]
        order[several[heads]] = some[best]
    return Edges(row[order], person[order], entry[order], odds[order].astype(np.float64))


def _in_order(code: Index) -> Index:
    """The positions of codes (≥ 0) in their order.

    Code and position are sorted as one number where both fit into one: several times faster than
    positions by code.
    """
    bits = max(len(code) - 1, 1).bit_length()
    if int(code.max(initial=0)).bit_length() + bits > 63:
        return np.argsort(code)
    packed = (code << np.int64(bits)) | np.arange(len(code))
    packed.sort()
    return packed & ((np.int64(1) << np.int64(bits)) - 1)


def chances(edges: Edges, rows: int, persons: int, second: float) -> NDArray[np.float64]:
    """The chance (0..1) that each pair is one person, given all the others.

    rows, persons  how many there are of either
    second         share of people with a second entry in one file
    """
    strength = np.exp(np.minimum(edges.odds, _TOP))
    several = np.bincount(edges.row, minlength=rows)[edges.row] > 1
    several |= np.bincount(edges.person, minlength=persons)[edges.person] > 1
    at = np.flatnonzero(several)  # nobody says anything of a pair that stands alone; most do
    claim = strength.copy()
    claim[at] = _claims(edges.row[at], edges.person[at], strength[at], second)
    result: NDArray[np.float64] = claim / (1.0 + np.bincount(edges.row, claim, rows)[edges.row])
    return result


def _claims(
    row: Index, person: Index, strength: NDArray[np.float64], second: float
) -> NDArray[np.float64]:
    """What each pair is worth once rows and persons have told each other of their others."""
    claim = strength
    for _ in range(_ROUNDS):
        others = np.bincount(row, claim)[row] - claim
        offer = strength / (1.0 + np.maximum(others, 0.0))
        rivals = np.bincount(person, offer)[person] - offer
        rivals = np.maximum(rivals, 0.0)
        claim = strength * (1.0 + second * rivals) / (1.0 + rivals)
    return claim


def best_of_rows(edges: Edges, chance: NDArray[np.float64], rows: int) -> Index:
    """Per row the index of its likeliest pair, -1 where it has none."""
    best = np.full(rows, -1, np.int64)
    likeliest = np.zeros(rows)
    np.maximum.at(likeliest, edges.row, chance)
    strongest = np.full(rows, -np.inf)
    top = np.flatnonzero(chance == likeliest[edges.row])
    np.maximum.at(strongest, edges.row[top], edges.odds[top])
    top = top[edges.odds[top] == strongest[edges.row[top]]][::-1]
    best[edges.row[top]] = top  # of equals the first person
    return best


def gather(
    owner: Index, left: Index, right: Index, chance: NDArray[np.float64]
) -> tuple[Index, list[tuple[int, int, float]]]:
    """Join rows that are duplicates of each other.

    owner   per row the existing person it belongs to, -1 none
    left, right, chance   pairs of rows, each likelier than not one person
    returns the group of each row (the smallest row in it) and the pairs that made them

    Two groups that belong to different existing persons are never joined.
    """
    group = np.arange(len(owner))
    parent = {int(r): int(r) for r in np.concatenate([left, right])}
    person = {r: int(owner[r]) for r in parent}

    def root(row: int) -> int:
        while parent[row] != row:
            parent[row] = parent[parent[row]]
            row = parent[row]
        return row

    used = []
    for at in np.lexsort((right, left, -chance)):
        one, other = sorted((root(int(left[at])), root(int(right[at]))))
        apart = person[one] >= 0 and person[other] >= 0 and person[one] != person[other]
        if one == other or apart:
            continue
        parent[other] = one
        person[one] = max(person[one], person[other])
        used.append((int(left[at]), int(right[at]), float(chance[at])))
    for row in parent:
        group[row] = root(row)
    return group, used
