"""Counts how often a statement's page is read: on the server, without anything of its reader."""

import re
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import unquote

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.urls import Resolver404, resolve
from django.utils import translation

from casa.lib import http
from casa.lib.parameters import LONGEST_REMEMBERED
from signatories.core import funnel, referrals

COUNTED = {"statements:detail": "", "signatories:embed": funnel.FRAME}
"""Views whose pages are counted, with the source that they stand for."""

PROGRAM = re.compile(
    r"bot|crawl|spider|slurp|archive|preview|monitor|scan|curl|wget|python|java/|go-http|feed"
    r"|headless|facebookexternalhit|whatsapp|telegram|lighthouse",
    re.IGNORECASE,
)
"""In what programs say of themselves (`User-Agent`); people's browsers say none of these."""


class Read(NamedTuple):
    slug: str
    language: str
    source: str


class ReadsMiddleware:
    """Stands before what is kept, so those who get a kept page are counted, too."""

    def __init__(self, get_response: http.View) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        read = _read_by(request)  # before the request is cut to what the page knows
        response = self.get_response(request)
        if read is not None and response.status_code in (200, 304):
            funnel.note(funnel.Step.VIEWED, read.slug, language=read.language, source=read.source)
        return response


def _read_by(request: HttpRequest) -> Read | None:
    """What somebody is about to read; None for all that is not counted."""
    if request.method != "GET" or len(request.path_info) > LONGEST_REMEMBERED:
        return None
    read = _read(request.path_info)
    if read is None or _is_no_reader(request):
        return None
    source = referrals.source_in(request.META.get("QUERY_STRING", "")) or _told_by_nginx(request)
    return read._replace(source=source) if source else read


def _told_by_nginx(request: HttpRequest) -> str:
    """nginx takes out of an address what the page does not know (deploy/nginx.conf)."""
    return funnel.clean_source(unquote(request.META.get("HTTP_X_UTM_SOURCE", "")[:200]))


@lru_cache(maxsize=2048)
def _read(path: str) -> Read | None:
    """What is read at a path; None for a page that is not counted."""
    if "/statements/" not in path and "/embed/" not in path:
        return None
    language = translation.get_language_from_path(path) or settings.LANGUAGE_CODE
    with translation.override(language):
        try:
            match = resolve(path)
        except Resolver404:
            return None
    if match.view_name not in COUNTED:
        return None
    return Read(match.kwargs["slug"], language, COUNTED[match.view_name])


def _is_no_reader(request: HttpRequest) -> bool:
    """Programs, pages that a browser loads in advance, and staff who have signed in."""
    meta = request.META
    return (
        bool(PROGRAM.search(meta.get("HTTP_USER_AGENT", "")[:500]))
        or "prefetch" in meta.get("HTTP_SEC_PURPOSE", "")
        or settings.SESSION_COOKIE_NAME in meta.get("HTTP_COOKIE", "")
    )
