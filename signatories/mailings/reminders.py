"""One reminder to each unconfirmed signer, REMINDER_HOURS after they signed.

The signatures are the truth: `reminded_at` is set in the transaction that queues the mail, so
whatever is killed in between, nobody is reminded twice, and who was not is found by the next run.
"""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from casa.mail.outbox import queue
from signatories.core import mail_budget, tokens
from signatories.mailings import batches
from signatories.models import Signature, SignatureQuerySet
from signatories.signing.confirmation import CONFIRM_GRACE
from statements.models import SigningPause, Statement, public_now

KIND = "signatories.reminder"


def queue_reminders() -> int:
    """Queue a reminder to each signer who should have one; how many.

    Harmless to run at any time and by many at once. Nothing while signing is paused: what was
    posted then may be what it was paused for.
    """
    if not settings.REMINDER_HOURS or SigningPause.now().is_on:
        return 0
    run, after = batches.Run(KIND), 0

    def queue_next() -> int | None:
        nonlocal after
        after, number = queue_batch(after)
        return number if after else None

    run.repeat(queue_next)
    return run.queued


@transaction.atomic
def queue_batch(after: int = 0) -> tuple[int, int]:
    """Remind the next signers with a number above `after`.

    Gives the last one looked at (0 if none) and how many reminders were queued.
    Who had their share of mails today is left for another day.
    """
    due = list(
        _due()
        .filter(pk__gt=after)
        .select_for_update(of=("self",), skip_locked=True)[: batches.SIZE]
    )
    turns = mail_budget.spend_all(signature.email for signature in due)
    wanted = [signature for signature in due if signature.email in turns]
    _mark([signature.pk for signature in wanted])
    for signature in wanted:
        params, due_at = {"signature": signature.pk}, turns[signature.email]
        queue(KIND, to=signature.email, language=signature.language, params=params, due_at=due_at)
    return (due[-1].pk if due else 0), len(wanted)


def _due() -> SignatureQuerySet:
    """Who signed long enough ago, can still confirm, and has a mailbox that takes mail.

    Not who signed so long ago that the first link is dead: a reminder late by a fortnight, after
    the setting was changed, say, would come as a surprise.
    """
    now = timezone.now()
    return (
        Signature.objects.filter(
            public_now(now, path="statement__"),
            Q(statement__signing_closes_at__isnull=True)
            | Q(statement__signing_closes_at__gt=now - CONFIRM_GRACE),
            state=Signature.State.PENDING,
            reminded_at=None,
            created_at__lte=now - timedelta(hours=settings.REMINDER_HOURS),
            created_at__gt=now - tokens.LIFETIME[tokens.CONFIRM],
            consented_at__lte=now - timedelta(hours=settings.REMINDER_HOURS),
            statement__signing_paused=False,
            edition__isnull=False,
        )
        .exclude(statement__status=Statement.Status.ARCHIVED)
        .exclude(email_key="")
        .exclude(mail_trouble__in=(Signature.MailTrouble.HARD, Signature.MailTrouble.COMPLAINT))
        .order_by("pk")
    )


def _mark(numbers: list[int]) -> None:
    """Mark them as reminded; a new mail brings new tries of its code."""
    Signature.objects.filter(pk__in=numbers).update(reminded_at=timezone.now(), code_tries=0)
