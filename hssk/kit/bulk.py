"""Large changes in one go: let what is derived from the facts follow once, at the end."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import connection, transaction

_followers: list[Callable[[], None]] = []


def follow(settle: Callable[[], None]) -> None:
    """Have `settle` called at the end of every large change (a room above registers itself)."""
    _followers.append(settle)


@contextmanager
def large_change() -> Iterator[None]:
    """A transaction in which derived figures wait, and are brought up to date before it ends.

    Inside, the setting `hssk.bulk` is on, which statement triggers read.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL hssk.bulk = 'on'")
        yield
        for settle in _followers:
            settle()
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL hssk.bulk = 'off'")
