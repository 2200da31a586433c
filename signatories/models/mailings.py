"""Mailings to a statement's signers, and the progress of each."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from casa.lib.db.history import Records
from casa.lib.html.sanitizer import RichTextField
from casa.mail.models import OutgoingMail
from signatories.models.signatures import Signature
from statements.models import Statement, Update, language_field

SUBJECT_LENGTH = 59  # a mail program cuts off what is longer


class CorrectionMailing(models.Model):
    """The telling of a statement's signers about a material correction, in batches by the worker.

    It is about the edition of that number in one language, and tells those who signed in it.
    Older rows have no language: they are about all editions of that number. The row is the truth:
    `last_signature` is the last one whose mail is queued, and a batch moves it in the transaction
    that queues its mails.
    """

    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="mailings")
    edition_number = models.PositiveIntegerField()
    language = language_field(blank=True, default="")
    last_signature = models.PositiveBigIntegerField(default=0)
    queued = models.PositiveIntegerField(default=0)
    finished_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "statement", "edition_number", "language", name="correction_mailed_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.statement_id}/{self.edition_number} {self.language}".strip()


class UpdateMailing(models.Model):
    """News that staff mail to those signers who asked for it, in batches by the worker.

    The row is the truth: signatures up to `last_signature` are done with, and a batch moves it in
    the transaction that queues its mails. Written by `mailings/updates.py` alone.
    """

    class Kind(models.TextChoices):
        UPDATE = "update", _("News")
        THANKS = "thanks", _("Thanks at the end")

    class State(models.TextChoices):
        DRAFT = "draft", _("Being written")
        WAITING = "waiting", _("About to leave")
        SENDING = "sending", _("Being sent")
        STOPPED = "stopped", _("Stopped")
        FINISHED = "finished", _("Sent")

    statement = models.ForeignKey(
        Statement,
        on_delete=models.PROTECT,
        related_name="update_mailings",
        verbose_name=_("statement"),
    )
    kind = models.CharField(
        _("kind"),
        max_length=6,
        choices=Kind.choices,
        default=Kind.UPDATE,
        help_text=_("Thanks can be sent once signing is closed."),
    )
    update: models.ForeignKey[Update | None] = models.ForeignKey(
        Update,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="mailings",
        verbose_name=_("update"),
    )
    state = models.CharField(
        _("state"), max_length=8, choices=State.choices, default=State.DRAFT, editable=False
    )
    last_signature = models.PositiveBigIntegerField(default=0, editable=False)
    queued = models.PositiveIntegerField(_("mails"), default=0, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        editable=False,
        verbose_name=_("written by"),
    )
    created_at = models.DateTimeField(_("written"), auto_now_add=True)
    begun_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, editable=False,
        related_name="+", verbose_name=_("sent by"),
    )  # fmt: skip
    begun_at = models.DateTimeField(_("begun"), null=True, editable=False)
    leaves_at = models.DateTimeField(_("leaves"), null=True, editable=False)
    stopped_at = models.DateTimeField(_("stopped"), null=True, editable=False)
    finished_at = models.DateTimeField(_("finished"), null=True, editable=False)

    # History covers what staff choose; progress is not an edit.
    history = Records(
        excluded_fields=[
            "last_signature",
            "queued",
            "state",
            "leaves_at",
            "stopped_at",
            "finished_at",
        ]
    )

    class Meta:
        verbose_name = _("mailing")
        verbose_name_plural = _("mailings")
        ordering = ("-pk",)
        permissions = [("send_update", "Can mail news to signers")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["draft", "waiting", "sending", "stopped", "finished"]),
                name="mailing_state_known",
            ),
            models.CheckConstraint(
                condition=Q(state="draft", begun_at__isnull=True)
                | (~Q(state="draft") & Q(begun_at__isnull=False, begun_by__isnull=False)),
                name="mailing_sent_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state="waiting") | Q(leaves_at__isnull=False),
                name="mailing_waits_for_a_moment",
            ),
        ]

    def __str__(self) -> str:
        words = self.words_in(self.statement.language) if self.pk else None
        return words.subject if words else gettext("Mailing without words")

    def words_in(self, language: str) -> UpdateWords | None:
        """What a reader of `language` gets: theirs, else the statement's own, else any."""
        by_language = {words.language: words for words in self.words.all()}
        return (
            by_language.get(language)
            or by_language.get(self.statement.language)
            or next(iter(by_language.values()), None)
        )


class UpdateWords(models.Model):
    """What a mailing says, in one language."""

    mailing = models.ForeignKey(UpdateMailing, on_delete=models.CASCADE, related_name="words")
    language = language_field(
        help_text=_("Who signed in a language that is missing here gets the statement’s own.")
    )
    subject = models.CharField(
        _("subject"),
        max_length=SUBJECT_LENGTH,
        help_text=_("What happened, in under 60 characters."),
    )
    body = RichTextField(
        _("what you tell them"),
        help_text=_("A few sentences. Who signed what, and how to stop, is added by itself."),
    )

    history = Records()

    class Meta:
        verbose_name = _("words")
        verbose_name_plural = _("words")
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(
                "mailing",
                "language",
                name="mailing_words_one_per_language",
                violation_error_message=_("There is already a text in this language."),
            )
        ]

    def __str__(self) -> str:
        return self.subject


class UpdateRecipient(models.Model):
    """One mailbox that a mailing has come to: the database refuses it a second mail."""

    mailing = models.ForeignKey(
        UpdateMailing, on_delete=models.CASCADE, related_name="recipients", db_index=False
    )
    mailbox = models.CharField(max_length=64, help_text="Keyed hash of the canonical address.")
    signature = models.ForeignKey(Signature, on_delete=models.CASCADE, related_name="+")
    mail = models.OneToOneField(
        OutgoingMail, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint("mailing", "mailbox", name="mailing_once_per_mailbox")
        ]

    def __str__(self) -> str:
        return f"{self.mailing_id}/{self.signature_id}"
