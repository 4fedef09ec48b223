"""Coming in, going out, changing one's password."""

from typing import cast

from allauth.account.adapter import get_adapter
from allauth.account.views import LoginView
from django.contrib import messages
from django.contrib.auth import views
from django.shortcuts import redirect
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext as _

from hssk.access.forms import LoginForm, NewPasswordForm
from hssk.access.models import User
from hssk.access.services import as_machine, present
from hssk.access.views.machines import machine_of
from hssk.access.views.province import title
from hssk.access.views.sittings import end_others


class Login(LoginView):
    """The only page a stranger sees. `next` is followed only within this installation."""

    form_class = LoginForm
    template_name = "access/login.html"

    def get_initial(self):
        """A machine that was shared before is shared still."""
        return {**super().get_initial(), "shared": bool(machine_of(self.request))}

    def get_context_data(self, **kwargs):
        """The page to go on to, where one was asked for; whether somebody may come back here."""
        machine = machine_of(self.request)
        waiting = bool(machine) and bool(present(machine, timezone.localdate()))
        context = super().get_context_data(**kwargs)
        return {**context, "next": self.get_next_url(), "waiting": waiting,
                "province": title()}  # fmt: skip


class PasswordChange(views.PasswordChangeView):
    """A new password for the person who is signed in; other sessions of theirs end."""

    form_class = NewPasswordForm
    template_name = "access/password.html"
    success_url = reverse_lazy("password")

    def form_valid(self, form):
        user = cast(User, self.request.user)
        was_first = user.first_until is not None
        with as_machine(user, timezone.localdate()):  # who somebody is, is changed by acts alone
            answer = super().form_valid(form)
        end_others(self.request, self.request.user)
        messages.success(self.request, _("Đã đổi mật khẩu. Từ lần sau hãy dùng mật khẩu mới."))
        return redirect(get_adapter().get_login_redirect_url(self.request)) if was_first else answer

    def get_context_data(self, **kwargs):
        """Whether somebody else made the password that is in use."""
        first = cast(User, self.request.user).first_until is not None
        return {**super().get_context_data(**kwargs), "first": first}
