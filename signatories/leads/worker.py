"""The worker of imports: it reads, applies and undoes batches in steps, and forgets old lists."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from casa.accounts.models import User
from signatories.core import tally
from signatories.leads import applying, batches, reading, reviewing, undoing
from signatories.models import ImportBatch, ImportLine, ImportSource

State = ImportBatch.State

RUN_TIME = timedelta(seconds=60)  # well under the task engine's time-out (Q_CLUSTER)
KEPT_FOR = timedelta(days=30)
"""How long a list is kept as it came, and lines of which nothing was made."""


def work_on(batch: ImportBatch, *, until: Callable[[], bool] = lambda: False) -> None:
    """Do what there is to do with a batch, in steps of a transaction each."""
    if batch.state == State.READING:
        reading.read(batch)
    while batch.state in (State.APPLYING, State.UNDOING) and not until():
        _step(batch.pk)
        batch.refresh_from_db()


@transaction.atomic
def _step(pk: int) -> None:
    """One step of a batch that no other worker is at."""
    rows = ImportBatch.objects.select_for_update(of=("self",)).select_related("statement")
    batch = rows.get(pk=pk)
    if batch.state == State.APPLYING:
        if not applying.apply_some(batch):
            batches.settle(batch)
        else:
            batches.note_progress(batch)
    elif batch.state == State.UNDOING and not undoing.undo_some(batch):
        batch.state = State.UNDONE
        batch.save(update_fields=["state", "changed_at"])
        batches.forget_source(batch)
        tally.forget_earlier(batch.statement)
        transaction.on_commit(lambda: tally.forget_collected(batch.statement))


def go_on() -> None:
    """What workers do: all batches that wait for one. What it leaves, the next run takes up."""
    stop_at = timezone.now() + RUN_TIME
    waiting = ImportBatch.objects.filter(state__in=ImportBatch.WORKED_ON_STATES).order_by("pk")
    for batch in waiting.select_related("statement"):
        if timezone.now() < stop_at:
            work_on(batch, until=lambda: timezone.now() >= stop_at)


def purge() -> int:
    """Forget lists of which nothing was done for KEPT_FOR, and lines of which nothing was made."""
    past = timezone.now() - KEPT_FOR
    old = ImportBatch.objects.filter(changed_at__lt=past)
    ImportSource.objects.filter(batch__in=old).delete()
    unused = ImportLine.objects.filter(batch__in=old, signature=None).exclude(original="")
    return unused.update(original="", fields={}, doubts=[], filled={})


# Commands, which wait for the result


def take_sure(batch: ImportBatch, *, only_sure: bool) -> None:
    """Put the sure lines of a batch under the statement now; the others wait for a person.

    `only_sure` leaves them out. Raises BatchError where the list is refused.
    """
    if batch.state == State.REFUSED:
        raise batches.BatchError(batch.refusal)
    reviewing.accept_sure(batch, by=batch.by)
    if only_sure:
        reviewing.leave_out_open(batch, by=batch.by)
    batches.begin(batch)
    work_on(batch)


def undo_now(batch: ImportBatch, *, by: User | None) -> ImportBatch:
    """Take back all that an import made. Raises BatchError."""
    batches.begin_undo(batch, by=by)
    work_on(batch)
    return batch
