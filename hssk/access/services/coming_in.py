"""Accounts that nobody uses sleep, first passwords run out, a second factor is asked for in time,
and people who cannot come in are let in again.

Source: domain.md §8.3 (disable accounts idle 45 days); ASVS 5.0, 6.3.3, 6.4.1, 6.4.3, 6.4.4.
"""

from collections.abc import Collection
from datetime import date, timedelta
from enum import StrEnum

from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import get_hasher, identify_hasher
from django.db import transaction
from django.utils.timezone import get_current_timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop as _n

from hssk.access.errors import NotYours
from hssk.access.models import Presence, ShortCode, Sitting, User
from hssk.access.rights import SECOND_STEP, Right
from hssk.access.services.areas import Access
from hssk.access.services.looks import LET_IN, UNLOCK, look_at_account
from hssk.access.services.posts import FIRST_LASTS, first_password, is_software, may_wake
from hssk.access.services.scope import as_machine
from hssk.access.services.spare_codes import drop_spare_codes

AWAKE_FOR = timedelta(days=45)


class Knew(StrEnum):
    """How whoever lets somebody in again knew that it was them."""

    DOCUMENT = "document"
    FACE = "face"
    VOICE = "voice"
    SUPERIOR = "superior"


KNEW = {
    Knew.DOCUMENT: _("gặp trực tiếp, đã xem căn cước"),
    Knew.FACE: _("gặp trực tiếp, là người vẫn làm cùng"),
    Knew.VOICE: _("nhận ra giọng nói qua điện thoại, tự gọi lại số đã biết"),
    Knew.SUPERIOR: _("lãnh đạo đơn vị của người ấy xác nhận"),
}
# A lost factor is replaced as it was given: face to face.
IN_PERSON = (Knew.DOCUMENT, Knew.FACE)


def slowed_again(user: User, password: str, today: date) -> None:
    """Keep a password that has just proved right as slowly as passwords are kept by now."""
    hasher = identify_hasher(user.password)
    preferred = get_hasher()
    if hasher.algorithm == preferred.algorithm and not preferred.must_update(user.password):
        return
    user.set_password(password)
    with as_machine(user, today):
        user.save(update_fields=["password"])


def is_asleep(user: User, today: date) -> bool:
    """Whether an account has not been used, made or woken for 45 days."""
    used = (user.last_login or user.date_joined).astimezone(get_current_timezone()).date()
    return today - max(used, user.woken_on or used) > AWAKE_FOR


def has_run_out(user: User, today: date) -> bool:
    """Whether the password of `user` was made by somebody else, too long ago to be used."""
    return user.first_until is not None and today > user.first_until


def ask_for_second(access: Access, *, within: timedelta) -> date | None:
    """The last day on which somebody whose posts open people's data may still come in by one
    factor; None for whoever has two, or opens nothing of anybody.

    within  the time from the first sign-in that asked for it; it is counted once, for good
    """
    if not access.allows(*SECOND_STEP) or has_second_factor(access.user):
        return None
    if access.user.second_by is None:
        access.user.second_by = access.day + within
        with as_machine(access.user, access.day):
            access.user.save(update_fields=["second_by"])
    return access.user.second_by


def must_enrol(access: Access) -> bool:
    """Whether the time is over in which somebody may come in by one factor."""
    by = access.user.second_by
    late = by is not None and access.day > by
    return late and not has_second_factor(access.user) and access.allows(*SECOND_STEP)


def has_second_factor(user: User) -> bool:
    """Whether a code of the phone's or a security key is asked of `user` at signing in."""
    return Authenticator.objects.filter(user=user).exists()


def with_second_factor(users: Collection[int]) -> set[int]:
    """Those of `users`, by key, who have a second factor."""
    return set(Authenticator.objects.filter(user__in=users).values_list("user", flat=True))


def may_let_in(giver: Access, user: User) -> bool:
    """Whether `giver` may hand somebody a new password: who could give every post they hold.
    Nobody hands one to software, which has none for pages.

    Otherwise an officer of one commune could come in as somebody who sees the whole province.
    """
    if user == giver.user or user.is_local_operator or not user.is_active or is_software(user):
        return False
    return may_wake(giver, user)


@transaction.atomic
def let_in_again(user: User, *, giver: Access, knew: Knew) -> str:
    """A new first password for an account that is awake from today; its second step stays.

    The sessions of the old password end; the short code is gone. The log keeps how `giver` knew.
    Raises NotYours where `giver` may not.
    """
    if not may_let_in(giver, user):
        raise NotYours(_n("Bạn không được cấp lại mật khẩu cho người này."))
    password = first_password()
    user.set_password(password)
    user.woken_on, user.first_until = giver.day, giver.day + FIRST_LASTS
    with as_machine(giver.user, giver.day):
        user.save(update_fields=["password", "woken_on", "first_until"])
    for kept in (ShortCode, Presence, Sitting):
        kept.objects.filter(user=user).delete()
    look_at_account(giver, LET_IN, Right.POSTS, user, knew)
    return password


@transaction.atomic
def take_second_away(user: User, *, giver: Access, knew: Knew) -> None:
    """Take away the second factors of somebody who lost them; the password stays as it is.

    Sessions end, and there is no new time to come in by the password alone: the next sign-in leads
    to where a new factor is set up. The log keeps how `giver` knew that it was them.
    Raises NotYours where `giver` may not, or did not meet them.
    """
    if not may_let_in(giver, user) or knew not in IN_PERSON:
        raise NotYours(_n("Bạn không được gỡ bước thứ hai của người này."))
    user.second_by = giver.day - timedelta(days=1)
    user.round += 1
    with as_machine(giver.user, giver.day):
        user.save(update_fields=["second_by", "round"])
    drop_spare_codes(user)
    for kept in (Authenticator, ShortCode, Presence, Sitting):
        kept.objects.filter(user=user).delete()
    look_at_account(giver, UNLOCK, Right.POSTS, user, knew)
