"""Which address leads into which room."""

from importlib.util import find_spec

from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.generic import TemplateView
from django.views.i18n import set_language

urlpatterns = [
    path("accounts/", include("hssk.access.urls")),
    path("language/", login_not_required(set_language), name="set_language"),
    path("help/", TemplateView.as_view(template_name="config/help.html"), name="help"),
]
if find_spec("hssk.exchange.urls"):
    urlpatterns.append(path("exchange/", include("hssk.exchange.urls")))
if find_spec("hssk.coverage.urls"):
    urlpatterns.append(path("", include("hssk.coverage.urls")))
else:
    urlpatterns.append(path("", TemplateView.as_view(template_name="config/welcome.html")))
