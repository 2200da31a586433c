"""Decisions on many signatures or organizations, and the outcome of each row."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from signatories.models.organizations import Organization
from signatories.models.signatures import Signature
from statements.models import Statement

if TYPE_CHECKING:
    from casa.accounts.models import User


class DecisionQuerySet(models.QuerySet["Decision"]):
    def at_work(self) -> DecisionQuerySet:
        """Those that a worker has something to do for."""
        return self.filter(state__in=Decision.AT_WORK)


class Decision(models.Model):
    """One verb for many signatures or organizations, carried out in batches.

    The row is the truth: a batch moves rows of it and its counts in the transaction that changes
    the signatures. Only `moderation/work.py` writes it. With `criteria` it is for all signatures
    that they find when it begins; without, for the rows that somebody chose in a list.
    """

    class Verb(models.TextChoices):
        APPROVE = "approve", _("Approve")
        HIDE = "hide", _("Hide")
        RESTORE = "restore", _("Show again")
        INVALIDATE = "invalidate", _("Mark as invalid")
        VERIFY = "verify", _("Verify")
        REJECT = "reject", _("Reject")
        ASK_AGAIN = "ask_again", _("Ask to verify again")

    class State(models.TextChoices):
        DRAFT = "draft", _("Not begun")
        RUNNING = "running", _("Being carried out")
        STOPPED = "stopped", _("Stopped")
        DONE = "done", _("Carried out")
        UNDOING = "undoing", _("Being undone")
        UNDO_STOPPED = "undo_stop", _("Undoing is stopped")
        UNDONE = "undone", _("Undone")
        DISCARDED = "discarded", _("Discarded")

    AT_WORK = (State.RUNNING, State.UNDOING)
    OF_ORGANIZATIONS = (Verb.VERIFY, Verb.REJECT, Verb.ASK_AGAIN)

    verb = models.CharField(_("decision"), max_length=10, choices=Verb.choices, editable=False)
    state = models.CharField(
        _("state"), max_length=9, choices=State.choices, default=State.DRAFT, editable=False
    )
    statement = models.ForeignKey(
        Statement,
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("statement"),
        help_text="Where all rows are of one.",
    )
    title = models.CharField(_("title"), max_length=120, blank=True)
    criteria = models.JSONField(_("criteria"), null=True, editable=False)
    reason = models.CharField(_("reason"), max_length=300, blank=True, editable=False)
    made_by: models.ForeignKey[User | None] = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, editable=False,
        related_name="+", verbose_name=_("by"),
    )  # fmt: skip
    made_at = models.DateTimeField(_("made"), auto_now_add=True)
    begun_at = models.DateTimeField(_("begun"), null=True, editable=False)
    finished_at = models.DateTimeField(_("finished"), null=True, editable=False)
    undone_by: models.ForeignKey[User | None] = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, editable=False,
        related_name="+", verbose_name=_("undone by"),
    )  # fmt: skip

    chosen = models.PositiveIntegerField(_("chosen"), default=0, editable=False)
    done = models.PositiveIntegerField(_("changed"), default=0, editable=False)
    left = models.PositiveIntegerField(_("left as they were"), default=0, editable=False)
    undone = models.PositiveIntegerField(_("undone"), default=0, editable=False)
    kept = models.PositiveIntegerField(_("kept when it was undone"), default=0, editable=False)

    last_event = models.PositiveBigIntegerField(default=0, editable=False)
    attempts = models.PositiveSmallIntegerField(default=0, editable=False)
    due_at = models.DateTimeField(null=True, editable=False)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("decision on many")
        verbose_name_plural = _("decisions on many")
        ordering = ("-pk",)
        indexes = [
            models.Index(
                "id", name="decision_at_work", condition=Q(state__in=["running", "undoing"])
            )
        ]

    def __str__(self) -> str:
        return self.title or str(self.get_verb_display())

    @property
    def is_of_organizations(self) -> bool:
        return self.verb in self.OF_ORGANIZATIONS


class DecisionRow(models.Model):
    """A signature or an organization of a decision: what it was before, and what became of it.

    A rejected organization takes its signatures along: they have rows beside its own.
    """

    class Outcome(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        DONE = "done", _("Changed")
        LEFT = "left", _("Left as it was")
        UNDONE = "undone", _("Undone")
        KEPT = "kept", _("Kept when it was undone")

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="rows")
    signature = models.ForeignKey(
        Signature, on_delete=models.CASCADE, null=True, related_name="decision_rows"
    )
    organization = models.ForeignKey(
        Organization, on_delete=models.CASCADE, null=True, related_name="decision_rows"
    )
    outcome = models.CharField(max_length=7, choices=Outcome.choices, default=Outcome.WAITING)
    why = models.CharField(max_length=12, blank=True, default="")
    seen = models.CharField(max_length=8, blank=True, default="")
    before = models.JSONField(null=True)
    event = models.PositiveBigIntegerField(null=True)
    undo_event = models.PositiveBigIntegerField(null=True)

    class Meta:
        indexes = [models.Index("decision", "outcome", "id", name="decision_row_next")]
        constraints = [
            models.UniqueConstraint(
                "decision", "signature", name="decision_once_per_signature",
                condition=Q(signature__isnull=False),
            ),
            models.UniqueConstraint(
                "decision", "organization", name="decision_once_per_organization",
                condition=Q(organization__isnull=False),
            ),
            models.CheckConstraint(
                condition=Q(signature__isnull=False) ^ Q(organization__isnull=False),
                name="decision_row_of_one",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.decision_id}/{self.signature_id or self.organization_id}"

    @property
    def values_before(self) -> dict[str, Any]:
        """What stood there before; empty until something was changed."""
        return self.before or {}
