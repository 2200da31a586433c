"""One look for each answer, and the leave for its style sheet."""

from typing import Any, cast

from csp.constants import UNSAFE_INLINE
from csp.middleware import CSPMiddleware, PolicyParts
from django.http import HttpRequest, HttpResponseBase

from casa.appearance import reading


class AppearanceMiddleware(CSPMiddleware):
    """Allows the style sheet of the look that the page was made with, by its hash."""

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        with reading.held():
            answer: Any = super().__call__(request)
        return cast("HttpResponseBase", answer)

    def get_policy_parts(
        self, request: HttpRequest, response: HttpResponseBase, report_only: bool = False
    ) -> PolicyParts:
        parts = super().get_policy_parts(request, response, report_only)
        look = getattr(response, "shown_look", None) or reading.shown()
        if report_only or look is None:
            return parts
        # A hash makes browsers refuse the inline styles of mails, which have leave for all.
        if UNSAFE_INLINE not in (parts.replace or {}).get("style-src", ()):
            more: dict[str, Any] = dict(parts.update or {})
            more["style-src"] = [*more.get("style-src", ()), f"'{look.theme.stylesheet_hash}'"]
            parts.update = more
        return parts
