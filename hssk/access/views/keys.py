"""Setting up second factors: codes of the phone's, and security keys and passkeys (WebAuthn) by
TLS, or on this computer alone. Each is changed by who has just proved all they have.

A key answers to the name it was bound to, and only over an encrypted connection: so the browsers
want it, and so a page that imitates ours gets nothing from it.
"""

from typing import Any, cast
from urllib.parse import urlsplit

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.base.views import AuthenticateView, IndexView
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from allauth.mfa.webauthn.views import AddWebAuthnView, RemoveWebAuthnView
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.utils.translation import gettext as _

from hssk.access.models import User
from hssk.access.policy import for_everybody, for_strangers
from hssk.access.services import must_enrol, new_spare_codes, spare_codes_left
from hssk.access.views.doorkeeper import access
from hssk.access.views.second import all_factors, has_second
from hssk.kit.addresses import is_address


def why_not(request: HttpRequest) -> str:
    """Why no key can be used as this page was reached; empty where one can."""
    host = request.get_host().rpartition(":")[0] or request.get_host()
    if is_address(host.strip("[]")):
        told = _(
            "Khoá bảo mật chỉ dùng được khi mở trang bằng tên máy, không phải bằng địa chỉ số."
        )
        return f"{told} {_by_name(request)}".rstrip()
    if not request.is_secure() and host != "localhost":
        return _("Kết nối này chưa mã hoá (TLS), nên khoá bảo mật và máy ảnh đang tắt.")
    return ""


def _by_name(request: HttpRequest) -> str:
    """The address by which keys can be used, empty where this installation has no name."""
    reach = settings.REACH
    if not reach.tls:
        return f"http://localhost:{urlsplit(request.build_absolute_uri()).port or 80}/"
    name = next((name for name in reach.names if not is_address(name)), "")
    port = "" if reach.port == 443 else f":{reach.port}"
    return name and f"https://{name}{port}/"


class Index(IndexView):
    """What protects one's account, and why keys are off where they are."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = cast(User, self.request.user)
        asked = settings.SECOND_STEP_WITHIN is not None and not has_second(self.request)
        return {
            **super().get_context_data(**kwargs),
            "keys_off": why_not(self.request),
            "spare": spare_codes_left(user),
            "by": user.second_by if asked else None,
            "late": must_enrol(access(self.request)),
        }


class SecondStep(AuthenticateView):
    """A code of the phone's, or a key where it works."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.stage.login.user
        key = Authenticator.objects.filter(user=user, type=Authenticator.Type.WEBAUTHN).exists()
        context = super().get_context_data(**kwargs)
        return {**context, "keys_off": why_not(self.request), "has_key": key}


def _proved_by_setting_up(request: HttpRequest) -> HttpResponse:
    """Whoever has just set a factor up has used it; where to go: to the spare codes, if none are
    there yet."""
    user = cast(User, request.user)
    record_authentication(request, user, "mfa", type="new", reauthenticated=True)
    return redirect("mfa_index" if spare_codes_left(user) else "spare-codes")


class ActivateCode(ActivateTOTPView):
    """Codes of a phone, from the first one that is right."""

    def form_valid(self, form: Any) -> HttpResponse:
        super().form_valid(form)
        return _proved_by_setting_up(self.request)


class AddKey(AddWebAuthnView):
    """A new key, or why there can be none here."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if why := why_not(request):
            return render(request, "mfa/webauthn/off.html", {"why": why})
        return super().get(request, *args, **kwargs)

    def form_valid(self, form: Any) -> HttpResponse:
        super().form_valid(form)
        return _proved_by_setting_up(self.request)


def spare_codes(request: HttpRequest) -> HttpResponse:
    """How many spare codes are left; ten new ones, which stand on this page alone."""
    user = cast(User, request.user)
    if not has_second(request):
        return redirect("mfa_index")
    codes = new_spare_codes(user) if request.method == "POST" else []
    context = {"codes": codes, "left": spare_codes_left(user)}
    return render(request, "mfa/spare_codes.html", context)


class RemoveKey(RemoveWebAuthnView):
    """A key that is lost or no longer used."""

    success_url = reverse_lazy("mfa_index")


index = for_everybody(Index.as_view())
second_step = for_strangers(SecondStep.as_view())
add = for_everybody(all_factors(AddKey.as_view()))
remove = for_everybody(all_factors(RemoveKey.as_view()))
phone_on = for_everybody(all_factors(ActivateCode.as_view()))
phone_off = for_everybody(all_factors(DeactivateTOTPView.as_view()))
spare = for_everybody(all_factors(spare_codes))
