"""The one order in which rows are locked, so that no two transactions wait for each other.

A statement first, then its signatures, then organizations, each by their keys, and an invitation
last. Whoever confirms a signature holds it before its organization is written: so do all others.
"""

from collections.abc import Iterable

from signatories.models import Organization, Signature


def lock_signatures_of(organizations: Iterable[int]) -> None:
    """Hold the signatures of these organizations until the transaction ends."""
    rows = Signature.objects.filter(organization__in=list(organizations))
    locked = rows.select_for_update(of=("self",)).order_by("statement_id", "pk")
    list(locked.values_list("pk", flat=True))


def lock_organizations(organizations: Iterable[int]) -> None:
    """Hold the rows of these organizations; their signatures are held already, if at all."""
    rows = Organization.objects.filter(pk__in=list(organizations)).order_by("pk")
    list(rows.select_for_update(no_key=True).values_list("pk", flat=True))
