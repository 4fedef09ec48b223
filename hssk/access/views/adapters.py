"""What allauth asks of us: who may come in, what they are told, where secrets lie."""

from base64 import urlsafe_b64encode
from datetime import date
from hashlib import sha256
from typing import Any, cast

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _n
from django.utils.translation import gettext_lazy as _

from hssk.access.models import User
from hssk.access.rights import Right
from hssk.access.services import (
    Access,
    access_of,
    ask_for_second,
    has_code,
    has_run_out,
    has_second_factor,
    is_asleep,
    note,
    slowed_again,
)
from hssk.access.services.looks import IN
from hssk.access.services.questioning import own_threads
from hssk.access.views.attempts import told
from hssk.access.views.machines import came_in_fully
from hssk.access.views.thresholds import came_by_provider
from hssk.access.views.watch import sit_down

WRONG_CODE = _("Mã chưa đúng hoặc đã hết hạn. Hãy nhập mã đang hiện trên ứng dụng.")


class AccountAdapter(DefaultAccountAdapter):
    """Nobody registers; one answer to every failure, so that it tells nobody who exists."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": _(
            "Tên đăng nhập hoặc mật khẩu chưa đúng. Hãy kiểm tra phím Caps Lock và bộ gõ tiếng "
            "Việt rồi thử lại; nếu quên mật khẩu, hãy nhờ người quản trị cấp lại."
        ),
        "too_many_login_attempts": _("Sai quá nhiều lần. Hãy đợi năm phút rồi thử lại."),
        "rate_limited": _("Sai quá nhiều lần. Hãy đợi năm phút rồi thử lại."),
        "incorrect_password": _("Mật khẩu đang dùng chưa đúng. Hãy nhập lại."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Any:
        """The local operator works on the command line only, never on the web."""
        user = super().authenticate(request, **credentials)
        if user is None or user.is_local_operator:
            return None
        if user.is_active and "password" in credentials:
            slowed_again(user, credentials["password"], timezone.localdate())
        return user

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Tries beyond the limit are not judged, and are in the log."""
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError:
            told(request, "too many", str(credentials.get("username", "")))
            raise

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Tries are counted for the name alone: allauth counts for the address of the page too,
        whose port whoever asks may state as they like, and each would have five tries more."""
        return str(credentials.get("username", "")).lower()

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """The pages say themselves what has happened."""

    def pre_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse | None:
        """Whoever gave the right password for an account that sleeps is told who can wake it."""
        answer = super().pre_login(request, user, **kwargs)
        today = timezone.localdate()
        over = has_run_out(user, today) and not came_by_provider(request, user)
        if answer is None and (over or is_asleep(user, today)):
            from allauth.account.internal.stagekit import clear_login

            clear_login(request)
            return self.respond_user_inactive(request, user)
        return answer

    def post_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse:
        """All steps are done: write it down; a shared machine remembers who came, for today."""
        shared = bool(request.session.pop("shared", False))
        sit_down(request, shared=shared, by_code=False)
        access = access_of(user, timezone.localdate())
        note(access, IN)
        answer = super().post_login(request, user, **kwargs)
        if settings.SECOND_STEP_WITHIN is not None:
            _tell_by_when(request, ask_for_second(access, within=settings.SECOND_STEP_WITHIN))
        if shared:
            if not has_code(user):
                answer = HttpResponseRedirect(reverse("short-code"))
            came_in_fully(request, answer)
        return answer

    def reauthenticate(self, user: Any, password: str) -> bool:
        """A first password that has run out proves nothing."""
        over = has_run_out(user, timezone.localdate())
        return not over and super().reauthenticate(user, password)

    def get_reauthentication_methods(self, user: Any) -> list[dict]:
        """Whoever has a second step may prove it by a spare code, which allauth does not know."""
        methods, url = super().get_reauthentication_methods(user), reverse("mfa_reauthenticate")
        known = any(method["url"] == url for method in methods)
        if known or not user.is_authenticated or not has_second_factor(user):
            return methods
        return [*methods, {"id": "mfa_reauthenticate", "description": "", "url": url}]

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """The first page of whoever has come in: figures and files, or what their posts are for."""
        access = access_of(cast(User, request.user), timezone.localdate())
        if any(thread.waits_for_answer for thread in own_threads(access)):
            return reverse("questions")
        return first_page(access)


def first_page(access: Access) -> str:
    """The address where somebody begins: figures and files, or what their posts are for."""
    if not access.allows(Right.FIGURES, Right.FILES):
        for right, name in (
            (Right.POSTS, "posts"), (Right.LOOKS, "looks"),
            (Right.REGISTERED, "outreach:registered"),
            (Right.ORGANISATION, "organisations:list"),
        ):  # fmt: skip
            if access.allows(right):
                return reverse(name)
    return reverse("coverage:home")


def _tell_by_when(request: HttpRequest, by: date | None) -> None:
    """Say until when a password alone is enough."""
    if by is not None:
        told_by = _n("Hãy bật bảo vệ hai lớp trước hết ngày {day}: bấm vào tên bạn ở góc trên.")
        messages.warning(request, told_by.format(day=f"{by:%d/%m/%Y}"))


class SecondFactors(DefaultMFAAdapter):
    """Second factors; what the database keeps of them opens with the key of the home alone."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": WRONG_CODE,
    }

    def get_totp_issuer(self) -> str:
        return "HSSK"

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Keys are bound to the name by which this was opened, whatever the port."""
        return {**super().get_public_key_credential_rp_entity(), "name": "HSSK"}

    def generate_authenticator_name(self, user: Any, type: Any) -> str:  # noqa: A002
        """What to call a key, until its owner says."""
        keys = Authenticator.objects.filter(user=user, type=type).count()
        return _n("Khoá %(n)s") % {"n": keys + 1}

    def encrypt(self, text: str) -> str:
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _cipher().decrypt(encrypted_text.encode()).decode()


def _cipher() -> Fernet:
    return Fernet(urlsafe_b64encode(sha256(settings.FACTOR_KEY.encode()).digest()))
