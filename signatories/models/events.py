"""Events: the history rows of signatures and organizations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from casa.lib.db.append_only import AppendOnlyQuerySet
from signatories.models.organizations import Organization
from signatories.models.signatures import Signature
from statements.models import Edition

if TYPE_CHECKING:
    from casa.accounts.models import User


class SignatureEventQuerySet(AppendOnlyQuerySet["SignatureEvent"]):
    pass


class SignatureEvent(models.Model):
    """One event in the history of a signature; written by `signatories/core/states.py` alone.

    Rows are never changed. They go only with their signature, when that is erased.
    """

    signature = models.ForeignKey(Signature, on_delete=models.CASCADE, related_name="events")
    from_state = models.CharField(max_length=12, blank=True, choices=Signature.State.choices)
    to_state = models.CharField(max_length=12, choices=Signature.State.choices)
    from_edition = models.ForeignKey(
        Edition,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        help_text="Where it changed.",
    )
    at = models.DateTimeField()
    by: models.ForeignKey[User | None] = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    reason = models.TextField(blank=True)

    objects = SignatureEventQuerySet.as_manager()

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.get_from_state_display()} → {self.get_to_state_display()}"


class OrganizationEventQuerySet(AppendOnlyQuerySet["OrganizationEvent"]):
    pass


class OrganizationEvent(models.Model):
    """A decision on an organization, of staff or by its mailbox; written by the verbs alone."""

    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="events")
    from_verification = models.CharField(max_length=10, choices=Organization.Verification.choices)
    to_verification = models.CharField(max_length=10, choices=Organization.Verification.choices)
    at = models.DateTimeField()
    by: models.ForeignKey[User | None] = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        help_text="Nobody, where a confirmed mailbox verified it.",
    )
    reason = models.TextField()

    objects = OrganizationEventQuerySet.as_manager()

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.get_to_verification_display()
