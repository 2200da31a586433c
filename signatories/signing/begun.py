"""Counts how many begin to fill in a form: the page is kept in caches, so its script tells us of
whoever leaves it without sending. A form that is sent is counted as it comes.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from casa.lib import http
from signatories.core import funnel, referrals
from statements.models import Statement
from statements.reading import current_editions


@csrf_exempt
@http.posts(http.Posts(fields=1024, counted=False))
@http.limited("begun")
@require_POST
@http.private
def begun(request: HttpRequest, slug: str) -> HttpResponse:
    """Somebody wrote into a form of this statement, and left."""
    if http.is_cross_site(request):
        return render(request, "403.html", {"cross_site": True}, status=403)
    [edition, *_others] = current_editions(slug)
    _note(request, edition.statement)
    return HttpResponse(status=204)


def note_post(request: HttpRequest, statement: Statement) -> None:
    """A form was sent, which is counted as begun unless it was sent before."""
    if referrals.BEGUN not in request.POST:
        _note(request, statement)


def _note(request: HttpRequest, statement: Statement) -> None:
    source, language = referrals.source_of(request), get_language() or statement.language
    funnel.note(funnel.Step.OPENED, statement.pk, language=language, source=source)
