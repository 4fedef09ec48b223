"""Security keys and passkeys (WebAuthn), as a second step: by TLS, or on this computer alone.

A key answers to the name it was bound to, and only over an encrypted connection: so the browsers
want it, and so a page that imitates ours gets nothing from it.
"""

from typing import Any

from allauth.mfa.base.views import AuthenticateView, IndexView
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.views import AddWebAuthnView, RemoveWebAuthnView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse_lazy
from django.utils.translation import gettext as _

from hssk.access.policy import for_everybody, for_strangers
from hssk.kit.addresses import is_address


def why_not(request: HttpRequest) -> str:
    """Why no key can be used as this page was reached; empty where one can."""
    host = request.get_host().rpartition(":")[0] or request.get_host()
    if is_address(host.strip("[]")):
        return _(
            "Khoá bảo mật chỉ dùng được khi mở trang bằng tên máy, không phải bằng địa chỉ số."
        )
    if not request.is_secure() and host != "localhost":
        return _("Kết nối này chưa mã hoá (TLS), nên khoá bảo mật và máy ảnh đang tắt.")
    return ""


class Index(IndexView):
    """What protects one's account, and why keys are off where they are."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "keys_off": why_not(self.request)}


class SecondStep(AuthenticateView):
    """A code of the phone's, or a key where it works."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.stage.login.user
        key = Authenticator.objects.filter(user=user, type=Authenticator.Type.WEBAUTHN).exists()
        context = super().get_context_data(**kwargs)
        return {**context, "keys_off": why_not(self.request), "has_key": key}


class AddKey(AddWebAuthnView):
    """A new key, or why there can be none here."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if why := why_not(request):
            return render(request, "mfa/webauthn/off.html", {"why": why})
        return super().get(request, *args, **kwargs)


class RemoveKey(RemoveWebAuthnView):
    """A key that is lost or no longer used."""

    success_url = reverse_lazy("mfa_index")


index = for_everybody(Index.as_view())
second_step = for_strangers(SecondStep.as_view())
add = for_everybody(AddKey.as_view())
remove = for_everybody(RemoveKey.as_view())
