"""Representatives are asked to verify their organizations again, in batches.

Organizations are the truth: `request_mailed_at` is set in the transaction that queues the mail, so
whatever is killed in between, nobody is asked twice, and who was not is found by the next run.
"""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from casa.mail.outbox import queue
from signatories.core import mail_budget
from signatories.mailings import batches
from signatories.models import ANSWER_WITHIN, Organization, OrganizationQuerySet, Signature
from signatories.organizations import renewals

KIND = "signatories.verify_again"
TASK = "ask-to-verify-again"


def queue_requests() -> int:
    """Queue the mail to each representative who is to be asked; how many.

    Harmless to run at any time and by many at once.
    """
    run, after = batches.Run(KIND), 0

    def queue_next() -> int | None:
        nonlocal after
        after, number = queue_batch(after)
        return number if after else None

    run.repeat(queue_next)
    return run.queued


@transaction.atomic
def queue_batch(after: int = 0) -> tuple[int, int]:
    """Ask for the next organizations with a number above `after`.

    Gives the last one looked at (0 if none) and how many mails were queued. A representative who
    had their share of mails today is asked another day.
    """
    due = _due().filter(pk__gt=after).select_for_update(of=("self",), skip_locked=True)
    chosen = list(due[: batches.SIZE])
    asked = [(one, signature) for one in chosen if (signature := renewals.representative(one))]
    turns = mail_budget.spend_all(signature.email for _one, signature in asked)
    reached = [(one, signature) for one, signature in asked if signature.email in turns]
    numbers = [one.pk for one, _signature in reached]
    Organization.objects.filter(pk__in=numbers).update(request_mailed_at=timezone.now())
    for _one, signature in reached:
        _queue(signature, turns[signature.email])
    return (chosen[-1].pk if chosen else 0), len(reached)


def _queue(signature: Signature, due_at: datetime) -> None:
    params = {"signature": signature.pk}
    queue(KIND, to=signature.email, language=signature.language, params=params, due_at=due_at)


def _due() -> OrganizationQuerySet:
    """Those that were asked for and not written to, while an answer can still come."""
    return (
        Organization.objects.in_directory()
        .filter(
            verification=Organization.Verification.VERIFIED,
            asked_again_at__gt=timezone.now() - ANSWER_WITHIN,
            request_mailed_at=None,
        )
        .order_by("pk")
    )
