"""Known and incoming entries as one table of numbers, with how common each value is."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hssk.exchange.linkage import levels, names
from hssk.exchange.linkage.blocking import Index, counts, side_by_side
from hssk.exchange.linkage.entries import Entries
from hssk.exchange.linkage.names import NameTable

FREQUENCIES = ("marked", "folded", "ends", "given", "birth", "unit", "hamlet", "phone")

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
_NOBODYS = 20  # a number on more entries than this was made up to fill a column
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
    invalid: NDArray[np.bool_]
    borrowed: NDArray[np.bool_]
    frequency: dict[str, NDArray[np.float32]]

    def __len__(self) -> int:
        return len(self.birth)

    def told(self, entries: Index) -> levels.Told:
        """Number and date of entries, for the rule that keeps people apart."""
        return levels.Told(self.pid[entries], self.birth[entries], self.invalid[entries])


def lay(known: Entries, incoming: Entries) -> Table:
    """One table of both, known entries first."""
    one, other = known.numbers, incoming.numbers
    table = names.stack(one.names, other.names)
    columns = {
        column: np.concatenate([getattr(one, column), getattr(other, column)])
        for column in ("pid", "cmnd", "bhxh", "phone", "system_number")
    }
    for number in ("pid", "cmnd", "bhxh"):
        columns[number] = np.where(counts(columns[number]) > _NOBODYS, 0, columns[number])
    places = {
        column: np.concatenate([getattr(known, column), getattr(incoming, column)])
        for column in ("birth", "sex", "unit", "hamlet", "source")
    }
    invalid, borrowed = levels.doubtful_pids(columns["pid"], places["birth"], places["sex"])
    return Table(
        known=len(known),
        names=table,
        home=np.concatenate([_homes(known), _apart(incoming, known)]),
        invalid=invalid,
        borrowed=borrowed,
        frequency=_frequencies(table, columns["phone"], places),
        **columns,
        **places,
    )


def _frequencies(
    table: NameTable, phone: NDArray[np.int64], places: dict[str, NDArray]
) -> dict[str, NDArray[np.float32]]:
    """Per kind, the logarithm of the share of entries that have each entry's value."""
    keys = {
        "marked": table.marked_key[table.of_entry],
        "folded": table.folded_key[table.of_entry],
        "ends": table.ends_key[table.of_entry],
        "given": table.folded_words[table.of_entry, 0],
        "birth": places["birth"],
        "unit": places["unit"] + 1,
        "hamlet": places["hamlet"] + 1,
        "phone": phone,
    }
    shares = side_by_side(
        lambda kind: (
            _birth_shares(keys[kind]) if kind == "birth" else _shares(keys[kind], *_ASSUMED[kind])
        ),
        FREQUENCIES,
    )
    return dict(zip(FREQUENCIES, shares, strict=True))


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
    return np.log((counts(keys.astype(np.int64)) + assumed * worth) / (len(keys) + worth)).astype(
        np.float32
    )
