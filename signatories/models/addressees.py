"""Mails to addressees that tell how many have signed: whether they leave, and each that did."""

from __future__ import annotations

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from casa.mail.models import OutgoingMail
from statements.models import Target

FEWEST = 25
"""A mail at every so many signatures, at least."""


class AddresseeMailing(models.Model):
    """Has the site tell an addressee how many signed. Written by `mailings/addressees.py` alone."""

    class State(models.TextChoices):
        ON = "on", _("Switched on")
        OFF = "off", _("Stopped by us")
        REFUSED = "refused", _("Stopped by the addressee")
        ENDED = "ended", _("Ended by itself")

    target = models.OneToOneField(Target, on_delete=models.CASCADE, related_name="mailing")
    every = models.PositiveIntegerField(
        _("at every so many signatures"),
        null=True,
        validators=[MinValueValidator(FEWEST), MaxValueValidator(1_000_000)],
        help_text="Organizations and people together; empty for once a week.",
    )
    state = models.CharField(_("state"), max_length=7, choices=State.choices, default=State.OFF)
    counted_from = models.PositiveIntegerField(
        default=0, help_text="How many had signed at the last mail, or when it was switched on."
    )
    last_at = models.DateTimeField(help_text="When the last mail was queued, or it was begun.")
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("switched by"),
        help_text="Empty where the addressee or the clock did it.",
    )
    changed_at = models.DateTimeField(_("since"))

    class Meta:
        verbose_name = _("mail to an addressee")
        verbose_name_plural = _("mails to addressees")
        default_permissions = ()
        ordering = ("-changed_at", "-pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["on", "off", "refused", "ended"]),
                name="addressee_mailing_state_known",
            ),
            models.CheckConstraint(
                condition=Q(every=None) | Q(every__gte=FEWEST),
                name="addressee_mailing_paced",
            ),
        ]

    def __str__(self) -> str:
        return str(self.target)


class AddresseeNotice(models.Model):
    """One mail to an addressee: the numbers it tells, and what became of it."""

    mailing = models.ForeignKey(AddresseeMailing, on_delete=models.CASCADE, related_name="notices")
    mail = models.ForeignKey(OutgoingMail, on_delete=models.SET_NULL, null=True, related_name="+")
    day = models.DateField(help_text="By the office's clock; there is one a day at most.")
    at = models.DateTimeField(_("queued"), auto_now_add=True)
    organizations = models.PositiveIntegerField(_("organizations"))
    people = models.PositiveIntegerField(_("people"))
    earlier_organizations = models.PositiveIntegerField(default=0)
    earlier_people = models.PositiveIntegerField(default=0)
    outcome = models.CharField(
        _("what became of it"),
        max_length=8,
        choices=OutgoingMail.State.choices,
        default=OutgoingMail.State.QUEUED,
    )

    class Meta:
        ordering = ("-pk",)
        constraints = [
            models.UniqueConstraint("mailing", "day", name="addressee_notice_once_a_day")
        ]

    def __str__(self) -> str:
        return str(self.day)
