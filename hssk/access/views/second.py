"""Whether the second factor was proved just now, for what no stranger at an open screen may do."""

import time
from urllib.parse import urlencode

from allauth.account.authentication import get_authentication_records
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse


def has_second(request: HttpRequest) -> bool:
    """Whether whoever asks has a second factor at all."""
    return is_mfa_enabled(request.user)


def proved_second(request: HttpRequest) -> bool:
    """Whether they proved it within the last five minutes: at signing in, or once more."""
    proofs = get_authentication_records(request, request.user)
    moments = [proof["at"] for proof in proofs if proof.get("method") == "mfa"]
    return bool(moments) and time.time() - max(moments) < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT


def prove_url(back: str) -> str:
    """Where to prove it, to be led to the address `back` afterwards."""
    return f"{reverse('mfa_reauthenticate')}?{urlencode({'next': back})}"
