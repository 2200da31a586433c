"""What a merge or a split moved in the directory, so that it is undone as a whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from signatories.models.organizations import Organization
from signatories.models.signatures import Signature

if TYPE_CHECKING:
    from casa.accounts.models import User


class DirectoryChange(models.Model):
    """Organizations merged into one, or one split in two.

    Written by `signatories/organizations/merging.py`, `splitting.py` and `unmerging.py` alone.
    """

    class Verb(models.TextChoices):
        MERGE = "merge", _("Merge")
        SPLIT = "split", _("Split")

    class State(models.TextChoices):
        DONE = "done", _("Carried out")
        UNDONE = "undone", _("Undone")

    verb = models.CharField(_("what"), max_length=5, choices=Verb.choices, editable=False)
    state = models.CharField(
        _("state"), max_length=6, choices=State.choices, default=State.DONE, editable=False
    )
    organization = models.ForeignKey(
        Organization,
        on_delete=models.PROTECT,
        editable=False,
        related_name="changes",
        verbose_name=_("organization"),
        help_text="Which the others were merged into, or which was split.",
    )
    filled = models.JSONField(
        default=dict, editable=False, help_text="{column: [before, after]} of the organization."
    )
    made_by: models.ForeignKey[User | None] = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, editable=False,
        related_name="+", verbose_name=_("by"),
    )  # fmt: skip
    made_at = models.DateTimeField(_("made"), auto_now_add=True)
    undone_by: models.ForeignKey[User | None] = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, editable=False,
        related_name="+", verbose_name=_("undone by"),
    )  # fmt: skip
    undone_at = models.DateTimeField(_("undone"), null=True, editable=False)

    class Meta:
        verbose_name = _("merge or split")
        verbose_name_plural = _("merges and splits")
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"{self.get_verb_display()}: {self.organization}"

    @property
    def is_merge(self) -> bool:
        return self.verb == self.Verb.MERGE

    def others(self) -> models.QuerySet[Organization]:
        """Those that were merged away, or the one that was split off."""
        of_it = self.rows.filter(what=DirectoryChangeRow.What.ORGANIZATION)
        return Organization.objects.filter(pk__in=of_it.values("number")).order_by("pk")


class DirectoryChangeRow(models.Model):
    """One thing that moved, and what became of it when the change was undone."""

    class What(models.TextChoices):
        ORGANIZATION = "org", _("organization")
        SIGNATURE = "signature", _("signature")
        ALIAS = "alias", _("other name")
        LOGO = "logo", _("logo")

    class Outcome(models.TextChoices):
        DONE = "done", _("Changed")
        UNDONE = "undone", _("Undone")
        KEPT = "kept", _("Kept when it was undone")

    class Why(models.TextChoices):
        """Why it was kept."""

        CHANGED = "changed", _("changed by somebody since")
        GONE = "gone", _("deleted or replaced since")
        TWICE = "twice", _("the organization stands there already and counts once")

    change = models.ForeignKey(DirectoryChange, on_delete=models.CASCADE, related_name="rows")
    what = models.CharField(max_length=9, choices=What.choices)
    signature = models.ForeignKey(
        Signature, on_delete=models.CASCADE, null=True, related_name="directory_change_rows"
    )
    number = models.PositiveBigIntegerField(
        null=True, help_text="The key of what is no signature; it may be deleted since."
    )
    from_organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, null=True, related_name="+"
    )
    to_organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    was_state = models.CharField(
        max_length=12, blank=True, help_text="Of a signature that stood twice."
    )
    event = models.PositiveBigIntegerField(null=True)
    outcome = models.CharField(max_length=6, choices=Outcome.choices, default=Outcome.DONE)
    why = models.CharField(max_length=7, choices=Why.choices, blank=True)

    class Meta:
        indexes = [
            models.Index(
                "number", name="directory_change_of", condition=Q(what="org"),
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.change_id}/{self.what} {self.signature_id or self.number}"
