"""What visitors read of a statement's editions: all of them, one as it was, what it changed."""

from dataclasses import dataclass
from itertools import groupby

from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from casa.lib import http
from statements import editions
from statements.models import Edition
from statements.reading import editions_numbered, editions_of, in_readers_language

DIFFERENCE_KEPT_FOR = 3600  # seconds; editions never change, so this only bounds memory
LARGEST_NUMBER = 2**31 - 1  # an integer of the database


@dataclass(frozen=True)
class Numbered:
    """One edition with its languages; `shown` is the one in the reader's."""

    shown: Edition
    all: list[Edition]


@require_safe
@http.public
def edition_list(request: HttpRequest, slug: str) -> HttpResponse:
    found = editions_of(slug)
    numbered = [_numbered(list(rows)) for _number, rows in groupby(found, lambda one: one.number)]
    current = numbered[0].shown
    context = {"numbered": numbered, "edition": current, "statement": current.statement}
    return render(request, "statements/edition_list.html", context)


@require_safe
@http.public
def edition_detail(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """The words as they were published, whatever is published now."""
    one = _numbered(editions_numbered(slug, _storable(number)))
    context = {"edition": one.shown, "editions": one.all, "statement": one.shown.statement}
    return render(request, "statements/edition_detail.html", context)


@require_safe
@http.public
def changes(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """What edition `number` changed of the one before it."""
    found = editions_numbered(slug, _storable(number), number - 1)
    these = [edition for edition in found if edition.number == number]
    earlier = {edition.language: edition for edition in found if edition.number == number - 1}
    if not (these and earlier):
        raise Http404
    one = _numbered(these)
    before = earlier.get(one.shown.language)
    context = {
        "edition": one.shown,
        "editions": one.all,
        "statement": one.shown.statement,
        "before": before,
        "changes": _marked(before, one.shown) if before else [],
    }
    return render(request, "statements/changes.html", context)


def _numbered(rows: list[Edition]) -> Numbered:
    return Numbered(in_readers_language(rows), rows)


def _storable(number: int) -> int:
    if number > LARGEST_NUMBER:
        raise Http404
    return number


def _marked(before: Edition, after: Edition) -> list[dict[str, object]]:
    """The differences, found once for all visitors: of long texts they take a while."""
    key = f"changes:{before.pk}:{after.pk}:{get_language()}"
    marked = cache.get(key)
    if marked is None:
        marked = [
            {
                "name": change.name,
                "label": str(change.label),
                "is_form_only": change.is_form_only,
                "marked": change.marked,
            }
            for change in editions.changes(before, after)
        ]
        cache.set(key, marked, DIFFERENCE_KEPT_FOR)
    return marked
