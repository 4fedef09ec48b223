"""What the web server calls."""

import os
import signal

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from hssk.access.policy import views_without_policy
from hssk.config.proxied import believed_by_nobody, guarded
from hssk.kit.memory import rest_often
from hssk.kit.pg.server import die_with

# a worker whose server was killed would keep the port from the next one
die_with(os.getppid(), signal.SIGKILL)()
os.environ["DJANGO_SETTINGS_MODULE"] = "hssk.config.settings"

_pages = get_wsgi_application()
if undeclared := views_without_policy():
    raise SystemExit(f"these addresses do not say who may come in: {', '.join(undeclared)}")
rest_often()
_proxies = settings.REACH.proxies
application = guarded(_pages, _proxies) if _proxies else believed_by_nobody(_pages)
