"""What pages offer for passing a statement on and for showing it elsewhere."""

from django import template
from django.utils import translation

from signatories.public import embeds
from statements.models import Edition, Statement

register = template.Library()


@register.simple_tag
def embed_snippet(edition: Edition, show: str = "form") -> str:
    """The two lines of HTML that put the statement on another site."""
    return embeds.snippet(edition, embeds.Frame(show=show))


@register.simple_tag
def embed_snippets(statement: Statement) -> list[tuple[str, str]]:
    """The snippet with the form in each language that a public statement has, by its code."""
    snippets = []
    for edition in Edition.objects.current().filter(statement=statement).order_by("pk"):
        edition.statement = statement
        with translation.override(edition.language):
            snippets.append((edition.language, embed_snippet(edition)))
    return snippets
