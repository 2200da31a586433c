"""Requests whose type Django cannot read. It fails at them before any middleware is asked."""

from typing import Any

from django.core.handlers.wsgi import WSGIHandler, WSGIRequest

REFUSED_TYPE = "text/plain; charset=unreadable"  # TextMiddleware answers it


def read_request(environ: dict[str, Any]) -> WSGIRequest:
    """The request; one whose type cannot be read comes with another, which is refused later on.

    Python knows encodings that no text can be read by, and a type may name any.
    """
    try:
        return WSGIRequest(environ)
    except (LookupError, ValueError):
        return WSGIRequest({**environ, "CONTENT_TYPE": REFUSED_TYPE})


class Handler(WSGIHandler):
    request_class: Any = staticmethod(read_request)
