"""The WSGI application that granian serves."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from casa.lib import watchdog

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "casa.settings")

application = watchdog.watched(get_wsgi_application(), settings.WATCHDOG_SECONDS)
