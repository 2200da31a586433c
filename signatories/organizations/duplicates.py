"""Likely duplicates over the whole directory: found by a worker, answered by staff.

An organization is compared once its names or its place change, or somebody first stands behind it
(`Organization.is_compared`); each costs a few questions to the index of names, however large the
directory is. A pair that staff said to be two is never asked about again.
"""

import time

from django.db import transaction
from django.utils import timezone

from casa.accounts.models import User
from casa.lib.organization_names import comparing
from signatories.models import LikelyDuplicate, Organization, OrganizationKey
from signatories.organizations import likeness, verification

TASK = "find-duplicates"
AT_ONCE = 100
SECONDS = 20
"""So long one run of the worker compares."""

Why = LikelyDuplicate.Why
WHY = {
    comparing.SAME: Why.SAME,
    comparing.SHORTENED: Why.SHORTENED,
    comparing.JOINED: Why.JOINED,
    comparing.SLIPPED: Why.SLIPPED,
}


def compare() -> None:
    """Compare those that wait, as far as one run of the worker goes."""
    ends_at = time.monotonic() + SECONDS
    while compare_some() and time.monotonic() < ends_at:
        pass


def compare_some() -> int:
    """Compare the next AT_ONCE with the others; how many those were."""
    waiting = Organization.objects.filter(is_compared=False).prefetch_related("aliases")
    rows = list(waiting.order_by("pk")[:AT_ONCE])
    for one in rows:
        _compare(one)
    return len(rows)


@transaction.atomic
def _compare(organization: Organization) -> None:
    # First, so that a name that changes meanwhile is compared anew.
    Organization.objects.filter(pk=organization.pk).update(is_compared=True)
    _forget_unlike(organization)
    stands = OrganizationKey.objects.filter(organization=organization).of_stood_behind()
    if not stands.exists():
        return
    LikelyDuplicate.objects.bulk_create(
        [
            LikelyDuplicate(
                one_id=min(organization.pk, other.pk),
                other_id=max(organization.pk, other.pk),
                likeness=round(rate),
                why=WHY[rate],
            )
            for rate, other in likeness.rated(organization)
        ],
        ignore_conflicts=True,
    )


def _forget_unlike(organization: Organization) -> None:
    """Pairs that were alike before one of them was called otherwise; answers stay."""
    pairs = LikelyDuplicate.objects.of_one(organization.pk).filter(not_same_at=None)
    for pair in pairs.select_related("one", "other").prefetch_related(
        "one__aliases", "other__aliases"
    ):
        rate = likeness.rate(pair.one, pair.other)
        if rate < comparing.ALIKE_FROM:
            pair.delete()
        elif (pair.likeness, pair.why) != (round(rate), WHY[rate]):
            pair.likeness, pair.why = round(rate), WHY[rate]
            pair.save(update_fields=["likeness", "why"])


@transaction.atomic
def say_not_same(pair: LikelyDuplicate, *, by: User) -> bool:
    """Never ask about the two again; False if somebody said so already."""
    asked = LikelyDuplicate.objects.filter(pk=pair.pk, not_same_at=None)
    if not asked.update(not_same_at=timezone.now(), not_same_by=by):
        return False
    for one in (pair.one, pair.other):
        verification.settle_alike(one)
    return True


def ask_again(pair: LikelyDuplicate) -> bool:
    """Take back that the two are not the same; False if that is not said of them."""
    answered = LikelyDuplicate.objects.filter(pk=pair.pk).exclude(not_same_at=None)
    return bool(answered.update(not_same_at=None, not_same_by=None))
