"""What pages ask about a statement: which words to show, in what language, and if it is open."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from enum import StrEnum, auto
from pathlib import PurePath
from typing import NamedTuple

from django import template
from django.conf import settings
from django.contrib.humanize.templatetags.humanize import intcomma
from django.template import Context
from django.urls import reverse, translate_url
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, get_language_info, gettext, ngettext

from casa.lib import languages
from casa.lib.html.blocks import table_frame
from casa.lib.http import in_language
from casa.lib.moments.words import written_out
from casa.lib.text import unparted
from statements import supporter_texts
from statements.models import (
    Delivery,
    Edition,
    Milestone,
    Rendition,
    Statement,
    StatementText,
    SupporterText,
    Target,
)
from statements.public.enumeration import enumerated, first_named
from statements.public.outcomes import Outcome, outcome_of
from statements.public.parts import fallback, milestone_in_words
from statements.public.words import body_beside_ask
from statements.reading import in_readers_language

register = template.Library()


@register.filter
def readers_edition(statement: Statement) -> Edition | None:
    """Of a statement whose `current_editions` were fetched, the one in the reader's language."""
    editions: list[Edition] = statement.current_editions  # type: ignore[attr-defined]
    return in_readers_language(editions) if editions else None


@register.filter
def as_words(body: str) -> SafeString:
    """The HTML of an edition, with each table in a frame that scrolls.

    It was sanitised on its way into the database, so a "<table" in it is a table.
    """
    framed = body.replace("<table", f"{table_frame()}<table").replace("</table>", "</table></div>")
    return mark_safe(framed)  # noqa: S308


@register.filter
def as_letter(words: Edition | StatementText) -> SafeString:
    """The body as HTML, where what it asks stands above it."""
    return as_words(body_beside_ask(words))


class Addressed(NamedTuple):
    """The first whom a statement addresses, and how many others."""

    first: list[Target]
    others: int


@register.simple_tag
def addressed(targets: Iterable[Target]) -> Addressed:
    found = list(targets)
    first = first_named([one.name for one in found], len(found))
    return Addressed(found[: len(first)], len(found) - len(first))


@register.simple_tag
def addressed_in_words(to: Addressed) -> SafeString:
    """ "The council, the mayor and 3 others", which lead to all of them."""
    words = ngettext("%(number)s other", "%(number)s others", to.others)
    told = unparted(words % {"number": intcomma(to.others)})
    link = format_html('<a href="#addressees">{}</a>', told)
    return enumerated([one.name for one in to.first], link if to.others else None)


@register.simple_tag
def language_attributes(code: str) -> str:
    """` lang="…" dir="…"` for words that are not in the language of the page; else ""."""
    if code == languages.interface():
        return ""
    return format_html(' lang="{}" dir="{}"', code, "rtl" if languages.is_rtl(code) else "ltr")


register.filter(languages.is_rtl)


@register.filter
def language_name(code: str) -> str:
    """The language's name in the language itself."""
    return _info(code)["name_local"]


def _info(code: str) -> dict[str, str]:
    try:
        return get_language_info(code)
    except KeyError:  # a language of an old edition that Django does not know
        return {"name_local": code}


register.filter(written_out)
register.simple_tag(supporter_texts.share_words)
register.simple_tag(supporter_texts.share_description)


@register.simple_tag
def said_to_supporters(edition: Edition) -> SupporterText:
    """What the office says around the statement in the language of these words."""
    return supporter_texts.said_in(edition.statement, edition.language)


@register.filter
def outcome(deliveries: Sequence[Delivery]) -> Outcome | None:
    """What came of a statement, of its hand-overs by now, oldest first; None where nothing did."""
    return outcome_of(deliveries)


class EditionLink(NamedTuple):
    """A language the statement can be read in, and the address of the page in it ("" for none)."""

    language: str
    url: str
    is_shown: bool


@register.simple_tag(takes_context=True)
def edition_links(
    context: Context, editions: Iterable[Edition], shown: Edition
) -> list[EditionLink]:
    """The languages of a statement, with this page in each that the site has pages in."""
    path, offered = context["request"].path, dict(settings.LANGUAGES)
    return [
        EditionLink(
            edition.language,
            translate_url(path, edition.language) if edition.language in offered else "",
            edition.language == shown.language,
        )
        for edition in editions
    ]


@register.simple_tag
def missing_language(edition: Edition) -> str:
    """A sentence for a reader whose language the statement does not have; "" where it does."""
    reader = get_language() or edition.language
    if edition.language == reader:
        return ""
    return gettext("This statement is not translated yet. You read it in %(language)s.") % {
        "language": get_language_info(edition.language)["name_translated"]
        if edition.language in dict(settings.LANGUAGES)
        else edition.language
    }


@register.simple_tag(takes_context=True)
def picture_url(context: Context, statement: Statement, rendition: Rendition) -> str:
    """Where a page gets a picture from; in a preview from the back office."""
    if context.get("in_preview"):
        name = "admin:statements_statement_preview_picture"
        return reverse(name, args=[statement.pk, rendition.pk])
    args = [statement.slug, rendition.pk, rendition.filename]
    return reverse("statements:picture", args=args)


class EarlierText(NamedTuple):
    """The text that a translation is of which is behind, and where the corrected one is read."""

    at: datetime
    original_url: str
    changes_url: str


@register.simple_tag
def earlier_text(edition: Edition) -> EarlierText | None:
    """Of a translation that does not follow the original; None, without a query, for others."""
    statement = edition.statement
    # Words that are no edition yet follow nothing.
    if edition.language == statement.language or not getattr(edition, "is_behind", False):
        return None
    of_original = Edition.objects.filter(statement=statement, language=statement.language)
    carried = of_original.filter(number=edition.translates).values_list("published_at", flat=True)
    corrected = (statement.slug, statement.edition_number)
    page = statement.get_absolute_url()
    if statement.language not in dict(settings.LANGUAGES):  # no page is in it, but its edition is
        page = reverse("statements:edition", args=corrected)
    changes = reverse("statements:changes", args=corrected)
    return EarlierText(
        carried.first() or edition.published_at,
        in_language(page, statement.language),
        in_language(changes, statement.language),
    )


@register.simple_tag
def newer_edition(edition: Edition) -> Edition | None:
    """What visitors read now in the language of these words, where it is another edition."""
    current = Edition.objects.current().filter(statement=edition.statement_id)
    return current.filter(language=edition.language).exclude(pk=edition.pk).only("number").first()


@register.filter
def note_language(edition: Edition) -> str:
    """The language of what readers are told of a correction; not always that of the words."""
    return edition.change_note_language or edition.language


@register.filter
def fallback_picture(renditions: Iterable[Rendition]) -> Rendition | None:
    return fallback(renditions)


@register.filter
def of_type(renditions: Iterable[Rendition], content_type: str) -> list[Rendition]:
    return [one for one in renditions if one.content_type == content_type]


class SigningState(StrEnum):
    """Whether visitors can sign a statement, as pages and the API say it."""

    OPEN = auto()
    PAUSED = auto()
    OPENS_LATER = auto()
    CLOSED = auto()
    READ_ONLY = auto()


@register.simple_tag
def signing_state(statement: Statement) -> SigningState:
    opens = statement.signing_opens_at
    if statement.is_open_by_its_dates():
        return SigningState.PAUSED if statement.is_paused else SigningState.OPEN
    if statement.signers == Statement.Signers.NOBODY:
        return SigningState.READ_ONLY
    if statement.status == Statement.Status.PUBLISHED and opens and opens > timezone.now():
        return SigningState.OPENS_LATER
    return SigningState.CLOSED


@register.simple_tag
def closed_at(statement: Statement) -> object:
    """When signing ended by the clock, None where staff ended it."""
    closes = statement.signing_closes_at
    return closes if closes and closes <= timezone.now() else None


@register.filter
def milestone_reached(milestone: Milestone) -> str:
    """ "1,000 people have signed"."""
    return milestone_in_words(milestone)


@register.filter
def file_type(filename: str) -> str:
    """ "PDF" for "annex.pdf", "" for a name without an ending."""
    return PurePath(filename).suffix[1:].upper()


@register.simple_tag
def listed(*parts: str) -> str:
    """The parts that are not empty, with commas between them."""
    return ", ".join(str(part) for part in parts if part)
