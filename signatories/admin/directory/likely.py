"""Likely duplicates over the whole directory: one by one merged, or said to be two."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from django.contrib import admin, messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from casa.accounts.models import staff
from casa.lib.admin import page_context
from casa.lib.long_lists import BoundedPaginator
from signatories.admin.directory.merge import address_of
from signatories.admin.directory.moved import rows_of
from signatories.models import DirectoryChange, LikelyDuplicate, Organization, Signature
from signatories.organizations import duplicates

PER_PAGE = 25
NEWEST = 10
MOST_COUNTED = 1000


def show_likely(model_admin: admin.ModelAdmin, request: HttpRequest) -> HttpResponse:
    """Pairs of like names (GET); an answer to one of them (POST)."""
    answered = "answered" in request.GET
    if request.method == "POST":
        _answer(request)
        return redirect(request.get_full_path())
    pairs = LikelyDuplicate.objects.askable()
    pairs = pairs.exclude(not_same_at=None) if answered else pairs.open()
    order = ("-not_same_at", "pk") if answered else ("-likeness", "pk")
    rows = pairs.select_related("one", "other", "not_same_by").order_by(*order)
    rows = rows.prefetch_related("one__aliases", "other__aliases")
    page = BoundedPaginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    waiting = Organization.objects.in_directory().filter(is_compared=False)
    context = page_context(
        model_admin,
        request,
        title=_("Likely duplicates"),
        page=page,
        pairs=_shown(list(page.object_list)),
        answered=answered,
        waiting=waiting.order_by()[:MOST_COUNTED].count(),
        changes=rows_of(DirectoryChange.objects.order_by("-pk")[:NEWEST]),
        here=reverse("admin:signatories_organization_likely"),
    )
    return render(request, "admin/signatories/organization/likely.html", context)


def _answer(request: HttpRequest) -> None:
    number, verb = request.POST.get("pair", ""), request.POST.get("verb", "")
    known = number.isdecimal() and len(number) < 19
    pair = LikelyDuplicate.objects.filter(pk=int(number)).first() if known else None
    if pair is None:
        messages.warning(request, gettext("These two are not alike any more."))
    elif verb == "not_same" and duplicates.say_not_same(pair, by=staff(request)):
        told = gettext("“%(one)s” and “%(other)s” are two. Nobody is asked about them again.")
        messages.success(request, told % {"one": pair.one, "other": pair.other})
    elif verb == "ask_again" and duplicates.ask_again(pair):
        messages.success(request, gettext("They stand among the likely duplicates again."))
    else:
        messages.info(request, gettext("Nothing was done: somebody else was faster."))


def _shown(pairs: Sequence[LikelyDuplicate]) -> list[dict[str, Any]]:
    counts = _signed({pk for pair in pairs for pk in (pair.one_id, pair.other_id)})
    return [
        {
            "pair": pair,
            "both": [
                {"organization": one, "signed": counts[one.pk]} for one in (pair.one, pair.other)
            ],
            "merge": address_of([pair.one_id, pair.other_id]),
        }
        for pair in pairs
    ]


def _signed(organizations: Iterable[int]) -> Counter[int]:
    """How many signatures count, of each."""
    rows = Signature.objects.counted().filter(organization__in=list(organizations))
    counted = rows.order_by().values_list("organization").annotate(Count("pk"))
    return Counter(dict(counted))
