"""Accounts that nobody uses sleep, and people who cannot come in are let in again.

Source: domain.md §8.3 (disable accounts idle 45 days).
"""

from datetime import date, timedelta

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.utils.timezone import get_current_timezone
from django.utils.translation import gettext_noop as _n

from hssk.access.errors import NotYours
from hssk.access.models import Presence, ShortCode, Sitting, User
from hssk.access.services.areas import Access
from hssk.access.services.posts import first_password, may_wake

AWAKE_FOR = timedelta(days=45)


def is_asleep(user: User, today: date) -> bool:
    """Whether an account has not been used, made or woken for 45 days."""
    used = (user.last_login or user.date_joined).astimezone(get_current_timezone()).date()
    return today - max(used, user.woken_on or used) > AWAKE_FOR


def may_let_in(giver: Access, user: User) -> bool:
    """Whether `giver` may hand somebody a new password: who could give every post they hold.

    Otherwise an officer of one commune could come in as somebody who sees the whole province.
    """
    if user == giver.user or user.is_local_operator or not user.is_active:
        return False
    return may_wake(giver, user)


@transaction.atomic
def let_in_again(user: User, *, giver: Access) -> str:
    """A new first password for an account that is awake from today, without second factors.

    The sessions of the old password end; the short code is gone.
    Raises NotYours where `giver` may not.
    """
    if not may_let_in(giver, user):
        raise NotYours(_n("Bạn không được cấp lại mật khẩu cho người này."))
    password = first_password()
    user.set_password(password)
    user.woken_on = giver.day
    user.save(update_fields=["password", "woken_on"])
    for kept in (Authenticator, ShortCode, Presence, Sitting):
        kept.objects.filter(user=user).delete()
    return password
