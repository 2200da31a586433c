"""The documents at their addresses."""

from collections.abc import Callable
from datetime import datetime
from threading import Lock
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import conditional_page, require_safe

from casa.appearance import reading
from casa.lib import http
from casa.lib.pdf import typesetting
from casa.site.pdf import document
from casa.site.pdf import sheet as sheets
from statements.models import Edition
from statements.reading import current_edition

TEMPLATES = settings.BASE_DIR / "templates" / "print"
ONE_AT_A_TIME = Lock()
"""Many who ask at once wait for one document, since each takes memory."""

KEPT_FOR = 60  # seconds: however fast people sign, a document is set once in that time


@require_safe
@http.public
@http.limited("document")
@conditional_page
def statement(request: HttpRequest, slug: str) -> HttpResponse:
    """The current edition with who signed it within the last minute, as a PDF."""
    edition = current_edition(slug)
    name = f"{slug}-{edition.language}.pdf"
    headers = {
        "Content-Disposition": f'inline; filename="{name}"',
        "Link": f'<{http.absolute(edition.statement.get_absolute_url())}>; rel="canonical"',
    }
    return HttpResponse(_cached_document(edition), content_type="application/pdf", headers=headers)


@require_safe
@http.public
@http.limited("document")
@conditional_page
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


def _cached_document(edition: Edition) -> bytes:
    return _cached("paper", edition, lambda: _make_document(edition))


def _cached(kind: str, edition: Edition, make: Callable[[], bytes]) -> bytes:
    # A name that is taken back or changed moves `changed_at`, and the document is made anew.
    changed_at = edition.statement.changed_at.timestamp()
    key = f"{kind}:{edition.pk}:{changed_at}:{get_language()}:{reading.version()}"
    made: bytes | None = cache.get(key)
    if made is None:
        with ONE_AT_A_TIME:
            made = cache.get(key) or make()
            cache.set(key, made, KEPT_FOR)
    return made


def _make_document(edition: Edition) -> bytes:
    now = timezone.now()
    return _set("statement.typ", document.of_edition(edition, now), now)


def _make_sheet(edition: Edition, *, is_whole: bool) -> bytes:
    return _set("sheet.typ", sheets.of_edition(edition, is_whole=is_whole), timezone.now())


def _set(template: str, content: dict[str, Any], now: datetime) -> bytes:
    before = TEMPLATES / "words.typ"
    return typesetting.pdf(TEMPLATES / template, content, made_at=now, before=before)
