"""Answers from what is kept, before any other work is done."""

from importlib import import_module
from typing import cast

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.db import DatabaseError, InterfaceError
from django.http import HttpRequest, HttpResponse, HttpResponseBase, parse_cookie
from django.utils.cache import get_conditional_response
from django.utils.http import parse_http_date_safe

from casa.lib import http, parameters
from casa.lib.kept_pages import generation, kept
from casa.lib.kept_pages.makers import PATIENCE, making

CONDITIONS = (
    "HTTP_IF_NONE_MATCH", "HTTP_IF_MATCH", "HTTP_IF_MODIFIED_SINCE", "HTTP_IF_UNMODIFIED_SINCE",
)  # fmt: skip
HOW = "casa.kept_page"
"""Under this name META of a request tells how its page came about: "given" or "made"."""

OF_CONTENT = ("Content-Type", "Content-Length", "Content-Encoding")


class KeptPagesMiddleware:
    """Keeps public pages for a second, and gives them to whoever asks for the same.

    Pages are made for one visitor at a time. Signed-in staff get each made anew, and what they
    change is seen at once.
    """

    def __init__(self, get_response: http.View) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if settings.KEPT_PAGES_MB and _is_plain(request) and (key := _key(request)):
            return self._public(request, key)
        response = self.get_response(request)
        if _is_of_staff(request):
            generation.renew()
        return response

    def _public(self, request: HttpRequest, key: str) -> HttpResponseBase:
        if _has_session(request):
            return self._make(request, key)
        found = kept.find(key)
        if found and found.age < kept.RENEWED_AFTER:
            return _given(request, found)
        if request.method == "HEAD":  # some views answer it in a way of its own
            return _given(request, found) if found else self.get_response(request)
        with making(key) as other:
            if other is None:
                return self._make(request, key)
            if found is None:
                other.wait(PATIENCE)
                found = kept.find(key)
        return _given(request, found) if found else self._make(request, key)

    def _make(self, request: HttpRequest, key: str) -> HttpResponseBase:
        if request.method == "HEAD":
            return self.get_response(request)
        # Read before the page is: what is taken back meanwhile makes it old.
        made_at, under = kept.now(), generation.current()
        conditions = {name: request.META.pop(name) for name in CONDITIONS if name in request.META}
        response = self.get_response(request)
        request.META.update(conditions)
        request.META[HOW] = "made"
        if isinstance(response, HttpResponse) and kept.may_be_kept(request, response):
            kept.keep(key, response, made_at=made_at, under=under)
        return _by_conditions(request, response)


def _is_plain(request: HttpRequest) -> bool:
    """Whether it asks for nothing but a page; whatever is sent along is for others to judge."""
    meta = request.META
    has_body = meta.get("CONTENT_TYPE") or meta.get("CONTENT_LENGTH") not in (None, "", "0")
    return request.method in ("GET", "HEAD") and not has_body


def _key(request: HttpRequest) -> str:
    """The key of a public page; "" for another page, or one that is refused."""
    query = request.META.get("QUERY_STRING", "")
    if http.is_refused_query(query) or parameters.of_path(request.path_info) is None:
        return ""
    try:
        return kept.key(request)
    except DisallowedHost:
        return ""


def _is_of_staff(request: HttpRequest) -> bool:
    """Whether somebody who has signed in sent something to the back office."""
    if request.method in ("GET", "HEAD") or not request.path.startswith(settings.OFFICE_PATH):
        return False
    user = getattr(request, "user", None)
    return user is not None and user.is_authenticated


def _has_session(request: HttpRequest) -> bool:
    """Whether a session of staff is there; a made-up cookie is nobody's way round what is kept."""
    sent = request.META.get("HTTP_COOKIE", "")
    if settings.SESSION_COOKIE_NAME not in sent:
        return False
    # Not request.COOKIES, which would be there for the page, too.
    key = parse_cookie(sent).get(settings.SESSION_COOKIE_NAME, "")
    store = import_module(settings.SESSION_ENGINE).SessionStore
    try:
        return 8 <= len(key) <= 40 and bool(store().exists(key))
    except (DatabaseError, InterfaceError):  # away: what is kept is all there is
        return False


def _given(request: HttpRequest, found: kept.Kept) -> HttpResponseBase:
    request.META[HOW] = "given"
    return _by_conditions(request, found.answer())


def _by_conditions(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """304 to whoever has it already, as the views say that tell what they gave (ETag)."""
    etag = response.get("ETag")
    is_asked = any(name in request.META for name in CONDITIONS)
    if not etag or not is_asked or request.method != "GET":
        return response
    modified = response.get("Last-Modified")
    seconds = parse_http_date_safe(modified) if modified else None
    # The type that Django's stubs ask for has a content, which is not read here.
    given = cast("HttpResponse", response)
    answer = get_conditional_response(request, etag, seconds, given) or given
    if answer is not given:
        if response.streaming:
            response.close()  # its file is not read
        for name, value in response.headers.items():
            if name not in OF_CONTENT:
                answer.headers.setdefault(name, value)
        answer.headers["Content-Length"] = "0"  # as CommonMiddleware says it
    return answer
