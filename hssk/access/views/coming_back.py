"""Whoever was signed out meanwhile comes back, after signing in, to where they were."""

from urllib.parse import urlsplit

from django.contrib import messages
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from hssk.access.views.doorkeeper import READING


class ComeBack(LoginRequiredMiddleware):
    """What was sent by a form is done by sending alone: its address, visited, is a blank page. So
    the way back leads to the page with the form, and says that nothing was done."""

    def handle_no_permission(self, request: HttpRequest, view_func) -> HttpResponseRedirect:
        if request.method in READING:
            return super().handle_no_permission(request, view_func)
        page, here = urlsplit(request.headers.get("Referer", "")), {request.get_host()}
        known = page.geturl() and url_has_allowed_host_and_scheme(page.geturl(), here)
        back = f"{page.path}?{page.query}" if page.query else page.path
        messages.warning(
            request, _("Chưa ghi gì, vì bạn đã rời máy quá lâu. Đăng nhập rồi làm lại bước ấy.")
        )
        return redirect_to_login(
            back if known and back else "/", self.get_login_url(view_func),
            self.get_redirect_field_name(view_func),
        )  # fmt: skip
