"""A statement as a page to print and hand over."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from casa.lib import http
from statements.public.parts import corrections, parts_of
from statements.public.printed_names import printed
from statements.reading import current_edition


@http.public
@require_safe
def print_page(request: HttpRequest, slug: str) -> HttpResponse:
    edition = current_edition(slug)
    names = printed(edition)
    context = {
        "edition": edition,
        "statement": edition.statement,
        "leads": names.leads,
        "organizations": names.organizations,
        "people": names.people,
        "others": names.not_named(edition),
        "corrections": corrections(edition.statement, edition.language),
        **parts_of(edition.statement),
    }
    return render(request, "print/statement.html", context)
