"""The pages of what is not the reader's fault: they come whatever is broken, and still say whose
data this is. The database that is away for a moment has a page of its own, for it comes back."""

import sys

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template import loader
from django.views.decorators.csrf import requires_csrf_token

AWAY = ("08", "57P", "53300")  # SQLSTATE: no connection, shut down or starting, no place left
SOON = 5  # seconds after which to try again; a killed database is started anew within a few


@requires_csrf_token
def server_error(_request: HttpRequest) -> HttpResponse:
    """The page 500.html, or 503.html; neither asks anything of database, session or language."""
    away = is_away(sys.exc_info()[1])
    page = loader.get_template("503.html" if away else "500.html")
    answer = HttpResponse(page.render({"invented": settings.HSSK_INVENTED}))
    answer.status_code = 503 if away else 500
    if away:
        answer["Retry-After"] = str(SOON)
    return answer


def is_away(error: BaseException | None) -> bool:
    """Whether a request failed because the database could not be reached, and for nothing else."""
    if isinstance(error, InterfaceError):
        return True
    if not isinstance(error, OperationalError):
        return False
    state = getattr(error.__cause__, "sqlstate", None)
    return state is None or state.startswith(AWAY)
