"""A statement as a document: what one prints and hands over."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from casa.lib import http
from statements.parts import parts_of
from statements.reading import current_edition

ORGANIZATIONS_PRINTED = 500
PEOPLE_PRINTED = 1000
"""The names a document carries; it says how many more signed, and where they are listed."""


@http.public
@require_safe
def printed(request: HttpRequest, slug: str) -> HttpResponse:
    edition = current_edition(slug)
    statement = edition.statement
    public = statement.signatures.public().select_related("organization").with_edition_number()
    named = public.others().filter(name_withheld=False).order_by("confirmed_at", "pk")
    leads = list(public.leads())
    organizations = list(named.organizations()[:ORGANIZATIONS_PRINTED])
    people = list(named.people()[:PEOPLE_PRINTED])
    context = {
        "edition": edition,
        "statement": statement,
        "leads": leads,
        "organizations": organizations,
        "people": people,
        "others": _others(edition, [*leads, *organizations, *people]),
        **parts_of(statement),
    }
    return render(request, "print/statement.html", context)


def _others(edition: object, printed: list) -> dict[str, int]:
    """How many organizations and people signed whose names are not printed."""
    of_kind = [signature.kind for signature in printed]
    return {
        "organizations": max(0, edition.organizations - of_kind.count("organization")),  # type: ignore[attr-defined]
        "people": max(0, edition.people - of_kind.count("person")),  # type: ignore[attr-defined]
    }
