"""How many have signed, in slots that can be written at once; see `signatories/core/tally.py`."""

from __future__ import annotations

from django.db import models

from signatories.models.signatures import Signature
from statements.models import Statement


class TallySlot(models.Model):
    """A part of a statement's count of one kind. The count is the sum of the slots.

    Writers pick a slot at random, so that simultaneous confirmations do not wait for one row.
    A single slot may be negative; the sum never is.
    """

    statement = models.ForeignKey(
        Statement, on_delete=models.CASCADE, related_name="tally_slots", db_index=False
    )
    kind = models.CharField(max_length=12, choices=Signature.Kind.choices)
    slot = models.PositiveSmallIntegerField()
    count = models.IntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint("statement", "kind", "slot", name="tally_slot_one_row")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.slot}: {self.count}"
