"""The log of exports."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from casa.lib.db.append_only import AppendOnly, AppendOnlyQuerySet
from statements.models import Statement


class ExportLogQuerySet(AppendOnlyQuerySet["ExportLog"]):
    pass


class ExportLog(AppendOnly):
    """One export: who made it, when, and of which data."""

    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("by"),
    )
    at = models.DateTimeField(_("when"), auto_now_add=True)
    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, null=True, related_name="+")
    columns = models.JSONField(default=list)
    rows = models.PositiveIntegerField(_("rows"), default=0)

    objects = ExportLogQuerySet.as_manager()

    class Meta:
        verbose_name = _("export")
        verbose_name_plural = _("exports")
        ordering = ("-pk",)

    def __str__(self) -> str:
        return str(self.at)
