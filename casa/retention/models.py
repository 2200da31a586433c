"""The periods that the office chose, and what went by them."""

from django.conf import settings
from django.db import models

from casa.lib.periods import Term


class Period(models.Model):
    """A period, from a moment on. Rows are added and never changed: each was promised.

    Written by `choosing` alone.
    """

    term = models.CharField("what is kept", max_length=20, choices=Term.choices)
    length = models.PositiveSmallIntegerField("how long")
    since = models.DateTimeField("since")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name="by",
    )

    class Meta:
        verbose_name = "period"
        verbose_name_plural = "periods"
        default_permissions = ("view", "change")
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.term} {self.length}"


class Removal(models.Model):
    """How many rows one rule took of one statement on one day; 0 where they are of none.

    The number of a statement stays when the statement is deleted. Written by `rules` alone.
    """

    rule = models.CharField("what went", max_length=60)
    statement = models.PositiveBigIntegerField("statement", default=0)
    day = models.DateField("day")
    rows = models.PositiveIntegerField("rows", default=0)

    class Meta:
        verbose_name = "removal"
        verbose_name_plural = "removals"
        default_permissions = ()
        constraints = [
            models.UniqueConstraint("day", "rule", "statement", name="removal_once_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.rule} {self.day}"
