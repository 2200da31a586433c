"""The yardstick: the page of a statement as an ordinary Django application writes it.

One query for the row and one for the newest names, models, a template that extends another, a form
in HTML with a list of countries, a loop over the names, translated words and reversed addresses.
Plain words make it as large as the product's page is. Nothing is kept; the middleware is the
product's. A form that Django renders would make it several times as slow.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from casa.lib.countries import country_choices
from signatories.models import Signature
from statements.models import Edition

MORE = "Reading rooms are open to all. " * 730
NAMES = 36
COUNTRIES: list[tuple[str, str]] = []


def plain(request: HttpRequest, slug: str) -> HttpResponse:
    editions = Edition.objects.filter(number=1).select_related("statement")
    edition = get_object_or_404(editions, statement__slug=slug)
    signed = Signature.objects.filter(statement=edition.statement, state="confirmed")
    names = signed.select_related("organization").order_by("-pk")[:NAMES]  # by an index
    if not COUNTRIES:  # an ordinary application has them in a list
        COUNTRIES.extend((str(code), str(name)) for code, name in country_choices())
    context = {"edition": edition, "names": names, "countries": COUNTRIES, "more": MORE}
    return render(request, "benchmarks/plain.html", context)
