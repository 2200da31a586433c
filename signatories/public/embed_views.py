"""The frame, its description, the badge and the QR code for other sites and posters."""

from functools import wraps
from typing import Any

from csp.constants import NONE
from csp.decorators import csp_replace
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from casa.lib import http, parameters
from casa.lib.open_data import readable
from signatories.core import tally
from signatories.public import badges, embeds
from statements.reading import current_edition

LARGEST = 4000  # pixels a site may ask a frame to be


def framed(view: http.View) -> http.View:
    """Lets the sites of EMBED_SITES show the page in a frame; every other page refuses."""

    @http.for_other_sites
    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        policy = {"frame-ancestors": settings.EMBED_SITES or [NONE]}
        return csp_replace(policy)(xframe_options_exempt(view))(request, *args, **kwargs)

    return wrapped


@http.public
@framed
@require_safe
@parameters.known(*embeds.Frame.names())
def embed(request: HttpRequest, slug: str) -> HttpResponse:
    edition = current_edition(slug)
    context = {
        "edition": edition,
        "statement": edition.statement,
        "frame": embeds.Frame.asked_for(request.GET),
    }
    return render(request, "signatories/embed.html", context)


@readable
@require_safe
@parameters.known("url", "format", "maxwidth", "maxheight")
def oembed(request: HttpRequest) -> HttpResponse:
    """The oEmbed answer for the address of a statement, as JSON; 501 for another format."""
    if request.GET.get("format", "json") != "json":
        return JsonResponse({"error": "Only format=json is offered."}, status=501)
    edition, language = embeds.edition_at(request.GET.get("url", ""))
    with translation.override(language):
        answer = embeds.described(
            edition,
            max_width=_pixels(request.GET.get("maxwidth", ""), embeds.WIDTH),
            max_height=_pixels(request.GET.get("maxheight", ""), LARGEST),
        )
    return JsonResponse(answer)


def _pixels(text: str, otherwise: int) -> int:
    is_number = text.isascii() and text.isdigit()
    return min(int(text[:9]), LARGEST) if is_number else otherwise


@readable
@require_safe
def badge(request: HttpRequest, slug: str) -> HttpResponse:
    edition = current_edition(slug)
    words = tally.signed_beside(edition).in_short
    drawn = badges.badge(gettext("Signed by"), words or gettext("be the first"))
    return HttpResponse(drawn, content_type="image/svg+xml")


@http.public
@http.for_other_sites
@require_safe
def qr(request: HttpRequest, slug: str) -> HttpResponse:
    statement = current_edition(slug).statement
    drawn = badges.qr(http.absolute(statement.get_absolute_url()))
    return HttpResponse(drawn, content_type="image/svg+xml")
