"""The documents at their addresses."""

import time
from collections import deque
from collections.abc import Callable
from datetime import datetime
from functools import wraps
from threading import Lock
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.views.decorators.http import conditional_page, require_safe

from casa.appearance import reading
from casa.lib import http
from casa.lib.pdf import typesetting
from casa.site.pdf import document
from casa.site.pdf import sheet as sheets
from statements.models import Edition
from statements.public import printed_names
from statements.reading import current_edition

TEMPLATES = settings.BASE_DIR / "templates" / "print"
ONE_AT_A_TIME = Lock()
"""Many who ask at once wait for one document, since each takes memory."""

KEPT_FOR = 60  # seconds: however fast people sign, a document is set once in that time

KEPT_VOLUMES = 4
"""Of a document in volumes, so many are kept at once: each takes some hundred kilobytes."""

SET_A_MINUTE = 30
"""More documents than these are not set by one process, whoever asks: each takes up to a second."""

TRY_AGAIN = 30  # seconds


class _Budget:
    """When this process set its last documents; asked by whoever holds ONE_AT_A_TIME."""

    def __init__(self) -> None:
        self._set: deque[float] = deque(maxlen=SET_A_MINUTE)

    def take(self) -> bool:
        now = time.monotonic()
        if len(self._set) == SET_A_MINUTE and self._set[0] > now - 60:
            return False
        self._set.append(now)
        return True

    def clear(self) -> None:
        self._set.clear()


budget = _Budget()


class BusyError(Exception):
    """Too many documents were asked for; somebody may have it in TRY_AGAIN seconds."""


def _or_later(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Answers whoever asks for a document that cannot be set now."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except BusyError:
            headers = {"Retry-After": str(TRY_AGAIN), "Cache-Control": http.PRIVATE}
            told = gettext("Many documents are asked for just now. Try again in half a minute.")
            return HttpResponse(
                told, status=503, content_type="text/plain; charset=utf-8", headers=headers
            )

    return answered


@require_safe
@http.public
@http.limited("document")
@conditional_page
@_or_later
def statement(request: HttpRequest, slug: str) -> HttpResponse:
    """The current edition with who signed it within the last minute, as a PDF.

    Where more signed than a volume has room for, it is the first one.
    """
    return _document(current_edition(slug), 1)


@require_safe
@http.public
@http.limited("document")
@conditional_page
@_or_later
def volume(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """A further volume of the same, with names alone."""
    edition = current_edition(slug)
    signed = edition.organizations + edition.people  # type: ignore[attr-defined]
    if number < 2 or (number - 1) * printed_names.NAMES_IN_VOLUME >= signed:
        raise Http404
    return _document(edition, number)


def _document(edition: Edition, number: int) -> HttpResponse:
    slug = edition.statement.slug
    volume = f"-{number}" if number > 1 else ""
    headers = {
        "Content-Disposition": f'inline; filename="{slug}-{edition.language}{volume}.pdf"',
        "Link": f'<{http.absolute(edition.statement.get_absolute_url())}>; rel="canonical"',
    }
    made = _cached_document(edition, number)
    return HttpResponse(made, content_type="application/pdf", headers=headers)


@require_safe
@http.public
@http.limited("document")
@conditional_page
@_or_later
def sheet(request: HttpRequest, slug: str, *, is_whole: bool) -> HttpResponse:
    """A sheet to sign the current edition on paper, as long as it can be signed."""
    edition = current_edition(slug)
    if not edition.statement.is_open():
        raise Http404
    name = f"{slug}-{edition.language}-sheet.pdf"
    headers = {
        "Content-Disposition": f'inline; filename="{name}"',
        "X-Robots-Tag": "noindex",
    }
    made = _cached(f"sheet:{is_whole}", edition, lambda: _make_sheet(edition, is_whole=is_whole))
    return HttpResponse(made, content_type="application/pdf", headers=headers)


def _cached_document(edition: Edition, number: int) -> bytes:
    place = f"paper:{number % KEPT_VOLUMES}"
    return _cached(place, edition, lambda: _make_document(edition, number), of=number)


def _cached(kind: str, edition: Edition, make: Callable[[], bytes], of: int = 0) -> bytes:
    """What is kept in a place, if it is the volume asked `of`; else it is made, and kept there.

    Raises BusyError.
    """
    # A name that is taken back or changed moves `changed_at`, and the document is made anew.
    changed_at = edition.statement.changed_at.timestamp()
    key = f"{kind}:{edition.pk}:{changed_at}:{get_language()}:{reading.version()}"
    kept: tuple[int, bytes] | None = cache.get(key)
    if kept is None or kept[0] != of:
        with ONE_AT_A_TIME:
            kept = cache.get(key)
            if kept is None or kept[0] != of:
                if not budget.take():
                    raise BusyError
                kept = (of, make())
                cache.set(key, kept, KEPT_FOR)
    return kept[1]


def _make_document(edition: Edition, number: int = 1) -> bytes:
    """Raises Http404 for a volume that there is none of."""
    now = timezone.now()
    content = document.of_edition(edition, now, number)
    if content is None:
        raise Http404
    return _set("statement.typ", content, now)


def _make_sheet(edition: Edition, *, is_whole: bool) -> bytes:
    return _set("sheet.typ", sheets.of_edition(edition, is_whole=is_whole), timezone.now())


def _set(template: str, content: dict[str, Any], now: datetime) -> bytes:
    before = TEMPLATES / "words.typ"
    return typesetting.pdf(TEMPLATES / template, content, made_at=now, before=before)
