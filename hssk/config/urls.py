"""Which address leads into which room."""

from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.i18n import set_language

from hssk.access.policy import for_strangers
from hssk.access.told import tell
from hssk.config.helping import help_page
from hssk.config.middleware import GATEWAY
from hssk.config.purposes import PURPOSES
from hssk.exchange.urls import gateway_patterns
from hssk.people.services import keys_of

tell(PURPOSES, keys_of)
handler500 = "hssk.config.failing.server_error"
urlpatterns = [
    path("accounts/", include("hssk.access.urls")),
    path("language/", for_strangers(login_not_required(set_language)), name="set_language"),
    path("help/", help_page, name="help"),
    path("", include("hssk.people.urls")),
    path("", include("hssk.records.urls")),
    path(GATEWAY.lstrip("/"), include(gateway_patterns)),
    path("exchange/", include("hssk.exchange.urls")),
    path("lists/", include("hssk.outreach.urls")),
    path("sessions/", include("hssk.outreach.plan_urls")),
    path("organisations/", include("hssk.outreach.organisation_urls")),
    path("", include("hssk.coverage.urls")),
]
