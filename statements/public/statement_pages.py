"""The page of a statement: made anew as a whole, or of what is kept of it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string

from statements.models import Edition, Statement
from statements.public import kept_page
from statements.public.parts import moments_of, parts_of, timeline, visible_deliveries
from statements.reading import current_editions, editions_to_sign, in_readers_language

TEMPLATE = "statements/statement_detail.html"


def of_visitors(request: HttpRequest, slug: str) -> str:
    """Raises Http404 and Gone as `current_editions` does."""
    made = _Made(request, slug)
    return kept_page.page(request, slug, make=made.with_holes, fill=made.holes)


def made_anew(
    request: HttpRequest, editions: Sequence[Edition], *, in_preview: bool = False
) -> str:
    """The page of a statement with these editions, which come with their tally.

    `in_preview` for staff, before visitors can read it.
    """
    statement = editions[0].statement
    shown = statement.signatures.for_statement_page(kept_page.NEWEST_SHOWN, in_preview=in_preview)
    context = _context(editions) | {"signatures": shown, "in_preview": in_preview}
    return render_to_string(TEMPLATE, context, request)


def _context(editions: Sequence[Edition]) -> dict[str, Any]:
    edition = in_readers_language(editions)
    statement = edition.statement
    return {
        **_words(editions),
        "timeline": timeline(statement, edition.language),
        "deliveries": list(visible_deliveries(statement)),
        **parts_of(statement),
    }


def _words(editions: Sequence[Edition]) -> dict[str, Any]:
    edition = in_readers_language(editions)
    return {"edition": edition, "editions": editions, "statement": edition.statement}


class _Made:
    """What is made for one request; the words are read at most once."""

    def __init__(self, request: HttpRequest, slug: str) -> None:
        self._request, self._slug = request, slug
        self._editions: list[Edition] = []

    def with_holes(self, holes: kept_page.Holes) -> kept_page.Made:
        self._editions = current_editions(self._slug, tally=False)
        statement = self._editions[0].statement
        moments = _moments(statement)  # before what they bound is read
        context = _context(self._editions) | {"holes": holes, "in_preview": False}
        page = render_to_string(TEMPLATE, context, self._request)
        return kept_page.Made(page, statement, moments)

    def holes(self, names: list[str], now: dict[str, Any]) -> dict[str, str]:
        editions = self._editions or editions_to_sign(self._slug)
        context = _words(editions) | {"signatures": now["signatures"], "in_preview": False}
        vars(context["edition"]).update(now["of_edition"])
        vars(context["statement"]).update(now["of_statement"])
        return {name: render_to_string(name, context, self._request).strip() for name in names}


def _moments(statement: Statement) -> tuple[datetime, ...]:
    """When the page becomes another by the clock alone."""
    own = (statement.publish_at, statement.signing_opens_at, statement.signing_closes_at)
    return (*(moment for moment in own if moment), *moments_of(statement))
