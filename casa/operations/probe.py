"""What a request through the site's public address looks like when it reaches the application.

`doctor` asks its own site and signs the question, so that the answer, which tells of proxies and
processes, is given to nobody else. So does `await_server`.
"""

import os

from django.conf import settings
from django.core import signing
from django.http import HttpRequest

from casa.lib import network

HEADER = "X-Casa-Doctor"
SALT = "operations.probe"
SECONDS = 60


def question() -> str:
    return signing.dumps("doctor", salt=SALT)


def is_ours(request: HttpRequest) -> bool:
    try:
        signing.loads(request.headers.get(HEADER, ""), salt=SALT, max_age=SECONDS)
    except signing.BadSignature:
        return False
    return True


def answer(request: HttpRequest) -> dict[str, object]:
    """What the application made of the request; no address of anybody but the one who asks."""
    return {
        "is_secure": request.is_secure(),
        "has_forwarded_for": "X-Forwarded-For" in request.headers,
        "has_forwarded_proto": "X-Forwarded-Proto" in request.headers,
        "client": network.client_address(request),
        "expects_proxy": settings.BEHIND_PROXY or bool(settings.TRUSTED_PROXIES),
        "host": request.get_host(),
        "folder": str(settings.BASE_DIR),
        "main_process": os.getppid(),
    }
