"""The pages of what is not the reader's fault: they come whatever is broken, and still say whose
data this is. The database that is away for a moment has a page of its own, for it comes back."""

import sys

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template import loader
from django.views.decorators.csrf import requires_csrf_token

from hssk.access.views import senders
from hssk.config.away import is_away, is_full
from hssk.config.middleware import GATEWAY

TOLD = {
    503: "Hệ thống đang khởi động lại. Hãy gửi lại sau ít giây.",
    507: "Ổ đĩa của máy chủ đã đầy; chưa nhận được. Hãy báo nơi vận hành và gửi lại sau.",
    500: "Hệ thống gặp lỗi; lỗi đã được ghi lại. Hãy gửi lại sau, và báo cho nơi vận hành.",
}
SOON = 5  # seconds after which to try again; a killed database is started anew within a few


@requires_csrf_token
def server_error(request: HttpRequest) -> HttpResponse:
    """The page 500.html, 503.html or 507.html; none asks anything of database, session or language.
    Software at the gateway is told the same in its own way."""
    error = sys.exc_info()[1]
    away = is_away(error)
    status = 503 if away else 507 if is_full(error) else 500
    if request.path_info.startswith(GATEWAY):
        answer: HttpResponse = senders.answer(status, TOLD[status])
    else:
        page = loader.get_template(f"{status}.html")
        answer = HttpResponse(page.render({"invented": settings.HSSK_INVENTED}))
    answer.status_code = status
    if away:
        answer["Retry-After"] = str(SOON)
    return answer
