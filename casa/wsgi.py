"""The WSGI application that granian serves."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from casa.lib import watchdog
from casa.lib.whole_bodies import reading_whole_bodies

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "casa.settings")

application = watchdog.watched(
    reading_whole_bodies(get_wsgi_application()), settings.WATCHDOG_SECONDS
)
