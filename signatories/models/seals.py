"""What a count is proven by: leaves, and the seals over each day's; see `signatories/audit`.

Nothing here tells who signed. A mark is made of a secret that stands with the signature alone, and
goes with it.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from casa.lib.db.append_only import AppendOnly, AppendOnlyQuerySet
from signatories.models.signatures import Signature
from statements.models import Statement

MARK_LENGTH = 32  # bytes


class Audit(models.Model):
    """How far the leaves of a statement have come, and what they sum up to."""

    statement = models.OneToOneField(
        Statement, on_delete=models.PROTECT, primary_key=True, related_name="audit"
    )
    is_begun = models.BooleanField(
        default=False, help_text="Whether all that was counted before has its leaf."
    )
    leaves = models.PositiveBigIntegerField(default=0)
    organizations = models.PositiveBigIntegerField(default=0)
    people = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.statement_id}: {self.leaves}"


class AuditCursor(models.Model):
    """The last event that needs no second look; one row."""

    last_event = models.BigIntegerField()

    def __str__(self) -> str:
        return str(self.last_event)


class LeafQuerySet(AppendOnlyQuerySet["Leaf"]):
    pass


class Leaf(AppendOnly):
    """A signature was counted, or is counted no more; in the order in which it was noticed."""

    class Change(models.TextChoices):
        COUNTED = "counted", _("counted")
        WITHDRAWN = "withdrawn", _("withdrawn by the signer")
        ERASED = "erased", _("erased, with all that was stored")
        HIDDEN = "hidden", _("hidden by the office")
        INVALIDATED = "invalidated", _("marked as invalid by the office")
        UNAPPROVED = "unapproved", _("waiting for a look at the name")
        UNDONE = "undone", _("taken back with an import")
        RENEWED = "renewed", _("given another receipt")
        MISSING = "missing", _("not found by the check")

    statement = models.ForeignKey(
        Statement, on_delete=models.PROTECT, related_name="leaves", db_index=False
    )
    position = models.PositiveBigIntegerField(help_text="From 0 within the statement.")
    change = models.CharField(max_length=12, choices=Change.choices)
    kind = models.CharField(max_length=12, choices=Signature.Kind.choices)
    mark = models.BinaryField(max_length=MARK_LENGTH)
    gathered_on = models.DateField()

    objects = LeafQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "leaves"
        constraints = [models.UniqueConstraint("statement", "position", name="leaf_position")]
        indexes = [models.Index("statement", "mark", "position", name="leaf_mark")]

    def __str__(self) -> str:
        return f"{self.change} {self.kind} {bytes(self.mark).hex()}"


class SealQuerySet(AppendOnlyQuerySet["Seal"]):
    pass


class Seal(AppendOnly):
    """The file of one day: its head holds the root of its leaves and the hash of the head before.

    `told` says how often each change happened to each kind: [["counted", "person", 12]].
    """

    statement = models.ForeignKey(
        Statement, on_delete=models.PROTECT, related_name="seals", db_index=False
    )
    number = models.PositiveIntegerField()
    day = models.DateField()
    sealed_at = models.DateTimeField()
    first = models.PositiveBigIntegerField(help_text="The position of its first leaf.")
    leaves = models.PositiveBigIntegerField()
    organizations = models.PositiveBigIntegerField(help_text="Counted after it.")
    people = models.PositiveBigIntegerField(help_text="Counted after it.")
    told = models.JSONField()
    head = models.TextField()
    sha256 = models.CharField(max_length=64, help_text="Of the head.")

    objects = SealQuerySet.as_manager()

    class Meta:
        ordering = ("-number",)
        constraints = [
            models.UniqueConstraint("statement", "number", name="seal_number"),
            models.UniqueConstraint("statement", "day", name="seal_day"),
        ]

    def __str__(self) -> str:
        return f"{self.day}: {self.sha256}"


class EndedReceipt(models.Model):
    """A signature that may have a leaf was erased, or got another receipt; until that has a leaf.

    Its secret is gone already.
    """

    statement = models.ForeignKey(Statement, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=12, choices=Signature.Kind.choices)
    mark = models.BinaryField(max_length=MARK_LENGTH)
    change = models.CharField(max_length=12, choices=Leaf.Change.choices)

    def __str__(self) -> str:
        return self.change


class GoneCount(models.Model):
    """How many signatures of a statement are stored no more, and why; for its ledger."""

    class Why(models.TextChoices):
        UNCONFIRMED = "unconfirmed"
        ERASED = "erased"
        UNDONE = "undone"

    statement = models.ForeignKey(
        Statement, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    kind = models.CharField(max_length=12, choices=Signature.Kind.choices)
    why = models.CharField(max_length=12, choices=Why.choices)
    count = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint("statement", "kind", "why", name="gone_count_one_row")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.why}: {self.count}"
