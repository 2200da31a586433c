"""Asking those whose names were imported to confirm them: the mailing, and who was asked."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from signatories.models.imports import ImportBatch
from signatories.models.signatures import Signature
from statements.models import Statement


class OwnerMailing(models.Model):
    """A mail to each whose name was imported with an address and who was not asked yet.

    Of one import, or of all imports of a statement. The rows of `AskedOwner` are the truth: one
    is written in the transaction that queues its mail. Written by `mailings/owner_asks.py` alone.
    """

    class State(models.TextChoices):
        SENDING = "sending", _("Being sent")
        STOPPED = "stopped", _("Stopped")
        FINISHED = "finished", _("Sent")

    statement = models.ForeignKey(
        Statement,
        on_delete=models.PROTECT,
        related_name="owner_mailings",
        verbose_name=_("statement"),
    )
    batch: models.ForeignKey[ImportBatch | None] = models.ForeignKey(
        ImportBatch,
        on_delete=models.PROTECT,
        null=True,
        related_name="owner_mailings",
        verbose_name=_("import"),
    )
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.SENDING)
    begun_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+",
        verbose_name=_("sent by"),
    )  # fmt: skip
    begun_at = models.DateTimeField(_("begun"), auto_now_add=True)
    ended_at = models.DateTimeField(_("finished"), null=True)

    class Meta:
        verbose_name = _("question to imported people")
        verbose_name_plural = _("questions to imported people")
        ordering = ("-pk",)
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["sending", "stopped", "finished"]),
                name="owner_mailing_state_known",
            ),
        ]

    def __str__(self) -> str:
        return str(self.batch or self.statement)


class AskedOwner(models.Model):
    """Somebody who was asked to confirm an imported name, and what they answered. Once for all."""

    class Answer(models.TextChoices):
        CONFIRMED = "confirmed", _("confirmed")
        OBJECTED = "objected", _("withdrew")

    signature = models.OneToOneField(
        Signature, on_delete=models.CASCADE, primary_key=True, related_name="asked"
    )
    mailing = models.ForeignKey(OwnerMailing, on_delete=models.CASCADE, related_name="asked")
    asked_at = models.DateTimeField(_("asked to confirm"), auto_now_add=True)
    answer = models.CharField(_("answer"), max_length=9, choices=Answer.choices, blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True)

    class Meta:
        verbose_name = _("person who was asked")
        verbose_name_plural = _("people who were asked")

    def __str__(self) -> str:
        return str(self.signature_id)
