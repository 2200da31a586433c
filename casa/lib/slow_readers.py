"""Answers in pieces, so given that slow readers leave threads for everybody else.

A thread of the web server that sends an answer in pieces waits for its reader, who may take one
byte a minute. One that gives the whole answer away is free at once. So what is small is put
together before it leaves, and only few of the larger ones are sent at a time.
"""

import threading
from collections.abc import Callable, Iterator
from itertools import chain
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.template.loader import render_to_string

from casa.lib import http

SMALL = 1024**2  # bytes; the server keeps them for as long as the reader takes
AT_ONCE = 2
"""Larger answers that a process sends at a time: half of the threads of docs/install.md."""

TRY_AGAIN = 30  # seconds


class SlowReadersMiddleware:
    """Gives small answers away whole, and has larger ones wait for a place: 503 where none is."""

    def __init__(self, get_response: http.View) -> None:
        self.get_response = get_response
        self.places = threading.Semaphore(AT_ONCE)

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if not isinstance(response, StreamingHttpResponse) or request.method == "HEAD":
            return response
        pieces: Iterator[bytes] = iter(response)
        first, is_whole = _first_of(pieces)
        if is_whole:
            response.streaming_content = [first]
        elif self.places.acquire(blocking=False):
            response.streaming_content = Held(chain([first], pieces), self.places.release)
        else:
            response.close()
            return _busy()
        return response


class Held:
    """An iterator that gives something back once it is closed, and only once."""

    def __init__(self, pieces: Iterator[bytes], give_back: Callable[[], Any]) -> None:
        self._pieces = pieces
        self._give_back: Callable[[], Any] | None = give_back

    def __iter__(self) -> Iterator[bytes]:
        return self._pieces

    def close(self) -> None:
        give_back, self._give_back = self._give_back, None
        if give_back:
            give_back()


def _first_of(pieces: Iterator[bytes]) -> tuple[bytes, bool]:
    """What is small of the answer, and whether that is all of it."""
    found, size = [], 0
    for piece in pieces:
        found.append(piece)
        size += len(piece)
        if size > SMALL:
            return b"".join(found), False
    return b"".join(found), True


def _busy() -> HttpResponse:
    headers = {"Cache-Control": http.PRIVATE, "Retry-After": str(TRY_AGAIN)}
    return HttpResponse(render_to_string("busy.html"), status=503, headers=headers)
