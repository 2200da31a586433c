"""What visitors read of a statement's editions: all of them, one as it was, what it changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
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
    current: frozenset[int]  # the keys of those that visitors read now, in their language

    @property
    def is_material(self) -> bool:
        return any(edition.is_material for edition in self.all)

    @property
    def is_current(self) -> bool:
        return self.shown.pk in self.current

    @property
    def standings(self) -> list[Standing]:
        return [Standing(one, one.pk in self.current, self.shown) for one in self.all]


@dataclass(frozen=True)
class Standing:
    """One language of a numbered edition, and what is to be said of it beside the others."""

    edition: Edition
    is_current: bool
    shown: Edition

    @property
    def is_behind(self) -> bool:
        return self.is_current and self.edition.is_behind

    @property
    def translates(self) -> int | None:
        """The number of the original's edition it carries, where that is not its own."""
        number = self.edition.translates
        return None if number == self.edition.number else number

    @property
    def at(self) -> datetime | None:
        """When it was published, where that was not on the day of the one shown."""
        at = self.edition.published_at
        return None if at.date() == self.shown.published_at.date() else at


@require_safe
@http.public
def edition_list(request: HttpRequest, slug: str) -> HttpResponse:
    found = editions_of(slug)
    current = _current(found)
    numbered = [
        _numbered(list(rows), current) for _number, rows in groupby(found, lambda one: one.number)
    ]
    edition = in_readers_language([one for one in found if one.pk in current])
    context = {"numbered": numbered, "edition": edition, "statement": edition.statement}
    return render(request, "statements/edition_list.html", context)


@require_safe
@http.public
def edition_detail(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """The words as they were published, whatever is published now."""
    found = editions_numbered(slug, _storable(number))
    read_now = Edition.objects.current().filter(statement=found[0].statement)
    current = {edition.language: edition for edition in read_now.only("number", "language")}
    one = _numbered(found, frozenset(edition.pk for edition in current.values()))
    context = {
        "edition": one.shown,
        "editions": one.all,
        "statement": one.shown.statement,
        "is_current": one.is_current,
        "current_number": current[one.shown.language].number,
    }
    return render(request, "statements/edition_detail.html", context)


@require_safe
@http.public
def changes(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """What edition `number` changed of the one before it in the same language."""
    one = _numbered(editions_numbered(slug, _storable(number)), frozenset())
    earlier = Edition.objects.filter(statement=one.shown.statement, number__lt=number)
    before = earlier.filter(language=one.shown.language).order_by("-number").first()
    if before is None and not earlier.exists():
        raise Http404
    context = {
        "edition": one.shown,
        "is_material": one.is_material,
        "editions": one.all,
        "statement": one.shown.statement,
        "before": before,
        "changes": _marked(before, one.shown) if before else [],
    }
    return render(request, "statements/changes.html", context)


def _numbered(rows: list[Edition], current: frozenset[int]) -> Numbered:
    return Numbered(in_readers_language(rows), rows, current)


def _current(editions: list[Edition]) -> frozenset[int]:
    """The keys of the newest in each language; `editions` come newest first."""
    newest: dict[str, int] = {}
    for edition in editions:
        newest.setdefault(edition.language, edition.pk)
    return frozenset(newest.values())


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
