"""What tells one copy of a list from every other: fine marks beside the rows, from its seed.

Each row has two marks of four levels: the space below it, and the place of its box. Eight rows in
a row carry seven spaces and eight places, 30 bits: among ten thousand copies of one list a window
of them is another's by chance once in a hundred thousand. Source: protection.md §1.5; decision 22.
"""

import hmac
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

LEVELS = 4
ROWS_NEEDED = 8  # with fewer, nobody is named


@dataclass(frozen=True, slots=True)
class Mark:
    """The marks of one row, each from 0 to LEVELS - 1; None where a picture does not show it."""

    space: int | None
    place: int | None


def marks_of(seed: bytes, rows: int) -> list[Mark]:
    """The marks of the rows of a copy, from the first one on."""
    return [_mark(seed, row) for row in range(rows)]


def _mark(seed: bytes, row: int) -> Mark:
    drawn = hmac.digest(seed, f"marks {row}".encode(), "sha256")[0]
    return Mark(drawn % LEVELS, drawn // LEVELS % LEVELS)


def copies_showing(
    seen: Sequence[Mark], copies: Mapping[str, bytes], rows: int, *, spoilt: int = 0
) -> list[str]:
    """The serials of the copies that have these marks somewhere, one below the other.

    seen     of at least ROWS_NEEDED rows
    copies   serial → seed
    rows     how many each of them has
    spoilt   how many marks may have been read wrongly
    Raises ValueError for fewer rows: guessing accuses somebody.
    """
    if len(seen) < ROWS_NEEDED:
        raise ValueError(f"{len(seen)} rows name nobody; {ROWS_NEEDED} do")
    return [
        serial
        for serial, seed in copies.items()
        if any(_wrong(seen, window) <= spoilt for window in _windows(seed, rows, len(seen)))
    ]


def _windows(seed: bytes, rows: int, length: int) -> Iterator[list[Mark]]:
    whole = marks_of(seed, rows)
    for first in range(rows - length + 1):
        yield whole[first : first + length]


def _wrong(seen: Iterable[Mark], window: Iterable[Mark]) -> int:
    return sum(
        (a.space is not None and a.space != b.space) + (a.place is not None and a.place != b.place)
        for a, b in zip(seen, window, strict=True)
    )
