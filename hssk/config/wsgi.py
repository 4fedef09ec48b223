"""What the web server calls."""

import os

from django.core.wsgi import get_wsgi_application

from hssk.kit.memory import rest_often

os.environ["DJANGO_SETTINGS_MODULE"] = "hssk.config.settings"

application = get_wsgi_application()
rest_often()
