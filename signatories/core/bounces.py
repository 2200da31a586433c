"""Bounces: the answer of a mail server, a provider or a recipient, noted on the signature."""

from django.db import transaction
from django.utils import timezone

from casa.mail.bounces import is_news
from casa.mail.kinds import Trouble
from casa.mail.models import OutgoingMail
from signatories.core import states
from signatories.models import Signature

State = Signature.State

ARRIVED = "mail arrived after all"
REASONS = {
    Trouble.SOFT: "mail was not delivered",
    Trouble.HARD: "address does not exist",
    Trouble.COMPLAINT: "mail was marked as unwanted",
}


@transaction.atomic
def record_bounce(mail: OutgoingMail, trouble: Trouble | None) -> None:
    """Note on its signature that a mail failed, or (None) that it arrived after all.

    What waits for confirmation at an address that does not exist is closed: whoever mistyped may
    sign again. A complaint ends updates. Worse news replaces better, and only soft trouble passes.
    """
    number = mail.params.get("signature")
    signature = Signature.objects.select_for_update().filter(pk=number).first()
    # The address must match exactly: a failure of "nora+news@" says nothing of "nora@".
    if signature is None or signature.email.casefold() != mail.to.casefold():
        return
    if not is_news(signature.mail_trouble, trouble):
        return
    changes: dict[str, object] = {"mail_trouble": trouble or "", "mail_trouble_at": None}
    if trouble:
        changes["mail_trouble_at"] = timezone.now()
    if trouble == Trouble.COMPLAINT:
        changes["wants_updates"] = False
    Signature.objects.filter(pk=signature.pk).update(**changes)
    reason = REASONS[trouble] if trouble else ARRIVED
    if trouble == Trouble.HARD and signature.state == State.PENDING:
        states.change_state(signature, State.WITHDRAWN, from_states=(State.PENDING,), reason=reason)
    else:
        states.record_event(signature, by=None, reason=reason)
