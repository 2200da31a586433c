"""An application with a long answer and a short one, for the test of slow readers."""

import os

import django
from django.conf import settings
from django.http import HttpResponse, StreamingHttpResponse
from django.urls import path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "casa.settings")

PIECE = b"x" * 64 * 1024
LONG = 400  # pieces: more than server and sockets take before somebody reads


def long(request):
    return StreamingHttpResponse(PIECE for _ in range(LONG))


def short(request):
    return HttpResponse("short")


urlpatterns = [path("long", long), path("short", short)]

django.setup(set_prefix=False)
settings.ROOT_URLCONF = __name__
settings.ALLOWED_HOSTS = ["127.0.0.1"]
settings.MIDDLEWARE = ["casa.lib.slow_readers.SlowReadersMiddleware"]

from django.core.handlers.wsgi import WSGIHandler  # noqa: E402 - it reads the settings above

application = WSGIHandler()
