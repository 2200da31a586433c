"""Limits on what is asked and sent, looked at before it is read and before it costs anything."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.http.multipartparser import MultiPartParser
from django.shortcuts import render

from casa.accounts import known_browsers
from casa.accounts.middleware import OPEN
from casa.lib import http
from signatories.signing.antispam import rate_limits

READ_ONLY = ("GET", "HEAD", "OPTIONS")
OF_STAFF = http.Posts(fields=settings.DATA_UPLOAD_MAX_MEMORY_SIZE, files=22 * 1024**2)
"""What may be posted by staff. deploy/nginx.conf lets it through."""

MOST_PARTS = 120
"""A form with files has far fewer, its hidden fields included."""


class LimitMiddleware:
    """Refuses what is too large, and who sends too much, or asks too often for what costs much.

    Forms of people who have not signed in are counted together, by network, whether they are
    filled in rightly or not. Views that `http.limited` marks are counted each by its own name.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponse | None:
        if request.method not in READ_ONLY and (refusal := _post_refused(request, view)):
            return refusal
        if not hasattr(view, "limit"):
            return None
        name, applies = view.limit
        if not applies(request) or rate_limits.allow(request, name):
            return None
        return rate_limits.refused(request)


def _post_refused(request: HttpRequest, view: Any) -> HttpResponse | None:
    is_staff = request.user.is_authenticated or _was_staff(request)
    limits = OF_STAFF if is_staff else getattr(view, "posts", http.POSTS)
    if _length(request) > _room(request, limits):
        return too_large(request, limits)
    if is_staff:
        return None
    if limits.counted and not rate_limits.allow(request, "form"):
        return rate_limits.refused(request)
    if limits.files and _has_long_fields(request, limits.fields):
        return too_large(request, limits)
    return None


def _was_staff(request: HttpRequest) -> bool:
    """Whether it may be a form of staff whose session has ended, which is then kept for them.

    Trying to sign in is none.
    """
    match = request.resolver_match
    is_office = request.path.startswith(settings.OFFICE_PATH)
    if not is_office or match is None or match.url_name in OPEN:
        return False
    return known_browsers.is_known(request)


def _room(request: HttpRequest, limits: http.Posts) -> int:
    """How much may be sent; only one encoding of forms has files."""
    has_files = request.content_type == "multipart/form-data"
    return limits.fields + (limits.files if has_files else 0)


def _length(request: HttpRequest) -> int:
    """The announced size in bytes; Django reads no more, and nothing where it is missing."""
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0


def _has_long_fields(request: HttpRequest, limit: int) -> bool:
    request.upload_handlers = [FewPartsHandler(request), *request.upload_handlers]
    try:
        return sum(len(value) for _name, values in request.POST.lists() for value in values) > limit
    except RequestDataTooBig:
        return True


class FewPartsHandler(FileUploadHandler):
    """Reads a form with files, unless it has more parts than any of ours.

    The headers of a part may cost 5 ms, and Django takes 1,000 parts.
    """

    def handle_raw_input(
        self,
        input_data: Any,
        META: Any,  # noqa: N803 - Django's
        content_length: int,
        boundary: Any,
        encoding: Any = None,
    ) -> Any:
        assert self.request is not None  # noqa: S101 - for the type checker
        others = [one for one in self.request.upload_handlers if one is not self]
        counted: Any = _CountedParts(input_data, b"--" + boundary)
        return MultiPartParser(META, counted, others, encoding).parse()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        return raw_data

    def file_complete(self, file_size: int) -> None:
        return None


class _CountedParts:
    """A stream that says so when it has too many parts. One that is cut in two is not counted."""

    def __init__(self, stream: Any, separator: bytes) -> None:
        self._stream, self._separator, self._found = stream, separator, 0

    def read(self, size: int) -> bytes:
        data: bytes = self._stream.read(size)
        self._found += data.count(self._separator)
        if self._found > MOST_PARTS:
            raise TooManyFieldsSent
        return data


def too_large(request: HttpRequest, limits: http.Posts = OF_STAFF) -> HttpResponse:
    answer = render(request, "413.html", {"limits": limits}, status=413)
    answer.headers["Cache-Control"] = http.PRIVATE
    return answer
