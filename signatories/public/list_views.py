"""Who signed: the page of names, and the same names as a file."""

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from casa.lib import http, parameters
from signatories.public import csv_file, lists
from statements.reading import current_edition

# A file of all names is much to make anew for every visitor: a shared cache may keep it a minute.


@http.public
@http.limited("search", when=http.is_searched)
@require_safe
@parameters.known(*lists.SignatoryFilters.names(), *lists.KEYS)
def signature_list(request: HttpRequest, slug: str) -> HttpResponse:
    edition = current_edition(slug)
    statement, filters = edition.statement, lists.SignatoryFilters.of(request.GET)
    public = statement.signatures.public().as_listed()
    sections = {
        name: lists.section(name, statement, public, filters, request.GET.get(name, ""))
        for name in lists.KEYS
        if filters.show in ("", name)
    }
    context = {
        "edition": edition,
        "statement": statement,
        "filters": filters,
        "selects": lists.selects(statement, filters),
        "leads": public.leads() if not (filters or filters.show) else [],
        **sections,
    }
    return render(request, "signatories/signature_list.html", context)


@http.public
@http.limited("names_file")
@require_safe
def signatories_csv(request: HttpRequest, slug: str) -> StreamingHttpResponse:
    statement = current_edition(slug).statement
    return StreamingHttpResponse(
        csv_file.names(statement),
        content_type="text/csv; charset=utf-8",
        headers={
            "Content-Disposition": f'attachment; filename="{slug}-signatories.csv"',
            "X-Robots-Tag": "noindex",
        },
    )
