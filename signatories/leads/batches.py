"""One import is one batch: opened, put under the statement, undone as a whole.

The desk of the back office and the commands do the same here. Nothing that the reader is unsure of
becomes a signature before a person has said yes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from django.db import transaction
from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext

from casa.accounts.models import User
from casa.lib import tasks
from signatories.core import tally
from signatories.leads import applying
from signatories.models import ImportBatch, ImportLine, ImportSource
from signatories.models.imports import LONGEST_FILE_NAME
from statements.models import Statement

State, Decision = ImportBatch.State, ImportLine.Decision

TASK = "work-on-imports"


class BatchError(Exception):
    """What was asked for cannot be done now; the message is one sentence for staff."""


@transaction.atomic
def open_batch(
    statement: Statement,
    data: bytes,
    *,
    by: User | None,
    source: str,
    consent: str,
    file_name: str = "",
    as_leads: bool = False,
    asks_first: bool = False,
    encoding: str = "",
    keeps: bool = True,
) -> ImportBatch:
    """Store a list that is to be read; its bytes too, where it `keeps` them to be read again."""
    batch = ImportBatch.objects.create(
        statement=statement,
        by=by,
        source=source,
        file_name=file_name[-LONGEST_FILE_NAME:],
        sha256=hashlib.sha256(data).hexdigest(),
        consent=consent,
        as_leads=as_leads,
        asks_first=asks_first,
        encoding=encoding,
    )
    if keeps:
        ImportSource.objects.create(batch=batch, data=data)
    return batch


def counts(batch: ImportBatch) -> dict[str, int]:
    """How many lines there are of each decision."""
    found = batch.lines.order_by().values_list("decision").annotate(Count("pk"))
    return {**dict.fromkeys(Decision.values, 0), **dict(found)}


def obstacle(batch: ImportBatch) -> str:
    """Why its names cannot be put under the statement now; "" if they can."""
    if not batch.as_leads and applying.current_edition(batch.statement) is None:
        return gettext(
            "The statement has no published text that they could stand under: publish it first, or"
            " put them among the lead signatories."
        )
    return ""


def begin(batch: ImportBatch) -> None:
    """Have the lines that are taken put under the statement. Raises BatchError."""
    if reason := obstacle(batch):
        raise BatchError(reason)
    if not move(batch, (State.REVIEW,), State.APPLYING):
        raise BatchError(gettext("It is being worked on, or done already."))
    transaction.on_commit(wake)


def begin_undo(batch: ImportBatch, *, by: User | None) -> None:
    """Have all taken back that it made. Raises BatchError."""
    before = (State.REVIEW, State.APPLIED)
    if not move(batch, before, State.UNDOING, undone_by=by, undone_at=timezone.now()):
        raise BatchError(gettext("It is undone already, or being worked on."))
    transaction.on_commit(wake)


def move(batch: ImportBatch, before: Sequence[str], to: str, **more: object) -> bool:
    rows = ImportBatch.objects.filter(pk=batch.pk, state__in=before)
    changed = rows.update(state=to, worked_through=0, **more)
    batch.refresh_from_db()
    return bool(changed)


def note_progress(batch: ImportBatch) -> None:
    """Say how far it has come."""
    applied = batch.lines.filter(is_applied=True)
    batch.made = applied.filter(decision=Decision.ACCEPTED).count()
    batch.merged = applied.filter(decision=Decision.MERGED).count()
    batch.save(update_fields=["made", "merged", "changed_at"])
    transaction.on_commit(lambda: tally.forget_collected(batch.statement))


def settle(batch: ImportBatch) -> None:
    """Say where a batch stands of which nothing is left to be applied."""
    note_progress(batch)
    if batch.lines.filter(decision__in=ImportLine.OPEN).exists():
        batch.state = State.REVIEW
    else:
        batch.state = State.APPLIED if batch.made or batch.merged else State.DISCARDED
        forget_source(batch)
    batch.save(update_fields=["state", "changed_at"])


def forget_source(batch: ImportBatch) -> None:
    ImportSource.objects.filter(batch=batch).delete()


def wake() -> None:
    tasks.enqueue(TASK)
