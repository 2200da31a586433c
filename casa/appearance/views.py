"""The pictures of the appearance, for everybody."""

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest
from django.views.decorators.http import require_safe

from casa.appearance import reading
from casa.lib import http

# A file of another content has another name, so a browser may keep it.
KEPT = "public, max-age=86400, s-maxage=1"


@http.public
@require_safe
@http.for_other_sites
def picture(request: HttpRequest, filename: str) -> FileResponse:
    """A size of a picture that pages show now; what was replaced, and a draft's, is not there."""
    size = reading.public().size(filename)
    if size is None:
        raise Http404
    return served(filename, size["content_type"])


def served(filename: str, content_type: str) -> FileResponse:
    try:
        file = default_storage.open(f"appearance/{filename}")
    except FileNotFoundError as error:
        raise Http404 from error
    response = FileResponse(file, content_type=content_type)
    response.headers["Cache-Control"] = KEPT
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
