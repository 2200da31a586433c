"""The pages about the coalition, for visitors."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from casa.lib import http
from casa.lib.personal_data import Ground, Purpose, Subject, purposes_by_ground
from casa.pages import reading
from casa.pages.models import SitePage


@http.public
@require_safe
def page(request: HttpRequest, key: SitePage.Key) -> HttpResponse:
    words = reading.words(key, get_language() or "")
    context: dict[str, object] = {"words": words, "key": key}
    if key == SitePage.Key.PRIVACY:
        context["subjects"] = _subjects()
    return render(request, "pages/page.html", context)


def _subjects() -> list[tuple[Subject, list[tuple[Ground, list[Purpose]]]]]:
    """What is stored of whom, but of staff, whom their employer tells."""
    visitors = [subject for subject in Subject if subject != Subject.STAFF]
    return [(subject, purposes_by_ground(subject)) for subject in visitors]
