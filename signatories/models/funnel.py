"""How many read a statement, began its form, signed and confirmed, on each day."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from statements.models import Statement, language_field

SOURCE_LENGTH = 40


class FunnelCount(models.Model):
    """A number for one step on one day, in one language, of those who came from one source.

    Written by `signatories.core.funnel` alone.
    """

    class Step(models.TextChoices):
        """In their order."""

        VIEWED = "viewed", _("Read the page")
        OPENED = "opened", _("Began the form")
        POSTED = "posted", _("Sent the form")
        CONFIRMED = "confirmed", _("Confirmed")

    day = models.DateField("day")
    statement = models.ForeignKey(Statement, on_delete=models.CASCADE, related_name="funnel_counts")
    step = models.CharField("step", max_length=9, choices=Step.choices)
    language = language_field()
    source = models.CharField("source", max_length=SOURCE_LENGTH, blank=True)
    number = models.PositiveBigIntegerField("number", default=0)

    class Meta:
        verbose_name = "count of steps"
        verbose_name_plural = "counts of steps"
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                "statement", "day", "step", "language", "source", name="funnel_counted_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.step} {self.day}"
