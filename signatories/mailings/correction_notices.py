"""Signers are told of a material correction, once each, by mail, in batches.

A `CorrectionMailing` row follows from a material edition, not from whoever published it, so a
worker that died, or was never woken, forgets nobody.
"""

from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from casa.lib import tasks
from casa.lib.db import rows
from casa.mail.outbox import queue
from signatories.core import reconsent_questions
from signatories.mailings import batches
from signatories.models import CorrectionMailing, Signature, SignatureQuerySet
from statements.models import Edition, Statement

KIND = "signatories.correction"
TASK = "tell-signers-of-corrections"


def notify_signers() -> int:
    """Queue a mail to each signer who has yet to be told of a material correction; how many.

    Harmless to run at any time and by many at once. What it leaves, the next run takes up.
    """
    _begin_mailings()
    run = batches.Run(KIND)
    public = Statement.objects.public()
    unfinished = CorrectionMailing.objects.filter(finished_at=None, statement__in=public)
    for pk in unfinished.order_by("pk").values_list("pk", flat=True):
        run.repeat(partial(notify_batch, pk))
    return run.queued


def wake(sender: object, instance: Edition, **kwargs: Any) -> None:
    """Have a worker tell signers soon after an edition was stored; never raises.

    Nothing depends on it: a schedule calls `notify_signers` every minute.
    """
    if instance.is_material and instance.number > 1:
        transaction.on_commit(partial(tasks.enqueue, TASK))


def _begin_mailings() -> None:
    begun = CorrectionMailing.objects.filter(
        Q(language=OuterRef("language")) | Q(language=""),
        statement=OuterRef("statement"),
        edition_number=OuterRef("number"),
    )
    material = Edition.objects.public().filter(~Exists(begun), is_material=True, number__gt=1)
    found = material.order_by("pk").values_list("statement", "number", "language")
    CorrectionMailing.objects.bulk_create(
        [
            CorrectionMailing(statement_id=pk, edition_number=number, language=language)
            for pk, number, language in found
        ],
        ignore_conflicts=True,
    )


@transaction.atomic
def notify_batch(pk: int) -> int | None:
    """Queue the next mails of a mailing and move its cursor; None when it is done or taken."""
    unfinished = CorrectionMailing.objects.filter(pk=pk, finished_at=None)
    mailing = unfinished.select_for_update(skip_locked=True).first()
    if mailing is None:
        return None
    signatures = list(_signatures_to_notify(mailing)[: batches.SIZE])
    for signature in signatures:
        _queue(signature, mailing.edition_number)
    if signatures:
        mailing.last_signature = signatures[-1].pk
        mailing.queued += len(signatures)
    if len(signatures) < batches.SIZE:
        mailing.finished_at = timezone.now()
    mailing.save(update_fields=["last_signature", "queued", "finished_at"])
    return len(signatures) or None


def _signatures_to_notify(mailing: CorrectionMailing) -> SignatureQuerySet:
    """Confirmed signers of an earlier edition whose address is known, after the cursor."""
    return (
        Signature.objects.filter(
            _signed_before(mailing),
            statement=mailing.statement_id,
            state=Signature.State.CONFIRMED,
            pk__gt=mailing.last_signature,
        )
        .exclude(email="")
        .only("pk", "email", "language")
        .order_by("pk")
    )


def mailboxes_asked(statement: Statement) -> dict[str, int]:
    """How many mailboxes a material correction that came now would ask, by language."""
    editions = Edition.objects.filter(statement=statement)
    languages = editions.order_by("language").values_list("language", flat=True).distinct()
    asked = {}
    for language in languages:
        would_be = CorrectionMailing(
            statement=statement, edition_number=statement.last_number + 1, language=language
        )
        signatures = _signatures_to_notify(would_be).order_by()
        asked[language] = signatures.values("email_key").distinct().count()
    return asked


def _signed_before(mailing: CorrectionMailing) -> Q:
    """Who signed, in the mailing's language, an edition before the one it tells of.

    Whoever staff placed before publication signed edition 1 in their language, else the
    original's, as `reconsent_questions.signed_edition` has it.
    """
    earlier = Q(edition__number__lt=mailing.edition_number)
    if not mailing.language:
        return earlier | Q(edition__isnull=True)
    first = Edition.objects.filter(statement=mailing.statement_id, number=1)
    placed = Q(language=mailing.language)
    if mailing.language == mailing.statement.language:
        placed |= ~Q(language__in=list(first.values_list("language", flat=True)))
    elif not first.filter(language=mailing.language).exists():
        placed &= Q(pk__in=[])
    in_language = Q(edition__language=mailing.language)
    return (earlier & in_language) | (placed & Q(edition__isnull=True))


_ANY = "SELECT 1 FROM signatories_correctionmailing WHERE statement_id = %s LIMIT 1"


def notify_if_missed(signature: Signature) -> None:
    """Tell somebody who confirms only now, if a mailing has passed them while they were pending.

    In the transaction that confirms. Mailings are locked: one that is at work ends its batch
    first, and one that has yet to come to this signature will find it confirmed.
    """
    if rows.first(_ANY, [signature.statement_id]) is None:
        return  # nothing was ever corrected, as most often
    signed = reconsent_questions.signed_edition(signature)
    missed = CorrectionMailing.objects.select_for_update().filter(
        language__in=(signed.language, ""),
        statement=signature.statement_id,
        edition_number__gt=signed.number,
    )
    passed = [
        mailing.edition_number
        for mailing in missed
        if mailing.finished_at or mailing.last_signature >= signature.pk
    ]
    if passed and signature.email:
        _queue(signature, max(passed))


def _queue(signature: Signature, number: int) -> None:
    params = {"signature": signature.pk, "edition": number}
    queue(KIND, to=signature.email, language=signature.language, params=params)


def is_superseded(signature: Signature, number: int) -> bool:
    """Whether a later material edition tells the signer of all that changed, this included."""
    later = Edition.objects.filter(
        statement=signature.statement_id,
        language=reconsent_questions.signed_edition(signature).language,
        number__gt=number,
        is_material=True,
    )
    return later.exists()
