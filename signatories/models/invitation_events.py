"""The steps of each invitation of a round."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class InvitationEvent(models.Model):
    """What happened with an invitation, one row for each step; written by the verbs alone."""

    class What(models.TextChoices):
        ADDED = "added", _("added")
        ACCEPTED = "accepted", _("looked at: may be asked")
        SENT = "sent", _("asked by mail")
        SENT_BY_HAND = "sent_by_hand", _("asked by a colleague’s own mail")
        REMINDED = "reminded", _("reminded by mail")
        CALLED = "called", _("rung by a colleague")
        DECLINED = "declined", _("declined")
        PROMISED = "promised", _("said yes")
        REOPENED = "reopened", _("answer taken back")
        NO_MAIL = "no_mail", _("wants no such mail")
        BOUNCED = "bounced", _("mail came back")
        EDITED = "edited", _("edited")

    invitation = models.ForeignKey(
        "signatories.Invitation", on_delete=models.CASCADE, related_name="events"
    )
    what = models.CharField(max_length=12, choices=What.choices)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.invitation_id}: {self.what}"
