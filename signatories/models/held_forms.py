"""Submitted forms, held for the pages that follow them."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from casa.lib.db.sealed import SealedJSONField
from signatories.models.signatures import Signature
from statements.models import Statement


class HeldForm(models.Model):
    """A form that was sent, for some hours; written by `signatories/signing/held_forms.py` alone.

    On PostgreSQL the table is unlogged: a crash may empty it, and a row costs no disk flush.
    """

    key = models.UUIDField(primary_key=True, help_text="A hash of the URL's secret.")
    form = models.CharField(max_length=8, help_text="Which form it was.")
    statement = models.ForeignKey(
        Statement, on_delete=models.CASCADE, null=True, related_name="+", db_index=False
    )
    signature = models.ForeignKey(
        Signature,
        on_delete=models.CASCADE,
        null=True,
        related_name="+",
        help_text="What was made of it; empty where there was one before, or none was stored.",
    )
    mailbox = models.CharField(_("mailbox"), max_length=32, help_text="A keyed hash of it.")
    typed = SealedJSONField(_("what was typed"), help_text="Names of fields, and their values.")
    ends_at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = "held form"
        verbose_name_plural = "held forms"
        indexes = [models.Index(fields=["mailbox"], name="held_form_mailbox")]

    def __str__(self) -> str:
        return str(self.key)
