"""Sessions of staff; nobody else has one.

One ends when nothing was asked for in it for so long (SESSION_IDLE_HOURS: Django forgets it), and
so long after signing in whatever was asked for (SESSION_DAYS).
"""

import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY, logout
from django.contrib.auth.signals import user_logged_in
from django.contrib.sessions.models import Session
from django.http import HttpRequest

from casa.retention.rules import Due

BEGAN, SEEN = "began", "seen"
SEEN_AGAIN_AFTER = 60
"""Seconds after which a page that is asked for is written down: not for each of them."""


def listen() -> None:
    user_logged_in.connect(_begin, dispatch_uid="sessions")


def _begin(*, request: HttpRequest, **kwargs: Any) -> None:
    request.session[BEGAN] = request.session[SEEN] = time.time()


def go_on_or_end(request: HttpRequest) -> None:
    session, now = request.session, time.time()
    if SESSION_KEY not in session:
        return
    longest = timedelta(days=settings.SESSION_DAYS).total_seconds()
    if now - session.get(BEGAN, 0) >= longest:
        logout(request)
    elif now - session.get(SEEN, 0) >= SEEN_AGAIN_AFTER:
        session[SEEN] = now  # saved with a new end


def due(at: datetime) -> Iterator[Due]:
    """The sessions that have ended."""
    yield Due(Session.objects.filter(expire_date__lt=at))
