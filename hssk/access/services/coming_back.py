"""Coming back to a shared machine by a short code, after a full sign-in there that day.

Six digits are guessed in a moment from a stolen database: what is kept of them needs a key of the
home, and is slow. At the machine five wrong ones end the short way until the next full sign-in.

Source: protection.md, threat 13 (one machine for all), §1.4 (PIN: pepper outside the database).
"""

import hashlib
import hmac
from datetime import date

from django.conf import settings
from django.contrib.auth.hashers import ScryptPasswordHasher
from django.db.models import F
from django.db.models.functions import Now

from hssk.access.models import Presence, ShortCode, User
from hssk.access.services.areas import access_of
from hssk.access.services.coming_in import is_asleep

TRIES = 5


def set_code(user: User, code: str) -> None:
    """Keep a new short code of `user`, six digits that `codes` lets pass."""
    hasher = ScryptPasswordHasher()
    digest = hasher.encode(_peppered(user, code), hasher.salt())
    ShortCode.objects.update_or_create(user=user, defaults={"digest": digest})


def has_code(user: User) -> bool:
    """Whether somebody has chosen a short code."""
    return ShortCode.objects.filter(user=user).exists()


def drop_code(user: User) -> None:
    """Forget the short code of `user`: they sign in fully each time."""
    ShortCode.objects.filter(user=user).delete()


def came_fully(user: User, machine: str, today: date) -> None:
    """Note a full sign-in at the machine whose browser keeps `machine`; earlier days are over."""
    key = _digest(machine)
    Presence.objects.filter(machine=key).exclude(day=today).delete()
    Presence.objects.update_or_create(
        machine=key, user=user, day=today,
        defaults={"at": Now(), "proof": _proof(user), "wrong": 0},
    )  # fmt: skip


def leave(user: User, machine: str) -> None:
    """Take away the short way back at one machine."""
    Presence.objects.filter(user=user, machine=_digest(machine)).delete()


def present(machine: str, today: date) -> list[Presence]:
    """Who may come back at a machine today, by name; also who has used up their tries."""
    there = Presence.objects.filter(machine=_digest(machine), day=today).select_related("user")
    with_code = there.filter(user__in=ShortCode.objects.values("user"))
    ordered = with_code.order_by("user__full_name", "user__username")
    return [one for one in ordered if _stands(one, today)]


def come_back(presence: int, machine: str, code: str, today: date) -> tuple[User | None, bool]:
    """Whose turn it was to come back, and whether the code was right.

    The try is counted before it is judged, so that many at once are no more than many in a row.
    returns  (None, False) where nobody may come back so, or no more
    """
    mine = Presence.objects.filter(pk=presence, machine=_digest(machine), day=today)
    if not mine.filter(wrong__lt=TRIES).update(wrong=F("wrong") + 1):
        return None, False
    one = mine.select_related("user").get()
    if not _stands(one, today):
        return None, False
    kept = ShortCode.objects.filter(user=one.user).first()
    if kept is None or not ScryptPasswordHasher().verify(_peppered(one.user, code), kept.digest):
        return one.user, False
    mine.update(wrong=0)
    return one.user, True


def _stands(presence: Presence, today: date) -> bool:
    """Whether account, password, round and some post still are what they were."""
    user = presence.user
    holds = hmac.compare_digest(presence.proof, _proof(user)) and user.is_active
    return holds and not is_asleep(user, today) and bool(access_of(user, today).posts)


def _digest(machine: str) -> str:
    return hashlib.sha256(machine.encode()).hexdigest()


def _proof(user: User) -> str:
    return hashlib.sha256(user.get_session_auth_hash().encode()).hexdigest()


def _peppered(user: User, code: str) -> str:
    words = f"{user.pk}|{code}".encode()
    return hmac.new(settings.CODE_KEY.encode(), words, "sha256").hexdigest()
