"""Signatures that nobody confirms are forgotten: their address may be somebody else's."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Q

from casa.lib.periods import Term, cutoff
from casa.retention.rules import Due, by_statement
from signatories.models import Signature
from signatories.self_service import privacy


def due(at: datetime) -> Iterator[Due]:
    """What nobody has confirmed, long after any link or code works that confirms."""
    past = cutoff(Term.UNCONFIRMED, at)
    waiting = Signature.objects.filter(
        # The form may have been sent again since.
        Q(consented_at=None) | Q(consented_at__lt=past),
        state=Signature.State.PENDING,
        confirmed_at=None,
        created_at__lt=past,
    )
    yield from by_statement(waiting.order_by("created_at"))


def forget(keys: list[int]) -> None:
    """Erase them; in a transaction that holds them locked."""
    rows = Signature.objects.select_related("statement", "organization")
    for row in rows.filter(pk__in=keys).order_by("created_at"):
        privacy.forget(row)
