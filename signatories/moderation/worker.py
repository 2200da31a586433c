"""The worker of decisions on many: it carries them out and undoes them, in batches.

A `Decision` row is the truth about one. A batch changes signatures, their rows of the decision and
its counts in one transaction, so a worker that is killed leaves either all of it or nothing, and
the next one goes on from there.
"""

import logging
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from casa.lib import tasks
from casa.retention.rules import Due
from signatories.models import Decision, DecisionRow
from signatories.moderation import carrying_out, undoing

State, Outcome = Decision.State, DecisionRow.Outcome

TASK = "carry-out-decisions"
SIZE = 500  # rows per transaction
ORGANIZATIONS_AT_ONCE = 20  # each takes its signatures along
RUN_TIME = timedelta(seconds=60)  # well under the task engine's time-out (Q_CLUSTER)
TRIES = 5
WAIT = timedelta(minutes=1)  # after a failure; twice as long after each further one
DRAFTS_KEPT_FOR = timedelta(days=7)
CRITERIA_KEPT_FOR = timedelta(days=30)

logger = logging.getLogger(__name__)


def wake() -> None:
    """Have a worker begin soon; never raises, since a schedule looks every minute."""
    tasks.enqueue(TASK)


def carry_out() -> int:
    """Do batches of all decisions at work until RUN_TIME is used up; how many rows.

    Harmless to run at any time and by many at once. What it leaves, the next run takes up.
    """
    stop_at, rows = timezone.now() + RUN_TIME, 0
    for pk in list(_due().order_by("pk").values_list("pk", flat=True)):
        while timezone.now() < stop_at:
            number = do_batch(pk)
            if number is None:
                break
            rows += number
    if timezone.now() >= stop_at and _due().exists():
        wake()
    return rows


def due_drafts(at: datetime) -> Iterator[Due]:
    """What somebody chose in a list and never began."""
    drafts = Decision.objects.filter(state=State.DRAFT, criteria__isnull=True)
    yield Due(drafts.filter(made_at__lt=at - DRAFTS_KEPT_FOR))


def due_criteria(at: datetime) -> Iterator[Due]:
    """Old decisions that still say whom they were for."""
    old = Decision.objects.filter(criteria__isnull=False, made_at__lt=at - CRITERIA_KEPT_FOR)
    yield Due(old.exclude(state__in=Decision.AT_WORK).exclude(criteria={}))


def forget_criteria(keys: list[int]) -> None:
    """Empty them. Without them a draft would be for others, so it goes with them."""
    rows = Decision.objects.filter(pk__in=keys)
    rows.filter(state=State.DRAFT).update(criteria={}, state=State.DISCARDED)
    rows.update(criteria={})


def _due() -> QuerySet[Decision]:
    now = timezone.now()
    return Decision.objects.at_work().filter(Q(due_at=None) | Q(due_at__lte=now))


def do_batch(pk: int) -> int | None:
    """The next rows of a decision: how many, None when there is nothing (more) to do here now."""
    try:
        with transaction.atomic():
            return _do_batch(pk)
    except Exception:
        logger.exception("A batch of decision %d failed", pk)
        _note_failure(pk)
        return None


def _note_failure(pk: int) -> None:
    """Try again later, and after TRIES in a row wait for somebody to look."""
    rows = Decision.objects.at_work().filter(pk=pk)
    for one in rows:
        tried = one.attempts + 1
        changes: dict[str, Any] = {
            "attempts": tried, "due_at": timezone.now() + WAIT * 2 ** (tried - 1),
        }  # fmt: skip
        if tried >= TRIES:
            changes["state"] = State.STOPPED if one.state == State.RUNNING else State.UNDO_STOPPED
        rows.filter(state=one.state).update(**changes)


def _do_batch(pk: int) -> int | None:
    decision = _due().select_for_update(skip_locked=True, no_key=True).filter(pk=pk).first()
    if decision is None:
        return None
    undoes = decision.state == State.UNDOING
    waiting = decision.rows.filter(outcome=Outcome.DONE if undoes else Outcome.WAITING)
    size = ORGANIZATIONS_AT_ONCE if decision.is_of_organizations else SIZE
    rows = list(waiting.order_by("pk")[:size])
    if not rows:
        decision.state = State.UNDONE if undoes else State.DONE
        decision.finished_at = timezone.now()
    counted = undoing.undo_rows(decision, rows) if undoes else carrying_out.do_rows(decision, rows)
    for name, number in counted.items():
        setattr(decision, name, getattr(decision, name) + number)
    decision.attempts, decision.due_at = 0, None
    decision.save(
        update_fields=["state", "finished_at", "done", "left", "undone", "kept", "attempts",
                       "due_at"]
    )  # fmt: skip
    return len(rows) or None
