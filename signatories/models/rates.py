"""Counters of recent tries, for sites without a shared cache."""

from __future__ import annotations

from django.db import models


class RateCount(models.Model):
    """One counter of one window; written by `signatories/signing/antispam/counters.py` alone.

    On PostgreSQL the table is unlogged: a crash may empty it, and a count costs no disk flush.
    """

    key = models.CharField(max_length=40, primary_key=True)
    count = models.PositiveIntegerField()
    ends_at = models.DateTimeField(db_index=True, help_text="The row is of no use after this.")

    class Meta:
        verbose_name = "rate count"
        verbose_name_plural = "rate counts"

    def __str__(self) -> str:
        return self.key


class DailySalt(models.Model):
    """What networks are hashed with on one day. Deleted after it, so no hash can be traced back."""

    day = models.DateField(primary_key=True)
    salt = models.CharField(max_length=40)

    class Meta:
        verbose_name = "daily salt"
        verbose_name_plural = "daily salts"

    def __str__(self) -> str:
        return str(self.day)
