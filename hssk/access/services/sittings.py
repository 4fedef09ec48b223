"""Stays at a browser: begun, seen, ended by whose they are.

A session ends by itself (views/watch.py); it also ends when its user begins a new *round*: every
session of the rounds before is refused from the next request on, whatever any list says.

Source: ASVS 5.0 V7.3 (idle and absolute ends), V7.4 (ending others), domain.md §8.3.
"""

from datetime import date, datetime, timedelta

from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.db import transaction
from django.db.models import F, QuerySet

from hssk.access.models import Presence, Sitting, User
from hssk.access.services.scope import as_machine
from hssk.access.sessions import SessionStore


def begin(user: User, session: str, *, browser: str, shared: bool, at: datetime) -> Sitting:
    """Note that `user` has come in; what is long over is forgotten.

    session  what is kept of the key of the session (`sessions.digest_of`)
    """
    over = at - timedelta(seconds=settings.SITTING_LONGEST)
    Sitting.objects.filter(user=user, began_at__lt=over).delete()
    return Sitting.objects.update_or_create(
        session_key=session,
        defaults={"user": user, "browser": browser[:200], "shared": shared, "began_at": at,
                  "seen_at": at},
    )[0]  # fmt: skip


def seen(sitting: int, session: str, at: datetime) -> None:
    """Note that somebody is still there, and under which key the session goes on (its digest)."""
    Sitting.objects.filter(pk=sitting).update(seen_at=at, session_key=session)


def sittings_of(user: User, at: datetime) -> QuerySet[Sitting]:
    """Where somebody is signed in, the latest seen first; what has ended by itself left out."""
    longest = at - timedelta(seconds=settings.SITTING_LONGEST)
    idle = at - timedelta(seconds=settings.SITTING_IDLE)
    lively = Sitting.objects.filter(user=user, began_at__gt=longest, seen_at__gt=idle)
    return lively.order_by("-seen_at")


def is_linked(user: User) -> bool:
    """Whether an identity provider may let `user` in."""
    return SocialAccount.objects.filter(user=user).exists()


def unlink(user: User, on: date) -> None:
    """Let no identity provider let `user` in any more."""
    with as_machine(user, on):
        SocialAccount.objects.filter(user=user).delete()


def close(sitting: int) -> None:
    """Forget a stay whose session has ended."""
    Sitting.objects.filter(pk=sitting).delete()


@transaction.atomic
def end_sitting(user: User, sitting: int) -> bool:
    """End one stay of one's own; False where there is none of that number."""
    one = Sitting.objects.filter(user=user, pk=sitting).first()
    if one is None:
        return False
    SessionStore.forget(one.session_key)
    one.delete()
    return True


@transaction.atomic
def end_elsewhere(user: User, on: date, *, keep: int = 0) -> None:
    """End every session of `user`, and every short way back in.

    keep    the stay that goes on; whoever calls has to bring its session into the new round
    """
    with as_machine(user, on):
        User.objects.filter(pk=user.pk).update(round=F("round") + 1)
    user.refresh_from_db(fields=["round"])
    Sitting.objects.filter(user=user).exclude(pk=keep).delete()
    Presence.objects.filter(user=user).delete()
