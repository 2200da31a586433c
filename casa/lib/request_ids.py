"""The id of the request or task at hand: in each line of the log, and in `X-Request-ID`.

A proxy in front gives each request an id and writes it into its own log, so both logs can be read
side by side. What does not look like one may be anything that a stranger wrote, and is replaced.
"""

import re
from contextvars import ContextVar
from typing import Any
from uuid import uuid4

from django.http import HttpRequest, HttpResponseBase

from casa.lib.http import View

HEADER = "X-Request-ID"
ID = re.compile(r"[0-9a-f-]{16,40}")  # what nginx makes, and UUIDs

_current: ContextVar[str] = ContextVar("request_id", default="")


def current() -> str:
    """The id of what this thread works at; "" between two requests."""
    return _current.get()


def begin(request_id: str = "") -> str:
    """What is logged from now on belongs to `request_id`, or to a new one; gives it back."""
    _current.set(request_id if ID.fullmatch(request_id) else uuid4().hex)
    return _current.get()


def end(**kwargs: Any) -> None:
    """After the answer was written: something of it may be logged when the middleware is done."""
    _current.set("")


def begin_task(task: dict[str, Any], **kwargs: Any) -> None:
    """A task of the worker, and what the engine says of it afterwards, has its own id."""
    begin(str(task["id"]))


class RequestIdMiddleware:
    """Comes first, so that no answer that is kept for others holds the id of one request."""

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request_id = begin(request.META.get("HTTP_X_REQUEST_ID", ""))
        response = self.get_response(request)
        response.headers[HEADER] = request_id
        return response
