"""Lets requests for public pages read from the replica, while it is fresh."""

import logging
import time
from typing import Any, NamedTuple

from django.db import DatabaseError, InterfaceError, connections
from django.http import HttpRequest, HttpResponseBase

from casa.lib.db import reading
from casa.lib.db.reading import ALIAS
from casa.lib.http import View
from casa.lib.kept_pages import generation
from casa.lib.replica.freshness import watch

logger = logging.getLogger(__name__)


def may_read(view: Any) -> bool:
    """Whether what a view shows is the same for everybody; no other reads from the replica."""
    return getattr(view, "cache_policy", "") == "public"


class _Seen(NamedTuple):
    """What was taken back or corrected last, and when this process first knew of it."""

    mark: str
    at: float


class ReplicaMiddleware:
    """The last one, so that errors come here first.

    A page that is asked for after something was taken out of public view is made of what the
    primary has, until the replica is known to have that, too.
    """

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response
        self._seen = _Seen("", time.monotonic())

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        try:
            return self.get_response(request)
        finally:
            reading.end()

    def process_view(self, request: HttpRequest, view: View, args: Any, kwargs: Any) -> None:
        if request.method in ("GET", "HEAD") and may_read(view) and self._is_fresh():
            request.read_from_replica = (view, args, kwargs)  # type: ignore[attr-defined]
            reading.begin()

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponseBase | None:
        """What failed at the replica is made anew of what the primary has."""
        asked = getattr(request, "read_from_replica", None)
        if asked is None or not isinstance(error, DatabaseError | InterfaceError):
            return None
        del request.read_from_replica  # type: ignore[attr-defined]
        reading.end()
        watch.freshness.forget()
        connections[ALIAS].close()
        logger.warning("The replica failed (%s); the primary answers.", type(error).__name__)
        view, args, kwargs = asked
        try:
            return view(request, *args, **kwargs)
        except (DatabaseError, InterfaceError):
            return None  # then the first error is told

    def _is_fresh(self) -> bool:
        mark = generation.current()
        if mark != self._seen.mark:
            self._seen = _Seen(mark, time.monotonic())
        return watch.is_enough(self._seen.at)
