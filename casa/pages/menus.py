"""The free pages that stand in the menus, kept by each process until one of them changes."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings
from django.db import DatabaseError, InterfaceError
from django.urls import reverse
from django.utils.translation import get_language

from casa.appearance import reading
from casa.appearance.looks import Link, Said
from casa.lib.kept_pages.marks import Remembered
from casa.pages.models import FreePage, PublicPageText


@dataclass(frozen=True)
class Entry:
    """A page in a menu, with its titles by language."""

    place: str
    slug: str
    titles: dict[str, str]

    def link(self) -> Link:
        """In the active language; where the page is not in it, in one that it has."""
        code = in_a_language(self.titles, get_language() or "")
        address = reverse("free-pages:page", args=[self.slug])
        return Link(Said(self.titles[code], code), address)


def in_a_language(found: Mapping[str, object], wanted: str) -> str:
    """Of the languages that are there the one that is wanted, else the site's, else the first."""
    return next(code for code in (wanted, settings.LANGUAGE_CODE, *found) if code in found)


def _load() -> tuple[Entry, ...]:
    listed = FreePage.objects.public().exclude(place=FreePage.Place.NONE)
    texts = PublicPageText.objects.filter(page__in=listed).order_by("page__position", "page", "pk")
    entries: dict[int, Entry] = {}
    for text in texts.select_related("page").defer("body"):
        entry = entries.setdefault(text.page_id, Entry(text.page.place, text.page.slug, {}))
        entry.titles[text.language] = text.title
    return tuple(entries.values())


_entries = Remembered(reading.mark, _load, seconds=reading.KEPT_FOR)


def links(place: str) -> list[Link]:
    """What stands in the menu at `place`; while the database is away, what stood there last."""
    try:
        found = _entries.get()
    except (DatabaseError, InterfaceError):
        found = _entries.last() or ()
    return [entry.link() for entry in found if entry.place == place]


def forget() -> None:
    _entries.forget()
