"""The lead picture of a statement, for visitors and for whoever has a private link."""

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from casa.lib import http
from statements import lead_pictures, previews
from statements.models import LeadPicture, Statement
from statements.public import preview_views

KEPT = "public, max-age=31536000, s-maxage=1, immutable"
"""Another content has another name, so a browser keeps it for good. A shared cache asks again, as
for pages: the statement may be withdrawn."""


@require_safe
@http.public
@http.for_other_sites
def size(request: HttpRequest, slug: str, filename: str) -> FileResponse:
    """One of the sizes of a public statement's picture, as it is now."""
    public = LeadPicture.objects.filter(statement__in=Statement.objects.public())
    answer = lead_pictures.answer(public.filter(statement__slug=slug).first(), filename)
    answer.headers["Cache-Control"] = KEPT
    return answer


@require_safe
@http.limited("private_page")
@http.private
def of_preview(request: HttpRequest, token: str, filename: str) -> HttpResponse | FileResponse:
    """The same for the holder of a private link, before publication."""
    try:
        statement = previews.open_(token).statement
    except previews.Refused as refusal:
        return preview_views.refused(request, refusal)
    if statement.is_public():
        return redirect(lead_pictures.address(statement, filename))
    answer = lead_pictures.answer(statement.picture, filename)
    answer.headers["X-Robots-Tag"] = preview_views.ROBOTS
    return answer
