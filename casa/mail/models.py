"""Mail that leaves the site. A row is the truth about one message, from wish to delivery.

`outbox.queue` writes rows, `delivery` moves them on, nothing else does.
"""

from datetime import datetime
from typing import Self
from urllib.parse import urlsplit
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Left
from django.utils.translation import gettext_lazy as _

from casa.lib.addresses import domains, mailboxes
from casa.lib.addresses.sealed import SealedAddressField
from casa.lib.data_keys import HASH_LENGTH
from casa.lib.db.fields import DynamicCharField

READ = 10_000


def new_message_id() -> str:
    """A Message-ID of this site, kept through all tries so that mail clients see a repeat."""
    host = domains.in_ascii(urlsplit(settings.SITE_URL).hostname or "")
    return f"<{uuid4().hex}@{host}>"


class OutgoingMailQuerySet(models.QuerySet["OutgoingMail"]):
    def due(self, at: datetime) -> Self:
        """What a worker may take at the moment `at`, the longest waiting first."""
        return self.filter(due_at__lte=at).order_by("due_at")

    def to_mailbox(self, address: str) -> Self:
        """All to exactly this address, in whatever case it was typed."""
        return self.filter(to=address)

    def sought(self, typed: str) -> Self:
        """Those to a whole address, or to a whole domain, among the newest READ."""
        before, _at, domain = typed.strip().rpartition("@")
        if before:
            return self.to_mailbox(mailboxes.sought(typed))
        newest = OutgoingMail.objects.order_by("-pk").values("pk")[:READ]
        return self.filter(pk__in=newest, to__at_domain=mailboxes.domain_sought(domain))

    def dead(self) -> Self:
        return self.filter(state=OutgoingMail.State.DEAD)


class OutgoingMail(models.Model):
    """One message to one mailbox.

    It holds what to say (`kind`, `params`), not the words: those are rendered at delivery, so
    that a copy of the database holds no confirmation link.
    """

    class State(models.TextChoices):
        QUEUED = "queued", _("Waiting")
        SENDING = "sending", _("Being sent")
        SENT = "sent", _("Sent")
        DROPPED = "dropped", _("No longer wanted")
        DEAD = "dead", _("Failed")

    class Trouble(models.TextChoices):
        """What a mail told of its mailbox, from bad to worse."""

        SOFT = "soft", _("Not delivered yet")
        HARD = "hard", _("The address does not exist")
        COMPLAINT = "complaint", _("Marked as unwanted")

    OPEN_STATES = (State.QUEUED, State.SENDING)

    kind = models.CharField(_("kind"), max_length=60)
    to = SealedAddressField(_("to"), help_text=_("The address as mail servers take it."))
    language = models.CharField(_("language"), max_length=12)
    params = models.JSONField(
        _("about"), default=dict, help_text=_("Record numbers; never an address or a token.")
    )
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField(_("tries"), default=0)
    due_at = models.DateTimeField(
        _("next try"),
        null=True,
        help_text=_(
            "When a worker may take it. While it is being sent: when the worker’s time is up."
            " Empty once there is nothing left to do."
        ),
    )
    last_error = models.CharField(_("last error"), max_length=120, blank=True)
    message_id = DynamicCharField("Message-ID", max_length=300, default=new_message_id)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    sent_at = models.DateTimeField(_("sent"), null=True)
    # Its number at the provider, where one takes our mail: what it reports later names that.
    provider_id = models.CharField(max_length=300, blank=True, editable=False)
    trouble = models.CharField(
        _("trouble"), max_length=9, choices=Trouble.choices, blank=True, editable=False
    )
    trouble_at = models.DateTimeField(null=True, editable=False)

    objects = OutgoingMailQuerySet.as_manager()

    class Meta:
        verbose_name = _("outgoing mail")
        verbose_name_plural = _("outgoing mail")
        indexes = [
            # What a worker claims and what the admin lists as failed: a few rows among millions
            # of sent ones, so the indexes hold only those.
            models.Index(fields=["due_at"], name="mail_claim", condition=Q(due_at__isnull=False)),
            models.Index(fields=["-id"], name="mail_dead_letters", condition=Q(state="dead")),
            models.Index(
                fields=["provider_id"], name="mail_at_provider", condition=~Q(provider_id="")
            ),
            # All that went to one mailbox, for its owner, who may have it erased.
            models.Index(Left("to", HASH_LENGTH), name="mail_to_mailbox"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["queued", "sending"], due_at__isnull=False)
                | Q(state__in=["sent", "dropped", "dead"], due_at__isnull=True),
                name="mail_state_known_and_due_while_open",
            ),
            models.CheckConstraint(
                condition=Q(state="sent", sent_at__isnull=False)
                | (~Q(state="sent") & Q(sent_at__isnull=True)),
                name="mail_sent_has_its_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class MailPace(models.Model):
    """Up to when the allowance of mails a minute is spent: one row, written by `pace` alone."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    spent_until = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="mail_pace_is_one")]

    def __str__(self) -> str:
        return str(self.spent_until)


class MailStop(models.Model):
    """Somebody wants no mail about something, or none at all. Written by `stops` alone."""

    mailbox = models.CharField(_("mailbox"), max_length=32, help_text="A keyed hash of it.")
    about = models.CharField(
        _("no mail about"), max_length=40, blank=True, help_text="Empty for all mail."
    )
    since = models.DateTimeField(_("since"), auto_now_add=True)

    class Meta:
        verbose_name = _("mailbox without mail")
        verbose_name_plural = _("mailboxes without mail")
        constraints = [models.UniqueConstraint("mailbox", "about", name="mail_stop_once")]

    def __str__(self) -> str:
        return str(self.pk)
