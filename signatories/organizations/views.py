"""The logos of organizations, and the names that the sign form suggests."""

from django.http import FileResponse, HttpRequest, JsonResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from casa.lib import http, parameters
from signatories.models import Logo, Organization
from signatories.organizations import likeness

# A file of another content has another name, so a browser may keep it. Shared caches ask again
# soon, since an organization can be rejected and its logo replaced.
LOGO_KEPT = "public, max-age=3600, s-maxage=1"


@http.public
@require_safe
def logo(request: HttpRequest, pk: int, filename: str) -> FileResponse:
    """A logo that is shown; one that waits for staff is not there, and no rejected one's."""
    shown = Logo.objects.filter(approved=True).exclude(
        organization__verification=Organization.Verification.REJECTED
    )
    found = get_object_or_404(shown, file=f"logos/{pk}/{filename}")
    response = FileResponse(found.file.open(), content_type=found.content_type)
    response.headers["Cache-Control"] = LOGO_KEPT
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


@http.public
@http.limited("suggest", when=http.is_searched)
@require_safe
@parameters.known("q")
def suggest(request: HttpRequest) -> JsonResponse:
    """Organizations that a typed beginning (`?q=`) may mean; public ones alone."""
    found = likeness.suggestions(request.GET.get("q", ""))
    return JsonResponse(
        {
            "organizations": [
                {
                    "id": one.pk,
                    "name": one.name,
                    "place": one.place,
                    "website": one.website,
                    "kind": one.kind,
                }
                for one in found
            ]
        }
    )
