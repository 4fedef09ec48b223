"""Coming in by the identity provider of the province (OpenID Connect).

It says who somebody is and nothing else: no account is made by it, and posts, second steps, sleep
and the log are ours. It is believed for an account that its owner linked when signed in, or whose
login name it states in a claim that the installation trusts; that is asked once, and the link is to
the provider's own key from then on.
"""

from typing import Any, cast

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialLogin
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from requests import RequestException

from hssk.access.models import User
from hssk.access.policy import for_everybody, for_strangers
from hssk.access.services import as_machine, unlink
from hssk.access.views.attempts import told
from hssk.access.views.machines import machine_of
from hssk.access.views.words import Words

HERE = "here"  # in the address: asked for by our own page


class Provider(DefaultSocialAccountAdapter):
    """Whom the provider may let in."""

    def get_provider(self, *args: Any, **kwargs: Any) -> Any:
        found = super().get_provider(*args, **kwargs)
        found.oauth2_adapter_class = Words  # on the way there too, not only on the way back
        return found

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Find the account that is meant; say so where there is none."""
        if sociallogin.state.get("process") == "connect":
            if sociallogin.is_existing and sociallogin.user != request.user:
                taken = _("Tài khoản ấy đã nối với một tài khoản khác ở đây.")
                messages.error(request, taken)
            return
        if sociallogin.is_existing:
            return
        user = _named(sociallogin)
        if user is None:
            raise ImmediateHttpResponse(_refused(request))
        with as_machine(user, timezone.localdate()):  # a link says who somebody is
            sociallogin.connect(request, user)

    def on_authentication_error(self, request: HttpRequest, provider: Any, *_more: Any,
                                exception: Any = None, **_told: Any) -> None:  # fmt: skip
        told(request, "provider", "")
        raise ImmediateHttpResponse(_failed(request) if exception else _refused(request))

    def get_connect_redirect_url(self, request: HttpRequest, socialaccount: Any) -> str:
        return reverse("sittings")


def _named(sociallogin: SocialLogin) -> User | None:
    """The account whose login name a trusted claim states, unless it is linked to somebody else."""
    claim = sociallogin.provider.app.settings.get("login_claim")
    name = sociallogin.claims.get(claim) if claim else None
    if not isinstance(name, str) or "\0" in name:
        return None
    user = User.objects.filter(username=name, is_active=True).first()
    linked = SocialAccount.objects.filter(user=user, provider=sociallogin.account.provider)
    return None if user is None or user.is_local_operator or linked.exists() else user


def _refused(request: HttpRequest) -> HttpResponse:
    return render(request, "access/province.html", status=403)


def _failed(request: HttpRequest) -> HttpResponse:
    """The provider is not there, or says what cannot be right: nothing that who asks did wrong."""
    return render(request, "access/province.html", {"failed": title()}, status=403)


@for_strangers
@login_not_required
def begin(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Lead to the provider, to come in or (`?process=connect`) to link one's own account.

    By a page of its own: a browser follows no form to another server (`form-action`), not by a
    redirect either, wherever the provider may lead on to.
    """
    if request.method != "POST":
        return redirect("login")
    answer = _led(OAuth2LoginView, request, provider_id)
    if not request.user.is_authenticated:
        request.session["shared"] = bool(machine_of(request))  # as it was for whoever came before
    there = answer.headers.get("Location", "")
    return _leading(request, there) if there else answer


def _leading(request: HttpRequest, there: str) -> HttpResponse:
    return render(request, "access/leading.html", {"there": there, "province": title()})


@for_strangers
@login_not_required
def callback(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Back from the provider: whoever is signed in already has linked their own account.

    The word of a shared machine is kept from what another site asks for: so we ask once ourselves.
    """
    if request.session.get("shared") and not machine_of(request) and HERE not in request.GET:
        return _leading(request, f"{request.get_full_path()}&{HERE}=")
    if not request.user.is_authenticated:
        return _led(OAuth2CallbackView, request, provider_id)
    with as_machine(request.user, timezone.localdate()):  # a link says who somebody is
        return _led(OAuth2CallbackView, request, provider_id)


@for_everybody
@require_POST
def forget(request: HttpRequest) -> HttpResponse:
    """Undo the link of one's own account."""
    unlink(cast(User, request.user), timezone.localdate())
    return redirect("sittings")


def _led(view: Any, request: HttpRequest, provider_id: str) -> HttpResponse:
    try:
        return view.adapter_view(Words(request, provider_id))(request)
    except SocialApp.DoesNotExist as none:
        raise Http404 from none
    except (RequestException, OAuth2Error):
        told(request, "provider", "")
        return _failed(request)


def title() -> str:
    """What people call the provider; empty where there is none. Told by the settings alone, so that
    the page of signing in needs no database."""
    apps = settings.SOCIALACCOUNT_PROVIDERS.get("openid_connect", {}).get("APPS", [])
    return next((app["name"] for app in apps), "")
