"""How long contact data of a statement's signers is kept, and that its end was announced."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from statements.models.page_parts import EditablePart
from statements.models.statement import Statement


class ContactPeriod(EditablePart):
    """A statement's own period, from a moment on; without months it is the site's again.

    Rows are added and never changed: each was promised to those who signed under it, by the form.
    Written by `statements.contact_periods` alone.
    """

    statement = models.ForeignKey(
        Statement, on_delete=models.CASCADE, related_name="contact_periods"
    )
    months = models.PositiveSmallIntegerField("months", null=True)
    since = models.DateTimeField("since")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        verbose_name = "period of a statement"
        verbose_name_plural = "periods of statements"
        default_permissions = ()
        ordering = ("pk",)

    def __str__(self) -> str:
        return str(self.months)


class ContactEnding(models.Model):
    """Staff are told that contact data of a statement's signers goes, and since when it does."""

    statement = models.OneToOneField(
        Statement, on_delete=models.CASCADE, primary_key=True, related_name="contact_ending"
    )
    noticed_at = models.DateTimeField("told since")
    begun_at = models.DateTimeField("gone since", null=True)

    class Meta:
        verbose_name = "end of contact data"
        verbose_name_plural = "ends of contact data"
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.pk)
