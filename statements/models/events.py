"""Events: the history rows of a statement, and what staff say about it on the way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from casa.lib.db.append_only import AppendOnly, AppendOnlyQuerySet
from statements.models.statement import Statement

if TYPE_CHECKING:
    from casa.accounts.models import User


Status = Statement.Status

STEPS = {
    (Status.DRAFT, Status.REVIEW): _("Submitted for review"),
    (Status.REVIEW, Status.DRAFT): _("Sent back"),
    (Status.DRAFT, Status.PUBLISHED): _("Published"),
    (Status.REVIEW, Status.PUBLISHED): _("Published"),
    (Status.PUBLISHED, Status.DRAFT): _("Stopped before it was public"),
    (Status.CLOSED, Status.DRAFT): _("Stopped before it was public"),
    (Status.PUBLISHED, Status.CLOSED): _("Signing closed"),
    (Status.CLOSED, Status.PUBLISHED): _("Signing opened again"),
    (Status.CLOSED, Status.ARCHIVED): _("Archived"),
    (Status.PUBLISHED, Status.WITHDRAWN): _("Withdrawn"),
    (Status.CLOSED, Status.WITHDRAWN): _("Withdrawn"),
}
"""What staff call a step from one status to another."""


class StatementEventQuerySet(AppendOnlyQuerySet["StatementEvent"]):
    pass


class StatementEvent(AppendOnly):
    """One event in the history of a statement; written by `statements/lifecycle.py` alone."""

    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="events")
    from_status = models.CharField(max_length=12, choices=Statement.Status.choices)
    to_status = models.CharField(max_length=12, choices=Statement.Status.choices)
    at = models.DateTimeField()
    by: models.ForeignKey[User | None] = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    note = models.TextField(blank=True)

    objects = StatementEventQuerySet.as_manager()

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.get_from_status_display()} → {self.get_to_status_display()}"

    @property
    def in_words(self) -> str:
        """What was done; "Note" where the status stayed: then the note says it."""
        step = STEPS.get((Status(self.from_status), Status(self.to_status)))
        return str(step or _("Note"))


class CommentQuerySet(AppendOnlyQuerySet["Comment"]):
    pass


class Comment(AppendOnly):
    """What author and editor write to each other about a statement."""

    statement = models.ForeignKey(Statement, on_delete=models.CASCADE, related_name="comments")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    text = models.TextField(_("comment"), max_length=5000)

    objects = CommentQuerySet.as_manager()

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.text
