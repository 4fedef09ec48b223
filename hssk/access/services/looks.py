"""Looks, written before anything is shown; if they cannot be written, nothing is."""

import logging
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from hssk.access.models import Look, User
from hssk.access.rights import Right
from hssk.access.services.areas import Access
from hssk.access.services.scope import within
from hssk.access.tiers import Kind, Tier
from hssk.kit.copying import array_of

_log = logging.getLogger("hssk.access.looks")  # a collector, where one is named; names nobody
OPEN, LIST, EXPORT, ENTER, PURGE = "open", "list", "export", "enter", "purge"
PRINT = "print"  # laid out as paper
# what names somebody whom the asker must not know (sql/scope.sql), and the answer to a proposal
MATCH, PROPOSE, ANSWER = "match", "propose", "answer"
# what was written down of somebody by hand
BIRTH, DEATH, NO_DEATH, NAME = "birth", "death", "no-death", "name"
STRANGER = "stranger"
HAND = "hand"  # put on a copy of a list that somebody takes along
CARD = "card"  # the card of their record: printed, handed over, ended
OBJECT = "object"
# what came of going to somebody; and the facts that follow
CONTACT, ENROL, BOOK, LEAVE = "contact", "enrol", "book", "leave"
SAME, APART = "same", "apart"  # that two are one, and that taken back
Told = tuple[Any, ...]  # what a look says, in the order of access_write_look
IN, BACK, LOCK, OUT = "in", "back", "lock", "out"  # comings and goings name nobody
LET_IN, UNLOCK = "let-in", "unlock"  # what was done for an account of staff
PLACE = "place"  # which heir of a divided commune took a hamlet: it names nobody


def look(
    access: Access,
    act: str,
    right: Right,
    people: Iterable[UUID],
    *,
    basis: Kind | None = None,
    tier: str = Tier.REGISTER,
    purpose: str = "",
) -> None:
    """Write down that `people` are about to be shown, all those of one page in one line.

    act      OPEN one person or household, LIST a page of a list, EXPORT a file, PRINT paper; ENTER
             is refused
    basis    what ties whoever asks to those shown; by default that of the request
    tier     the most guarded fields that are shown: one of Tier
    purpose  the page or command that shows them; by default that of the request
    """
    named = list(dict.fromkeys(people))
    told = (
        act,
        right,
        _posts(access, right),
        named,
        False,
        basis or access.by,
        tier,
        purpose or access.purpose,
    )
    _write(access, told)
    access.looked = True


def refused(access: Access, act: str, right: Right | None, people: Iterable[UUID] = ()) -> None:
    """Have an attempt that was turned away written down; `right` is None where no post could
    have it. `write_refused` does, when what was tried has ended."""
    access.refused.append(
        (act, right or "", "", list(people), True, Kind.AREA, Tier.REGISTER, access.purpose)
    )


def write_refused(access: Access) -> None:
    """Write down what was turned away, on its own: it stands though all else was rolled back."""
    if access.refused:
        with within(access):
            for told in access.refused:
                _write(access, told)
        access.refused.clear()


def looks_at(*keys: UUID) -> QuerySet[Look]:
    """Who looked at a person, by any of their keys, the latest first."""
    found = RawSQL("SELECT access_looks_at(%s)", [list(keys)])
    return Look.objects.filter(id__in=found).select_related("actor").order_by("-id")


def _write(access: Access, told: Told) -> None:
    """One line, by the one function that writes any (sql/looks.sql): it verifies the scope once."""
    act, right, posts, people, failed, basis, tier, purpose = told
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT access_write_look(%s, %s, %s, %s, %s::uuid[], %s, %s, %s, %s)",
            [access.user.pk, act, right, posts, array_of(people), failed, basis, tier, purpose],
        )
    _log.info(
        "look: user=%s act=%s right=%s posts=%s people=%s refused=%s basis=%s tier=%s page=%s",
        access.user.pk, act, right, posts, len(people), failed, basis, tier, purpose,
    )  # fmt: skip


def note(access: Access, act: str, *, failed: bool = False) -> None:
    """Write down a coming or going of somebody: it names nobody.

    act     IN by the full sign-in, BACK by the short code, LOCK, OUT; `failed` when it was refused
    """
    with within(access):
        _write(access, (act, "", "", [], failed, Kind.AREA, Tier.REGISTER, ""))


def look_at_account(access: Access, act: str, right: Right, user: User, how: str) -> None:
    """Write down what was done for an account of staff, by its key, and how that was judged.

    act     LET_IN a new first password, UNLOCK a second factor taken away
    how     one word of the closed list that was chosen from
    """
    _write_of_nobody(access, act, right, f"user#{user.pk} {how}")


def note_placing(access: Access, right: Right, *, hamlet: int, unit: int | None) -> None:
    """Write down that a hamlet was given to a unit, by their keys; None: that is taken back."""
    _write_of_nobody(access, PLACE, right, f"hamlet#{hamlet} unit#{unit or 0}")


def _write_of_nobody(access: Access, act: str, right: Right, purpose: str) -> None:
    posts = _posts(access, right)
    _write(access, (act, right, posts, [], False, Kind.AREA, Tier.REGISTER, purpose))


def _posts(access: Access, right: Right) -> str:
    """The posts by which somebody looks, as labels: role and key of each."""
    mine = access.with_right(right)
    return ", ".join(f"{post.role}#{post.pk}" for post in mine)[:200]
