"""A statement as it will be once its working copy is published: what a preview shows."""

from collections import Counter
from copy import copy
from datetime import datetime

from django.db.models import Sum
from django.utils import timezone

from statements.editions import changes
from statements.lifecycle import CORRECTABLE, fingerprint
from statements.models import Edition, Statement, StatementText

Status = Statement.Status


def coming_editions(statement: Statement) -> list[Edition]:
    """The editions that visitors would read, in each language, none of them stored.

    Empty where there are no words, or where visitors will read none again. An edition that stands
    as it is is given as it is; of all others `pk` is None.
    """
    if statement.status == Status.WITHDRAWN:
        return []
    coming = _coming(statement)
    editions = _editions_of(coming, list(statement.texts.all()), _standing(statement))
    tally = _tally(statement)
    for edition in editions:
        edition.organizations, edition.people = tally["organization"], tally["person"]  # type: ignore[attr-defined]
    return editions


def _coming(statement: Statement) -> Statement:
    """The statement at the moment at which visitors can read it, in memory alone."""
    coming, now = copy(statement), timezone.now()
    if coming.is_unpublished:
        coming.status = Status.PUBLISHED
    coming.publish_at = coming.publish_at or now
    coming.seen_at = max(coming.publish_at, now)
    return coming


def _standing(statement: Statement) -> dict[str, Edition]:
    current = Edition.objects.current().filter(statement=statement)
    return {edition.language: edition for edition in current.order_by("pk")}


def _editions_of(
    coming: Statement, texts: list[StatementText], standing: dict[str, Edition]
) -> list[Edition]:
    """What is published makes a new edition of all languages, or none."""
    kept = list(standing.values())
    is_correctable = not standing or coming.status in CORRECTABLE
    changed = any(
        text.language not in standing or changes(standing[text.language], text) for text in texts
    )
    if not (is_correctable and changed):
        for edition in kept:
            edition.statement = coming
        return kept
    coming.edition_number += 1
    return [_edition(coming, text, timezone.now()) for text in texts]


def _edition(coming: Statement, text: StatementText, at: datetime) -> Edition:
    words = {name: getattr(text, name) for name in ("title", "summary", "body", "ask")}
    return Edition(
        statement=coming,
        number=coming.edition_number,
        language=text.language,
        sha256=fingerprint(**words),
        published_at=at,
        **words,
    )


def _tally(statement: Statement) -> Counter[str]:
    slots = statement.tally_slots.order_by().values_list("kind")
    return Counter({kind: number or 0 for kind, number in slots.annotate(number=Sum("count"))})
