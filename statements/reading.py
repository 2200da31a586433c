"""How visitors get at a statement: its current editions by address, or the reason why not."""

from django.http import Http404
from django.utils.translation import get_language

from casa.lib.http import Gone
from statements.models import Edition, Statement


def current_editions(slug: str, *, tally: bool = True) -> list[Edition]:
    """The public edition in every language it has, with its statement and tally; never empty.

    Raises Http404 for what is not public and Gone for what was withdrawn.
    """
    current = Edition.objects.public().current().filter(statement__slug=slug)
    if tally:
        current = current.with_tally()
    editions = list(current.select_related("statement").order_by("pk"))
    if editions:
        return editions
    if Statement.objects.filter(slug=slug, status=Statement.Status.WITHDRAWN).exists():
        raise Gone
    raise Http404


def current_edition(slug: str) -> Edition:
    """The public edition in the language of the page; raises as `current_editions` does."""
    return in_readers_language(current_editions(slug))


def in_readers_language(editions: list[Edition]) -> Edition:
    """The edition in the language of the page, else in the one the statement was written in."""
    by_language = {edition.language: edition for edition in editions}
    original = editions[0].statement.language
    return by_language.get(get_language() or "") or by_language.get(original) or editions[0]
