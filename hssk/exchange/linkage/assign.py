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
    order = np.argsort(code)
    once = np.ones(len(row), bool)
    once[1:] = code[order[1:]] != code[order[:-1]]
    if not once.all():
        order = np.lexsort((entry, -odds, code))[once]
    return Edges(row[order], person[order], entry[order], odds[order].astype(np.float64))


def chances(edges: Edges, rows: int, persons: int, second: float) -> NDArray[np.float64]:
    """The chance (0..1) that each pair is one person, given all the others.

    rows, persons  how many there are of either
    second         share of people with a second entry in one file
    """
    strength = np.exp(np.minimum(edges.odds, _TOP))
    claim = strength
    for _ in range(_ROUNDS):
        others = np.bincount(edges.row, claim, rows)[edges.row] - claim
        offer = strength / (1.0 + np.maximum(others, 0.0))
        rivals = np.bincount(edges.person, offer, persons)[edges.person] - offer
        rivals = np.maximum(rivals, 0.0)
        claim = strength * (1.0 + second * rivals) / (1.0 + rivals)
    result: NDArray[np.float64] = claim / (1.0 + np.bincount(edges.row, claim, rows)[edges.row])
    return result


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
