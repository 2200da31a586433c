"""A batch's list is read, now or by a worker, and again with another encoding or columns."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext

from casa.accounts.models import User
from signatories.leads import batches, lines
from signatories.leads.understanding import (
    Busy,
    Columns,
    NotUnderstood,
    Understood,
    understand_file,
    understand_text,
)
from signatories.models import ImportBatch, ImportLine, ImportSource
from signatories.parser import LeftOut, ParsedLine

State, Decision, Source = ImportBatch.State, ImportLine.Decision, ImportBatch.Source

AT_ONCE = 60_000
"""Bytes that are read while somebody waits for the page; a worker reads what is longer."""

SAMPLE = 50
"""So many lines are looked for in earlier imports."""

COMPARED = 2_000  # lines of another import
FEWEST_SAME = 3
"""So many lines make a list that can be known again."""


def read_soon(batch: ImportBatch) -> None:
    """Read it now if that is quick, else let a worker do so."""
    if len(batch.original.data) <= AT_ONCE:
        read(batch)
    else:
        transaction.on_commit(batches.wake)


def read(batch: ImportBatch) -> None:
    """Read the list of a batch, and compare it with what stands; it is under review then.

    What is no list of names, or most of whose lines are unsure, is refused in a sentence. While
    other files are read, it stays to be read.
    """
    data = bytes(batch.original.data)
    by_hand = [(heading, field) for heading, field in batch.columns]
    try:
        found = _understood(batch, data, by_hand)
    except Busy:
        transaction.on_commit(batches.wake)  # the worker reads it; the schedule comes anyway
        return
    except NotUnderstood as error:
        _store(batch, [], str(error))
        return
    store(batch, found)


def is_unreadable(batch: ImportBatch) -> bool:
    """Whether it was refused and nothing was read of it that anybody could look at or map."""
    return batch.state == State.REFUSED and not batch.lines_read and not batch.columns


def remove_refused(batch: ImportBatch) -> bool:
    """Remove a list that was refused, of which nothing was made; False if it is another by now."""
    rows = ImportBatch.objects.filter(pk=batch.pk, state=State.REFUSED, made=0, merged=0)
    return bool(rows.delete()[0])


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
    told = {(one.line, one.why) for one in found.left_out}  # each of these is a line
    batch.notes = [list(note) for note in found.notes if note not in told]
    _store(batch, found.lines, found.refusal, found.left_out)


def _store(
    batch: ImportBatch,
    read_lines: Sequence[ParsedLine],
    refusal: str = "",
    left_out: Sequence[LeftOut] = (),
) -> None:
    made = lines.build_lines(batch, read_lines)
    made += lines.build_left_out(batch, left_out, after=len(made))
    with transaction.atomic():
        locked = ImportBatch.objects.select_for_update(of=("self",))
        if not locked.filter(pk=batch.pk, state=State.READING).exists():
            return  # somebody was faster
        batch.lines.all().delete()
        ImportLine.objects.bulk_create(made, batch_size=500)
        batch.lines_read, batch.refusal = len(read_lines), refusal
        batch.state = State.REFUSED if refusal else State.REVIEW
        batch.save()


def review_all_the_same(batch: ImportBatch, *, by: User) -> None:
    """Let somebody look at each line of a list that was refused; none counts as sure.

    Raises BatchError where there is none.
    """
    if not batch.lines.filter(decision__in=ImportLine.OPEN).exists():
        raise batches.BatchError(gettext("There is no line in it to look at."))
    if batches.move(batch, (State.REFUSED,), State.REVIEW):
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
        raise batches.BatchError(gettext("It cannot be read again: the list is not kept any more."))
    changed = ImportBatch.objects.filter(
        pk=batch.pk, state__in=(State.REVIEW, State.REFUSED), made=0, merged=0
    ).update(
        state=State.READING,
        encoding=encoding or batch.encoding,
        columns=list(columns) if columns is not None else [],
    )
    if not changed:
        raise batches.BatchError(
            gettext("It cannot be read again: names were taken from it already.")
        )
    batch.refresh_from_db()
    read_soon(batch)


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
    # Lines lie encrypted, so the first of each import are read.
    for one in there:
        others = set(one.lines.values_list("original", flat=True)[:COMPARED])
        if len(sample & others) >= len(sample) * 9 // 10:
            return one
    return None
