"""What every page knows of the site."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.urls import translate_url
from django.utils.safestring import mark_safe
from django.utils.translation import get_language


@dataclass(frozen=True)
class LanguageLink:
    """The page at hand in another language of the interface."""

    code: str
    name: str
    url: str
    is_current: bool


def site(request: HttpRequest) -> dict[str, object]:
    return {
        "site_name": settings.SITE_NAME,
        "site_tagline": settings.SITE_TAGLINE,
        "site_postal_address": settings.SITE_POSTAL_ADDRESS,
        "site_contact_email": settings.SITE_CONTACT_EMAIL,
        "site_url": settings.SITE_URL,
        "accent_stylesheet": mark_safe(settings.ACCENT.stylesheet),  # noqa: S308 - hex digits only
        "language_links": lambda: list(_language_links(request)),
        "office_languages": lambda: list(_office_languages(request)),
    }


def _office_languages(request: HttpRequest) -> Iterator[LanguageLink]:
    """The page of the back office at hand, where a link to it chooses a language."""
    if len(settings.LANGUAGES) < 2 or not request.path.startswith(settings.OFFICE_PATH):
        return
    asked = request.get_full_path() if request.method == "GET" else request.path
    for code, name in settings.LANGUAGES:
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
