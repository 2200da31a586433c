"""The keyed hashes that are kept of an erased signature."""

from __future__ import annotations

from django.db import models

from statements.models import Statement


class Erasure(models.Model):
    """Somebody asked to be erased; keyed hashes only, which tell nobody who it was.

    An import looks here first, so that a list of names does not bring them back.
    """

    statement = models.ForeignKey(Statement, on_delete=models.CASCADE, related_name="erasures")
    signature_number = models.PositiveBigIntegerField(
        help_text="The primary key it had, for which links to it are answered with “erased”."
    )
    mailbox_hash = models.CharField(max_length=64, blank=True)
    name_hash = models.CharField(max_length=64, blank=True)
    at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index("statement", "mailbox_hash", name="erasure_mailbox"),
            models.Index("statement", "name_hash", name="erasure_name"),
        ]
        constraints = [models.UniqueConstraint("signature_number", name="erasure_once")]

    def __str__(self) -> str:
        return str(self.signature_number)
