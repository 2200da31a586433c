"""Decisions on many, as staff steer them: prepared, begun, stopped, resumed, undone.

A worker carries them out (`worker`).
"""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection, transaction
from django.db.models import Max, QuerySet
from django.utils import timezone

from casa.accounts.models import User
from signatories.models import Decision, DecisionRow, OrganizationEvent, SignatureEvent
from signatories.moderation import decisions, worker
from signatories.moderation.criteria import Criteria
from statements.permissions import of_visible_statements

State, Outcome, Verb = Decision.State, DecisionRow.Outcome, Decision.Verb


@transaction.atomic
def prepare(
    rows: QuerySet, verb: str, *, by: User | None, seen: Mapping[int, str] | None = None
) -> Decision:
    """A decision that is not begun, on exactly these signatures or organizations."""
    made = Decision.objects.create(verb=verb, made_by=by, last_event=_last_event(verb))
    made.chosen = _choose(made, rows) if seen is None else _choose_seen(made, rows, seen)
    statements = [] if made.is_of_organizations else _statements(rows)
    made.statement_id = statements[0] if len(statements) == 1 else None
    made.save(update_fields=["chosen", "statement"])
    return made


def prepare_invalidation(criteria: Criteria, *, by: User | None, title: str = "") -> Decision:
    """An invalidation that is saved and not begun; which rows it is for is seen when it begins."""
    return Decision.objects.create(
        verb=Verb.INVALIDATE,
        made_by=by,
        title=title,
        criteria=criteria.as_json(),
        statement_id=criteria.statement,
    )


def change_criteria(decision: Decision, criteria: Criteria, *, title: str) -> bool:
    """Let an invalidation that is not begun be for others; False if it has begun."""
    drafts = Decision.objects.filter(pk=decision.pk, state=State.DRAFT)
    changed = drafts.update(
        criteria=criteria.as_json(), title=title, statement_id=criteria.statement
    )
    decision.refresh_from_db()
    return bool(changed)


def discard(decision: Decision) -> bool:
    """Close a decision that was never begun; False if it was."""
    return _move(decision, State.DRAFT, State.DISCARDED)


@transaction.atomic
def begin(decision: Decision, *, by: User, reason: str) -> bool:
    """Let the worker carry it out; False if somebody began it before.

    Raises ValueError where it needs a reason and has none.
    """
    reason = decisions.clean_reason(decision.verb, reason)
    drafts = Decision.objects.filter(pk=decision.pk, state=State.DRAFT)
    begun = drafts.update(
        state=State.RUNNING, begun_at=timezone.now(), made_by=by, reason=reason, due_at=None
    )
    decision.refresh_from_db()
    if begun and decision.criteria is not None:
        found = of_visible_statements(by, Criteria.read(decision.criteria).rows())
        decision.chosen = _choose(decision, found)
        decision.save(update_fields=["chosen"])
    if begun:
        transaction.on_commit(worker.wake)
    return bool(begun)


def stop(decision: Decision) -> bool:
    """Do no more of it after the batch at work; False if nothing was being done."""
    stopped = _move(decision, State.RUNNING, State.STOPPED)
    return stopped or _move(decision, State.UNDOING, State.UNDO_STOPPED)


def resume(decision: Decision) -> bool:
    """Go on where it was stopped; False if it was not."""
    resumed = _move(decision, State.STOPPED, State.RUNNING)
    return resumed or _move(decision, State.UNDO_STOPPED, State.UNDOING)


def undo(decision: Decision, *, by: User) -> bool:
    """Bring each row back to what it was, but for those that changed since; False if not now."""
    return any(
        _move(decision, state, State.UNDOING, undone_by=by) for state in (State.DONE, State.STOPPED)
    )


@transaction.atomic
def _move(decision: Decision, at: str, to: str, **more: Any) -> bool:
    rows = Decision.objects.filter(pk=decision.pk, state=at)
    moved = rows.update(state=to, attempts=0, due_at=None, **more)
    decision.refresh_from_db()
    if moved and to in Decision.AT_WORK:
        transaction.on_commit(worker.wake)
    return bool(moved)


def _column(decision: Decision) -> str:
    return "organization" if decision.is_of_organizations else "signature"


def _statements(rows: QuerySet) -> list[int]:
    return list(rows.order_by().values_list("statement", flat=True).distinct()[:2])


def _last_event(verb: str) -> int:
    model = OrganizationEvent if verb in Decision.OF_ORGANIZATIONS else SignatureEvent
    return model.objects.aggregate(last=Max("pk"))["last"] or 0


def _choose_seen(decision: Decision, rows: QuerySet, seen: Mapping[int, str]) -> int:
    """Note few rows, each with the mark of how somebody saw it; "-" is like none."""
    pks = list(rows.order_by("pk").values_list("pk", flat=True))
    column = f"{_column(decision)}_id"
    DecisionRow.objects.bulk_create(
        DecisionRow(decision=decision, seen=seen.get(pk) or "-", **{column: pk}) for pk in pks
    )
    return len(pks)


def _choose(decision: Decision, rows: QuerySet) -> int:
    """Note the rows in one statement, however many there are; how many."""
    try:
        found, params = rows.order_by("pk").values_list("pk").query.sql_with_params()
    except EmptyResultSet:
        return 0
    sql = (
        f"INSERT INTO {DecisionRow._meta.db_table}"  # noqa: S608 - names of columns of ours
        f" (decision_id, outcome, why, seen, {_column(decision)}_id)"
        f" SELECT %s, %s, '', '', chosen.* FROM ({found}) AS chosen"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [decision.pk, Outcome.WAITING.value, *params])
        return int(cursor.rowcount)
