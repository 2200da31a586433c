"""Counts requests by the name of their view: addresses may hold secrets, and are without number."""

import logging
import time
from contextlib import suppress
from typing import Any

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest, HttpResponseBase

from casa.lib import parameters
from casa.lib.http import View
from casa.lib.kept_pages.middleware import HOW

logger = logging.getLogger(__name__)

METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
OTHER = "other"


class MetricsMiddleware:
    """Not there without METRICS_TOKEN. What cannot be counted fails no request."""

    def __init__(self, get_response: View) -> None:
        if not settings.METRICS_TOKEN:
            raise MiddlewareNotUsed
        self.get_response = get_response
        try:
            from casa.operations.metrics import counters  # noqa: PLC0415 - opens its files
        except OSError as error:
            logger.exception("Nothing is counted: no file for it can be made")
            raise MiddlewareNotUsed from error
        self.counters: Any = counters

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        before = time.perf_counter()
        response = self.get_response(request)
        with suppress(OSError):
            self._count(request, response, time.perf_counter() - before)
        return response

    def _count(self, request: HttpRequest, response: HttpResponseBase, seconds: float) -> None:
        view = _view_of(request)
        method = request.method if request.method in METHODS else OTHER
        self.counters.REQUESTS.labels(view, method, f"{response.status_code // 100}xx").inc()
        self.counters.SECONDS.labels(view, method).observe(seconds)
        if how := request.META.get(HOW):
            self.counters.KEPT_PAGES.labels(how).inc()


def _view_of(request: HttpRequest) -> str:
    """Its name; "other" for an address that nothing answers."""
    if request.resolver_match is not None:
        return request.resolver_match.view_name
    if HOW in request.META:  # given before anybody looked for its view
        return parameters.view_of_path(request.path_info) or OTHER
    return OTHER
