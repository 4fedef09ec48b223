"""Attempts to come in that failed, in the log of the home: of whose name, without the name.

The log of looks has no place for them, for nobody is sure to be their author (decision 14).
Source: ASVS 5.0, 16.3.1 and 16.3.3.
"""

import hmac
import logging
from typing import Any

from django.conf import settings
from django.http import HttpRequest

_log = logging.getLogger("hssk.access.attempts")


def told(request: HttpRequest | None, step: str, name: str) -> None:
    """One line: what failed, from which computer, and a mark that is the same for the same name.

    step    "password", "code", "too many", "provider", or what was wrong with a short code
    name    what was typed as the login name; not written: its mark needs a key of the home
    """
    key = settings.CODE_KEY.encode()
    mark = hmac.new(key, f"attempt|{name}".encode(), "sha256").hexdigest()[:8]
    where = request.META.get("REMOTE_ADDR", "") if request is not None else ""
    _log.warning("sign-in refused: step=%s name=%s from=%s", step, mark, where)


def wrong_password(request: HttpRequest | None = None, **signal: Any) -> None:
    """A name and a password that do not belong together."""
    credentials = signal.get("credentials") or {}
    told(request, "password", str(credentials.get("username") or credentials.get("login") or ""))


def wrong_code(request: HttpRequest | None = None, **signal: Any) -> None:
    """A second step that failed, at coming in or once more."""
    told(request, "code", signal["user"].username)
