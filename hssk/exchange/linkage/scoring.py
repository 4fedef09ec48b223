"""From pairs to log-odds: levels of agreement, weighed by how common what agrees is."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from hssk.exchange.linkage import levels
from hssk.exchange.linkage.blocking import Index, side_by_side
from hssk.exchange.linkage.homes import Homes, compare_names, compare_phones
from hssk.exchange.linkage.table import FREQUENCIES, Table
from hssk.exchange.linkage.weights import FIELDS, Weights

NEVER = np.float32(-60.0)  # a pair that no evidence can make one person
_CHUNK = 30_000  # pairs compared at a time: as many as stay near the processor


def agreement(table: Table, homes: Homes, a: Index, b: Index) -> dict[str, NDArray[np.int8]]:
    """The level of agreement of each pair in each field; -1 where one side does not know."""
    compared: dict[str, Callable[[], NDArray[np.int8]]] = {
        "pid": lambda: levels.compare_pids(
            table.pid[a], table.pid[b], table.borrowed[a] | table.borrowed[b]
        ),
        "cmnd": lambda: levels.compare_numbers(table.cmnd[a], table.cmnd[b]),
        "bhxh": lambda: levels.compare_numbers(table.bhxh[a], table.bhxh[b]),
        "system_number": lambda: _same_or_unknown(table.system_number[a], table.system_number[b]),
        "name": lambda: compare_names(table, homes, a, b),
        "birth": lambda: levels.compare_births(table.birth[a], table.birth[b]),
        "sex": lambda: levels.compare_sexes(table.sex[a], table.sex[b]),
        "place": lambda: levels.compare_places(
            table.unit[a], table.unit[b], table.hamlet[a], table.hamlet[b]
        ),
        "phone": lambda: compare_phones(table, homes, a, b),
    }
    return {field: compared[field]() for field in FIELDS}


def _same_or_unknown(left: NDArray[np.int64], right: NDArray[np.int64]) -> NDArray[np.int8]:
    return np.where((left == right) & (left != 0), np.int8(0), np.int8(-1))


def _weigh(
    table: Table, weights: Weights, found: dict[str, NDArray[np.int8]], a: Index
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Log-odds against a stranger and against a member of the household, without priors."""
    stranger = np.zeros(len(a), np.float32)
    housemate = np.zeros(len(a), np.float32)
    for field, level in found.items():
        stranger += stranger_weight(table, weights, field, level, a)
        housemate += weights.fields[field].household[level]
    return stranger, housemate


def stranger_weight(
    table: Table, weights: Weights, field: str, level: NDArray[np.int8], a: Index
) -> NDArray[np.float32]:
    """Log-odds of the levels of one field against a stranger; a rare value weighs more.

    a   an entry of each pair, whose values tell how common they are
    """
    weight = weights.fields[field]
    result = weight.random[level]
    kinds = weight.frequency[level]
    for kind in np.unique(weight.frequency[weight.frequency >= 0]):
        at = np.flatnonzero(kinds == kind)
        result[at] -= table.frequency[FREQUENCIES[kind]][a[at]]
    return result


def score(
    table: Table,
    weights: Weights,
    homes: Homes,
    pairs: tuple[Index, Index],
    prior: NDArray[np.float32],
) -> NDArray[np.float32]:
    """Natural log-odds that both entries of a pair are one person, NEVER where that is ruled out.

    prior   per pair: log of the chance that a given stranger of the other side is the person
    The chance that the person is on the other side at all is left at one half.
    """
    a, b = pairs
    size = np.float32(np.log(weights.household_size))

    def part(start: int) -> NDArray[np.float32]:
        one, other = a[start : start + _CHUNK], b[start : start + _CHUNK]
        found = agreement(table, homes, one, other)
        stranger, housemate = _weigh(table, weights, found, one)
        # the alternatives add up: a stranger, or somebody of the household
        against = np.logaddexp(-stranger - prior[start : start + _CHUNK], size - housemate)
        against[levels.never_one_person(table.told(one), table.told(other))] = -NEVER
        odds: NDArray[np.float32] = -against
        return odds

    parts = side_by_side(part, range(0, len(a), _CHUNK))
    return np.concatenate([np.zeros(0, np.float32), *parts])
