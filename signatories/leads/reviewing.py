"""The review of a batch: decisions on many lines at once, its end, and its reopening."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.translation import gettext

from casa.accounts.models import User
from casa.lib.text import name_key
from signatories.core.erasures import ErasedNames
from signatories.leads import applying, batches, likely, lines
from signatories.models import ImportBatch, ImportLine, Signature

State, Decision = ImportBatch.State, ImportLine.Decision


def accept_sure(batch: ImportBatch, *, by: User | None) -> int:
    """Say yes to all lines that are sure; how many those are."""
    return batch.lines.filter(decision=Decision.SURE).update(
        decision=Decision.ACCEPTED, edited_by=by, edited_at=timezone.now(), version=F("version") + 1
    )


def same_as_standing(batch: ImportBatch) -> dict[int, str]:
    """{open line: the one signature under the statement that has its name}."""
    held = batch.lines.filter(decision=Decision.HELD, why=lines.Why.STANDS, is_applied=False)
    targets = lines.targets_of(held)
    found = {}
    for line in held:
        who = likely.identity(line.fields)
        same = [mark for mark in line.alike if _is_called(targets.get(mark), who)]
        if len(same) == 1:
            found[line.pk] = same[0]
    return found


def _is_called(target: object, who: tuple[str, str]) -> bool:
    return isinstance(target, Signature) and (target.kind, name_key(target.displayed_name)) == who


@transaction.atomic
def merge_same(batch: ImportBatch, *, by: User | None) -> int:
    """Merge all open lines with the signatures of their names; how many those are."""
    merged = 0
    for pk, mark in same_as_standing(batch).items():
        rows = batch.lines.filter(pk=pk, decision=Decision.HELD, is_applied=False)
        merged += rows.update(
            decision=Decision.MERGED, same_as=mark, edited_by=by, edited_at=timezone.now(),
            version=F("version") + 1,
        )  # fmt: skip
    return merged


def leave_out_open(batch: ImportBatch, *, by: User | None) -> int:
    """Say no to all lines that nobody has decided on; how many those were."""
    return batch.lines.filter(decision__in=ImportLine.OPEN).update(
        decision=Decision.SKIPPED, why=lines.Why.CLOSED, edited_by=by, edited_at=timezone.now(),
        version=F("version") + 1,
    )  # fmt: skip


def close(batch: ImportBatch, *, by: User | None) -> None:
    """End the review: what is open is left out. Raises BatchError while it is worked on."""
    if not batches.move(batch, (State.REVIEW, State.REFUSED), State.REVIEW):
        raise batches.BatchError(gettext("It is being worked on. Wait until that is done."))
    leave_out_open(batch, by=by)
    if applying.waiting(batch).exists():
        batches.begin(batch)
    else:
        batches.settle(batch)


def left_when_closed(batch: ImportBatch) -> QuerySet[ImportLine]:
    """Lines that nobody had decided on when the review ended."""
    return batch.lines.filter(decision=Decision.SKIPPED, why=lines.Why.CLOSED)


def may_reopen(batch: ImportBatch) -> bool:
    if batch.state == State.UNDONE:
        return batch.lines.exists() and not _is_forgotten(batch)
    ended = batch.state in (State.APPLIED, State.DISCARDED)
    return ended and left_when_closed(batch).exists() and not _is_forgotten(batch)


def _is_forgotten(batch: ImportBatch) -> bool:
    """Whether `purge` has emptied lines of it."""
    return batch.lines.filter(original="", fields={}, is_applied=False).exists()


@transaction.atomic
def reopen(batch: ImportBatch, *, by: User | None) -> None:
    """Review it again: what was corrected and taken stays so. Raises BatchError."""
    before = (batch.state,)
    if not may_reopen(batch) or not batches.move(
        batch, before, State.REVIEW, undone_at=None, undone_by=None, removed=0, stayed={},
        compared_up_to=0,
    ):  # fmt: skip
        raise batches.BatchError(gettext("It cannot be reviewed again now."))
    open_again = {"decision": Decision.HELD, "edited_by": by, "edited_at": timezone.now()}
    closed = left_when_closed(batch)
    closed.exclude(alike=[]).update(**open_again, why=lines.Why.STANDS, version=F("version") + 1)
    closed.update(**open_again, why=lines.Why.UNSURE, version=F("version") + 1)
    # What stayed when it was undone is there, and is not made twice.
    own = batch.lines.filter(decision=Decision.ACCEPTED, signature__batch=batch)
    own.update(is_applied=True)
    _leave_out_erased(batch)
    batches.note_progress(batch)


def _leave_out_erased(batch: ImportBatch) -> None:
    """Do not bring back whoever had their signature erased meanwhile."""
    taken = [(line.pk, lines.parsed(line)) for line in applying.waiting(batch)]
    erased = {id(one) for one in ErasedNames(batch.statement).split(one for _pk, one in taken)[1]}
    gone = [pk for pk, one in taken if id(one) in erased]
    batch.lines.filter(pk__in=gone).update(
        decision=Decision.SKIPPED, why=lines.Why.ERASED, version=F("version") + 1
    )
