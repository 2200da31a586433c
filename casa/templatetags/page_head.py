"""What the head of a page tells programs: its address and languages, its card, its description."""

from collections.abc import Collection, Iterable
from typing import Any

from django import template
from django.conf import settings
from django.http import HttpRequest
from django.template import Context
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, to_locale

from casa.appearance import reading
from casa.lib import hreflang, languages, structured_data
from casa.lib.http import absolute, in_language
from casa.lib.media.images import JPEG, PNG
from casa.site import page_descriptions
from casa.site.social_images import drawing, posters
from signatories.models import Organization
from statements.models import Edition
from statements.public.kept_page import leave_or
from statements.templatetags.reading import language_attributes

register = template.Library()


@register.simple_tag
def interface_language() -> str:
    """The language of what the page itself says, around the words of statements."""
    return languages.interface()


@register.simple_tag
def interface_is_rtl() -> bool:
    return languages.is_rtl(languages.interface())


@register.simple_tag
def theme_stylesheet() -> SafeString:
    """The link to the stylesheet of the office's theme; nothing without one."""
    if not settings.THEME_STYLESHEET:
        return SafeString()
    return format_html('<link rel="stylesheet" href="{}">', static(settings.THEME_STYLESHEET))


@register.inclusion_tag("_page_links.html", takes_context=True)
def page_links(
    context: Context,
    editions: Iterable[Edition] | None = None,
    shown: Edition | None = None,
    canonical: str = "",
    *,
    is_list: bool = False,
    languages: Collection[str] | None = None,
    shown_in: str = "",
) -> dict[str, Any]:
    """The one address of a page, and the same page in its other languages.

    Of a page that shows words, give all `editions` and the one `shown`: a language they are not
    in is not offered. `canonical` is the path of another page that says the same. A part of a
    list, asked for by a query, is none of its own (`is_list`). Of a page that is no statement's,
    say which `languages` it has and which it is `shown_in`, if not all.
    """
    request = context.get("request")
    if request is None or not _is_public(request):
        return {}
    if is_list and request.GET:
        return {"is_part": True}
    path = canonical or "/" + request.path.lstrip("/")
    if shown_in:
        path = in_language(path, shown_in)
    if shown is not None:
        original = shown.statement.language
        codes = (one.language for one in editions or ())
        languages = sorted(codes, key=lambda code: code != original)
        path = in_language(path, _page_language(shown))
    others = [] if canonical else hreflang.alternates(path, languages)
    return {"canonical": absolute(path), "alternates": others}


def _page_language(edition: Edition) -> str:
    """The language of the page that search engines should show these words on."""
    offered = dict(settings.LANGUAGES)
    return edition.language if edition.language in offered else settings.LANGUAGE_CODE


def _is_public(request: HttpRequest) -> bool:
    """Whether the page is for everybody; the address of another may hold somebody's secret."""
    view = request.resolver_match.func if request.resolver_match else None
    is_read = request.method in ("GET", "HEAD")
    return is_read and getattr(view, "cache_policy", "") == "public"


@register.inclusion_tag("_card.html", takes_context=True)
def card(
    context: Context,
    title: str = "",
    description: str = "",
    kind: str = "website",
    edition: Edition | None = None,
) -> dict[str, Any]:
    """What other sites show of a page when somebody links to it (OpenGraph, Twitter)."""
    request = context.get("request")
    if request is None or not _is_public(request):
        return {}
    language = get_language() or settings.LANGUAGE_CODE
    picture = posters.address(edition) if edition else reverse("share:site", args=[language])
    said = reading.words()
    words = edition.title if edition else f"{said.name}: {said.tagline}"
    return {
        "title": title,
        "description": description or said.tagline,
        "kind": kind,
        "url": absolute("/" + request.path.lstrip("/")),
        "site_name": said.name,
        "creator": said.fediverse_account and f"@{said.fediverse_account.lstrip('@')}",
        "locale": to_locale(language),
        "other_locales": [
            to_locale(code) for code, _name in settings.LANGUAGES if code != language
        ],
        "image": {
            "url": absolute(picture),
            "type": JPEG if edition and posters.has_photo(edition) else PNG,
            "width": drawing.WIDTH,
            "height": drawing.HEIGHT,
            "alt": words,
        },
    }


@register.simple_tag
def said_in(words: object) -> str:
    """` lang="…" dir="…"` where the coalition says something in another language than the page."""
    code = getattr(words, "language", "")
    return language_attributes(code) if code else ""


@register.simple_tag
def describe_site() -> SafeString:
    return structured_data.as_script(page_descriptions.site())


@register.simple_tag
def describe_organization(organization: Organization) -> SafeString:
    return structured_data.as_script(page_descriptions.organization(organization))


@register.simple_tag(takes_context=True)
def describe_statement(
    context: Context, edition: Edition, editions: Iterable[Edition], references: Iterable[Any]
) -> SafeString:
    """The count is the last that it says, and has a hole where the page is made to be kept."""
    if context.get("holes") is None:
        said = page_descriptions.statement(edition, editions, references)
        return structured_data.as_script(said)
    words = page_descriptions.words(edition, editions, references)
    counted = leave_or(context, "statements/signed/counted.html", str)
    return structured_data.with_more(structured_data.as_script(words), counted)


@register.simple_tag
def describe_signatures(edition: Edition) -> SafeString:
    """What `describe_statement` says of the count; "" where nobody has signed."""
    return structured_data.more(page_descriptions.signatures(edition))
