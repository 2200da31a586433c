"""Subscriptions: a signer asks for updates by mail, or leaves them."""

from django.db import transaction

from signatories.core import states
from signatories.core.mails import allow_mail
from signatories.models import Signature


@transaction.atomic
def unsubscribe(signature: Signature, *, how: str) -> bool:
    """Send no more updates; False if none were sent. `how`, "by the private link", is for staff."""
    return _set_subscribed(signature, wants=False, reason=f"left updates: {how}")


@transaction.atomic
def subscribe(signature: Signature) -> bool:
    """Send updates to somebody who asked for them themselves; False if they get them already."""
    allow_mail(signature)
    return _set_subscribed(signature, wants=True, reason="asked for updates")


def _set_subscribed(signature: Signature, *, wants: bool, reason: str) -> bool:
    changed = Signature.objects.filter(pk=signature.pk).exclude(wants_updates=wants)
    if changed.update(wants_updates=wants) != 1:
        return False
    signature.wants_updates = wants
    states.record_event(signature, by=None, reason=reason)
    return True
