"""Sessions that end by themselves: nobody there for a while, or too long in one go.

The server decides, whatever a page's script does. What a page asks for by itself (its progress,
in JSON) is no sign of anybody being there.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any, cast

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from hssk.access.models import User
from hssk.access.policy import policy_of
from hssk.access.services import begin, close, seen
from hssk.access.sessions import digest_of

NOTED_EVERY = 15  # seconds: a session is written so often, and lives that much longer at most


def sitting(request: HttpRequest) -> dict[str, Any]:
    """What the session knows of this stay: its number, since when, last seen, at what machine."""
    kept = request.session.get("sitting")
    return kept if isinstance(kept, dict) else {}


def sit_down(request: HttpRequest, *, shared: bool, by_code: bool) -> None:
    """Begin a stay for whoever has just come in."""
    now, key = timezone.now(), _kept_of(request)
    one = begin(
        cast(User, request.user), key, shared=shared, at=now,
        browser=request.headers.get("User-Agent", ""),
    )  # fmt: skip
    request.session["sitting"] = {
        "id": one.pk, "key": key, "began": now.timestamp(),
        "seen": now.timestamp(), "shared": shared, "by_code": by_code,
    }  # fmt: skip


def _kept_of(request: HttpRequest) -> str:
    """What may be kept of the key of the session: the session's own data lie in the database."""
    return digest_of(cast(str, request.session.session_key))


def idle_limit(shared: bool) -> int:
    """After how many seconds with nobody there a session ends."""
    return settings.SITTING_SHARED_IDLE if shared else settings.SITTING_IDLE


class Watch:
    """Ends what is over before any view runs; notes that somebody is there after it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        was = sitting(request)
        now = timezone.now()
        request.sat_out = None  # type: ignore[attr-defined]
        if was and request.user.is_authenticated and _is_over(was, now):
            close(was["id"])
            logout(request)
            request.sat_out = was  # type: ignore[attr-defined]
        response = self.get_response(request)
        if request.user.is_authenticated:
            _note(request, now)
        return response

    def process_view(self, request: HttpRequest, view, args, kwargs) -> HttpResponse | None:
        """Whoever was away from a shared machine too long is asked who goes on."""
        was, policy = request.sat_out, policy_of(view)  # type: ignore[attr-defined]
        if was and was["shared"] and policy is not None and not policy.strangers:
            return redirect("change")
        return None


def _is_over(was: dict[str, Any], now: datetime) -> bool:
    away = abs(now.timestamp() - was["seen"])  # a clock that was set back keeps nobody in
    stayed = now.timestamp() - was["began"]
    return away > idle_limit(was["shared"]) + NOTED_EVERY or stayed > settings.SITTING_LONGEST


def _note(request: HttpRequest, now: datetime) -> None:
    one = sitting(request)
    if not one:
        sit_down(request, shared=False, by_code=False)
        return
    by_itself = request.headers.get("Accept") == "application/json"
    key = _kept_of(request)
    moved = one["key"] != key
    if moved or (now.timestamp() - one["seen"] >= NOTED_EVERY and not by_itself):
        seen(one["id"], key, now)
        request.session["sitting"] = {**one, "seen": now.timestamp(), "key": key}
