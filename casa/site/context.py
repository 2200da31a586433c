"""What every page knows of the site."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from django.conf import settings
from django.http import HttpRequest
from django.urls import translate_url
from django.utils.safestring import mark_safe
from django.utils.translation import get_language

from casa.appearance import reading
from casa.lib import languages
from casa.pages import menus


@dataclass(frozen=True)
class LanguageLink:
    """The page at hand in another language of the interface."""

    code: str
    name: str
    url: str
    is_current: bool


def site(request: HttpRequest) -> dict[str, object]:
    look = reading.current()
    said = look.words
    return {
        "site_name": said.name,
        "site_tagline": said.tagline,
        "site_postal_address": said.postal_address,
        "site_contact_email": said.contact_email,
        "site_words": said,
        "site_look": look,
        "header_pages": partial(menus.links, "header"),
        "footer_pages": partial(menus.links, "footer"),
        "site_url": settings.SITE_URL,
        # Colours in hex digits, and names of typefaces from a table of ours.
        "accent_stylesheet": mark_safe(look.theme.stylesheet),  # noqa: S308
        "language_links": lambda: list(_language_links(request)),
        "office_languages": lambda: list(_office_languages(request)),
    }


def _office_languages(request: HttpRequest) -> Iterator[LanguageLink]:
    """The page of the back office at hand, where a link to it chooses a language."""
    offered = languages.of_office()
    if len(offered) < 2 or not request.path.startswith(settings.OFFICE_PATH):
        return
    asked = request.get_full_path() if request.method == "GET" else request.path
    for code, name in offered:
        yield LanguageLink(code, name, f"/{code}{asked}", code == get_language())


def _language_links(request: HttpRequest) -> Iterator[LanguageLink]:
    if len(settings.LANGUAGES) < 2:
        return
    path = "/" + request.path.lstrip("/")  # "//elsewhere" would be another site's address
    for code, name in settings.LANGUAGES:
        try:
            url = translate_url(path, code)
        except ValueError:
            return
        yield LanguageLink(code, name, url, code == get_language())
