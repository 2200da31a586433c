"""One signature that staff type from a letter or a mail, with that letter as its proof."""

from __future__ import annotations

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from casa.accounts.models import User
from signatories.leads import batches, likely, lines, worker
from signatories.models import ImportBatch, ImportLine, ImportProof
from signatories.models.imports import LONGEST_FILE_NAME
from statements.models import Statement

Decision = ImportLine.Decision


@transaction.atomic
def store(
    statement: Statement,
    fields: dict[str, str],
    *,
    by: User,
    consent: str,
    as_leads: bool,
    words: str = "",
    file: UploadedFile | None = None,
) -> ImportBatch:
    """Put one name under a statement, as a batch of its own.

    Where somebody like it stands there already, it waits for a decision instead.
    """
    fields = {name: value for name, value in fields.items() if value}
    original = ", ".join(
        fields[name] for name in ("name", "role", "organization", "city") if name in fields
    )
    batch = batches.open_batch(
        statement, original.encode(), by=by, source=ImportBatch.Source.ONE, consent=consent,
        as_leads=as_leads, keeps=False,
    )  # fmt: skip
    line = ImportLine.objects.create(
        batch=batch, position=1, number=1, original=original, fields=fields, confidence=1,
        edited_by=by,
    )  # fmt: skip
    _keep_proof(line, words, file)
    _compare(line)
    batch.lines_read, batch.state = 1, ImportBatch.State.REVIEW
    batch.save()
    if line.decision == Decision.ACCEPTED:
        batches.begin(batch)
        worker.work_on(batch)
    return batch


def _keep_proof(line: ImportLine, words: str, file: UploadedFile | None) -> None:
    if words or file is not None:
        ImportProof.objects.create(
            line=line,
            words=words,
            file_name=(file.name or "")[-LONGEST_FILE_NAME:] if file else "",
            content_type=(file.content_type or "")[:100] if file else "",
            data=file.read() if file else b"",
        )


def _compare(line: ImportLine) -> None:
    standing = likely.Standing(line.batch.statement, [line.fields]).of(line.fields)
    others = lines.Spellings(line.batch.statement).of(line.fields)
    line.alike = [*standing, *others]
    line.decision = Decision.HELD if line.alike else Decision.ACCEPTED
    line.why = (lines.Why.STANDS if standing else lines.Why.ALIKE) if line.alike else ""
    line.save()
