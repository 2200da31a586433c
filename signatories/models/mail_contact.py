"""A signer's mailbox, and the state of mails to it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from casa.lib.addresses.sealed import MailboxKeyField, SealedAddressField
from casa.mail.models import OutgoingMail
from statements.models import default_language, language_field


class MailContact(models.Model):
    """What is known of a signer's mailbox, and of the mails to it."""

    MailTrouble = OutgoingMail.Trouble

    email = SealedAddressField(_("e-mail address"), blank=True)
    email_key = MailboxKeyField(_("mailbox"), max_length=254, blank=True, editable=False)
    mailbox_place = models.PositiveSmallIntegerField(
        _("place among those who share the mailbox"),
        default=0,
        editable=False,
        help_text="1 for the second of two people who share a mailbox, where the statement lets.",
    )
    nonce = models.CharField(max_length=43, editable=False)
    code_tries = models.PositiveSmallIntegerField(
        _("wrong codes"),
        default=0,
        editable=False,
        help_text="Wrong codes typed since the last mail.",
    )
    reminded_at = models.DateTimeField(_("reminded"), null=True, editable=False)
    language = language_field(default=default_language)
    wants_updates = models.BooleanField(_("wants updates"), default=False)
    mail_trouble = models.CharField(
        _("trouble with mail"),
        max_length=9,
        choices=MailTrouble.choices,
        blank=True,
        editable=False,
    )
    mail_trouble_at = models.DateTimeField(_("trouble with mail since"), null=True, editable=False)

    class Meta:
        abstract = True
