"""Many logos at once: the files of an upload, which organization each is of, what became of it.

Written by `signatories/organizations/bulk_logos.py` alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from signatories.models.organizations import Organization

if TYPE_CHECKING:
    from casa.accounts.models import User

LONGEST_FILE_NAME = 200


class LogoUpload(models.Model):
    """Files that somebody uploaded together; undone as a whole."""

    class State(models.TextChoices):
        READING = "reading", _("Being read")
        REVIEW = "review", _("Under review")
        DONE = "done", _("Done")
        DISCARDED = "discarded", _("Discarded")
        UNDONE = "undone", _("Undone")

    by: models.ForeignKey[User | None] = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+",
        verbose_name=_("by"),
    )  # fmt: skip
    created_at = models.DateTimeField(_("uploaded"), auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)
    language = models.CharField(max_length=10, help_text="Its refusals are told in it.")
    state = models.CharField(_("state"), max_length=9, choices=State.choices, default=State.READING)
    shown = models.PositiveIntegerField(_("logos shown by it"), default=0)

    class Meta:
        verbose_name = _("upload of logos")
        verbose_name_plural = _("logos in bulk")
        ordering = ("-pk",)
        indexes = [
            models.Index("id", name="logos_being_read", condition=Q(state="reading")),
        ]

    def __str__(self) -> str:
        return gettext("Upload of logos %(number)d") % {"number": self.pk}


class LogoFile(models.Model):
    """One file, beside the organization that its name says."""

    class Certainty(models.TextChoices):
        SURE = "sure", _("sure")
        UNSURE = "unsure", _("unsure")
        NONE = "none", _("none found")

    class Outcome(models.TextChoices):
        OPEN = "", _("not decided")
        SHOWN = "shown", _("shown")
        LEFT = "left", _("left out")
        HAS = "has", _("left out: the organization keeps the logo that it has")
        UNDONE = "undone", _("undone")
        KEPT = "kept", _("kept: somebody changed the logo since")

    upload = models.ForeignKey(LogoUpload, on_delete=models.CASCADE, related_name="files")
    position = models.PositiveIntegerField()
    name = models.CharField(_("file"), max_length=LONGEST_FILE_NAME)
    data = models.BinaryField(help_text="As it came; empty once it is read.")
    is_read = models.BooleanField(default=False)
    refusal = models.CharField(max_length=400, blank=True, help_text="Why it is no logo.")
    certainty = models.CharField(max_length=6, choices=Certainty.choices, default=Certainty.NONE)
    alike = models.JSONField(default=list, blank=True, help_text="Organizations it may be of.")
    organization: models.ForeignKey[Organization | None] = models.ForeignKey(
        Organization, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    outcome = models.CharField(
        max_length=6, choices=Outcome.choices, blank=True, default=Outcome.OPEN
    )

    class Meta:
        ordering = ("position",)

    def __str__(self) -> str:
        return self.name


class LogoPicture(models.Model):
    """A size that was made of a file, or one of the logo that it replaced."""

    file = models.ForeignKey(LogoFile, on_delete=models.CASCADE, related_name="pictures")
    is_before = models.BooleanField(default=False)
    content_type = models.CharField(max_length=20)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    data = models.BinaryField()

    class Meta:
        ordering = ("width", "pk")

    def __str__(self) -> str:
        return f"{self.width}x{self.height}"
