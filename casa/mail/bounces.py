"""What became of a mail after it left: refused at once, sent back later, or complained about.

Written on the mail, and told to the app whose kind of mail it is (`kinds.register`). What it
says is one of three words; servers' own words quote addresses and are not kept.
"""

from typing import Any

from anymail.signals import AnymailTrackingEvent, EventType, RejectReason
from django.db import transaction
from django.utils import timezone

from casa.mail import kinds
from casa.mail.kinds import Trouble
from casa.mail.models import OutgoingMail


def is_news(before: str, trouble: Trouble | None) -> bool:
    """Whether to replace `before` by `trouble`; None: the mail arrived after all.

    Providers repeat themselves and mix up the order, so worse replaces better, and only soft
    trouble passes.
    """
    if trouble is None:
        return before == Trouble.SOFT
    return not before or Trouble.values.index(trouble) > Trouble.values.index(before)


@transaction.atomic
def record(mail: OutgoingMail, trouble: Trouble | None) -> bool:
    """Write `trouble` on a mail and tell the app whose it is; False if it is no news."""
    row = OutgoingMail.objects.select_for_update().get(pk=mail.pk)
    if not is_news(row.trouble, trouble):
        return False
    row.trouble, row.trouble_at = trouble or "", timezone.now() if trouble else None
    row.save(update_fields=["trouble", "trouble_at"])
    kinds.tell(row, trouble)
    return True


def on_tracking_event(sender: Any, event: AnymailTrackingEvent, **kwargs: Any) -> None:
    """Receives what a provider reports to our webhook (anymail's `tracking` signal)."""
    trouble = trouble_of(event)
    if trouble is None and event.event_type != EventType.DELIVERED:
        return  # opened, clicked, and the like: nothing of ours
    if event.message_id:
        for mail in OutgoingMail.objects.exclude(provider_id="").filter(
            provider_id=str(event.message_id)
        )[:1]:
            record(mail, trouble)


def trouble_of(event: AnymailTrackingEvent) -> Trouble | None:
    """What an event means for the mailbox; None if it means no trouble."""
    match event.event_type:
        case EventType.COMPLAINED:
            return Trouble.COMPLAINT
        case EventType.DEFERRED | EventType.FAILED:
            return Trouble.SOFT
        case EventType.BOUNCED | EventType.REJECTED:
            return _trouble_of_bounce(event)
    return None


def _trouble_of_bounce(event: AnymailTrackingEvent) -> Trouble:
    if event.reject_reason == RejectReason.SPAM:
        return Trouble.COMPLAINT
    # Postmark alone tells full mailboxes as bounces; the others defer them.
    said = event.esp_event.get("Type") if isinstance(event.esp_event, dict) else None
    is_final = event.reject_reason in (RejectReason.BOUNCED, RejectReason.INVALID)
    # A block or a policy is about us and our words, not about the mailbox.
    return Trouble.HARD if is_final and said != "SoftBounce" else Trouble.SOFT
