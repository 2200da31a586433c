"""The addresses of free pages: none that leads anywhere else, and none that two pages have."""

from collections.abc import Iterator, Sequence
from functools import cache

from django.conf import global_settings, settings
from django.core.exceptions import ValidationError
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import LocalePrefixPattern
from django.utils.translation import gettext as _

from casa.lib.text import address_slug
from casa.pages.models import FormerAddress, FreePage

LENGTH = 60


@cache
def reserved() -> frozenset[str]:
    """What no page may be called: how other addresses begin, now or in another language."""
    codes = {code for code, _name in (*settings.LANGUAGES, *global_settings.LANGUAGES)}
    files = {settings.STATIC_URL.strip("/"), "media", "static"}
    return frozenset(codes | files | set(_first_parts(get_resolver().url_patterns)))


def _first_parts(patterns: Sequence[URLPattern | URLResolver]) -> Iterator[str]:
    for entry in patterns:
        is_prefix = isinstance(entry.pattern, LocalePrefixPattern)
        first = "" if is_prefix else str(entry.pattern).lstrip("^/").partition("/")[0]
        if first:
            yield first.partition("<")[0].rstrip("-") or first
        elif isinstance(entry, URLResolver):
            yield from _first_parts(entry.url_patterns)


def check(slug: str, page: FreePage) -> None:
    """Raises ValidationError if `page` may not have this address."""
    if slug in reserved():
        raise ValidationError(
            _("“/%(slug)s/” is an address of the site itself. Choose another.") % {"slug": slug}
        )
    other = FreePage.objects.exclude(pk=page.pk).filter(slug=slug).first()
    former = FormerAddress.objects.exclude(page=page.pk).filter(slug=slug).first()
    if other:
        raise ValidationError(_("Another page has this address. Choose another."), code="unique")
    if former:
        raise ValidationError(
            _("“/%(slug)s/” leads to the page “%(page)s”, which was there before. Choose another.")
            % {"slug": slug, "page": former.page}
        )


def made_from(title: str, page: FreePage) -> str:
    """A free address made from a title."""
    stem = address_slug(title, LENGTH - 5) or "page"
    candidates = (f"{stem}-{number}" if number > 1 else stem for number in range(1, 10_000))
    return next(slug for slug in candidates if _is_free(slug, page))


def _is_free(slug: str, page: FreePage) -> bool:
    try:
        check(slug, page)
    except ValidationError:
        return False
    return True
