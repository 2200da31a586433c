"""The pages about the coalition, for visitors."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from casa.lib import http
from casa.pages import reading
from casa.pages.models import SitePage


@http.public
@require_safe
def page(request: HttpRequest, key: SitePage.Key) -> HttpResponse:
    words = reading.words(key, get_language() or "")
    return render(request, "pages/page.html", {"words": words, "key": key})
