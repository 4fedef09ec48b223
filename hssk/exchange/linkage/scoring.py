"""From pairs to log-odds: levels of agreement, weighed by how common what agrees is."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hssk.exchange.linkage import levels, names
from hssk.exchange.linkage.blocking import Index, mix
from hssk.exchange.linkage.entries import Entries
from hssk.exchange.linkage.names import NameTable
from hssk.exchange.linkage.weights import FIELDS, FREQUENCIES, Weights

NEVER = np.float32(-60.0)  # a pair that no evidence can make one person
_CHUNK = 250_000

# What is assumed of a value before the files are looked at: how often it occurs, and how many
# people that assumption is worth. It matters for a village, not for a city.
_ASSUMED = {
    "marked": (1e-4, 5000),
    "folded": (1e-4, 5000),
    "ends": (5e-4, 5000),
    "given": (3e-3, 5000),
    "birth": (4e-5, 20000),
    "unit": (0.15, 50),
    "hamlet": (0.02, 100),
    "phone": (2e-6, 5000),
}
_VAGUE = 7e-4  # share of people with one given bare year as their birth date


@dataclass(frozen=True)
class Table:
    """Known and incoming entries under one another, as numbers, with how common each value is.

    frequency  per kind, the natural logarithm of the share of entries with the entry's value
    home       number of the entry's household, of its person's when it names none, else 0
    """

    known: int
    names: NameTable
    pid: NDArray[np.int64]
    cmnd: NDArray[np.int64]
    bhxh: NDArray[np.int64]
    phone: NDArray[np.int64]
    system_number: NDArray[np.int64]
    birth: NDArray[np.int32]
    sex: NDArray[np.int8]
    unit: NDArray[np.int32]
    hamlet: NDArray[np.int32]
    source: NDArray[np.int8]
    home: NDArray[np.int64]
    contradicted: NDArray[np.bool_]
    frequency: dict[str, NDArray[np.float32]]

    def __len__(self) -> int:
        return len(self.birth)


def lay(known: Entries, incoming: Entries) -> Table:
    """One table of both, known entries first."""
    one, other = known.numbers, incoming.numbers
    table = names.stack(one.names, other.names)
    columns = {
        column: np.concatenate([getattr(one, column), getattr(other, column)])
        for column in ("pid", "cmnd", "bhxh", "phone", "system_number")
    }
    places = {
        column: np.concatenate([getattr(known, column), getattr(incoming, column)])
        for column in ("birth", "sex", "unit", "hamlet", "source")
    }
    keys = {
        "marked": table.marked_key[table.of_entry],
        "folded": table.folded_key[table.of_entry],
        "ends": table.ends_key[table.of_entry],
        "given": table.folded_words[table.of_entry, 0],
        "birth": places["birth"],
        "unit": places["unit"] + 1,
        "hamlet": places["hamlet"] + 1,
        "phone": columns["phone"],
    }
    return Table(
        known=len(known),
        names=table,
        home=np.concatenate([_homes(known), _apart(incoming, known)]),
        contradicted=levels.contradicts(columns["pid"], places["birth"], places["sex"]),
        frequency={kind: _shares(keys[kind], *_ASSUMED[kind]) for kind in FREQUENCIES}
        | {"birth": _birth_shares(places["birth"])},
        **columns,
        **places,
    )


def _homes(known: Entries) -> NDArray[np.int64]:
    """The household of each known entry's person (the largest number where there are several)."""
    home = known.household.astype(np.int64) + 1
    if not len(known):
        return home
    of_person = np.zeros(int(known.person.max()) + 1, np.int64)
    np.maximum.at(of_person, known.person, home)
    return np.where(home > 0, home, of_person[known.person])


def _apart(incoming: Entries, known: Entries) -> NDArray[np.int64]:
    """Households of incoming rows, numbered past the known ones: a file numbers its own."""
    home = incoming.household.astype(np.int64) + 1
    home[home > 0] += int(known.household.max(initial=-1)) + 1
    return home


def _birth_shares(birth: NDArray[np.int32]) -> NDArray[np.float32]:
    """As `_shares`; a bare year, or 1 January, is more common than a day."""
    vague = (birth % 10000 == 101) | (birth % 10000 == 0)
    return np.where(vague, _shares(birth, _VAGUE, 20000), _shares(birth, *_ASSUMED["birth"]))


def _shares(keys: NDArray[np.signedinteger], assumed: float, worth: int) -> NDArray[np.float32]:
    if keys.dtype == np.int32:
        counts = np.bincount(keys)[keys]
    else:
        _, inverse, count = np.unique(keys, return_inverse=True, return_counts=True)
        counts = count[inverse]
    return np.log((counts + assumed * worth) / (len(keys) + worth)).astype(np.float32)


def agreement(
    table: Table, home_phones: NDArray[np.int64], a: Index, b: Index
) -> dict[str, NDArray[np.int8]]:
    """The level of agreement of each pair in each field; -1 where one side does not know."""
    compared: dict[str, Callable[[], NDArray[np.int8]]] = {
        "pid": lambda: levels.compare_pids(
            table.pid[a], table.pid[b], table.contradicted[a] | table.contradicted[b]
        ),
        "cmnd": lambda: levels.compare_numbers(table.cmnd[a], table.cmnd[b]),
        "bhxh": lambda: levels.compare_numbers(table.bhxh[a], table.bhxh[b]),
        "system_number": lambda: _same_or_unknown(table.system_number[a], table.system_number[b]),
        "name": lambda: names.compare(
            table.names, table.names.of_entry[a], table.names.of_entry[b]
        ),
        "birth": lambda: levels.compare_births(table.birth[a], table.birth[b]),
        "sex": lambda: levels.compare_sexes(table.sex[a], table.sex[b]),
        "place": lambda: levels.compare_places(
            table.unit[a], table.unit[b], table.hamlet[a], table.hamlet[b]
        ),
        "phone": lambda: _compare_phones(table, home_phones, a, b),
    }
    return {field: compared[field]() for field in FIELDS}


def _same_or_unknown(left: NDArray[np.int64], right: NDArray[np.int64]) -> NDArray[np.int8]:
    return np.where((left == right) & (left != 0), np.int8(0), np.int8(-1))


def phones_of_homes(table: Table, home: NDArray[np.int64]) -> NDArray[np.int64]:
    """Sorted keys of (household, telephone of one of its people).

    home   the household of each entry, 0 unknown; may be more than the entries themselves say
    """
    keys = mix(home, table.phone)
    return np.unique(keys[keys != 0])


def _compare_phones(
    table: Table, home_phones: NDArray[np.int64], a: Index, b: Index
) -> NDArray[np.int8]:
    one, other = table.phone[a], table.phone[b]
    level = np.full(len(a), -1, np.int8)
    both = (one != 0) & (other != 0)
    level[both] = 2
    level[both & (one == other)] = 0
    rest = np.flatnonzero((level != 0) & ((one != 0) | (other != 0)))
    if len(home_phones) and len(rest):
        shared = _listed(home_phones, mix(table.home[a[rest]], other[rest]))
        shared |= _listed(home_phones, mix(table.home[b[rest]], one[rest]))
        level[rest[shared]] = 1
    return level


def _listed(among: NDArray[np.int64], keys: NDArray[np.int64]) -> NDArray[np.bool_]:
    at = np.minimum(np.searchsorted(among, keys), len(among) - 1)
    return (among[at] == keys) & (keys != 0)


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
    home_phones: NDArray[np.int64],
    a: Index,
    b: Index,
    prior: NDArray[np.float32],
    *,
    expected: float = 0.0,
) -> NDArray[np.float32]:
    """Natural log-odds that a and b are one person, NEVER where that is ruled out.

    prior     per pair: log of the chance that a given stranger of the other side is the person
    expected  log-odds that the person is on the other side at all
    """
    total = np.empty(len(a), np.float32)
    for start in range(0, len(a), _CHUNK):
        part = slice(start, start + _CHUNK)
        one, other = a[part], b[part]
        found = agreement(table, home_phones, one, other)
        stranger, housemate = _weigh(table, weights, found, one)
        stranger += prior[part]
        housemate -= np.float32(np.log(weights.household_size))
        result = -np.logaddexp(-stranger, -housemate) + np.float32(expected)
        impossible = levels.never_one_person(
            table.pid[one], table.pid[other], table.birth[one], table.birth[other]
        )
        result[impossible] = NEVER
        total[part] = result
    return total
