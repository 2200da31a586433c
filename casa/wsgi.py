"""The WSGI application that granian serves."""

import os

import django
from django.conf import settings

from casa.lib import watchdog
from casa.lib.odd_requests import Handler
from casa.lib.whole_bodies import reading_whole_bodies

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "casa.settings")

django.setup(set_prefix=False)
application = watchdog.watched(reading_whole_bodies(Handler()), settings.WATCHDOG_SECONDS)
