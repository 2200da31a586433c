"""What the holder of a private link reads before publication."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from casa.lib import http
from statements import previews
from statements.models import PreviewLink
from statements.previews import Reason, Words
from statements.reading import in_readers_language

WATERMARK_LINES, WATERMARK_WIDTH = 24, 200  # lines, characters: more than any window shows
ROBOTS = "noindex, nofollow, noarchive"


@require_safe
@http.limited("private_page")
@http.private
def preview(request: HttpRequest, token: str) -> HttpResponse:
    """The words as they are now, for one person; each opening of it is kept."""
    try:
        link = previews.open_(token)
        if link.statement.is_public():
            return redirect(link.statement)
        shown, languages = words_shown(link)
    except previews.Refused as refusal:
        return refused(request, refusal)
    if request.method == "GET":
        previews.note_visit(link, shown)
    statement = link.statement
    context = {
        "link": link,
        "token": token,
        "words": shown,
        "languages": languages,
        "statement": statement,
        "targets": statement.targets.defer("email"),
        "references": statement.references.all(),
        "watermark": [_watermark_line(link.name)] * WATERMARK_LINES,
    }
    response = render(request, "statements/preview.html", context)
    response.headers["X-Robots-Tag"] = ROBOTS
    return response


def _watermark_line(name: str) -> str:
    return " · ".join([name] * (WATERMARK_WIDTH // (len(name) + 3) + 1))


def words_shown(link: PreviewLink) -> tuple[Words, Sequence[Words]]:
    """The words in the reader's language, and those of every language. Raises Refused."""
    words = previews.words_of(link.statement)
    if not words:  # they were taken out again
        raise previews.Refused(Reason.UNKNOWN)
    return in_readers_language(words), words


def refused(request: HttpRequest, refusal: previews.Refused) -> HttpResponse:
    """Why a link shows nothing, in a sentence."""
    context = {"reason": refusal.reason, "link": refusal.link}
    status = 404 if refusal.reason == Reason.UNKNOWN else 410
    response = render(request, "statements/preview_refused.html", context, status=status)
    response.headers["X-Robots-Tag"] = ROBOTS
    return response
