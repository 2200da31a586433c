"""A statement as it will be once its working copy is published: what a preview shows."""

from collections import Counter
from copy import copy
from datetime import datetime

from django.db.models import Sum
from django.utils import timezone

from statements.lifecycle import CORRECTABLE
from statements.models import Edition, Statement, StatementText
from statements.new_editions import fingerprint
from statements.translations import language_states, plan

Status = Statement.Status


def coming_editions(statement: Statement) -> list[Edition]:
    """The editions that visitors would read, in each language, none of them stored.

    Empty where there are no words, or where visitors will read none again. An edition that stands
    as it is is given as it is; of all others `pk` is None.
    """
    if statement.status == Status.WITHDRAWN:
        return []
    coming = _coming(statement)
    editions = _editions_of(coming, list(statement.texts.all()))
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


def _editions_of(coming: Statement, texts: list[StatementText]) -> list[Edition]:
    """What has new words becomes an edition of them; a translation without is behind, unless
    somebody says that it needs no change.
    """
    states = language_states(coming, texts)
    now = timezone.now()
    replaced = coming.is_embargoed(timezone.now()) and any(state.waits for state in states)
    if replaced or all(state.is_new for state in states):  # nobody has read any: edition 1
        coming.edition_number = coming.last_number = 1
        return [_edition(coming, text, now, number=1, translates=1) for text in texts]
    if coming.status not in CORRECTABLE:
        return [state.edition for state in states if state.edition]
    made = plan(states, {}, {}, is_material=False)
    coming.edition_number, coming.last_number = made.edition_number, made.last_number
    planned = {
        one.language: _edition(coming, one.words, now, number=one.number, translates=one.translates)
        for one in made.editions
    }
    shown = (planned.get(state.language) or state.edition for state in states)
    return [edition for edition in shown if edition]


def _edition(coming: Statement, text: StatementText, at: datetime, **numbers: int) -> Edition:
    words = {name: getattr(text, name) for name in ("title", "summary", "body", "ask")}
    return Edition(
        statement=coming,
        language=text.language,
        sha256=fingerprint(**words),
        published_at=at,
        **numbers,
        **words,
    )


def _tally(statement: Statement) -> Counter[str]:
    slots = statement.tally_slots.order_by().values_list("kind")
    return Counter({kind: number or 0 for kind, number in slots.annotate(number=Sum("count"))})
