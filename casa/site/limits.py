"""Limits on reading: pages that cost much are counted by network before they are made."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase

from signatories.signing.antispam import rate_limits


class LimitMiddleware:
    """Refuses who asks too often for a view that `http.limited` marks."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponse | None:
        if not hasattr(view, "limit"):
            return None
        name, applies = view.limit
        if not applies(request) or rate_limits.allow(request, name):
            return None
        return rate_limits.refused(request)
