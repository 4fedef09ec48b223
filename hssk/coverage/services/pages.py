"""A list that reads only the rows somebody looks at."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Generic, TypeVar, overload

Row = TypeVar("Row")


class Pages(Sequence[Row], Generic[Row]):
    """The rows behind a count: len() counts them, a slice reads that page, iterating reads all.

    count  how many rows there are, asked once
    read   the rows from one place (inclusive) to another (exclusive); to the end when None
    """

    def __init__(
        self, count: Callable[[], int], read: Callable[[int, int | None], list[Row]]
    ) -> None:
        self._count, self._read = count, read
        self._length: int | None = None

    def __len__(self) -> int:
        if self._length is None:
            self._length = self._count()
        return self._length

    @overload
    def __getitem__(self, place: int) -> Row: ...
    @overload
    def __getitem__(self, place: slice) -> list[Row]: ...
    def __getitem__(self, place: int | slice) -> Row | list[Row]:
        if isinstance(place, slice):
            start, stop, step = place.indices(len(self))
            return self._read(start, stop)[::step] if step > 0 and start < stop else []
        if not -len(self) <= place < len(self):
            raise IndexError(place)
        place %= len(self)
        return self._read(place, place + 1)[0]

    def __iter__(self) -> Iterator[Row]:
        return iter(self._read(0, None))


def touched(held: dict[Any, int], start: int, stop: int) -> tuple[dict[Any, int], int]:
    """Of places that hold so many rows each, in order: those with rows from `start` to `stop`.

    Returns them, and how many rows stand before the first of them.
    """
    inside: dict[Any, int] = {}
    place, before = 0, 0
    for key, count in held.items():
        if place < stop and place + count > start:
            before = before if inside else place
            inside[key] = count
        place += count
    return inside, before
