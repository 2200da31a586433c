"""One import is one batch: read, looked through, put under the statement, undone as a whole.

The desk of the back office and the commands do the same here. Nothing that the reader is unsure of
becomes a signature before a person has said yes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from datetime import timedelta

from django.db import transaction
from django.db.models import Count, F, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext

from casa.accounts.models import User
from casa.lib import tasks
from casa.lib.text import name_key
from signatories.core import tally
from signatories.core.erasures import ErasedNames
from signatories.leads import applying, likely, lines, undoing
from signatories.leads.understanding import (
    Columns,
    NotUnderstood,
    Understood,
    understand_file,
    understand_text,
)
from signatories.models import ImportBatch, ImportLine, ImportSource, Signature
from signatories.models.imports import LONGEST_FILE_NAME
from signatories.parser import ParsedLine
from statements.models import Statement

State, Decision, Source = ImportBatch.State, ImportLine.Decision, ImportBatch.Source

TASK = "work-on-imports"
AT_ONCE = 60_000
"""Bytes that are read while somebody waits for the page; a worker reads what is longer."""

RUN_TIME = timedelta(seconds=60)  # well under the task engine's time-out (Q_CLUSTER)
SAMPLE = 50
"""So many lines are looked for in earlier imports."""

FEWEST_SAME = 3
"""So many lines make a list that can be known again."""

KEPT_FOR = timedelta(days=30)
"""How long a list is kept as it came, and lines of which nothing was made."""


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


def earlier(batch: ImportBatch) -> ImportBatch | None:
    """Another import of the same list that stands, under the same statement."""
    gone = (State.UNDONE, State.UNDOING, State.DISCARDED, State.REFUSED)
    there = ImportBatch.objects.filter(statement=batch.statement_id).exclude(state__in=gone)
    there = there.exclude(pk=batch.pk)
    return there.filter(sha256=batch.sha256).first() or _of_same_lines(batch, there)


def _of_same_lines(batch: ImportBatch, there: QuerySet[ImportBatch]) -> ImportBatch | None:
    """One of `there` that holds nearly all the lines of a batch, as another kind of file, say."""
    sample = set(batch.lines.values_list("original", flat=True)[:SAMPLE]) - {""}
    if len(sample) < FEWEST_SAME:
        return None
    same = Count("lines__original", distinct=True, filter=Q(lines__original__in=sample))
    return there.annotate(same=same).filter(same__gte=len(sample) * 9 // 10).first()


def read_soon(batch: ImportBatch) -> None:
    """Read it now if that is quick, else let a worker do so."""
    if len(batch.original.data) <= AT_ONCE:
        read(batch)
    else:
        transaction.on_commit(wake)


def wake() -> None:
    tasks.enqueue(TASK)


# Reading


def read(batch: ImportBatch) -> None:
    """Read the list of a batch, and compare it with what stands; it is under review then.

    What is no list of names, or most of whose lines are unsure, is refused in a sentence.
    """
    data = bytes(batch.original.data)
    by_hand = [(heading, field) for heading, field in batch.columns]
    try:
        found = _understood(batch, data, by_hand)
    except NotUnderstood as error:
        _store(batch, [], str(error))
        return
    store(batch, found)


def _understood(batch: ImportBatch, data: bytes, columns: Columns) -> Understood:
    if batch.source == Source.FILE:
        encoding = batch.encoding
        return understand_file(data, name=batch.file_name, encoding=encoding, columns=columns)
    return understand_text(data, columns=columns)


def store(batch: ImportBatch, found: Understood) -> None:
    """Take what was read into the batch."""
    batch.kind, batch.encoding = found.kind, found.encoding
    batch.encoding_guessed = found.encoding_guessed
    batch.columns = [list(column) for column in found.columns]
    batch.notes = [list(note) for note in found.notes]
    _store(batch, found.lines, found.refusal)


def _store(batch: ImportBatch, read_lines: Sequence[ParsedLine], refusal: str = "") -> None:
    made = lines.made_of(batch, read_lines)
    with transaction.atomic():
        locked = ImportBatch.objects.select_for_update(of=("self",))
        if not locked.filter(pk=batch.pk, state=State.READING).exists():
            return  # somebody was faster
        batch.lines.all().delete()
        ImportLine.objects.bulk_create(made, batch_size=500)
        batch.lines_read, batch.refusal = len(made), refusal
        batch.state = State.REFUSED if refusal else State.REVIEW
        batch.save()


def review_all_the_same(batch: ImportBatch, *, by: User) -> None:
    """Let somebody look at each line of a list that was refused; none counts as sure.

    Raises BatchError where there is none.
    """
    if not batch.lines.filter(decision__in=ImportLine.OPEN).exists():
        raise BatchError(gettext("There is no line in it to look at."))
    if _move(batch, (State.REFUSED,), State.REVIEW):
        batch.lines.filter(decision=Decision.SURE).update(
            decision=Decision.HELD, why=lines.Why.UNSURE
        )


@transaction.atomic
def read_again(
    batch: ImportBatch, *, encoding: str = "", columns: Sequence[Sequence[str]] | None = None
) -> None:
    """Read it as in another encoding, or with other columns; what was decided is forgotten.

    Raises BatchError where signatures were made of it already, or it is a part of a release.
    """
    if not ImportSource.objects.filter(batch=batch).exists():
        raise BatchError(gettext("It cannot be read again: the list is not kept any more."))
    changed = ImportBatch.objects.filter(
        pk=batch.pk, state__in=(State.REVIEW, State.REFUSED), made=0, merged=0
    ).update(
        state=State.READING,
        encoding=encoding or batch.encoding,
        columns=list(columns) if columns is not None else [],
    )
    if not changed:
        raise BatchError(gettext("It cannot be read again: names were taken from it already."))
    batch.refresh_from_db()
    read_soon(batch)


# Under review


def counts(batch: ImportBatch) -> dict[str, int]:
    """How many lines there are of each decision."""
    found = batch.lines.order_by().values_list("decision").annotate(Count("pk"))
    return {**dict.fromkeys(Decision.values, 0), **dict(found)}


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
        who = likely.who(line.fields)
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
    if not _move(batch, (State.REVIEW, State.REFUSED), State.REVIEW):
        raise BatchError(gettext("It is being worked on. Wait until that is done."))
    leave_out_open(batch, by=by)
    if applying.waiting(batch).exists():
        begin(batch)
    else:
        _settle(batch)


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
    if not may_reopen(batch) or not _move(
        batch, before, State.REVIEW, undone_at=None, undone_by=None, removed=0, stayed={},
        compared_up_to=0,
    ):  # fmt: skip
        raise BatchError(gettext("It cannot be reviewed again now."))
    open_again = {"decision": Decision.HELD, "edited_by": by, "edited_at": timezone.now()}
    closed = left_when_closed(batch)
    closed.exclude(alike=[]).update(**open_again, why=lines.Why.STANDS, version=F("version") + 1)
    closed.update(**open_again, why=lines.Why.UNSURE, version=F("version") + 1)
    # What stayed when it was undone is there, and is not made twice.
    own = batch.lines.filter(decision=Decision.ACCEPTED, signature__batch=batch)
    own.update(is_applied=True)
    _leave_out_erased(batch)
    _count(batch)


def _leave_out_erased(batch: ImportBatch) -> None:
    """Do not bring back whoever had their signature erased meanwhile."""
    taken = [(line.pk, lines.parsed(line)) for line in applying.waiting(batch)]
    erased = {id(one) for one in ErasedNames(batch.statement).parted(one for _pk, one in taken)[1]}
    gone = [pk for pk, one in taken if id(one) in erased]
    batch.lines.filter(pk__in=gone).update(
        decision=Decision.SKIPPED, why=lines.Why.ERASED, version=F("version") + 1
    )


# Putting under the statement, and undoing


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
    if not _move(batch, (State.REVIEW,), State.APPLYING):
        raise BatchError(gettext("It is being worked on, or done already."))
    transaction.on_commit(wake)


def begin_undo(batch: ImportBatch, *, by: User | None) -> None:
    """Have all taken back that it made. Raises BatchError."""
    before = (State.REVIEW, State.APPLIED)
    if not _move(batch, before, State.UNDOING, undone_by=by, undone_at=timezone.now()):
        raise BatchError(gettext("It is undone already, or being worked on."))
    transaction.on_commit(wake)


def _move(batch: ImportBatch, before: Sequence[str], to: str, **more: object) -> bool:
    rows = ImportBatch.objects.filter(pk=batch.pk, state__in=before)
    changed = rows.update(state=to, worked_through=0, **more)
    batch.refresh_from_db()
    return bool(changed)


def work_on(batch: ImportBatch, *, until: Callable[[], bool] = lambda: False) -> None:
    """Do what there is to do with a batch, in steps of a transaction each."""
    if batch.state == State.READING:
        read(batch)
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
            _settle(batch)
        else:
            _count(batch)
    elif batch.state == State.UNDOING and not undoing.undo_some(batch):
        batch.state = State.UNDONE
        batch.save(update_fields=["state", "changed_at"])
        _forget_source(batch)
        tally.forget_earlier(batch.statement)
        transaction.on_commit(lambda: tally.forget_collected(batch.statement))


def _count(batch: ImportBatch) -> None:
    """Say how far it has come."""
    applied = batch.lines.filter(is_applied=True)
    batch.made = applied.filter(decision=Decision.ACCEPTED).count()
    batch.merged = applied.filter(decision=Decision.MERGED).count()
    batch.save(update_fields=["made", "merged", "changed_at"])
    transaction.on_commit(lambda: tally.forget_collected(batch.statement))


def _settle(batch: ImportBatch) -> None:
    """Say where a batch stands of which nothing is left to be applied."""
    _count(batch)
    if batch.lines.filter(decision__in=ImportLine.OPEN).exists():
        batch.state = State.REVIEW
    else:
        batch.state = State.APPLIED if batch.made or batch.merged else State.DISCARDED
        _forget_source(batch)
    batch.save(update_fields=["state", "changed_at"])


def _forget_source(batch: ImportBatch) -> None:
    ImportSource.objects.filter(batch=batch).delete()


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
        raise BatchError(batch.refusal)
    accept_sure(batch, by=batch.by)
    if only_sure:
        leave_out_open(batch, by=batch.by)
    begin(batch)
    work_on(batch)


def undo_now(batch: ImportBatch, *, by: User | None) -> ImportBatch:
    """Take back all that an import made. Raises BatchError."""
    begin_undo(batch, by=by)
    work_on(batch)
    return batch
