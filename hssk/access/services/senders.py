"""Software of facilities, which delivers files by the gateway: accounts made and ended, tokens.

An account opens the gateway alone: it has no password for the pages. Its rights are those of its
post, read at each request like everybody's; when the post or the account ends, so do its tokens.
Source: domain.md §2.5 (what provincial hubs look like); protection.md §1.2 (system integrator).
"""

import hashlib
import re
import secrets
from datetime import date, datetime, timedelta
from functools import cache

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.utils.translation import gettext_noop as _n

from hssk.access.errors import Misplaced, NotYours
from hssk.access.models import Post, Sender, SenderToken, User
from hssk.access.rights import Right, Role
from hssk.access.services.areas import Access
from hssk.access.services.coming_in import is_asleep
from hssk.access.services.looks import IN, LET_IN, look_at_account, note
from hssk.access.services.posts import (
    end_post,
    first_password,
    grant_post,
    hashed_first,
    may_end,
    may_grant,
)
from hssk.access.services.scope import as_machine
from hssk.kit.errors import Trouble
from hssk.places.models import Facility, Unit

_DIGEST = re.compile("[0-9a-fA-F]{32}")


def name_for(facility: Facility) -> str:
    """The name of the account of a facility."""
    return f"cong-{facility.code.lower()}"


@transaction.atomic
def open_gateway(
    facility: Facility, *, unit: Unit | None, giver: Access, at: datetime
) -> tuple[Sender, str]:
    """Give the software of a facility an account, or the one it has a new password.

    unit     where its files belong and whose people they may find; None for where they do, or
             for the commune whose station it is
    returns  the account and its password, which is kept nowhere; tokens of the old one are gone

    Raises Misplaced for a hospital without a unit, NotYours where `giver` may make no such post,
    Trouble where somebody else has the name.
    """
    sender = Sender.objects.filter(facility=facility).select_related("user", "post__unit").first()
    unit = unit or (sender.post.unit if sender else facility.unit)
    if unit is None:
        raise Misplaced("unit", _n("Cơ sở này không phải trạm y tế của xã nào: ghi rõ đơn vị."))
    if not may_grant(giver, Role.INTEGRATOR, unit):
        raise NotYours(_n("Bạn không được giao nhiệm vụ này ở địa bàn này."))
    user = sender.user if sender else _new_user(facility, giver)
    user.is_active, user.woken_on = True, giver.day
    password = first_password()
    sender = sender or Sender(user=user, facility=facility, made_by=giver.user, made_at=at)
    with as_machine(giver.user, giver.day):  # that it is theirs to give was seen above
        user.save(update_fields=["is_active", "woken_on"])
        sender.post = _post_in(unit, sender, giver)
        sender.secret, sender.ended_at = hashed_first(_as_sent(password)), None
        sender.save()
        SenderToken.objects.filter(sender=sender).delete()
    look_at_account(giver, LET_IN, Right.POSTS, user, "gateway")
    return sender, password


def _new_user(facility: Facility, giver: Access) -> User:
    name = name_for(facility)
    if User.objects.filter(username=name).exists():
        raise Trouble(_n("Đã có người dùng tên {name}; đổi tên tài khoản ấy trước."), name=name)
    with as_machine(giver.user, giver.day):
        return User.objects.create(
            username=name, full_name=facility.name[:200], password=make_password(None)
        )


def _post_in(unit: Unit, sender: Sender, giver: Access) -> Post:
    """The post that the account has there; one elsewhere ends."""
    if sender.post_id is not None and Post.objects.on(giver.day).filter(pk=sender.post_id).exists():
        if sender.post.unit_id == unit.pk:
            return sender.post
        end_post(sender.post, on=giver.day, giver=giver)
    return grant_post(sender.user, Role.INTEGRATOR, unit, since=giver.day, giver=giver)


@transaction.atomic
def end_gateway(sender: Sender, *, giver: Access, at: datetime) -> None:
    """End an account: its post, its tokens, its sleep begins. Its receipts stay.

    Raises NotYours where `giver` may not end its post.
    """
    if not may_end(giver, sender.post):
        raise NotYours(_n("Bạn không được kết thúc nhiệm vụ này."))
    if Post.objects.on(giver.day).filter(pk=sender.post_id).exists():
        end_post(sender.post, on=giver.day, giver=giver)
    sender.ended_at, sender.user.is_active = at, False
    with as_machine(giver.user, giver.day):
        SenderToken.objects.filter(sender=sender).delete()
        sender.save(update_fields=["ended_at"])
        sender.user.save(update_fields=["is_active"])


def senders_within(giver: Access) -> list[Sender]:
    """The accounts that `giver` may end, by the code of their facility; ended ones too."""
    every = Sender.objects.select_related("user", "facility", "post__unit")
    return [
        one
        for one in every.order_by("facility__code")
        if may_grant(giver, Role.INTEGRATOR, one.post.unit)
    ]


def sender_named(name: str, password: str, *, day: date) -> Sender | None:
    """The account of that name where the password is its own; None for any other, as slowly.

    password  as it was given, or the MD5 of it in hex, as software for other hubs sends it

    An account that nobody used for 45 days sleeps: it is none, until it gets a new password.
    """
    sender = Sender.objects.filter(user__username=name).select_related("user", "post").first()
    right = check_password(_as_sent(password), sender.secret if sender else _of_nobody())
    if sender is None or not right or not _stands(sender, day) or is_asleep(sender.user, day):
        return None
    return sender


@cache
def _of_nobody() -> str:
    """What the password of a name that nobody has is compared with."""
    return hashed_first("")


def _as_sent(password: str) -> str:
    """What is compared: the MD5, upper case. The password is of some 80 bits of chance, so that a
    digest without salt on the way tells nobody what it is."""
    if _DIGEST.fullmatch(password):
        return password.upper()
    return hashlib.md5(password.encode(), usedforsecurity=False).hexdigest().upper()


def _stands(sender: Sender, day: date) -> bool:
    """Whether an account and its post are in force."""
    in_force = Post.objects.on(day).filter(pk=sender.post_id, user=sender.user)
    return sender.ended_at is None and in_force.exists()


def give_token(access: Access, sender: Sender, *, at: datetime, lasts: timedelta) -> str:
    """A new token of an account whose password was right; those that ran out are forgotten."""
    token = secrets.token_urlsafe(32)
    with as_machine(sender.user, access.day):  # its password was right
        SenderToken.objects.filter(sender=sender, until__lte=at).delete()
        SenderToken.objects.create(sender=sender, digest=_digest(token), until=at + lasts)
    sender.user.last_login = at
    sender.user.save(update_fields=["last_login"])
    note(access, IN)
    return token


def sender_of(token: str, *, at: datetime, day: date) -> Sender | None:
    """Whose token it is; None for one that is nobody's, ran out, or whose account has ended."""
    one = (
        SenderToken.objects.filter(digest=_digest(token), until__gt=at)
        .select_related("sender__user", "sender__facility", "sender__post__unit")
        .first()
    )
    return one.sender if one and _stands(one.sender, day) else None


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
