"""Imports of names: a batch, its lines beside what was understood of them, and what became of each.

Written by `signatories/leads/batches.py` and its neighbours alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from casa.lib.db.sealed import SealedBinaryField, SealedCharField, SealedJSONField, SealedTextField
from signatories.models.collected import CollectedBy
from signatories.models.organizations import Organization
from signatories.models.signatures import Signature
from statements.models import Statement

if TYPE_CHECKING:
    from casa.accounts.models import User

LONGEST_FILE_NAME = 200


class ImportBatch(models.Model):
    """One import of names under a statement: who, when, of what; undone as a whole.

    The row and its lines are the truth: a worker that is killed goes on from them.
    """

    class Source(models.TextChoices):
        PASTED = "pasted", _("Pasted text")
        FILE = "file", _("File")
        ONE = "one", _("One signature, typed")
        RELEASE = "release", _("Press release")

    class State(models.TextChoices):
        READING = "reading", _("Being read")
        REVIEW = "review", _("Under review")
        APPLYING = "applying", _("Being put under the statement")
        APPLIED = "applied", _("Done")
        REFUSED = "refused", _("Not readable")
        DISCARDED = "discarded", _("Discarded")
        UNDOING = "undoing", _("Being undone")
        UNDONE = "undone", _("Undone")

    WORKED_ON_STATES = (State.READING, State.APPLYING, State.UNDOING)
    """Where a worker has something to do."""

    statement = models.ForeignKey(
        Statement, on_delete=models.PROTECT, related_name="imports", verbose_name=_("statement")
    )
    by: models.ForeignKey[User | None] = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("by"),
        help_text="Nobody for a command.",
    )
    created_at = models.DateTimeField(_("imported"), auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)
    source = models.CharField(_("source"), max_length=8, choices=Source.choices)
    file_name = models.CharField(_("file"), max_length=LONGEST_FILE_NAME, blank=True)
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    kind = models.CharField(max_length=16, blank=True, help_text="Of the document: “csv”.")
    encoding = models.CharField(_("encoding"), max_length=24, blank=True)
    encoding_guessed = models.BooleanField(default=False)
    looks_like = models.CharField(max_length=200, blank=True, help_text="What the reader took it.")
    columns = models.JSONField(default=list, blank=True, help_text="[[heading, field], …]")
    notes = models.JSONField(default=list, blank=True, help_text="[[line, sentence], …]")
    consent = models.CharField(
        _("how consent was given"),
        max_length=8,
        choices=CollectedBy.choices,
        help_text=_("How those who are named agreed to be named under this statement."),
    )
    as_leads = models.BooleanField(_("among the lead signatories"), default=False)
    asks_first = models.BooleanField(
        _("asked to confirm"),
        default=False,
        help_text=_("Whoever has an e-mail address gets a mail, and counts once they confirm."),
    )
    state = models.CharField(_("state"), max_length=9, choices=State.choices, default=State.READING)
    refusal = models.TextField(blank=True, help_text="Why it was not read.")
    lines_read = models.PositiveIntegerField(_("lines"), default=0)
    made = models.PositiveIntegerField(_("signatures made"), default=0)
    merged = models.PositiveIntegerField(default=0)
    compared_up_to = models.PositiveBigIntegerField(
        default=0, help_text="The newest signature that its lines were compared with."
    )
    worked_through = models.PositiveIntegerField(default=0, help_text="Of what a worker does now.")
    undone_at = models.DateTimeField(_("undone"), null=True, editable=False)
    undone_by: models.ForeignKey[User | None] = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("undone by"),
    )
    removed = models.PositiveIntegerField(default=0, help_text="Signatures, by undoing it.")
    stayed = models.JSONField(default=dict, blank=True, help_text="{why: how many stayed}")

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ("-pk",)
        permissions = [("import_names", "Can import names, and undo an import")]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    state__in=[
                        "reading", "review", "applying", "applied", "refused", "discarded",
                        "undoing", "undone",
                    ]
                ),
                name="import_state_known",
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(
                "state",
                name="import_worked_on",
                condition=Q(state__in=["reading", "applying", "undoing"]),
            ),
        ]

    def __str__(self) -> str:
        return self.file_name or str(self.get_source_display())

    @property
    def is_worked_on(self) -> bool:
        return self.state in self.WORKED_ON_STATES


class ImportSource(models.Model):
    """The bytes of a batch, as they came; they go once it is applied, discarded or undone."""

    batch = models.OneToOneField(
        ImportBatch, on_delete=models.CASCADE, primary_key=True, related_name="original"
    )
    data = SealedBinaryField()

    def __str__(self) -> str:
        return str(self.batch_id)


class ImportLine(models.Model):
    """One signatory of a batch: the line as it came, and what was understood of it."""

    class Decision(models.TextChoices):
        SURE = "sure", _("Sure, not yet taken")
        HELD = "held", _("To be decided")
        ACCEPTED = "accepted", _("Taken")
        MERGED = "merged", _("Merged")
        SKIPPED = "skipped", _("Left out")

    OPEN = (Decision.SURE, Decision.HELD)
    """A person has yet to say yes or no."""

    TAKEN = (Decision.ACCEPTED, Decision.MERGED)

    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="lines")
    position = models.PositiveIntegerField(help_text="Among the signatories of the batch.")
    number = models.PositiveIntegerField(_("line"), help_text="Of the file.")
    original = SealedTextField(_("line as it came"), blank=True)
    fields = SealedJSONField(_("what was understood"), default=dict, blank=True)
    confidence = models.FloatField(_("confidence"), default=0)
    doubts = SealedJSONField(_("unsure about"), default=list, blank=True)
    why = models.CharField(max_length=16, blank=True, help_text="Why it is held or left out.")
    decision = models.CharField(
        _("decision"), max_length=8, choices=Decision.choices, default=Decision.HELD
    )
    alike = models.JSONField(default=list, blank=True, help_text="[“signature:12”, “line:7”, …]")
    same_as = models.CharField(max_length=40, blank=True, help_text="One of those: “line:7”.")
    signature: models.ForeignKey[Signature | None] = models.ForeignKey(
        Signature,
        on_delete=models.SET_NULL,
        null=True,
        related_name="import_lines",
        help_text="What it was made into, or merged into.",
    )
    made_organization: models.ForeignKey[Organization | None] = models.ForeignKey(
        Organization,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        help_text="Which the directory did not have before.",
    )
    is_applied = models.BooleanField(default=False)
    filled = SealedJSONField(
        _("filled in by it"), default=dict, blank=True, help_text="Where it was merged."
    )
    version = models.PositiveIntegerField(default=0, help_text="How often it was changed.")
    edited_by: models.ForeignKey[User | None] = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    edited_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("line of an import")
        verbose_name_plural = _("lines of imports")
        ordering = ("position", "pk")
        constraints = [
            models.UniqueConstraint("batch", "position", name="import_line_in_its_place"),
            models.CheckConstraint(
                condition=Q(decision__in=["sure", "held", "accepted", "merged", "skipped"]),
                name="import_line_decision_known",
            ),
        ]
        indexes = [
            models.Index("batch", "decision", "position", name="import_line_by_decision"),
        ]

    def __str__(self) -> str:
        return self.original

    @property
    def displayed_name(self) -> str:
        """Whom the line names."""
        of_organization = self.fields.get("kind") == Signature.Kind.ORGANIZATION
        found = (self.fields.get("organization"), self.fields.get("name"))
        return next(filter(None, found if of_organization else found[::-1]), "")


class ImportProof(models.Model):
    """What a typed signature came by: the mail's words, and a file. Never shown in public."""

    line = models.OneToOneField(
        ImportLine, on_delete=models.CASCADE, primary_key=True, related_name="proof"
    )
    words = SealedTextField(_("words of the mail"), blank=True)
    file_name = SealedCharField(_("file"), max_length=LONGEST_FILE_NAME, blank=True)
    content_type = models.CharField(max_length=100, blank=True)
    data = SealedBinaryField(default=b"")

    def __str__(self) -> str:
        return self.file_name
