"""Where one is signed in, and ending that; one's short code."""

from typing import Any, cast
from urllib.parse import urlencode

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.reauthentication import (
    did_recently_reauthenticate,
    suspend_request,
)
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout, update_session_auth_hash
from django.contrib.auth.views import LogoutView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from hssk.access.browsers import browser_name
from hssk.access.forms import ShortCodeForm
from hssk.access.models import User
from hssk.access.policy import for_everybody
from hssk.access.services import (
    came_fully,
    close,
    drop_code,
    end_elsewhere,
    end_sitting,
    has_code,
    is_linked,
    leave,
    note,
    set_code,
    sittings_of,
)
from hssk.access.services.looks import OUT
from hssk.access.views.doorkeeper import access
from hssk.access.views.machines import machine_of
from hssk.access.views.province import title
from hssk.access.views.second import next_proof
from hssk.access.views.watch import sitting

FRESH = 300  # seconds after a full sign-in in which it need not be confirmed again


def end_others(request: HttpRequest, user: User, **_signal: Any) -> None:
    """End the other sessions of somebody whose password or second factor has just changed."""
    if request.user != user:  # still on the way in: nothing of theirs is known to be wrong
        return
    end_elsewhere(user, timezone.localdate(), keep=sitting(request).get("id", 0))
    update_session_auth_hash(request, user)
    if sitting(request).get("shared") and (machine := machine_of(request)):
        # who goes on here comes back here: on their first day everybody changes a password
        came_fully(user, machine, timezone.localdate())


def new_key(request: HttpRequest, *, reauthenticated: bool = False, **_signal: Any) -> None:
    """Whoever has proved themselves once more goes on under a new key of the session."""
    if reauthenticated:
        request.session.cycle_key()


class Out(LogoutView):
    """Leave: the session ends, and so does the short way back to this machine."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if request.user.is_authenticated:
            note(access(request), OUT)
            leave(request.user, machine_of(request))
            close(sitting(request).get("id", 0))
        answer = super().post(request, *args, **kwargs)
        answer["Clear-Site-Data"] = '"cache"'
        return answer


@for_everybody
@require_safe
def sittings_page(request: HttpRequest) -> HttpResponse:
    """One's own sessions, this one first."""
    now = timezone.now()
    here = sitting(request).get("id")
    rows = [
        {"sitting": one, "browser": browser_name(one.browser), "here": one.pk == here}
        for one in sittings_of(cast(User, request.user), now)
    ]
    rows.sort(key=lambda row: not row["here"])
    context = {
        "rows": rows,
        "has_code": has_code(cast(User, request.user)),
        "province": title(),
        "linked": is_linked(cast(User, request.user)),
        "idle": settings.SITTING_IDLE // 60,
        "shared_idle": settings.SITTING_SHARED_IDLE // 60,
        "longest": settings.SITTING_LONGEST // 3600,
    }
    return render(request, "access/sittings.html", context)


@for_everybody
@require_POST
def end(request: HttpRequest) -> HttpResponse:
    """End one session of one's own (`which` is its number), or with `all` every one there is; only
    soon after proving oneself in full."""
    which, user = request.POST.get("which", ""), cast(User, request.user)
    if not _is_fresh(request):
        messages.info(request, _("Hãy nhập lại mật khẩu, rồi bấm đăng xuất nơi ấy lần nữa."))
        again = urlencode({"next": reverse("sittings")})
        return redirect(f"{reverse(_proof_asked(request))}?{again}")
    if which == "all":
        note(access(request), OUT)
        end_elsewhere(user, timezone.localdate())
        logout(request)
        return redirect("login")
    if which.isdecimal() and end_sitting(user, int(which[:18])):
        messages.success(request, _("Đã đăng xuất ở nơi ấy."))
    return redirect("sittings")


@for_everybody
@require_safe
def still(request: HttpRequest) -> HttpResponse:
    """Somebody is typing on a page: that counts as being there."""
    return HttpResponse(status=204)


@for_everybody
def short_code_page(request: HttpRequest) -> HttpResponse:
    """Choose, change or forget one's short code; only soon after proving oneself in full."""
    user = cast(User, request.user)
    if not _is_fresh(request):
        return suspend_request(request, reverse(_proof_asked(request)))
    if "drop" in request.POST:
        drop_code(user)
        messages.success(request, _("Đã bỏ mã ngắn. Từ nay mỗi lần đều đăng nhập đầy đủ."))
        return redirect("sittings")
    form = ShortCodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        set_code(user, form.cleaned_data["code"])
        messages.success(request, _("Đã lưu mã ngắn của bạn."))
        shared = sitting(request).get("shared")
        return redirect(get_adapter().get_login_redirect_url(request) if shared else "sittings")
    context = {"form": form, "has_code": has_code(user), "shared": sitting(request).get("shared")}
    return render(request, "access/short_code.html", context)


def _proof_asked(request: HttpRequest) -> str:
    """The page that asks for what is not proved yet: first the password, then the second step."""
    return next_proof(request) or "account_reauthenticate"


def _is_fresh(request: HttpRequest) -> bool:
    """Whether who sits here has just proved it by more than a short code."""
    one, user = sitting(request), cast(User, request.user)
    if user.has_usable_password() and did_recently_reauthenticate(request):
        return not next_proof(request)
    began = timezone.now().timestamp() - one.get("began", 0)
    return not one.get("by_code", True) and began < FRESH
