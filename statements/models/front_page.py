"""What leads the front page, where staff chose it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from casa.lib.db.history import Records
from statements.models.statement import Statement


class FrontPageLead(models.Model):
    """The one row that says which statement stands first, and until when."""

    statement = models.ForeignKey(
        Statement,
        verbose_name=_("statement"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text=_(
            "Stands first on the front page, large. Empty: the newest that can be signed, in the"
            " reader’s language where there is one."
        ),
    )
    until = models.DateTimeField(
        _("until"),
        null=True,
        blank=True,
        help_text=_("Afterwards the newest leads again. Empty: until you choose another."),
    )
    changed_at = models.DateTimeField(auto_now=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    history = Records()

    class Meta:
        verbose_name = _("lead of the front page")
        verbose_name_plural = _("lead of the front page")
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="front_page_lead_one_row")]

    def __str__(self) -> str:
        return gettext("Lead of the front page")
