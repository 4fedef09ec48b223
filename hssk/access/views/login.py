"""Coming in, going out, changing one's password."""

from typing import cast

from django.contrib import messages
from django.contrib.auth import views
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext as _

from hssk.access.forms import LoginForm, NewPasswordForm
from hssk.access.models import User
from hssk.access.rights import Right
from hssk.access.services import access_of


class Login(views.LoginView):
    """The only page a stranger sees. `next` is followed only within this installation."""

    form_class = LoginForm
    template_name = "access/login.html"
    redirect_authenticated_user = True

    def get_default_redirect_url(self) -> str:
        """The first page of whoever has come in: figures and files, or what their posts are for."""
        access = access_of(cast(User, self.request.user), timezone.localdate())
        if not access.allows(Right.FIGURES, Right.FILES):
            for right, name in ((Right.POSTS, "posts"), (Right.LOOKS, "looks")):
                if access.allows(right):
                    return reverse(name)
        return super().get_default_redirect_url()


class PasswordChange(views.PasswordChangeView):
    """A new password for the person who is signed in; other sessions of theirs end."""

    form_class = NewPasswordForm
    template_name = "access/password.html"
    success_url = reverse_lazy("password")

    def form_valid(self, form):
        answer = super().form_valid(form)
        messages.success(self.request, _("Đã đổi mật khẩu. Từ lần sau hãy dùng mật khẩu mới."))
        return answer
