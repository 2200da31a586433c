"""What is posted to a statement's own URL, so that this is what stands in the address bar after.

Statements know of no signatures: whoever takes such a post registers for it.
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase, HttpResponseNotAllowed

from casa.lib import http

View = Callable[..., HttpResponseBase]
_takers: dict[str, View] = {}


def register(field: str, view: View) -> None:
    """Let `view` answer the posts that carry `field`."""
    _takers[field] = view


@http.private
def answer(request: HttpRequest) -> HttpResponseBase:
    for field, view in _takers.items():
        if field in request.POST:
            return view(request)
    return HttpResponseNotAllowed(["GET", "HEAD"])
