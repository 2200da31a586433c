"""What the demo sent, to be read in the browser. None of it exists when DEBUG is off."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from casa.demo import inbox
from casa.lib import http

SHOWN = 100  # messages
# A mail brings its own inline styles. It can load nothing, send nothing and run nothing.
MAIL_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; form-action 'none';"
    " base-uri 'none'; frame-ancestors 'none'"
)


def demo_only(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The second lock: the addresses are not routed without DEBUG either."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not settings.DEBUG:
            raise Http404
        return view(request, *args, **kwargs)

    return wrapped


@http.private
@require_safe
@demo_only
def inbox_page(request: HttpRequest) -> HttpResponse:
    return render(request, "demo/inbox.html", {"letters": inbox.newest(SHOWN)})


@http.private
@require_safe
@demo_only
def message(request: HttpRequest, name: str) -> HttpResponse:
    return render(request, "demo/message.html", {"letter": _letter_or_404(name)})


@http.private
@require_safe
@demo_only
def message_html(request: HttpRequest, name: str) -> HttpResponse:
    """The HTML version as a page of its own, since pages of this site cannot be framed."""
    headers = {"Content-Security-Policy": MAIL_POLICY}
    return HttpResponse(_letter_or_404(name).html, headers=headers)


def _letter_or_404(name: str) -> inbox.Letter:
    if letter := inbox.find(name):
        return letter
    raise Http404
