"""Keeping what was worked out from units and hamlets for as long as they stand as they stood."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache, wraps
from typing import TypeVar, TypeVarTuple

from django.db import connection
from django.utils.translation import get_language

Asked = TypeVarTuple("Asked")
Answer = TypeVar("Answer")
_told: ContextVar[int | None] = ContextVar("_told", default=None)


def kept_while_places_stand(
    most: int,
) -> Callable[[Callable[[*Asked], Answer]], Callable[[*Asked], Answer]]:
    """Decorate a function of places alone: its last `most` answers are kept in this process.

    The function must ask nothing but units, successions and hamlets, and take arguments by place
    that can be hashed (a Unit is its key); who asks must not change the answer, which is shared.
    An answer is given again only in the same language and while no place has changed: one question
    of the database, a fraction of a millisecond.
    """

    def decorate(work: Callable[[*Asked], Answer]) -> Callable[[*Asked], Answer]:
        @lru_cache(maxsize=most)
        def kept(_mark: int, _language: str | None, *asked: *Asked) -> Answer:
            return work(*asked)

        @wraps(work)
        def answer(*asked: *Asked) -> Answer:
            return kept(_mark(), get_language(), *asked)

        return answer

    return decorate


@contextmanager
def as_marked(mark: int) -> Iterator[None]:
    """For a moment, in which nobody asks anything else: the places stand as `mark` says, which
    whoever calls this has just asked along with a question of their own (`places_mark()`)."""
    before = _told.set(mark)
    try:
        yield
    finally:
        _told.reset(before)


@contextmanager
def while_they_stand() -> Iterator[None]:
    """For a moment in which nobody here changes a place: how they stand is asked once."""
    with as_marked(_mark()):
        yield


def _mark() -> int:
    if (told := _told.get()) is not None:
        return told
    with connection.cursor() as cursor:
        cursor.execute("SELECT places_mark()")
        return cursor.fetchone()[0]
