"""How visitors get at a statement: its current editions by address, or the reason why not."""

from collections.abc import Sequence
from copy import copy
from typing import Any, TypeVar

from django.db.models import OuterRef, Subquery
from django.http import Http404
from django.utils.translation import get_language

from casa.lib.db import rows
from casa.lib.db.reading import from_primary
from casa.lib.http import Gone
from statements.models import Edition, Statement, StatementEvent, StatementText

Words = TypeVar("Words", bound=Edition | StatementText)


def current_editions(slug: str, *, tally: bool = True) -> list[Edition]:
    """The public edition in every language it has, with its statement and tally; never empty.

    Raises Http404 for what is not public and Gone for what was withdrawn.
    """
    current = Edition.objects.public().current().filter(statement__slug=slug)
    if tally:
        current = current.with_tally()
    editions = list(current.select_related("statement__lead_picture").order_by("pk"))
    if not editions:
        raise _absence(slug)
    return editions


def editions_to_sign(slug: str) -> list[Edition]:
    """As `current_editions` without tally, and as fresh, for what is asked at every signature,
    and for each page that shows one more.

    What was read last is kept as long as the statement's row says that it is the same.
    """
    # Each reader gets its own, for what a template or a form notes on them.
    return [_copy(edition) for edition in _kept(slug, rows.first(_BY_SLUG, [slug]))]


def attach_words(signature: Any) -> None:
    """Give a row that stands under an edition its statement and the edition, read as fresh.

    Where they are not those that visitors read, whoever asks for them reads them.
    """
    row = rows.first(_BY_KEY, [signature.statement_id])
    try:
        editions = _kept(row[-1], row)
    except (Gone, Http404):
        return
    found = [edition for edition in editions if edition.pk == signature.edition_id]
    edition = _copy(found[0] if found else editions[0])
    signature.statement = edition.statement
    if found:
        signature.edition = edition


@from_primary()  # as the row is
def _kept(slug: str, row: Any) -> list[Edition]:
    known = _read_last.get(slug)
    if known is None or known[0] != row or not known[1][0].statement.is_public():
        editions = current_editions(slug, tally=False)
        if len(_read_last) >= MOST_KEPT:
            _read_last.clear()
        known = _read_last[slug] = (row, editions)
    return known[1]


MOST_KEPT = 100
"""Statements whose words one process keeps; more than this are seldom signed at once."""

_read_last: dict[str, tuple[object, list[Edition]]] = {}
# Editions never change; a new one, or one that is discarded, changes these two numbers.
_ROW = """
    SELECT statement.*,
        (SELECT MAX(id) FROM statements_edition WHERE statement_id = statement.id),
        (SELECT COUNT(*) FROM statements_edition WHERE statement_id = statement.id),
        slug
    FROM statements_statement AS statement WHERE
"""
_BY_SLUG, _BY_KEY = f"{_ROW} slug = %s", f"{_ROW} id = %s"


def forget() -> None:
    """Read anew whatever is asked next; for tests, whose rows come back with other words."""
    _read_last.clear()


def _copy(edition: Edition) -> Edition:
    copied = copy(edition)
    copied.statement = copy(edition.statement)
    return copied


def current_edition(slug: str) -> Edition:
    """The public edition in the language of the page; raises as `current_editions` does."""
    return in_readers_language(current_editions(slug))


def in_readers_language(editions: Sequence[Words]) -> Words:
    """The one in the language of the page, else in the one the statement was written in."""
    by_language = {edition.language: edition for edition in editions}
    original = editions[0].statement.language
    return by_language.get(get_language() or "") or by_language.get(original) or editions[0]


def editions_of(slug: str) -> list[Edition]:
    """Every public edition in every language, newest first, without the bodies; never empty.

    Raises as `current_editions` does.
    """
    editions = list(
        Edition.objects.public()
        .filter(statement__slug=slug)
        .select_related("statement")
        .defer("body")
        .order_by("-number", "pk")
    )
    if not editions:
        raise _absence(slug)
    return editions


def editions_numbered(slug: str, *numbers: int) -> list[Edition]:
    """The public editions with those numbers, highest first; raises as `current_editions` does."""
    editions = list(
        Edition.objects.public()
        .filter(statement__slug=slug, number__in=numbers)
        .select_related("statement")
        .order_by("-number", "pk")
    )
    if not editions:
        raise _absence(slug)
    return editions


def _absence(slug: str) -> Gone | Http404:
    """Why there is nothing to read at an address."""
    ended = StatementEvent.objects.filter(
        statement=OuterRef("pk"), to_status=Statement.Status.WITHDRAWN
    )
    # What was withdrawn under embargo was never there, and nobody is told that it was written.
    withdrawn = Statement.objects.filter(
        slug=slug,
        status=Statement.Status.WITHDRAWN,
        publish_at__lte=Subquery(ended.values("at")[:1]),
    )
    return Gone() if withdrawn.exists() else Http404()
