"""The sets of organizations: in the directory, public, standing, to verify again."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Self

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import OuterRef, Q
from django.utils import timezone

from casa.lib.db.conditions import has_any
from casa.lib.text import name_key

if TYPE_CHECKING:
    from signatories.models.organizations import Organization  # noqa: F401 - named in the types

ANSWER_WITHIN = timedelta(days=30)
"""So long the link works by which a representative verifies an organization again."""


def is_public(path: str = "") -> Q:
    staff_did = Q(**{f"{path}verification": "verified", f"{path}verified_domain": ""})
    return (staff_did | _stands(path)) & _is_there(path)


def stands_in_public(path: str = "") -> Q:
    """What signed a public statement, with its name shown and counted."""
    return _stands(path) & _is_there(path)


def _stands(path: str) -> Q:
    return Q(**{f"{path}stands_from__lte": timezone.now()})


def _is_there(path: str) -> Q:
    """Neither rejected nor merged with another."""
    return ~Q(**{f"{path}verification": "rejected"}) & Q(**{f"{path}merged_into__isnull": True})


def is_stood_behind(path: str = "") -> Q:
    signatures = apps.get_model("signatories", "Signature")
    events, histories = (apps.get_model("signatories", name) for name in (
        "OrganizationEvent", "HistoricalOrganization",
    ))  # fmt: skip
    own = OuterRef(f"{path}pk")
    signed = signatures.objects.filter(organization=own).exclude(state="pending")
    looked_at = has_any(events.objects.filter(organization=own))
    entered = has_any(histories.objects.filter(id=own))
    return (has_any(signed) | looked_at | entered) & _is_there(path)


def verified_before() -> datetime | None:
    """A verification of before that is old; None where none ever is."""
    days = settings.REVERIFY_AFTER_DAYS
    return timezone.now() - timedelta(days=days) if days else None


def _is_old() -> Q:
    before = verified_before()
    return Q(verified_at__lt=before) if before else Q(pk__in=[])


class OrganizationQuerySet(models.QuerySet["Organization"]):
    def in_directory(self) -> Self:
        """All but those that were merged with another, which stands for them."""
        return self.filter(merged_into=None)

    def named(self, name: str) -> Self:
        """Those that are called `name` or have it as an alias, however it is spelled."""
        key = name_key(name)
        called = self.in_directory().filter(Q(name_key=key) | Q(aliases__name_key=key))
        return called.distinct().order_by("pk")

    def public(self) -> Self:
        """What visitors may know of: it stands under a public statement, or staff verified it."""
        return self.filter(is_public())

    def to_verify_again(self, reason: str = "") -> Self:
        """Verified ones that something speaks for verifying again; with `reason`, for it alone."""
        verified = self.in_directory().filter(verification="verified")
        if reason == self.model.ToRenew.OLD:
            return verified.filter(_is_old())
        return verified.filter(Q(to_renew=reason) if reason else ~Q(to_renew="") | _is_old())

    def unanswered(self) -> Self:
        """Those whose representative was asked to verify again, and did not by the deadline."""
        return self.in_directory().filter(
            verification="verified", asked_again_at__lt=timezone.now() - ANSWER_WITHIN
        )

    def standing(self) -> Self:
        """Those of `public` that stand under a public statement."""
        return self.filter(stands_in_public())

    def with_logos(self) -> Self:
        """Each with its logos read along, for the tag `organization_logo`."""
        return self.prefetch_related("logos")

    def searched(self, words: str) -> Self:
        """Those with every word in their name, or in others that they are known by."""
        return self.filter(search_words__words=words)
