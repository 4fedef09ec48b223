"""Keys that are drawn only when an address wants them: it wants two of fifty at most."""

import random
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.db.models import Model

Find = Callable[[], Iterable[Any]]


class Drawn(dict[str, Any]):
    """A key of each kind: one of those that are found when it is first asked for, then the same."""

    def __init__(
        self, found: Mapping[str, Find], dice: random.Random, nothing: Mapping[str, Any]
    ) -> None:
        """nothing  the key of each kind where none is found"""
        super().__init__()
        self._found, self._dice, self._nothing = found, dice, nothing

    def __missing__(self, kind: str) -> Any:
        among = list(self._found[kind]())
        self[kind] = self._dice.choice(among) if among else self._nothing[kind]
        return self[kind]


def keys_of(model: type[Model], **there: Any) -> Find:
    """How to find the keys of whatever of this kind is there."""
    return lambda: model._default_manager.filter(**there).values_list("pk", flat=True)
