"""What staff choose of the look of a statement's page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from statements.models.lead_picture import LeadPicture


class PageOptions(models.Model):
    """Which logos stand at the top, and the picture below it."""

    class LogoRow(models.TextChoices):
        NAMED = "named", _("Of the organizations named there")
        VERIFIED = "verified", _("Of the verified ones, named there or new, in a row of their own")
        NONE = "none", _("None")

    logo_row = models.CharField(
        _("logos at the top"),
        max_length=8,
        choices=LogoRow.choices,
        default=LogoRow.NAMED,
        help_text=_("Beside “Submitted by”: the logos that you have agreed to."),
    )

    class Meta:
        abstract = True

    @property
    def picture(self) -> LeadPicture | None:
        """The lead picture, if there is one."""
        return getattr(self, "lead_picture", None)
