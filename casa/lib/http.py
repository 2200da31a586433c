"""Cache policies, same-origin posts, and the language of a page: what answers have in common."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    JsonResponse,
)
from django.middleware.locale import LocaleMiddleware
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import translate_url
from django.utils import translation

from casa.lib import full_disk, languages, office_errors
from casa.lib.media.stored import MediaAwayError

logger = logging.getLogger(__name__)

View = Callable[..., HttpResponseBase]

# A shared cache may keep a page for a second, which takes the load off the application, and may
# answer from what it has for an hour while the application is down. A browser may not: whoever
# just signed looks for their own name. (`stale-while-revalidate` would be heeded by both.)
PUBLIC = "public, max-age=0, s-maxage=1, stale-if-error=3600"
PRIVATE = "private, no-store"
OLD_FROM_THE_START = ("X-Accel-Expires", "@1")
"""Lets nginx keep an answer for outages alone (deploy/nginx.conf), which it takes off again."""

POLICIES = {"public": PUBLIC, "private": PRIVATE}


def _policy(name: str) -> Callable[[View], View]:
    def decorate(view: View) -> View:
        @wraps(view)
        def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            response = view(request, *args, **kwargs)
            response.headers.setdefault("Cache-Control", POLICIES[name])
            if name == "public":
                response.headers.setdefault(*OLD_FROM_THE_START)
            if name == "private":
                response.headers.setdefault("X-Robots-Tag", "noindex")
            return response

        wrapped.cache_policy = name  # type: ignore[attr-defined]
        return wrapped

    return decorate


public = _policy("public")
"""Shared caches may keep the page for a second. It must set no cookie and carry no token."""

private = _policy("private")
"""Nobody may keep the page: it shows one person's data, or changes something. Nor list it."""


def limited(name: str, *, when: Callable[[HttpRequest], bool] = lambda request: True) -> Any:
    """Marks a view that costs much: `casa.site.limits` counts who asks, by network, under `name`.

    Only requests for which `when` holds are counted.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            return view(request, *args, **kwargs)

        wrapped.limit = (name, when)  # type: ignore[attr-defined]
        return wrapped

    return decorate


@dataclass(frozen=True)
class Posts:
    """What may be posted to a view; `casa.site.limits` looks before anything of it is read."""

    fields: int = 64 * 1024  # bytes
    files: int = 0  # bytes, beside the fields
    counted: bool = True  # by network, together with all other forms


POSTS = Posts()
"""What a view takes of people who have not signed in, unless `posts` says otherwise."""


def posts(limits: Posts) -> Callable[[View], View]:
    """Marks a view to which people who have not signed in may post something else."""

    def decorate(view: View) -> View:
        @wraps(view)
        def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            return view(request, *args, **kwargs)

        wrapped.posts = limits  # type: ignore[attr-defined]
        return wrapped

    return decorate


from_mail_programs = posts(Posts(counted=False))
"""Mail programs and their providers post here for many mailboxes, from few networks (RFC 8058)."""


def is_searched(request: HttpRequest) -> bool:
    """Whether the page was asked for with words to search."""
    return bool(request.GET.get("q", "").strip())


def is_cross_site(request: HttpRequest) -> bool:
    """Whether a browser says that another site made it send this request.

    Asked instead of a CSRF token, which would make every page with a form private. Browsers
    that say nothing (and programs) pass: an anonymous act has no session to ride on.
    """
    if site := request.headers.get("Sec-Fetch-Site"):
        return site not in ("same-origin", "none")
    for header in ("Origin", "Referer"):
        if source := request.headers.get(header):
            try:
                return urlsplit(source).netloc != request.get_host()
            except ValueError:
                return True  # no browser of ours wrote that
    return False


class Gone(Exception):  # noqa: N818 - an answer to a reader, not a programming error
    """What was public once and is so no more; answered with the 410 page."""

    template = "410.html"


class CrossOriginMiddleware:
    """What other sites may do with our answers and windows.

    They may load what is marked as `for_other_sites`, and nothing else. The back office shares
    its windows with no other site. Public pages may be opened by a frame whose sandbox they then
    stand in, where browsers refuse any page that asks for windows of its own.
    """

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        is_office = request.path.startswith(settings.OFFICE_PATH)
        headers = response.headers
        headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        headers["Cross-Origin-Opener-Policy"] = "same-origin" if is_office else "unsafe-none"
        return response


def for_other_sites(view: View) -> View:
    """Lets pages of other sites load the answer."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
        return response

    return wrapped


FILE_POLICY = (
    "default-src 'none'; object-src 'none'; style-src 'unsafe-inline'; base-uri 'none';"
    " frame-ancestors 'none'"
)
"""For a file that is opened as if it were a page. Pictures (SVG) keep their own style."""


def add_headers_of_files(headers: Any, path: str, url: str) -> None:
    """Headers of files in static/, which sandboxed frames load as if another site did."""
    headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    headers["Content-Security-Policy"] = FILE_POLICY


LONGEST_PATH, LONGEST_QUERY = 2000, 8000
"""Characters of an address. nginx passes no more on than 8,000 by default."""

MOST_PARAMETERS = 100
"""Django reads no more than 1,000, and fails again where the page that says so reads them."""


class CookieMiddleware:
    """Only the back office sees cookies. Browsers send them to every page of the host, where their
    names have the prefix `__Host-`.
    """

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not request.path.startswith(settings.OFFICE_PATH):
            request.META.pop("HTTP_COOKIE", None)
        return self.get_response(request)


FOR_PROGRAMS = ("/api/", "/anymail/")


class HttpsMiddleware:
    """Refuses programs that come without https, where people are sent on.

    A program that is sent on works, and nobody learns that what it sent could be read on the way.
    """

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        is_open = not request.is_secure() and request.path.startswith(FOR_PROGRAMS)
        if settings.SECURE_SSL_REDIRECT and is_open:
            return _refused(request, "Please use https.", 403)
        return self.get_response(request)


def is_refused_query(query: str) -> bool:
    """Whether TextMiddleware refuses every address with this query."""
    return len(query) > LONGEST_QUERY or query.count("&") >= MOST_PARAMETERS or "%00" in query


class TextMiddleware:
    """Refuses addresses that are too long, and what is no text: forms in other encodings than
    ours, and NUL in an address.

    Python knows encodings that cannot be read as text, and PostgreSQL stores no NUL.
    """

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        query = request.META.get("QUERY_STRING", "")
        if len(request.path) > LONGEST_PATH or len(query) > LONGEST_QUERY:
            return _refused(request, "This address is too long.", 414)
        if query.count("&") >= MOST_PARAMETERS:
            return _refused(request, "This address has too many parameters.", 400)
        charset = (request.content_params or {}).get("charset", "utf-8")
        has_nul = is_refused_query(query) or "\0" in request.path
        if has_nul or charset.strip("\"'").lower() not in ("utf-8", "utf8"):
            return _refused(request, "Please send UTF-8 text.", 400)
        return self.get_response(request)


def _refused(request: HttpRequest, sentence: str, status: int) -> HttpResponse:
    """The answer is for programs: no page of ours leads here."""
    if request.path.startswith("/api/"):
        return JsonResponse({"detail": sentence}, status=status)
    return HttpResponse(sentence, content_type="text/plain; charset=utf-8", status=status)


class ErrorPageMiddleware:
    """Answers 404 and 410 in the look of the site, in the demo too, where Django shows its own.

    Refusals are logged: they tell who tries what.
    """

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if response.status_code == 403:
            account = getattr(getattr(request, "user", None), "pk", None) or "–"
            logger.warning("Account %s may not: %s %s", account, request.method, request.path)
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, OperationalError | InterfaceError):
            return self._unavailable("The database cannot be reached", error)
        if isinstance(error, MediaAwayError):
            return self._unavailable("The bucket of uploads gives no answer", error)
        if full_disk.is_meant(error):
            return self._unavailable("A file cannot be written, for the disk is full", error)
        if isinstance(error, Gone):
            status, template = 410, error.template
        elif isinstance(error, Http404):
            status, template = 404, "404.html"
        else:
            return None
        if status == 404 and office_errors.is_in_office(request):
            response = office_errors.page(request, status)
        else:
            response = render(request, template, status=status)
        view = request.resolver_match.func if request.resolver_match else None
        is_public = getattr(view, "cache_policy", "") == "public" and request.method != "POST"
        response.headers["Cache-Control"] = PUBLIC if is_public else PRIVATE
        if is_public:
            response.headers.setdefault(*OLD_FROM_THE_START)
        return response

    @staticmethod
    def _unavailable(reason: str, error: Exception) -> HttpResponse:
        """Not now. Caches that have the page answer with it (`stale-if-error`)."""
        logger.error(reason, exc_info=error)
        headers = {"Cache-Control": PRIVATE, "Retry-After": "60"}
        response = HttpResponse(render_to_string("503.html"), status=503, headers=headers)
        response._has_been_logged = True  # type: ignore[attr-defined]
        return response


class SharedLocaleMiddleware(LocaleMiddleware):
    """Take the language from the address alone, so that caches can be shared.

    Django's own answer varies by Accept-Language on pages of the default language. The back office
    is kept by no cache: there it is the one that the browser chose, or prefers.
    """

    def process_request(self, request: HttpRequest) -> None:
        super().process_request(request)
        if request.path.startswith(settings.OFFICE_PATH):
            offered = [code for code, _name in languages.of_office()]
            wanted = translation.get_language_from_request(request)
            translation.activate(wanted if wanted in offered else offered[0])
            request.LANGUAGE_CODE = translation.get_language()

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        response.headers.setdefault("Content-Language", languages.interface())
        return response


def absolute(path: str) -> str:
    """The full address of a path of this site, for mail and other places off the page."""
    return f"{settings.SITE_URL}{path}"


def in_language(path: str, code: str) -> str:
    """The address of the same page in another language; `path` where the site has none in it."""
    return translate_url(path, code) if code in dict(settings.LANGUAGES) else path
