"""Private links to the working copy, and who opened them when."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from casa.lib.addresses.sealed import SealedAddressField
from statements.models.statement import Statement


class PreviewLink(models.Model):
    """A private, named link to the working copy, for somebody outside the office."""

    statement = models.ForeignKey(Statement, on_delete=models.CASCADE, related_name="previews")
    name = models.CharField(
        _("for whom"), max_length=200, help_text=_("Stands across the page as a watermark.")
    )
    email = SealedAddressField(_("e-mail address"), blank=True)
    key = models.CharField(
        max_length=43,
        unique=True,
        editable=False,
        help_text="Random; the address is made of it and of the site's secret key.",
    )
    may_sign = models.BooleanField(
        _("may sign as a lead signatory"),
        default=False,
        help_text=_("The page then offers to sign among the lead signatories."),
    )
    in_round = models.BooleanField(
        default=False,
        editable=False,
        help_text="Made by an invitation round, and listed there alone.",
    )
    expires_at = models.DateTimeField(_("works until"))
    revoked_at = models.DateTimeField(_("revoked"), null=True, editable=False)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, editable=False, related_name="+"
    )
    created_at = models.DateTimeField(_("made"), auto_now_add=True)

    class Meta:
        verbose_name = _("preview link")
        verbose_name_plural = _("preview links")
        ordering = ("-pk",)

    def __str__(self) -> str:
        return self.name


class PreviewVisit(models.Model):
    """Each time a preview link was opened."""

    link = models.ForeignKey(PreviewLink, on_delete=models.CASCADE, related_name="visits")
    at = models.DateTimeField(auto_now_add=True)
    sha256 = models.CharField(max_length=64, help_text="Fingerprint of the words that were shown.")

    class Meta:
        ordering = ("-pk",)

    def __str__(self) -> str:
        return str(self.at)
