"""Signatures that nobody confirms are forgotten: their address may be somebody else's."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from signatories.models import Signature
from signatories.self_service import privacy

KEPT_FOR = timedelta(days=60)
"""Longer than any link or code works that confirms (`core/tokens.py`)."""

AT_ONCE = 200  # in a transaction
BATCHES = 50  # in a run


def purge() -> int:
    """Erase what nobody has confirmed for KEPT_FOR; a schedule calls it every hour."""
    erased = 0
    for _batch in range(BATCHES):
        number = _erase_some()
        erased += number
        if number < AT_ONCE:
            break
    return erased


@transaction.atomic
def _erase_some() -> int:
    past = timezone.now() - KEPT_FOR
    waiting = Signature.objects.filter(
        # The form may have been sent again since.
        Q(consented_at=None) | Q(consented_at__lt=past),
        state=Signature.State.PENDING,
        confirmed_at=None,
        created_at__lt=past,
    )
    locked = waiting.select_for_update(of=("self",), skip_locked=True)
    rows = list(locked.select_related("statement", "organization").order_by("created_at")[:AT_ONCE])
    for row in rows:
        privacy.forget(row)
    return len(rows)
