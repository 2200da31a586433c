"""Staff answer a request for data or erasure that came by letter, by the signer's own verbs.

The answer is due a month after it came (Art. 12(3) GDPR). Once, with a reason, two months more can
be taken.
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from casa.accounts.models import User
from casa.lib.periods import Term, cutoff, months_later
from casa.retention.rules import Due
from signatories.models import DataRequest, DataRequestProof, Signature
from signatories.self_service import privacy

MONTHS, MORE_MONTHS = 1, 2
MOST_FOUND = 200


class DataRequestError(Exception):
    """It cannot be done; the message says why, in words for staff."""


@transaction.atomic
def record(request: DataRequest, *, by: User, letter: tuple[str, bytes] | None) -> DataRequest:
    """Store a request, with the letter as (name of the file, content)."""
    request.recorded_by = by
    request.due_on = due_day(request.received_on, MONTHS)
    request.save()
    if letter:
        name, data = letter
        DataRequestProof.objects.create(request=request, file_name=name[-100:], data=data)
    return request


def due_day(received_on: date, months: int) -> date:
    """The same day so many months later, or the last of that month."""
    return months_later(received_on, months)


@transaction.atomic
def extend(pk: int, reason: str) -> None:
    """Take two months more, once. Raises DataRequestError."""
    row = _open(pk)
    if row.extended_at is not None:
        raise DataRequestError(_("The time was extended already. It can be only once."))
    row.extended_at, row.extension_reason = timezone.now(), reason
    row.due_on = due_day(row.received_on, MONTHS + MORE_MONTHS)
    row.save()


def _open(pk: int) -> DataRequest:
    row = DataRequest.objects.select_for_update(of=("self",)).get(pk=pk)
    if not row.is_open:
        raise DataRequestError(_("This request is answered already."))
    return row


def found(request: DataRequest) -> "QuerySet[Signature]":
    """Signatures of all statements with the address or the name of who asks; staff choose."""
    wanted = Q(name__iexact=request.name)
    if request.email:
        own = Signature.objects.counted_as_mailbox(request.email)
        wanted |= Q(pk__in=own.values("pk"))
    rows = Signature.objects.filter(wanted).select_related("statement", "organization")
    return rows.order_by("statement", "pk")


def collect(request: DataRequest, chosen: Iterable[int]) -> dict[str, Any]:
    """What the owners of the chosen rows would download themselves, for each address once."""
    rows = [row for row in found(request) if row.pk in set(chosen)]
    by_address = {row.email.casefold() or f"#{row.pk}": row for row in rows}
    parts = [privacy.collect(row) for row in by_address.values()]
    if not parts and request.email:
        parts = [privacy.collect_of(request.email)]
    return {"requested_on": request.received_on, "found": parts}


@transaction.atomic
def erase(pk: int, chosen: Iterable[int]) -> int:
    """Erase the chosen signatures; all else of the address once none of its signatures is left.

    Organizations stay signed, without whoever signed for them. Raises DataRequestError.
    """
    request = _open(pk)
    rows = list(found(request).filter(pk__in=list(chosen)).order_by("pk"))
    for row in rows:
        privacy.erase_one(row)
    if request.email and not Signature.objects.of_mailbox(request.email).exists():
        privacy.erase_address(request.email)
    DataRequest.objects.filter(pk=pk).update(erased=request.erased + len(rows))
    return len(rows)


@transaction.atomic
def close(pk: int, outcome: str, *, by: User) -> None:
    """Note what was done. Raises DataRequestError."""
    row = _open(pk)
    row.closed_at, row.closed_by, row.outcome = timezone.now(), by, outcome
    row.save()


def due(at: datetime) -> Iterator[Due]:
    """Requests that were answered for as long as is promised, with their letters."""
    yield Due(DataRequest.objects.filter(closed_at__lt=cutoff(Term.REQUEST, at)))
