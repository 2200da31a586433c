"""The addresses of one page in several languages, as search engines ask for them."""

from collections.abc import Collection
from typing import NamedTuple

from django.conf import settings

from casa.lib.http import absolute, in_language
from casa.lib.languages import is_translated

X_DEFAULT = "x-default"


class Alternate(NamedTuple):
    code: str
    """Of a language, or "x-default": for readers whose language the page does not have."""
    url: str


def alternates(path: str, languages: Collection[str] | None = None) -> list[Alternate]:
    """The page at `path` in each of `languages` that the site has pages in.

    Unless given, all that the interface is translated into: in others it says nothing of its own.
    Empty where that is fewer than two. The first language given is for everybody else, unless
    the page has the site's own.
    """
    offered = [code for code, _name in settings.LANGUAGES]
    wanted = filter(is_translated, offered) if languages is None else languages
    codes = [code for code in wanted if code in offered]
    if len(codes) < 2:
        return []
    found = [Alternate(code, absolute(in_language(path, code))) for code in codes]
    default = settings.LANGUAGE_CODE if settings.LANGUAGE_CODE in codes else codes[0]
    return [*found, Alternate(X_DEFAULT, absolute(in_language(path, default)))]
