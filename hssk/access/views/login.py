"""Coming in, going out, changing one's password."""

from allauth.account.views import LoginView
from django.contrib import messages
from django.contrib.auth import views
from django.urls import reverse_lazy
from django.utils.translation import gettext as _

from hssk.access.forms import LoginForm, NewPasswordForm


class Login(LoginView):
    """The only page a stranger sees. `next` is followed only within this installation."""

    form_class = LoginForm
    template_name = "access/login.html"

    def get_context_data(self, **kwargs):
        """The page to go on to, where one was asked for."""
        return {**super().get_context_data(**kwargs), "next": self.get_next_url()}


class PasswordChange(views.PasswordChangeView):
    """A new password for the person who is signed in; other sessions of theirs end."""

    form_class = NewPasswordForm
    template_name = "access/password.html"
    success_url = reverse_lazy("password")

    def form_valid(self, form):
        answer = super().form_valid(form)
        messages.success(self.request, _("Đã đổi mật khẩu. Từ lần sau hãy dùng mật khẩu mới."))
        return answer
