"""Large changes in one go: let what is derived from the facts follow once, at the end."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager

from django.db import transaction

_followers: list[Callable[[], AbstractContextManager[None]]] = []


def follow(deferred: Callable[[], AbstractContextManager[None]]) -> None:
    """Have every large change run inside `deferred()`; a room above registers itself.

    What it derives from the facts waits inside, and is brought up to date when the block ends.
    """
    _followers.append(deferred)


@contextmanager
def large_change() -> Iterator[None]:
    """A transaction in which derived figures wait, and are current before it ends."""
    with transaction.atomic(), ExitStack() as stack:
        for deferred in _followers:
            stack.enter_context(deferred())
        yield
