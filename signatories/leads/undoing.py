"""An import is undone: its signatures go, except those that their owner has since changed."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Exists, F, OuterRef, ProtectedError, Q, QuerySet

from casa.mail.models import OutgoingMail
from signatories.core import locks, states
from signatories.leads.applying import AT_ONCE, last_owner_action
from signatories.models import (
    GoneCount,
    ImportBatch,
    ImportLine,
    Organization,
    Signature,
    SignatureEvent,
    SignatureQuerySet,
)
from statements.models import Statement

Decision, State = ImportLine.Decision, ImportBatch.State

NAMED_AGAIN = "named_again"
"""Why a signature stays that another import names too."""


def of_owners(batch: ImportBatch) -> SignatureQuerySet:
    """Those of its signatures whose owners did something about them, and which stay."""
    events = SignatureEvent.objects.filter(signature=OuterRef("pk"), by=None)
    owners = events.exclude(from_state="").exclude(reason__startswith="import ")
    did = Q(state=Signature.State.WITHDRAWN) | Q(renamed_at__isnull=False) | Exists(owners)
    return Signature.objects.filter(did, batch=batch)


def named_again(batch: ImportBatch) -> SignatureQuerySet:
    """Those of its signatures that another import was merged with, and which pass to that one."""
    others = _naming(batch).filter(signature=OuterRef("pk"))
    mine = Signature.objects.filter(Exists(others), batch=batch)
    return mine.exclude(pk__in=of_owners(batch).values("pk"))


def _naming(batch: ImportBatch) -> QuerySet[ImportLine]:
    """Lines of other imports that stand and were merged with a signature."""
    merged = ImportLine.objects.filter(decision=Decision.MERGED, is_applied=True)
    return merged.exclude(batch=batch).exclude(batch__state__in=(State.UNDOING, State.UNDONE))


@transaction.atomic
def undo_some(batch: ImportBatch) -> int:
    """Take back what the last AT_ONCE applied lines made; how many lines were worked through."""
    Statement.objects.select_for_update(no_key=True).only("pk").get(pk=batch.statement_id)
    chosen = list(batch.lines.filter(is_applied=True).order_by("-position")[:AT_ONCE])
    signatures = [line.signature_id for line in chosen if line.signature_id]
    locks.hold_before_writing(batch.statement_id, signatures=signatures)
    stayed = dict(batch.stayed)
    for line in chosen:
        why = _take_back(batch, line)
        if why:
            stayed[why] = stayed.get(why, 0) + 1
        elif line.decision == Decision.ACCEPTED:
            batch.removed += 1
    batch.stayed = stayed
    batch.worked_through += len(chosen)
    batch.save(update_fields=["stayed", "removed", "worked_through", "changed_at"])
    return len(chosen)


def _take_back(batch: ImportBatch, line: ImportLine) -> str:
    """Undo one line; why what it made stays, "" where it does not."""
    locked = Signature.objects.select_for_update(of=("self",))
    row = locked.filter(pk=line.signature_id).first() if line.signature_id else None
    line.is_applied = False
    line.save(update_fields=["is_applied"])
    if line.decision == Decision.MERGED:
        if row is not None:
            _take_from_leads(batch, line, row)
            _empty_filled(batch, line, row)
        return ""
    if row is None:
        return "erased"
    if why := last_owner_action(row):
        return why
    if heir := _naming(batch).filter(signature=row).order_by("-batch__as_leads", "pk").first():
        _pass_on(batch, line, row, heir)
        return NAMED_AGAIN
    OutgoingMail.objects.filter(params__signature=row.pk).delete()
    states.erase(row, why=GoneCount.Why.UNDONE)
    _remove_organization(line)
    return ""


def _pass_on(batch: ImportBatch, line: ImportLine, row: Signature, heir: ImportLine) -> None:
    """Let the signature be the one that the line `heir` of another import made."""
    row.batch = heir.batch
    row.consent_source = row.consent_source and heir.batch.consent
    if row.edition_id is not None and not heir.batch.as_leads:
        row.lead_position = None
    row.save(update_fields=["batch", "consent_source", "lead_position"])
    reason = f"import {batch.pk} was undone, import {heir.batch_id} names it too"
    states.record_event(row, by=batch.undone_by, reason=reason)
    ImportLine.objects.filter(pk=heir.pk).update(
        decision=Decision.ACCEPTED, same_as="", filled={}, made_organization=line.made_organization
    )
    # One that is worked on counts its lines itself, and its worker holds the row.
    counted = ImportBatch.objects.exclude(state__in=ImportBatch.WORKED_ON_STATES)
    counted.filter(pk=heir.batch_id).update(made=F("made") + 1, merged=F("merged") - 1)


def _take_from_leads(batch: ImportBatch, line: ImportLine, row: Signature) -> None:
    """Let somebody stand among the others again whom the line put among the first names."""
    place = line.filled.pop("lead_position", None)
    if place is None or row.lead_position is None or row.edition_id is None:
        return
    row.lead_position = None
    row.save(update_fields=["lead_position"])
    reason = f"import {batch.pk} was undone: taken from the lead signatories"
    states.record_event(row, by=batch.undone_by, reason=reason)


def _empty_filled(batch: ImportBatch, line: ImportLine, row: Signature) -> None:
    mine = [name for name, value in line.filled.items() if getattr(row, name) == value]
    if mine and not last_owner_action(row):
        for name in mine:
            setattr(row, name, "")
        row.save(update_fields=mine)
        states.record_event(row, by=batch.undone_by, reason=f"import {batch.pk} was undone")
    ImportLine.objects.filter(pk=line.pk).update(filled={})


def _remove_organization(line: ImportLine) -> None:
    """Take the directory's entry along that the line made, if nothing else has come of it."""
    made = line.made_organization
    if made is None or made.verification != Organization.Verification.OPEN:
        return
    used = (made.signatures, made.events, made.history, made.logos, made.aliases)
    if any(rows.exists() for rows in used):
        return
    try:
        with transaction.atomic():
            made.delete()
    except ProtectedError:
        pass
