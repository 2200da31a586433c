"""Search over statements, in all their languages: what is found, and where in the words it stands.

Only what visitors read now is searched: the current editions of public statements.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.safestring import SafeString

from casa.lib.db.search import has_match, highlighted, passages, search_words
from casa.lib.html.plain import plain
from statements.models import Edition, EditionWords, Statement, StatementText, searched_words
from statements.reading import in_readers_language

PASSAGES = 2


def index_editions(editions: Iterable[Edition]) -> None:
    """Stores the words of editions for search; call it in the transaction that makes them."""
    EditionWords.objects.bulk_create(
        [EditionWords(edition=edition, text=searched_words(edition)) for edition in editions],
        update_conflicts=True,
        unique_fields=["edition"],
        update_fields=["text"],
    )


def matching(query: str) -> QuerySet[Edition]:
    """The editions that visitors read now and that have every word of `query`."""
    return Edition.objects.public().current().filter(words__text__words=query)


@dataclass(frozen=True)
class SearchResult:
    """A statement in a list: the edition shown, and where what was looked for stands in it.

    `other_translation` is the edition whose words match, where that is not the one shown.
    """

    statement: Statement
    edition: Edition
    title: SafeString | str
    passages: list[SafeString]
    other_translation: Edition | None = None


def as_listed(statements: Iterable[Statement], query: str) -> list[SearchResult]:
    """What the list shows of statements whose `current_editions` were fetched; one query if asked.

    Each is in the reader's language where it has that, with the passages that were looked for,
    from another language where only that one has them.
    """
    statements = [one for one in statements if _editions(one)]
    if not search_words(query):
        shown = ((one, in_readers_language(_editions(one))) for one in statements)
        return [SearchResult(one, edition, edition.title, []) for one, edition in shown]
    ids = [one.pk for one in statements]
    matches: dict[int, list[Edition]] = {}
    for edition in matching(query).filter(statement__in=ids).select_related("statement"):
        matches.setdefault(edition.statement_id, []).append(edition)
    return [_found(one, matches.get(one.pk, []), search_words(query)) for one in statements]


def _editions(statement: Statement) -> list[Edition]:
    return statement.current_editions  # type: ignore[attr-defined]


def _found(statement: Statement, matches: list[Edition], words: list[str]) -> SearchResult:
    shown = in_readers_language(_editions(statement))
    if not matches:  # it was withdrawn or corrected between two queries
        return SearchResult(statement, shown, shown.title, [])
    match = in_readers_language(matches)
    other_translation = None if match.pk == shown.pk else match
    pieces = passages_of(match, words)
    if other_translation and not pieces:
        pieces = [highlighted(other_translation.title, words)]
    title = shown.title if other_translation else highlighted(shown.title, words)
    return SearchResult(statement, shown, title, pieces, other_translation)


def passages_of(edition: Edition | StatementText, words: list[str]) -> list[SafeString]:
    """Passages that together show as many of the words as fit, in the order of the text."""
    found: list[SafeString] = []
    for text in (edition.summary, plain(edition.body), edition.ask):
        missing = [word for word in words if not any(has_match(one, [word]) for one in found)]
        if len(found) < PASSAGES and (missing or not found):
            new = passages(text, missing or words, at_most=PASSAGES - len(found))
            found += new
    return found
