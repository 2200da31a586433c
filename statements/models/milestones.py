"""Round numbers that a statement's count has passed."""

from django.db import models
from django.db.models import Q

from statements.models.page_parts import EditablePart
from statements.models.statement import Statement


class Milestone(EditablePart):
    """So many people, or organizations, had signed a statement when the last of them did.

    The rows follow the count: `signatories/core/milestones.py` writes them, and takes one back when
    the count falls below it.
    """

    class Of(models.TextChoices):
        PEOPLE = "person"
        ORGANIZATIONS = "organization"

    statement = models.ForeignKey(
        Statement, on_delete=models.CASCADE, related_name="milestones", db_index=False
    )
    of = models.CharField(max_length=12, choices=Of.choices)
    number = models.PositiveIntegerField()
    reached_at = models.DateTimeField()

    class Meta:
        ordering = ("reached_at", "number")
        constraints = [
            models.UniqueConstraint("statement", "of", "number", name="milestone_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="milestone_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.number} ({self.of})"
