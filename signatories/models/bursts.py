"""Bursts: many signatures at once from one network, one domain or one link."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from signatories.models.decisions import Decision
from statements.models import Statement


class Burst(models.Model):
    """One burst under one statement; it has an invalidation prepared, which staff begin or discard.

    Written by `moderation/bursts.py` alone. What comes later in the same hours is added to it.
    """

    class By(models.TextChoices):
        NETWORK = "network", _("network")
        DOMAIN = "domain", _("domain of the address")
        SOURCE = "source", _("link that was passed on")

    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="+")
    by = models.CharField(max_length=7, choices=By.choices)
    values = models.JSONField(default=list)
    number = models.PositiveIntegerField(default=0)
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    decision = models.OneToOneField(Decision, on_delete=models.CASCADE, related_name="burst")

    class Meta:
        ordering = ("-pk",)
        indexes = [models.Index("statement", "by", "last_at", name="burst_latest")]

    def __str__(self) -> str:
        return f"{self.statement_id}: {self.by}, {self.number}"
