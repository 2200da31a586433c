"""The directory of organizations, and the page of each."""

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from casa.lib import http, parameters
from signatories.models import Organization
from signatories.organizations import entries
from signatories.public import lists
from signatories.public.directory import DirectoryFilters, selects
from statements.models import Statement

SIGNED_PER_PAGE = 50


@http.public
@http.limited("search", when=http.is_searched)
@require_safe
@parameters.known(*DirectoryFilters.names(), "page")
def directory(request: HttpRequest) -> HttpResponse:
    filters = DirectoryFilters.of(request.GET)
    page = filters.page(request.GET.get("page", ""))
    is_long = not filters.q and (page.next or page.previous)
    context = {
        "page": page,
        "filters": filters,
        "selects": selects(filters),
        "letters": lists.entries(lists.readers_order()) if is_long else [],
    }
    return render(request, "signatories/organization_list.html", context)


@http.public
@require_safe
@parameters.known("page")
def organization(request: HttpRequest, slug: str) -> HttpResponse:
    """What it is, and which public statements it signed; 404 for what is not public.

    The address of one that was merged leads to the one that stays. Nobody keeps that answer for
    longer than a page, since a merge may be undone.
    """
    if heir := entries.find_heir(slug):
        return redirect(heir, permanent=True)
    found = get_object_or_404(
        Organization.objects.public().with_logos().prefetch_related("aliases"), slug=slug
    )
    statements = Statement.objects.for_lists()
    signed = found.signatures.public().organizations().named()
    signed = signed.prefetch_related(Prefetch("statement", statements))
    page = lists.ORDER.page(signed, request.GET.get("page", ""), SIGNED_PER_PAGE)
    context = {"organization": found, "page": page}
    return render(request, "signatories/organization_detail.html", context)
