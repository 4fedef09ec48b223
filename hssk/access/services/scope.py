"""Scopes: telling the database, in words it can verify, for whom it is asked (decision 10).

within(access)      a transaction that sees what the posts of somebody open, and changes nothing
as_machine(user)    inside it, one act upon people who may be spoken of elsewhere too

Commands and workers sign in to the database as the machine, before which there is no wall.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from functools import lru_cache

from django.conf import settings
from django.db import connection, transaction

from hssk.access.models import User
from hssk.access.rights import NAMING, RIGHTS, Right, Role
from hssk.access.services.areas import Access
from hssk.access.signing import signed
from hssk.places import services as places

_NOTHING = "{}"
# Rights for which walls ask by themselves (access_beyond): held in one place, they open nothing in
# another, which its holder has by a post without them.
APART = frozenset(
    {
        *(Right.RECORD, Right.LISTS, Right.HELD, Right.MOVE),
        *(Right.ROWS, Right.DELIVER, Right.POSTS),
    }
)


@contextmanager
def within(access: Access) -> Iterator[None]:
    """A transaction in which the database shows what the posts of `access` open, and no more."""
    with transaction.atomic(), _scope(lambda stamp: _words_of(access, stamp)):
        yield


@contextmanager
def as_machine(user: User, day: date) -> Iterator[None]:
    """A transaction in which one act of `user` may reach everybody it is about.

    Whoever opens it has seen before that the act is theirs to do.
    """
    with transaction.atomic(), _scope(lambda stamp: _words_of_machine(user.pk, day, stamp)):
        yield


@contextmanager
def _scope(words: Callable[[str], str]) -> Iterator[None]:
    """Enter a scope of this transaction, and return to the one before, unless it ends with it.

    A process of the machine steps behind the wall for as long.
    """
    outermost = not connection.savepoint_ids
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_backend_pid(), (extract(epoch FROM now()) * 1000000)::bigint,"
            " current_setting('hssk.scope', true), current_setting('role'), places_mark()"
        )
        backend, began, before, role, mark = cursor.fetchone()
        with places.as_marked(mark):
            told = words(f"t.{backend}.{began}")
        _enter(cursor, signed(told, settings.SCOPE_KEY), settings.APP_ROLE)
        yield
        if not outermost:
            _enter(cursor, before or "", role)


def _enter(cursor, told: str, role: str) -> None:
    cursor.execute(
        "SELECT set_config('hssk.scope', %s, true), set_config('role', %s, true)", [told, role]
    )


def _words_of(access: Access, stamp: str) -> str:
    outside = _outside_of(access, *NAMING)
    held = [right for post in access.posts for right in RIGHTS[Role(post.role)]]
    rights = set(Right if access.everywhere else held)
    apart = {right: _outside_of(access, right) for right in sorted(APART & rights)}
    beyond = ";".join(f"{right}={'' if its == outside else its}" for right, its in apart.items())
    posts = ",".join(str(post.pk) for post in access.posts)
    told = (stamp, access.user.pk, posts, access.day, outside, ",".join(sorted(rights)), beyond)
    return "|".join(map(str, told))


def _outside_of(access: Access, *rights: Right) -> str:
    """What lies outside all posts that have one of `rights`."""
    if any(access.holds_everything(right) for right in rights):
        return _NOTHING
    areas = {unit for right in rights for unit in access.units(right)}
    hamlets = frozenset[int]().union(*(access.hamlets(right) or () for right in rights))
    return _outside(hamlets, frozenset[int]().union(*map(places.units_held, areas)))


def _words_of_machine(user: int, day: date, stamp: str) -> str:
    return f"{stamp}|{user}||{day}|{_NOTHING}|machine|"


@lru_cache(maxsize=256)
def _outside(hamlets: frozenset[int], units: frozenset[int]) -> str:
    """All but these places, as sql/scope.sql reads it: units by their keys, hamlets below zero."""
    since, ranges = "", []
    for place in sorted({*units, *(-hamlet for hamlet in hamlets)}):
        if since != str(place):
            ranges.append(f"[{since},{place})")
        since = str(place + 1)
    return "{" + ",".join([*ranges, f"[{since},)"]) + "}"
