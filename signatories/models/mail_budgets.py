"""Counters of mail that strangers cause; written by `signatories/core/mail_budget.py` alone."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class MailboxBudget(models.Model):
    """How many mails a mailbox got in the window that began at `since`."""

    mailbox = models.CharField(
        _("mailbox"), max_length=32, primary_key=True, help_text="A keyed hash of it."
    )
    since = models.DateTimeField(_("mails counted since"), db_index=True)
    sent = models.PositiveIntegerField(_("mails sent lately"))

    class Meta:
        verbose_name = "mailbox budget"
        verbose_name_plural = "mailbox budgets"

    def __str__(self) -> str:
        return self.mailbox


class DomainBudget(models.Model):
    """When all mail to a domain that was asked for would have gone, one after the other."""

    domain = models.CharField(_("domain"), max_length=253, primary_key=True)
    clear_at = models.FloatField(help_text="Seconds since 1970.", db_index=True)

    class Meta:
        verbose_name = "domain budget"
        verbose_name_plural = "domain budgets"

    def __str__(self) -> str:
        return self.domain
