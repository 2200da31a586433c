"""What pages offer for passing a statement on and for showing it elsewhere."""

from urllib.parse import quote

from django import template
from django.template import Context
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext

from signatories.core import tally
from signatories.public import badges, embeds
from statements.models import Edition, Statement

register = template.Library()


@register.simple_tag
def embed_snippet(edition: Edition, show: str = "form") -> str:
    """The two lines of HTML that put the statement on another site."""
    return embeds.snippet(edition, embeds.Frame(show=show))


@register.simple_tag(takes_context=True)
def badge_url(context: Context, statement: Statement) -> str:
    """Where a page gets the badge from; a preview brings it along, since it is not public yet."""
    if not context.get("in_preview"):
        return reverse("signatories:badge", args=[statement.slug])
    words = tally.signed(statement).in_short
    drawn = badges.badge(gettext("Signed by"), words or gettext("be the first"))
    return f"data:image/svg+xml,{quote(drawn)}"


@register.simple_tag
def embed_snippets(statement: Statement) -> list[tuple[str, str]]:
    """The snippet with the form in each language that a public statement has, by its code."""
    snippets = []
    for edition in Edition.objects.current().filter(statement=statement).order_by("pk"):
        edition.statement = statement
        with translation.override(edition.language):
            snippets.append((edition.language, embed_snippet(edition)))
    return snippets
