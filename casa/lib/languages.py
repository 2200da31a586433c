"""Which languages the interface is translated into, and what it is in where it is not."""

import gettext
from functools import lru_cache

from django.conf import settings
from django.utils.translation import get_language, to_locale

SOURCE = "en"
"""The language that the code is written in."""

FOR_VISITORS = frozenset({"fa"})
"""Languages with words for visitors' pages and mails alone; the back office is in the others."""


def is_translated(code: str) -> bool:
    """Whether pages in a language have words in it: of `de-at` those in `de` will do."""
    paths = tuple(map(str, settings.LOCALE_PATHS))
    return code.partition("-")[0] == SOURCE or _has_catalogue(code, paths)


@lru_cache
def _has_catalogue(code: str, paths: tuple[str, ...]) -> bool:
    return any(gettext.find("django", path, [to_locale(code)]) for path in paths)


def untranslated() -> list[str]:
    """The languages of the site whose pages are in another one."""
    return [code for code, _name in settings.LANGUAGES if not is_translated(code)]


def of_office() -> list[tuple[str, str]]:
    """The languages that the back office is offered in, with their names; one at the least."""
    found = [(code, name) for code, name in settings.LANGUAGES if _has_office(code)]
    return found or list(settings.LANGUAGES[:1])


def _has_office(code: str) -> bool:
    return is_translated(code) and code.partition("-")[0] not in FOR_VISITORS


def interface(code: str | None = None) -> str:
    """The language that pages in `code`, else in the active language, are written in.

    The site's own stands in for one that nobody has translated the interface into.
    """
    asked = code or get_language() or settings.LANGUAGE_CODE
    candidates = (asked, settings.LANGUAGE_CODE)
    return next((one for one in candidates if is_translated(one)), SOURCE)


def is_rtl(code: str) -> bool:
    """Whether a language is written from right to left."""
    return code.partition("-")[0] in settings.LANGUAGES_BIDI
