"""What each public page reads of its query. The rest of an address changes nothing of it.

Links are passed on with marks of whoever passes them on (`utm_source`, `fbclid`, our own `via`).
A page that knew of them would be another page for each, and no cache could keep it.
"""

from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any, NamedTuple, TypeVar

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase, QueryDict
from django.urls import Resolver404, URLPattern, URLResolver, get_resolver, resolve
from django.utils import translation

from casa.lib import http

ViewType = TypeVar("ViewType", bound=Callable[..., Any])

LONGEST_REMEMBERED = 300
"""Characters of a path. What is longer is looked up each time, so that memory stays bounded."""


def known(*names: str) -> Callable[[ViewType], ViewType]:
    """Declares the parameters that a view reads; all others are taken away before it is asked."""

    def decorate(view: ViewType) -> ViewType:
        view.parameters = names  # type: ignore[attr-defined]
        return view

    return decorate


def of_view(view: Any) -> tuple[str, ...] | None:
    """The parameters that a public page knows; None for a view that is not public."""
    if getattr(view, "cache_policy", "") != "public":
        return None
    return tuple(getattr(view, "parameters", ()))


class Page(NamedTuple):
    """What answers at a path: the parameters it knows, None if it is not public; its name."""

    parameters: tuple[str, ...] | None
    view: str


def of_path(path: str) -> tuple[str, ...] | None:
    """The same of the page at `path`; None where no public page is."""
    return _page(path).parameters


def view_of_path(path: str) -> str:
    """The name of the view at `path`; "" where there is none."""
    return _page(path).view


def _page(path: str) -> Page:
    if len(path) > LONGEST_REMEMBERED:
        return _found(path, settings.ROOT_URLCONF)
    return _remembered(path, settings.ROOT_URLCONF)


def _found(path: str, urlconf: str) -> Page:
    language = translation.get_language_from_path(path) or settings.LANGUAGE_CODE
    with translation.override(language):
        try:
            match = resolve(path, urlconf)
        except Resolver404:
            return Page(None, "")
    return Page(of_view(match.func), match.view_name)


_remembered = lru_cache(maxsize=2048)(_found)


def all_known() -> list[str]:
    """Every parameter that some public page knows, in the order of the alphabet."""
    return sorted({name for view in _views(get_resolver()) for name in of_view(view) or ()})


def _views(resolver: URLResolver) -> Iterator[Any]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from _views(entry)
        elif isinstance(entry, URLPattern):
            yield entry.callback


class KnownParametersMiddleware:
    """Leaves of the query of a public page what it knows: each name once, in one order, no blanks.

    A query that is refused further on is left as it is.
    """

    def __init__(self, get_response: http.View) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        query = request.META.get("QUERY_STRING", "")
        if query and request.method in ("GET", "HEAD") and not http.is_refused_query(query):
            names = of_path(request.path_info)
            if names is not None:
                _leave(request, names)
        return self.get_response(request)


def _leave(request: HttpRequest, names: tuple[str, ...]) -> None:
    left = QueryDict(mutable=True)
    for name in names:
        if values := [value for value in request.GET.getlist(name) if value]:
            left[name] = values[-1]
    request.META["QUERY_STRING"] = left.urlencode()
    request.GET = QueryDict(request.META["QUERY_STRING"])
