"""Leaves of a day that is over are sealed: a root over them, chained to the seal before."""

import hashlib
from datetime import date

from django.db import transaction
from django.db.models import Count, Max
from django.utils import timezone

from casa.lib import merkle
from signatories.audit import files, gathering
from signatories.models import Audit, Leaf, Seal, Signature

TASK = "seal-counts"
Kind = Signature.Kind


def gather_and_seal() -> None:
    """What the schedule runs. One run each day finds the day before over."""
    gathering.gather()
    for statement in Audit.objects.order_by("pk").values_list("pk", flat=True):
        seal(statement)


@transaction.atomic
def seal(statement: int) -> Seal | None:
    """Seal what was gathered up to yesterday; None where there is nothing to seal."""
    audit = Audit.objects.select_for_update().select_related("statement").get(pk=statement)
    last = Seal.objects.filter(statement=statement).order_by("-number").first()
    first = last.first + last.leaves if last else 0
    if first == audit.leaves:
        return None
    end, day = _end_of(statement, first)
    if end == first or (last is not None and day <= last.day):
        return None
    return _seal(audit, last, first, end, day)


def _end_of(statement: int, first: int) -> tuple[int, date]:
    """Where the leaves of days that are over end, and the last of these days."""
    over = Leaf.objects.filter(
        statement=statement, position__gte=first, gathered_on__lt=timezone.localdate()
    )
    found = over.aggregate(position=Max("position"), day=Max("gathered_on"))
    if found["position"] is None:
        return first, date.min
    return found["position"] + 1, found["day"]


def _seal(audit: Audit, last: Seal | None, first: int, end: int, day: date) -> Seal:
    told = told_of(audit.pk, first, end)
    before = {Kind.ORGANIZATION: last.organizations, Kind.PERSON: last.people} if last else {}
    counts = {kind: before.get(kind, 0) + net(told, kind) for kind in Kind}
    head = files.Head(
        statement=audit.statement.slug,
        number=last.number + 1 if last else 1,
        day=day,
        sealed_at=timezone.now(),
        previous=last.sha256 if last else files.NOTHING_BEFORE,
        leaves=end - first,
        root=merkle.root(files.leaves_as_bytes(audit.pk, first, end)).hex(),
        organizations=counts[Kind.ORGANIZATION],
        people=counts[Kind.PERSON],
    )
    return Seal.objects.create(
        statement=audit.statement, number=head.number, day=day, sealed_at=head.sealed_at,
        first=first, leaves=head.leaves, organizations=head.organizations, people=head.people,
        told=told, head=head.text(), sha256=sha256_of(head.text()),
    )  # fmt: skip


def sha256_of(head: str) -> str:
    return hashlib.sha256(head.encode()).hexdigest()


def told_of(statement: int, first: int, end: int) -> list[tuple[str, str, int]]:
    """How often each change happened to each kind."""
    leaves = Leaf.objects.filter(statement=statement, position__gte=first, position__lt=end)
    rows = leaves.order_by().values_list("change", "kind").annotate(Count("pk"))
    return sorted(rows)


def net(told: list[tuple[str, str, int]], kind: str) -> int:
    """By how much what is told changes the count of a kind."""
    return sum(
        number if change == Leaf.Change.COUNTED else -number
        for change, of_kind, number in told
        if of_kind == kind
    )
