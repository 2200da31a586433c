"""What the worker has told a statement's signers, and how far it has come."""

from __future__ import annotations

from django.db import models

from statements.models import Statement


class CorrectionMailing(models.Model):
    """The telling of a statement's signers about a material correction, in batches by the worker.

    The row is the truth: `last_signature` is the last one whose mail is queued, and a batch moves
    it in the transaction that queues its mails.
    """

    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="mailings")
    edition_number = models.PositiveIntegerField()
    last_signature = models.PositiveBigIntegerField(default=0)
    queued = models.PositiveIntegerField(default=0)
    finished_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("statement", "edition_number", name="correction_told_once")
        ]

    def __str__(self) -> str:
        return f"{self.statement_id}/{self.edition_number}"
