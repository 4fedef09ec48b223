"""Shared machines: who goes on here, by name and short code; locking in between.

A machine is shared when somebody says so at signing in. Its browser keeps a long random word of no
meaning; whoever signed in fully at it today may come back by their own code.
"""

import secrets
from typing import cast

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hssk.access.codes import is_code
from hssk.access.models import User
from hssk.access.policy import for_everybody, for_strangers
from hssk.access.services import access_of, came_fully, close, come_back, note, present
from hssk.access.services.coming_back import TRIES
from hssk.access.services.looks import BACK, LOCK
from hssk.access.views.attempts import told
from hssk.access.views.doorkeeper import access
from hssk.access.views.watch import sit_down, sitting

KEPT_FOR = 400 * 86_400  # seconds; browsers keep no cookie longer


def machine_of(request: HttpRequest) -> str:
    """The word that the browser of a shared machine keeps; empty at any other."""
    return request.COOKIES.get(settings.MACHINE_COOKIE_NAME, "")[:100]


def came_in_fully(request: HttpRequest, answer: HttpResponse) -> None:
    """Note that the user signed in fully at this machine, which is a shared one from now on."""
    word = machine_of(request) or secrets.token_urlsafe(32)
    came_fully(cast(User, request.user), word, timezone.localdate())
    answer.set_cookie(
        settings.MACHINE_COOKIE_NAME, word, max_age=KEPT_FOR, httponly=True, samesite="Strict",
        secure=settings.SESSION_COOKIE_SECURE,
    )  # fmt: skip


@for_everybody
@require_POST
def lock(request: HttpRequest) -> HttpResponse:
    """End the session here, and keep the short way back: whoever works next, or the same, comes."""
    note(access(request), LOCK)
    close(sitting(request).get("id", 0))
    logout(request)
    answer = redirect("change")
    answer["Clear-Site-Data"] = '"cache"'  # no page of whoever was here comes back by a back button
    return answer


@for_strangers
@login_not_required
def change(request: HttpRequest) -> HttpResponse:
    """Who goes on at this machine: a name to tap, a code to type. Nobody who is not here today."""
    today = timezone.localdate()
    machine = machine_of(request)
    said = ""
    if request.method == "POST":
        answer = _come_back(request, machine)
        if answer is not None:
            return answer
        said = _("Mã ngắn chưa đúng, hoặc đã hết lượt nhập.")
    people = present(machine, today) if machine else []
    if not people:
        return redirect("login")
    rows = [
        {"presence": one, "left": TRIES - one.wrong, "open": str(one.pk) == request.POST.get("who")}
        for one in people
    ]
    return render(request, "access/change.html", {"rows": rows, "told": said})


def _come_back(request: HttpRequest, machine: str) -> HttpResponseRedirect | None:
    """Let in whoever gave the right code; None otherwise, and it is written down."""
    today, code = timezone.localdate(), request.POST.get("code", "").strip()
    who = request.POST.get("who", "")
    if not (machine and who.isdecimal() and is_code(code)):
        told(request, "short code malformed", who)
        return None
    user, right = come_back(int(who[:18]), machine, code, today)
    if user is None:
        told(request, "short code beyond the limit", who)
        return None
    note(access_of(user, today), BACK, failed=not right)
    if not right:
        return None
    logout(request)  # nothing of whoever sat here before goes over to the next
    get_adapter().login(request, user)
    sit_down(request, shared=True, by_code=True)
    return HttpResponseRedirect(get_adapter().get_login_redirect_url(request))
