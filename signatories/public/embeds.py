"""A statement on other sites: the frame that holds it, and what describes it to them."""

from dataclasses import dataclass, fields
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.http import Http404
from django.template.loader import render_to_string
from django.urls import Resolver404, resolve, reverse
from django.utils import translation

from casa.appearance import reading
from casa.lib.http import absolute
from statements.models import Edition
from statements.reading import current_edition

SHOWN = ("form", "tally")
THEMES = ("auto", "light", "dark")
HEIGHTS = {"form": 900, "tally": 180}
"""Pixels before the script has measured the frame, and where there is no script."""
WIDTH = 640


@dataclass(frozen=True)
class Frame:
    """What a frame shows (`form` or `tally`) and in which theme; anything else is the default."""

    show: str = "form"
    theme: str = "auto"

    @classmethod
    def names(cls) -> list[str]:
        return [field.name for field in fields(cls)]

    @classmethod
    def asked_for(cls, query: Any) -> "Frame":
        show, theme = query.get("show", ""), query.get("theme", "")
        return cls(
            show if show in SHOWN else "form",
            theme if theme in THEMES else "auto",
        )

    def url(self, edition: Edition) -> str:
        chosen = {"show": self.show, "theme": self.theme}
        defaults = {"show": "form", "theme": "auto"}
        query = {name: value for name, value in chosen.items() if value != defaults[name]}
        path = reverse("signatories:embed", args=[edition.statement.slug])
        return absolute(path) + (f"?{urlencode(query)}" if query else "")


def snippet(edition: Edition, frame: Frame) -> str:
    """Two lines of HTML that put the frame, in the language of the page at hand, on any site."""
    context = {
        "url": frame.url(edition),
        "title": edition.title,
        "height": HEIGHTS[frame.show],
        # The name has no hash, because the snippet outlives releases.
        "script": absolute(f"{settings.STATIC_URL}casa/embed.js"),
    }
    return render_to_string("signatories/_snippet.html", context).strip()


def edition_at(url: str) -> tuple[Edition, str]:
    """The edition that a page of this site shows, and the page's language.

    Raises Http404 for the address of anything but a public statement, Gone if it was withdrawn.
    """
    try:
        given, ours = urlsplit(url), urlsplit(settings.SITE_URL)
        path = given.path
        if given.netloc.lower() != ours.netloc.lower():
            raise Http404
        language = translation.get_language_from_path(path) or settings.LANGUAGE_CODE
        with translation.override(language):
            match = resolve(path)
    except (ValueError, Resolver404) as error:
        raise Http404 from error
    if match.view_name not in ("statements:detail", "signatories:embed", "signatories:sign"):
        raise Http404
    with translation.override(language):
        return current_edition(match.kwargs["slug"]), language


def described(edition: Edition, *, max_width: int, max_height: int) -> dict[str, Any]:
    """The statement as oEmbed 1.0 describes rich content (https://oembed.com)."""
    frame = Frame()
    return {
        "version": "1.0",
        "type": "rich",
        "provider_name": reading.words().name,
        "provider_url": settings.SITE_URL,
        "title": edition.title,
        "cache_age": 3600,
        "width": min(WIDTH, max_width),
        "height": min(HEIGHTS["form"], max_height),
        "html": snippet(edition, frame),
    }
