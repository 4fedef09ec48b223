"""What the rooms above tell this one, which may not name them: config does, once they stand."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

# Address of a page (or `hssk NAME`) → what somebody who opens it is doing, in words.
purposes: dict[str, Any] = {}
_keys_of: list[Callable[[UUID], list[UUID]]] = []


def tell(words: Mapping[str, Any], keys_of: Callable[[UUID], list[UUID]]) -> None:
    """Say what pages are for, and how all the keys of one person are found from any of them."""
    purposes.update(words)
    _keys_of[:] = [keys_of]


def keys_of(person: UUID) -> list[UUID]:
    """Every key that somebody was ever known by; the one asked for, where nobody is known."""
    found = [key for ask in _keys_of for key in ask(person)]
    return found if person in found else [person, *found]
