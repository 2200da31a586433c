"""Signatures on paper: how many, as staff declare them, and the scanned sheets they stand on.

Nobody on a sheet is a `Signature`, so none of this is in the tally. Written by
`signatories/leads/paper.py` alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from casa.lib.db.append_only import AppendOnlyQuerySet
from casa.lib.db.sealed import SealedBinaryField
from statements.models import Statement

if TYPE_CHECKING:
    from casa.accounts.models import User

PAPER_WAITS = Q(withdrawn_at__isnull=True) & ~Q(counted=F("number"))
"""Somebody else has yet to check the number."""

MOST_SIGNATURES = 1_000_000
"""In one declaration: of a stall, a round of visits, a day."""


class PaperCount(models.Model):
    """So many signatures on paper that were collected at one place, as staff declare them."""

    statement = models.ForeignKey(
        Statement,
        on_delete=models.PROTECT,
        related_name="paper_counts",
        verbose_name=_("statement"),
    )
    number = models.PositiveIntegerField(
        _("signatures on paper"),
        validators=[MinValueValidator(1), MaxValueValidator(MOST_SIGNATURES)],
        help_text=_("How many stand on the sheets, without crossed-out and doubled ones."),
    )
    counted = models.PositiveIntegerField(
        _("told in public"), default=0, help_text="The number that was checked last; 0 for none."
    )
    collected_on = models.DateField(
        _("collected on"), help_text=_("The day, or the last one of several.")
    )
    place = models.CharField(
        _("where"), max_length=200, blank=True, help_text=_("A stall, a street, a meeting.")
    )
    collected_by = models.CharField(
        _("collected by"), max_length=200, help_text=_("Who held the sheets and answers for them.")
    )
    note = models.TextField(_("note"), max_length=2000, blank=True, help_text=_("For staff alone."))
    numbered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("declared by"),
        help_text="Who said the number last; where four eyes are wanted, another one checks it.",
    )
    declared_at = models.DateTimeField(_("declared"), auto_now_add=True)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True)
    version = models.PositiveIntegerField(default=0, help_text="How often it was changed.")

    class Meta:
        verbose_name = _("declaration of signatures on paper")
        verbose_name_plural = _("signatures on paper")
        ordering = ("-collected_on", "-pk")
        permissions = [("declare_paper", "Can declare signatures on paper")]
        constraints = [
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | Q(counted=0),
                name="paper_withdrawn_is_not_told",
            ),
            models.CheckConstraint(
                condition=Q(number__gte=1, number__lte=MOST_SIGNATURES),
                name="paper_number_in_bounds",
            ),
        ]

    def __str__(self) -> str:
        return ", ".join(part for part in (self.place, self.collected_by) if part)

    @property
    def waits(self) -> bool:
        """The same as PAPER_WAITS, of one."""
        return self.withdrawn_at is None and self.counted != self.number


class PaperSheet(models.Model):
    """A scanned sheet: names and handwriting. It stands in the database, so it has no address."""

    paper = models.ForeignKey(PaperCount, on_delete=models.CASCADE, related_name="sheets")
    file_name = models.CharField(_("file"), max_length=100)
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField(help_text="Bytes.")
    pages = models.PositiveSmallIntegerField(
        _("pages"), default=0, help_text="0 where nobody counted them."
    )
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    data = SealedBinaryField()
    added_at = models.DateTimeField(auto_now_add=True, db_index=True)

    class Meta:
        verbose_name = _("scanned sheet")
        verbose_name_plural = _("scanned sheets")
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint("paper", "sha256", name="paper_sheet_once"),
        ]

    def __str__(self) -> str:
        return self.file_name


class PaperEventQuerySet(AppendOnlyQuerySet["PaperEvent"]):
    pass


class PaperEvent(models.Model):
    """What was done with a declaration. Rows are never changed."""

    class Verb(models.TextChoices):
        DECLARED = "declared", _("declared")
        CORRECTED = "corrected", _("corrected")
        CHECKED = "checked", _("checked by a second person")
        WITHDRAWN = "withdrawn", _("withdrawn")
        SHEET_ADDED = "sheet_added", _("sheet added")
        SHEET_REMOVED = "sheet_removed", _("sheet removed")
        SHEET_OPENED = "sheet_opened", _("sheet opened")
        SHEETS_FORGOTTEN = "forgotten", _("sheets deleted: their time was over")

    paper = models.ForeignKey(PaperCount, on_delete=models.CASCADE, related_name="events")
    verb = models.CharField(max_length=13, choices=Verb.choices)
    at = models.DateTimeField()
    by: models.ForeignKey[User | None] = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    number = models.PositiveIntegerField(help_text="Declared after it.")
    before = models.JSONField(default=dict, help_text="{field: what stood in it}")
    reason = models.TextField(blank=True)
    sheet = models.CharField(max_length=64, blank=True, help_text="SHA-256 of the one it is about.")

    objects = PaperEventQuerySet.as_manager()

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ("pk",)

    def __str__(self) -> str:
        return str(self.get_verb_display())
