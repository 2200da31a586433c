"""Requests for data or erasure that came by letter, and the letters, which lie apart."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from casa.lib.addresses.sealed import SealedAddressField
from casa.lib.db.sealed import SealedBinaryField, SealedCharField, SealedTextField

MOST_WORDS = 2000


class DataRequest(models.Model):
    """Somebody asked the office for their data, or to be erased. Written by `data_requests` alone.

    It holds who asked; which rows were theirs is looked up, and stored nowhere.
    """

    class Kind(models.TextChoices):
        ACCESS = "access", _("Wants to know what is stored")
        ERASURE = "erasure", _("Wants to be erased")

    kind = models.CharField(_("what they ask"), max_length=8, choices=Kind.choices)
    name = SealedCharField(_("name"), max_length=200)
    email = SealedAddressField(
        _("e-mail address"), blank=True, help_text=_("The one they signed with, if they say it.")
    )
    note = SealedTextField(
        _("how it came, and how you know that it is them"),
        max_length=MOST_WORDS,
        help_text=_("For example: letter by post, with a copy of an identity card."),
    )
    received_on = models.DateField(_("received on"))
    due_on = models.DateField(_("answer by"))
    extended_at = models.DateTimeField(_("extended"), null=True)
    extension_reason = SealedTextField(_("why it takes longer"), max_length=MOST_WORDS, blank=True)
    closed_at = models.DateTimeField(_("answered"), null=True)
    outcome = SealedTextField(_("what was done"), max_length=MOST_WORDS, blank=True)
    erased = models.PositiveIntegerField(_("signatures erased"), default=0)
    recorded_at = models.DateTimeField(_("noted"), auto_now_add=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("request by letter")
        verbose_name_plural = _("requests by letter")
        default_permissions = ("change",)
        ordering = ("due_on", "pk")

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def is_open(self) -> bool:
        return self.closed_at is None


class DataRequestProof(models.Model):
    """The letter, as it was scanned. It stands in the database, so it has no address."""

    request = models.OneToOneField(
        DataRequest, on_delete=models.CASCADE, primary_key=True, related_name="proof"
    )
    file_name = SealedCharField(_("file"), max_length=100)
    data = SealedBinaryField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.pk)
