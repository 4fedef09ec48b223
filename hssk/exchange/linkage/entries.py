"""What is compared: statements about people, column by column."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hssk.exchange.linkage.names import Names, keys_of, take_apart

TEXTS = ("name", "pid", "cmnd", "bhxh", "phone", "relation", "system_number")
_ARRAYS: dict[str, tuple[type[np.signedinteger[Any]], int]] = {
    "birth": (np.int32, 0),
    "sex": (np.int8, 0),
    "unit": (np.int32, -1),
    "hamlet": (np.int32, -1),
    "household": (np.int32, -1),
    "source": (np.int8, 0),
    "person": (np.int32, -1),
}
ROSTER, RECORDS = 0, 1


@dataclass(frozen=True, slots=True)
class Numbers:
    """The text columns as numbers, 0 for unknown; equal texts have equal numbers."""

    names: Names
    pid: NDArray[np.int64]
    cmnd: NDArray[np.int64]
    bhxh: NDArray[np.int64]
    phone: NDArray[np.int64]
    system_number: NDArray[np.int64]


@dataclass(frozen=True)
class Entries:
    """n statements about people, columnar; every attribute has length n.

    name      NFC as written;  birth  yyyymmdd, 00 for unknown parts, 0 unknown
    sex       0 unknown, 1 male, 2 female
    pid, cmnd, bhxh, phone   normalised digits, "" unknown
    unit, hamlet, household  ids, -1 unknown
    source    0 roster row, 1 record of the software
    person    known entries: index of the person they belong to; incoming entries: -1
    """

    name: list[str]
    birth: NDArray[np.int32]
    sex: NDArray[np.int8]
    pid: list[str]
    cmnd: list[str]
    bhxh: list[str]
    phone: list[str]
    unit: NDArray[np.int32]
    hamlet: NDArray[np.int32]
    household: NDArray[np.int32]
    relation: list[str]
    system_number: list[str]
    source: NDArray[np.int8]
    person: NDArray[np.int32]
    _size: int = field(init=False, repr=False)

    def __post_init__(self) -> None:
        sizes = {len(getattr(self, column)) for column in (*TEXTS, *_ARRAYS)}
        if len(sizes) > 1:
            raise ValueError(f"columns of different lengths: {sorted(sizes)}")
        object.__setattr__(self, "_size", sizes.pop())

    def __len__(self) -> int:
        return self._size

    @classmethod
    def from_columns(cls, **columns: Sequence[Any] | NDArray[Any]) -> "Entries":
        """Entries from any of the columns; those not given are unknown throughout.

        ValueError when lengths differ, TypeError for a column that does not exist.
        """
        unknown = set(columns) - set(TEXTS) - set(_ARRAYS)
        if unknown:
            raise TypeError(f"no such columns: {sorted(unknown)}")
        size = len(next(iter(columns.values()), ()))
        full: dict[str, Any] = {c: list(columns.get(c, [""] * size)) for c in TEXTS}
        for column, (kind, missing) in _ARRAYS.items():
            given = columns.get(column)
            full[column] = (
                np.full(size, missing, kind) if given is None else np.asarray(given, kind)
            )
        return cls(**full)

    @classmethod
    def from_rows(cls, rows: Iterable[Mapping[str, Any]]) -> "Entries":
        """Entries from mappings; a key that a row lacks is unknown for that row."""
        listed = list(rows)
        if not listed:
            return cls.empty()
        defaults: dict[str, Any] = {**dict.fromkeys(TEXTS, "")}
        defaults.update({column: missing for column, (_, missing) in _ARRAYS.items()})
        used = sorted({key for row in listed for key in row})
        return cls.from_columns(
            **{key: [row.get(key, defaults.get(key)) for row in listed] for key in used}
        )

    @classmethod
    def empty(cls) -> "Entries":
        """No entries."""
        return cls.from_columns()

    @cached_property
    def numbers(self) -> Numbers:
        """The text columns made comparable; done once, and the only slow step per entry."""
        return Numbers(
            names=take_apart(self.name),
            pid=_digits(self.pid),
            cmnd=_digits(self.cmnd),
            bhxh=_digits(self.bhxh),
            phone=_digits(self.phone),
            system_number=keys_of(self.system_number),
        )

    def prepare(self) -> "Entries":
        """Do the slow step now; returns self."""
        assert self.numbers is not None
        return self


def _digits(texts: list[str]) -> NDArray[np.int64]:
    """Digit strings to numbers. A leading 1 keeps "012…" and "12…" apart; 0 for unknown."""
    try:
        return np.fromiter((int("1" + t) if t else 0 for t in texts), np.int64, len(texts))
    except (ValueError, OverflowError):  # not digits: comparable all the same
        return keys_of(texts)
