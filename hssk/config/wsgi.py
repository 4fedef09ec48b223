"""What the web server calls."""

import os

from django.core.wsgi import get_wsgi_application

from hssk.access.policy import views_without_policy
from hssk.kit.memory import rest_often

os.environ["DJANGO_SETTINGS_MODULE"] = "hssk.config.settings"

application = get_wsgi_application()
if undeclared := views_without_policy():
    raise SystemExit(f"these addresses do not say who may come in: {', '.join(undeclared)}")
rest_often()
