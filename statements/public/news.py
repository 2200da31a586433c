"""What happened lately, over all public statements: news, hand-overs and answers."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Prefetch
from django.utils import timezone

from statements.models import Delivery, Edition, Statement, Update
from statements.public.answers import answers_to, with_answers
from statements.public.parts import readers_updates

CONSIDERED = 30
"""Rows of each kind that are looked at; news in several languages are so many rows."""


@dataclass(frozen=True)
class News:
    """One thing that happened; `what` is the row that tells of it, as in `parts.Event`."""

    on: date
    kind: str  # update, delivered, answered
    what: Any
    statement: Statement
    """With `current_editions` fetched."""


def lately(limit: int) -> list[News]:
    """The newest `limit` things that happened under public statements, newest first."""
    happened = (*_updates(), *_deliveries())
    # An answer follows what was handed over on the same day.
    newest = sorted(happened, key=lambda news: (news.on, news.kind == "answered"), reverse=True)
    return newest[:limit]


def _updates() -> Iterator[News]:
    posted = Update.objects.filter(
        posted_at__lte=timezone.now(), statement__in=Statement.objects.public()
    )
    by_statement: dict[int, list[Update]] = {}
    for update in _with_statement(posted.defer("body"))[:CONSIDERED]:
        by_statement.setdefault(update.statement_id, []).append(update)
    for updates in by_statement.values():
        for update in readers_updates(updates):
            yield News(timezone.localdate(update.posted_at), "update", update, update.statement)


def _deliveries() -> Iterator[News]:
    today = timezone.localdate()
    made = Delivery.objects.filter(
        delivered_on__lte=today, statement__in=Statement.objects.public()
    )
    newest = _with_statement(with_answers(made)).order_by("-delivered_on", "-pk")
    for delivery in newest[:CONSIDERED]:
        yield News(delivery.delivered_on, "delivered", delivery, delivery.statement)
        for answer in answers_to(delivery):
            yield News(answer.on, "answered", answer, delivery.statement)


def _with_statement(rows: Any) -> Any:
    titles = Edition.objects.current().defer("body", "ask", "summary")
    return rows.select_related("statement").prefetch_related(
        Prefetch("statement__editions", titles, to_attr="current_editions")
    )
