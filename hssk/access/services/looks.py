"""Looks, written before anything is shown; if they cannot be written, nothing is."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import QuerySet
from django.db.models.functions import Now

from hssk.access.models import Look
from hssk.access.rights import Right
from hssk.access.services.areas import Access
from hssk.access.services.scope import within

OPEN, LIST, EXPORT, ENTER = "open", "list", "export", "enter"
IN, BACK, LOCK, OUT = "in", "back", "lock", "out"  # comings and goings name nobody


def look(access: Access, act: str, right: Right, people: Iterable[UUID]) -> Look:
    """Write down that `people` are about to be shown, all those of one page in one line.

    act     OPEN one person or household, LIST a page of a list, EXPORT a file; ENTER is refused
    """
    named = list(dict.fromkeys(people))
    access.looked = True
    return Look.objects.create(
        actor=access.user, at=Now(), act=act, right=right, posts=_posts(access, right), people=named
    )


def refused(access: Access, act: str, right: Right | None, people: Iterable[UUID] = ()) -> None:
    """Have an attempt that was turned away written down; `right` is None where no post could
    have it. `write_refused` does, when what was tried has ended."""
    access.refused.append(
        Look(
            actor=access.user, at=Now(), act=act, right=right or "", people=list(people),
            refused=True,
        )
    )  # fmt: skip


def write_refused(access: Access) -> None:
    """Write down what was turned away, on its own: it stands though all else was rolled back."""
    if access.refused:
        with within(access):
            Look.objects.bulk_create(access.refused)
        access.refused.clear()


def note(access: Access, act: str, *, failed: bool = False) -> None:
    """Write down a coming or going of somebody: it names nobody.

    act     IN by the full sign-in, BACK by the short code, LOCK, OUT; `failed` when it was refused
    """
    with within(access):
        Look.objects.create(
            actor=access.user, at=Now(), act=act, right="", people=[], refused=failed
        )


def looks_at(person: UUID) -> QuerySet[Look]:
    """Who looked at a person, the latest first."""
    return Look.objects.filter(people__contains=[person]).select_related("actor").order_by("-id")


def _posts(access: Access, right: Right) -> str:
    """The posts by which somebody looks, as labels: role and key of each."""
    mine = access.with_right(right)
    return ", ".join(f"{post.role}#{post.pk}" for post in mine)[:200]
