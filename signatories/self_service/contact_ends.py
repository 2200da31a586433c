"""Contact data of signers goes a while after the hand-over; who signed stays.

Staff are told NOTICE before it happens, on their first screen: nothing of a statement goes that was
not announced for so long.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import CharField, Min, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat
from django.utils import timezone

from casa.lib import periods
from casa.lib.kept_pages import generation
from casa.lib.periods import Term
from casa.lib.personal_data import Retention
from casa.retention.rules import Due
from signatories.core.personal_data import ended_values
from signatories.models import (
    AskedOwner,
    Follower,
    ImportLine,
    Signature,
    UpdateRecipient,
)
from statements import contact_periods, lifecycle
from statements.models import ContactEnding, Statement

TASK = "announce-contact-ends"
NOTICE = timedelta(days=14)
GONE = "~"
"""With the number of the row it is the key of a mailbox that is forgotten, where keys have to be
different: of several who tried to sign for one organization."""


@dataclass(frozen=True)
class Ending:
    """When contact data of a statement's signers begins to go, and of how many signatures."""

    statement: Statement
    runs_at: datetime
    signatures: int


def holding() -> "QuerySet[Signature]":
    """Signatures of which contact data is there."""
    return Signature.objects.filter(_HOLDING)


def _holds(name: str, left: Any) -> Q:
    return Q(**{f"{name}__isnull": False}) if left is None else ~Q(**{name: left})


_HOLDING = reduce(
    or_,
    (
        _holds(name, left)
        for name, left in ended_values(Retention.AFTER_END).items()
        if name != "email_key"  # it goes with the address
    ),
)


def due(at: datetime) -> Iterator[Due]:
    """The signatures of each statement whose time is over, and was announced."""
    for statement, before in _over(at):
        yield Due(holding().filter(statement=statement, created_at__lt=before), statement.pk)


def due_followers(at: datetime) -> Iterator[Due]:
    for statement, before in _over(at):
        rows = Follower.objects.filter(statement=statement, created_at__lt=before)
        yield Due(rows, statement.pk)


def _over(at: datetime) -> Iterator[tuple[Statement, datetime]]:
    """Statements of which something goes, and until when it came that does."""
    announced = ContactEnding.objects.filter(noticed_at__lte=at - NOTICE)
    for ending in announced.select_related("statement").order_by("pk"):
        end = contact_periods.end_of(ending.statement, at)
        over = [] if end is None else [
            one.until or at
            for one in contact_periods.promised(ending.statement)
            if periods.after(end, Term.CONTACT, one.length) <= at
        ]  # fmt: skip
        if over:
            yield ending.statement, max(over)


def forget(keys: list[int]) -> None:
    """Leave who signed which words, and nothing by which to reach them; in a transaction."""
    rows = Signature.objects.filter(pk__in=keys)
    for statement in Statement.objects.filter(signatures__in=keys).distinct():
        _end(statement)
    left = ended_values(Retention.AFTER_END)
    several = Q(kind=Signature.Kind.ORGANIZATION) & ~Q(state__in=("confirmed", "hidden"))
    number = Concat(Value(GONE), Cast("pk", CharField()))
    rows.filter(several).update(**left | {"email_key": number})
    rows.exclude(several).update(**left)
    UpdateRecipient.objects.filter(signature__in=keys).delete()
    AskedOwner.objects.filter(signature__in=keys).delete()
    lines = ImportLine.objects.filter(signature__in=keys)
    lines.update(original="", fields={}, doubts=[], filled={})
    generation.renew()


def _end(statement: Statement) -> None:
    """Let signing end for good: whoever signed already could not be told any more."""
    endings = ContactEnding.objects.filter(statement=statement, begun_at=None)
    if not endings.update(begun_at=timezone.now()):
        return
    can_be_signed = statement.signers != Statement.Signers.NOBODY
    if statement.status == Statement.Status.PUBLISHED and can_be_signed:
        lifecycle.close(statement, by=None, note="contact data of signers goes")


def told(row: Signature) -> str:
    return f"{row.pk} {row.displayed_name}"


# The notice


def announce() -> None:
    """Tell staff of what goes within NOTICE, and no more of what does not; a schedule calls it."""
    now = timezone.now()
    soon = now + NOTICE + timedelta(days=1)  # so that it is not late because of the notice
    near = [one.statement.pk for one in upcoming(now) if one.runs_at <= soon]
    known = set(ContactEnding.objects.values_list("pk", flat=True))
    ContactEnding.objects.filter(begun_at=None).exclude(pk__in=near).delete()
    ContactEnding.objects.bulk_create(
        (ContactEnding(statement_id=pk, noticed_at=now) for pk in near if pk not in known),
        ignore_conflicts=True,
    )


def upcoming(at: datetime | None = None) -> list[Ending]:
    """What is going to go, the nearest first: of each statement that ended, and holds some."""
    now = at or timezone.now()
    ended = Statement.objects.exclude(status__in=Statement.UNPUBLISHED_STATUSES)
    endings = (ending_of(one, now) for one in ended.filter(publish_at__lte=now).order_by("pk"))
    return sorted((one for one in endings if one), key=lambda one: one.runs_at)


def ending_of(statement: Statement, at: datetime | None = None) -> Ending | None:
    """When contact data of its signers begins to go; None while it does not, or is gone."""
    now = at or timezone.now()
    end = contact_periods.end_of(statement, now)
    if end is None:
        return None
    rows = holding().filter(statement=statement)
    oldest = [
        *rows.aggregate(first=Min("created_at")).values(),
        *statement.followers.aggregate(first=Min("created_at")).values(),
    ]
    first = min((one for one in oldest if one), default=None)
    if first is None:
        return None
    promises = contact_periods.promised(statement)
    runs_at = min(
        periods.after(end, Term.CONTACT, one.length)
        for one in promises
        if one.until is None or first < one.until
    )
    told_since = ContactEnding.objects.filter(pk=statement.pk).values_list("noticed_at", flat=True)
    earliest = (told_since.first() or now) + NOTICE
    return Ending(statement, max(runs_at, earliest), rows.count())
