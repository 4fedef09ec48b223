"""Whether somebody has just proved who they are, for what no stranger at an open screen may do."""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any, cast
from urllib.parse import urlencode

from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.reauthentication import suspend_request
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse

from hssk.access.models import User
from hssk.access.services import drop_spare_codes, has_second_factor

View = Callable[..., HttpResponseBase]


def has_second(request: HttpRequest) -> bool:
    """Whether whoever asks has a second factor at all."""
    return request.user.is_authenticated and has_second_factor(request.user)


def proved_second(request: HttpRequest) -> bool:
    """Whether they proved it within the last five minutes: at signing in, or once more."""
    return _proved(request, "mfa")


def prove_url(back: str) -> str:
    """Where to prove it, to be led to the address `back` afterwards."""
    return f"{reverse('mfa_reauthenticate')}?{urlencode({'next': back})}"


def next_proof(request: HttpRequest) -> str:
    """The name of the page that asks for the factor not proved within the last five minutes; empty
    where each that somebody has was. A password alone is a proof of who has nothing else."""
    user = cast(User, request.user)
    if user.has_usable_password() and not _proved(request, "password"):
        return "account_reauthenticate"
    if has_second(request) and not proved_second(request):
        return _where_second(user)
    return ""


def all_factors(view: View) -> View:
    """Let in who has just proved every factor they have: here a factor is changed (ASVS 7.5.1).

    Of who has a password alone allauth asks for it once more by itself.
    """

    @wraps(view)
    def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated and has_second(request) and (page := next_proof(request)):
            return suspend_request(request, reverse(page))
        return view(request, *args, **kwargs)

    return asked


def forget_spare_codes(user: User, **_signal: Any) -> None:
    """Spare codes stand in for a factor, and go with the last one."""
    if not has_second_factor(user):
        drop_spare_codes(user)


def _where_second(user: User) -> str:
    phone = Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists()
    return "mfa_reauthenticate" if phone else "mfa_reauthenticate_webauthn"


def _proved(request: HttpRequest, method: str) -> bool:
    proofs = get_authentication_records(request, request.user)
    moments = [proof["at"] for proof in proofs if proof.get("method") == method]
    return bool(moments) and time.time() - max(moments) < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT
