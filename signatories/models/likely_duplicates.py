"""Pairs of organizations that may be one, and what staff said of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from signatories.models.organizations import Organization

if TYPE_CHECKING:
    from casa.accounts.models import User


class LikelyDuplicateQuerySet(models.QuerySet["LikelyDuplicate"]):
    def askable(self) -> LikelyDuplicateQuerySet:
        """Pairs of which both are in the directory, and neither is rejected."""
        rejected = Organization.Verification.REJECTED
        return self.filter(
            one__merged_into=None, other__merged_into=None
        ).exclude(Q(one__verification=rejected) | Q(other__verification=rejected))  # fmt: skip

    def open(self) -> LikelyDuplicateQuerySet:
        """Those that nobody has said to be two."""
        return self.askable().filter(not_same_at=None)

    def of_one(self, organization: int) -> LikelyDuplicateQuerySet:
        return self.filter(Q(one=organization) | Q(other=organization))

    def said_not_same(self, organization: int) -> set[int]:
        """Keys of those that staff said to be others than this one."""
        pairs = self.of_one(organization).exclude(not_same_at=None).values_list("one", "other")
        return {key for pair in pairs for key in pair} - {organization}

    def of(self, one: int, other: int) -> LikelyDuplicateQuerySet:
        return self.filter(one=min(one, other), other=max(one, other))


class LikelyDuplicate(models.Model):
    """Two organizations with like names; `one` has the lower key.

    Written by `signatories/organizations/duplicates.py` alone.
    """

    class Why(models.TextChoices):
        SAME = "same", _("The same name but for spelling, order, form or place.")
        SHORTENED = "shortened", _("One is an abbreviation of the other.")
        JOINED = "joined", _("The same letters; words are written as one.")
        SLIPPED = "slipped", _("A letter or two differ.")

    one = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="+")
    likeness = models.PositiveSmallIntegerField()
    why = models.CharField(max_length=9, choices=Why.choices)
    not_same_by: models.ForeignKey[User | None] = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    not_same_at = models.DateTimeField(null=True)

    objects = LikelyDuplicateQuerySet.as_manager()

    class Meta:
        verbose_name = _("likely duplicate")
        verbose_name_plural = _("likely duplicates")
        indexes = [
            models.Index(
                F("likeness").desc(), "id", name="likely_duplicate_open",
                condition=Q(not_same_at=None),
            )
        ]  # fmt: skip
        constraints = [
            models.UniqueConstraint("one", "other", name="likely_duplicate_once"),
            models.CheckConstraint(condition=Q(one__lt=F("other")), name="likely_duplicate_order"),
        ]

    def __str__(self) -> str:
        return f"{self.one_id} ~ {self.other_id}"
