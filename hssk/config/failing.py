"""The page of a fault of ours: it comes whatever is broken, and still says whose data this is."""

from django.conf import settings
from django.http import HttpRequest, HttpResponseServerError
from django.template import loader
from django.views.decorators.csrf import requires_csrf_token


@requires_csrf_token
def server_error(_request: HttpRequest) -> HttpResponseServerError:
    """The page 500.html, which asks nothing of database, session or language."""
    page = loader.get_template("500.html").render({"invented": settings.HSSK_INVENTED})
    return HttpResponseServerError(page)
