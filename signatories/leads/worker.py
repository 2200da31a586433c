"""The worker of imports: it reads, applies and undoes batches in steps, and forgets old lists."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from casa.accounts.models import User
from casa.lib.periods import Term, cutoff
from casa.lib.personal_data import Retention
from casa.retention.rules import Due, by_statement
from signatories.core import tally
from signatories.core.personal_data import ended_values
from signatories.leads import applying, batches, reading, reviewing, undoing
from signatories.models import ImportBatch, ImportLine, ImportSource, Signature

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


def due_lists(at: datetime) -> Iterator[Due]:
    """Lists of which nothing was done for KEPT_FOR."""
    old = ImportSource.objects.filter(batch__changed_at__lt=at - KEPT_FOR)
    yield from by_statement(old, "batch__statement")


def due_lines(at: datetime) -> Iterator[Due]:
    """Lines as they came: of which nothing was made for KEPT_FOR, and others after the period."""
    there = ImportLine.objects.exclude(original="")
    unused = there.filter(batch__changed_at__lt=at - KEPT_FOR, signature=None)
    yield from by_statement(unused, "batch__statement")
    used = there.filter(batch__changed_at__lt=cutoff(Term.LINES, at), signature__isnull=False)
    yield from by_statement(used, "batch__statement")


def empty_lines(keys: list[int]) -> None:
    """Leave of lines what was decided of them."""
    lines = ImportLine.objects.filter(pk__in=keys)
    lines.update(original="", fields={}, doubts=[], filled={})


def due_in_signatures(at: datetime) -> Iterator[Due]:
    """Signatures that still hold the line they were made of."""
    old = Signature.objects.filter(created_at__lt=cutoff(Term.LINES, at))
    yield from by_statement(old.exclude(original_line=""))


def empty_in_signatures(keys: list[int]) -> None:
    left = ended_values(Retention.WITH_LINES)
    Signature.objects.filter(pk__in=keys).update(**left)


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
