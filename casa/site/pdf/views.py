"""The document at its address."""

from threading import Lock

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import conditional_page, require_safe

from casa.lib import http
from casa.lib.pdf import typesetting
from casa.site.pdf import document
from statements.models import Edition
from statements.reading import current_edition

TEMPLATE = settings.BASE_DIR / "templates" / "print" / "statement.typ"
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


def _cached_document(edition: Edition) -> bytes:
    # A name that is taken back or changed moves `changed_at`, and the document is made anew.
    changed_at = edition.statement.changed_at.timestamp()
    key = f"paper:{edition.pk}:{changed_at}:{get_language()}"
    made: bytes | None = cache.get(key)
    if made is None:
        with ONE_AT_A_TIME:
            made = cache.get(key) or _make_document(edition)
            cache.set(key, made, KEPT_FOR)
    return made


def _make_document(edition: Edition) -> bytes:
    now = timezone.now()
    return typesetting.pdf(TEMPLATE, document.of_edition(edition, now), made_at=now)
