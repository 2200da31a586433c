"""The WSGI application that granian serves."""

import os

import django
from django.conf import settings
from django.urls import get_resolver

from casa.lib import starting, watchdog
from casa.lib.odd_requests import Handler
from casa.lib.whole_bodies import reading_whole_bodies

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "casa.settings")

with starting.without_collecting():
    django.setup(set_prefix=False)
    get_resolver().url_patterns  # noqa: B018 - else the first visitor would wait for all views
    from signatories.core import funnel
if settings.COUNT_READS:
    funnel.start()
application = watchdog.watched(reading_whole_bodies(Handler()), settings.WATCHDOG_SECONDS)
