"""Software of a facility at the door: it takes a token for its password, and shows it from then on.

Every answer is JSON in the shape of provincial hubs (domain.md §2.5): `maKetQua` is the status
again, `thongDiep` what it means and what to do.
"""

from datetime import timedelta
from typing import Any

import orjson
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, JsonResponse
from django.http.multipartparser import MultiPartParserError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from hssk.access.models import Sender
from hssk.access.policy import for_strangers
from hssk.access.services import (
    Limit,
    access_of,
    forget_knocks,
    give_token,
    knock,
    sender_named,
    sender_of,
)
from hssk.access.views.attempts import told

_MARK = b"\xef\xbb\xbf"  # of UTF-8: some software begins every text with it
_SMALL = 10_000  # bytes of a request that brings no file
_SCHEME = "bearer "


def answer(status: int, said: str, **more: Any) -> JsonResponse:
    """An answer of the gateway, with what else it says."""
    told = {"maKetQua": str(status), "thongDiep": said, **more}
    given = JsonResponse(told, status=status, json_dumps_params={"ensure_ascii": False})
    if status == 401:
        given["WWW-Authenticate"] = "Bearer"
    return given


def too_often(wait: int) -> JsonResponse:
    """The answer to whoever asks too often: the seconds until it may ask again."""
    said = _("Gọi quá nhiều lần. Hãy đợi {seconds} giây rồi gọi lại.").format(seconds=wait)
    given = answer(429, said)
    given["Retry-After"] = str(wait)
    return given


def only(method: str) -> JsonResponse:
    """The answer to a request by another method than the one that an address takes."""
    given = answer(405, _("Địa chỉ này chỉ nhận {method}.").format(method=method))
    given["Allow"] = method
    return given


def json_of(body: bytes) -> dict[str, Any] | None:
    """What a request says in JSON; None where it is no JSON object."""
    try:
        said = orjson.loads(body.removeprefix(_MARK))
    except orjson.JSONDecodeError:
        return None
    return said if isinstance(said, dict) else None


def length_of(request: HttpRequest) -> int:
    """How many bytes the body has, as the request states; -1 where it does not say."""
    stated = request.META.get("CONTENT_LENGTH") or ""
    return int(stated) if stated.isascii() and stated.isdigit() else -1


@for_strangers
@login_not_required
@csrf_exempt
def token(request: HttpRequest) -> JsonResponse:
    """A token for the name and password of an account, as JSON or as a form."""
    if request.method != "POST":
        return only("POST")
    address = request.META.get("REMOTE_ADDR", "")
    if wait := _knock("token", address):
        return too_often(wait)
    name, password = _credentials(request)
    if not name or not password:
        return answer(400, _("Gửi JSON có username và password của tài khoản cơ sở."))
    if wait := _knock("password", f"{name}|{address}"):
        told(request, "too many", name)
        return too_often(wait)
    now = timezone.now()
    day = timezone.localdate()
    sender = sender_named(name, password, day=day)
    if sender is None:
        told(request, "password", name)
        return answer(401, _("Tên tài khoản hoặc mật khẩu chưa đúng, hoặc tài khoản đã hết hạn."))
    forget_knocks(f"password|{name}|{address}")
    lasts = timedelta(seconds=settings.GATEWAY_TOKEN_LASTS)
    given = give_token(access_of(sender.user, day), sender, at=now, lasts=lasts)
    until = timezone.localtime(now + lasts).isoformat(timespec="seconds")
    return answer(
        200, _("Đã cấp mã truy cập."), access_token=given, token_type="Bearer", tokenType="Bearer",  # noqa: S106
        expires_in=settings.GATEWAY_TOKEN_LASTS, expires=until, username=name,
    )  # fmt: skip


def _credentials(request: HttpRequest) -> tuple[str, str]:
    """The name and password that a request states; empty where it states none."""
    if not 0 <= length_of(request) <= _SMALL:
        return "", ""
    if request.content_type in ("multipart/form-data", "application/x-www-form-urlencoded"):
        try:
            said: Any = request.POST
        except (MultiPartParserError, SuspiciousOperation):
            return "", ""
    else:
        said = json_of(request.read(_SMALL)) or {}
    name, password = said.get("username"), said.get("password")
    if not isinstance(name, str) or not isinstance(password, str) or "\0" in name:
        return "", ""
    return name.strip()[:150], password


def enter(request: HttpRequest) -> Sender | JsonResponse:
    """The account whose token a request shows, or why nobody comes in by it."""
    if wait := _knock("address", request.META.get("REMOTE_ADDR", "")):
        return too_often(wait)
    shown = request.headers.get("Authorization", "")
    given = shown[len(_SCHEME) :].strip() if shown[: len(_SCHEME)].lower() == _SCHEME else ""
    sender = sender_of(given, at=timezone.now(), day=timezone.localdate()) if given else None
    if sender is None:
        return answer(401, _("Mã truy cập không còn hiệu lực. Hãy lấy mã mới rồi gửi lại."))
    if wait := _knock("account", str(sender.pk)):
        return too_often(wait)
    return sender


def _knock(kind: str, whose: str) -> int:
    return knock(f"{kind}|{whose}", Limit(*settings.GATEWAY_LIMITS[kind]))
