"""Topics, pages of the site, and the page for a new colleague."""

from collections.abc import Iterator, Sequence

from django.conf import settings
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language

from casa.lib.db.search import highlighted, passages, search_words
from casa.lib.html.plain import plain
from casa.office.lists import visible
from casa.office.search.found import READ_ONE_BY_ONE, Found, has_all, in_order, screen_of
from casa.pages.models import SitePage
from casa.pages.reading import shipped
from statements.models import Topic


def find_topics(request: HttpRequest, query: str) -> list[int]:
    words = search_words(query)
    rows = visible(request, Topic)[:READ_ONE_BY_ONE]
    return [row.pk for row in rows if any(has_all(name.name, words) for name in row.names.all())]


def show_topics(request: HttpRequest, query: str, keys: Sequence[int]) -> Iterator[Found]:
    for row in in_order(visible(request, Topic), keys):
        names = ", ".join(name.name for name in row.names.all())
        yield Found(highlighted(names, search_words(query)), screen_of(row))


def _page_words(page: SitePage) -> Iterator[tuple[str, str]]:
    """Title and words of the page in each language that it has."""
    written = {text.language: text for text in page.texts.all()}
    for code, _name in settings.LANGUAGES:
        text = written.get(code) or shipped(page.key, code)
        if text is not None:
            yield str(text.title), plain(text.body)


def find_pages(request: HttpRequest, query: str) -> list[int]:
    words = search_words(query)
    return [
        page.pk
        for page in visible(request, SitePage).prefetch_related("texts")
        if any(has_all(f"{title} {text}", words) for title, text in _page_words(page))
    ]


def show_pages(request: HttpRequest, query: str, keys: Sequence[int]) -> Iterator[Found]:
    words = search_words(query)
    for page in in_order(visible(request, SitePage).prefetch_related("texts"), keys):
        pieces = [
            piece
            for _title, text in _page_words(page)
            for piece in passages(text, words, at_most=1)
        ]
        yield Found(highlighted(str(page), words), screen_of(page), "", pieces[:1])


_help_kept: dict[str, list[tuple[str, str, str]]] = {}


def _help_sections(request: HttpRequest) -> list[tuple[str, str, str]]:
    """(anchor, heading, words) of each section of the page “How we publish”."""
    language = get_language() or settings.LANGUAGE_CODE
    if language not in _help_kept:
        _help_kept[language] = _read_help(request)
    return _help_kept[language]


def _read_help(request: HttpRequest) -> list[tuple[str, str, str]]:
    context = {"time_zone": settings.TIME_ZONE, "version": settings.VERSION}
    page = render_to_string("admin/help/how_we_publish.html", context, request)
    sections = []
    for part in page.split('<section id="')[1:]:
        anchor, _quote, rest = part.partition('"')
        heading, _end, text = rest.partition("</h2>")
        heading = heading.partition("<h2>")[2]
        sections.append((anchor, plain(heading), plain(text.partition("</section>")[0])))
    return sections


def find_help(request: HttpRequest, query: str) -> list[tuple[str, str, str]]:
    words = search_words(query)
    sections = _help_sections(request)
    return [one for one in sections if has_all(f"{one[1]} {one[2]}", words)]


def show_help(
    request: HttpRequest, query: str, keys: Sequence[tuple[str, str, str]]
) -> Iterator[Found]:
    words, page = search_words(query), reverse("admin:how_we_publish")
    for anchor, heading, text in keys:
        pieces = passages(text, words, at_most=1)
        yield Found(highlighted(heading, words), f"{page}#{anchor}", "", pieces)
