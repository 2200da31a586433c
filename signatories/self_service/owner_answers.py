"""What the owner of an imported name answers: it is theirs, or it is to go."""

from __future__ import annotations

import hashlib
from enum import StrEnum, auto

from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language

from signatories.core import states, tally
from signatories.core.mails import allow_mail
from signatories.models import AskedOwner, ConsentWording, Signature
from signatories.organizations import verification
from signatories.signing.confirmation import digest
from statements.models import Statement

CONFIRMED = "confirmed by its owner"
"""The reason in the history."""


class OwnerResult(StrEnum):
    """What became of an answer."""

    CONFIRMED = auto()
    WITHDRAWN = auto()
    CHANGED = auto()
    GONE = auto()


def confirm(signature: Signature, *, seen: str, consent: str) -> OwnerResult:
    """Let an imported name be its owner's own, who read it and agreed to `consent`.

    `seen` is the digest of what the page showed them. It counts as before, and no longer as
    collected by the organizer. The object given is brought up to date.
    """
    with transaction.atomic():
        locked = Signature.objects.select_for_update(of=("self",))
        signature.refresh_from_db(
            from_queryset=locked.select_related("statement", "edition", "organization")
        )
        if signature.state not in Signature.STANDING_STATES or not may_answer(signature):
            return OwnerResult.GONE
        if not signature.consent_source:
            return OwnerResult.CONFIRMED
        if seen != digest(signature):
            return OwnerResult.CHANGED
        _take_over(signature, consent)
        _note(signature, AskedOwner.Answer.CONFIRMED)
    return OwnerResult.CONFIRMED


def may_answer(signature: Signature) -> bool:
    """Whether the words can be read that it stands under."""
    statement = signature.statement
    return statement.is_public() and statement.status != Statement.Status.ARCHIVED


def _take_over(signature: Signature, consent: str) -> None:
    signature.consent_source = ""
    signature.consent = _wording(consent)
    signature.consented_at = timezone.now()
    signature.save(update_fields=["consent_source", "consent", "consented_at"])
    states.record_event(signature, by=None, reason=CONFIRMED)
    allow_mail(signature)
    verification.verify_or_flag(signature)


def _wording(text: str) -> ConsentWording:
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    wording, _made = ConsentWording.objects.get_or_create(
        language=get_language() or "", sha256=sha256, defaults={"text": text}
    )
    return wording


def object_to(signature: Signature) -> OwnerResult:
    """Take the name off at once. It is not listed as withdrawn: its owner never signed here."""
    with transaction.atomic():
        try:
            states.withdraw(signature)
        except states.StateError:
            return OwnerResult.GONE
        _note(signature, AskedOwner.Answer.OBJECTED)
    return OwnerResult.WITHDRAWN


def _note(signature: Signature, answer: str) -> None:
    AskedOwner.objects.filter(signature=signature).update(answer=answer, answered_at=timezone.now())
    statement = signature.statement
    tally.forget_earlier(statement)
    transaction.on_commit(lambda: tally.forget_collected(statement))
