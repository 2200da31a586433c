"""Who is asked to sign a statement before it is public, and what they answered."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Case, Count, Exists, Max, Min, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce, Greatest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casa.lib.addresses.sealed import MailboxKeyField, SealedAddressField
from casa.lib.db.history import Records
from casa.lib.db.sealed import SealedCharField, SealedTextField
from casa.lib.telephones import LONGEST as LONGEST_TELEPHONE
from casa.lib.telephones import address_of
from casa.mail.models import OutgoingMail
from signatories.models.invitation_events import InvitationEvent
from signatories.models.mailings import SUBJECT_LENGTH
from signatories.models.organizations import NAME_LENGTH
from signatories.models.signatures import Signature
from statements.models import PreviewLink, PreviewVisit, Statement, language_field

MOST_REMINDERS = 4
FARTHEST_REMINDER = 60  # days before the deadline


def read_days(text: str) -> list[int]:
    """ "7, 2" as [7, 2]. Raises ValidationError."""
    parts = [part.strip() for part in text.split(",") if part.strip()]
    if not all(part.isascii() and part.isdigit() and len(part) < 4 for part in parts):
        raise ValidationError(_("Write numbers of days with commas between them, as in “7, 2”."))
    days = sorted({int(part) for part in parts}, reverse=True)
    if len(days) > MOST_REMINDERS:
        raise ValidationError(_("At most four reminders are sent."))
    if any(not 0 < day <= FARTHEST_REMINDER for day in days):
        raise ValidationError(_("A reminder goes out 1 to 60 days before the deadline."))
    return days


class InvitationRoundQuerySet(models.QuerySet["InvitationRound"]):
    def running(self) -> Self:
        """Those in which answers are taken: not ended by us, and the deadline is ahead."""
        return self.filter(deadline__gt=timezone.now(), ended_at=None)


class InvitationRound(models.Model):
    """One asking of many to sign a statement first, until a deadline or until staff end it."""

    statement = models.ForeignKey(
        Statement,
        on_delete=models.PROTECT,
        related_name="invitation_rounds",
        verbose_name=_("statement"),
    )
    title = models.CharField(
        _("title"), max_length=120, help_text=_("For the office alone, as in “First signatories”.")
    )
    deadline = models.DateTimeField(
        _("answers until"),
        help_text=_("Until then they can sign or decline by their link. You can move it later."),
    )
    reminder_days = models.CharField(
        _("reminders, days before"),
        max_length=20,
        blank=True,
        default="7, 2",
        help_text=_("Who is silent gets a mail so many days before the deadline. Empty for none."),
    )
    answers_to = SealedAddressField(
        _("who answers"),
        blank=True,
        help_text=_("Where replies to the mail go, and shown to who is asked. Else the office’s."),
    )
    stopped_at = models.DateTimeField(_("stopped"), null=True, editable=False)
    ended_at = models.DateTimeField(_("ended"), null=True, editable=False)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("ended by"),
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        editable=False,
        related_name="+",
        verbose_name=_("made by"),
    )
    created_at = models.DateTimeField(_("made"), auto_now_add=True)

    objects = InvitationRoundQuerySet.as_manager()
    history = Records(excluded_fields=["stopped_at", "ended_at", "ended_by"])

    class Meta:
        verbose_name = _("invitation round")
        verbose_name_plural = _("invitation rounds")
        ordering = ("-pk",)

    def clean(self) -> None:
        try:
            read_days(self.reminder_days)
        except ValidationError as error:
            raise ValidationError({"reminder_days": error.messages}) from None

    def __str__(self) -> str:
        return self.title

    @property
    def is_over(self) -> bool:
        return self.ended_at is not None or self.deadline <= timezone.now()

    @property
    def days_of_reminders(self) -> list[int]:
        return read_days(self.reminder_days)

    def words_in(self, language: str) -> InvitationWords | None:
        """What staff wrote for a reader of `language`; None where the site's own words stand."""
        return next((one for one in self.words.all() if one.language == language), None)


class InvitationWords(models.Model):
    """What the mail of a round says, in one language, in place of the site's own words."""

    round = models.ForeignKey(InvitationRound, on_delete=models.CASCADE, related_name="words")
    language = language_field(help_text=_("Each reader gets the mail in their language."))
    subject = models.CharField(
        _("subject"),
        max_length=SUBJECT_LENGTH,
        help_text=_("Under 60 characters. The title of the statement is not yet public."),
    )
    body = models.TextField(
        _("what you ask"),
        max_length=4000,
        help_text=_(
            "Plain paragraphs. Greeting, link, deadline and how to decline are added by themselves."
        ),
    )

    history = Records()

    class Meta:
        verbose_name = _("words")
        verbose_name_plural = _("words")
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(
                "round",
                "language",
                name="invitation_words_one_per_language",
                violation_error_message=_("There is already a text in this language."),
            )
        ]

    def __str__(self) -> str:
        return self.subject


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def with_state(self) -> Self:
        """Each with `state`, which follows from what is stored: `Invitation.State`."""
        return self.annotate(
            is_signed=Exists(_of_mailbox(Signature.STANDING_STATES))
            | Exists(_of_organization(Signature.STANDING_STATES)),
            is_withdrawn=Exists(_of_mailbox((Signature.State.WITHDRAWN,))),
            is_opened=Exists(_visits()),
        ).annotate(state=_state())

    def with_times(self) -> Self:
        """Each with when its link was opened first, when it was signed, and when it was rung."""
        opened = _visits().order_by().values("link").annotate(at=Min("at")).values("at")
        signed = _of_mailbox(Signature.STANDING_STATES).order_by("pk").values("confirmed_at")
        calls = InvitationEvent.objects.filter(
            invitation=OuterRef("pk"), what=InvitationEvent.What.CALLED
        )
        rung = calls.order_by().values("invitation").annotate(at=Max("at")).values("at")
        behind = _of_organization(Signature.STANDING_STATES).order_by("pk").values("confirmed_at")
        return self.annotate(
            opened_at=Subquery(opened[:1]),
            signed_at=Subquery(signed[:1]),
            organization_signed_at=Subquery(behind[:1]),
            rung_at=Subquery(rung[:1]),
        )

    def by_last_word(self) -> Self:
        """Those first to whom we have not spoken for longest, or never; by mail or telephone."""
        never = Value(datetime(1970, 1, 1, tzinfo=UTC), output_field=models.DateTimeField())
        answer = Case(When(answered_by__isnull=False, then="answered_at"), default=None)
        moments = (Coalesce(one, never) for one in ("sent_at", "reminded_at", "rung_at", answer))
        return self.with_times().order_by(Greatest(*moments), "pk")

    def in_state(self, *states: str) -> Self:
        """Those whose state is one of these, each with its `state`."""
        rows: Any = self.with_state()
        return rows.filter(state__in=states)

    def silent(self) -> Self:
        """Who was asked and has not answered."""
        return self.in_state(*Invitation.SILENT_STATES)

    def counted_by(self, *fields: str) -> Any:
        """How many there are (`number`) for each value of fields, which may be `state`."""
        rows: Any = self.with_state().order_by()
        return rows.values(*fields).annotate(number=Count("pk"))


def _of_mailbox(states: Any) -> Any:
    return Signature.objects.exclude(email_key="").filter(
        statement=OuterRef("round__statement"), email_key=OuterRef("email_key"), state__in=states
    )


def _of_organization(states: Any) -> Any:
    """Signatures of the organization that is asked, whoever signed for it."""
    return Signature.objects.exclude(organization__name_key="").filter(
        statement=OuterRef("round__statement"),
        organization__name_key=OuterRef("organization_key"),
        state__in=states,
    )


def _visits() -> Any:
    return PreviewVisit.objects.filter(link=OuterRef("link"))


def _state() -> Case:
    state, answer = Invitation.State, Invitation.Answer
    worst = (OutgoingMail.Trouble.HARD, OutgoingMail.Trouble.COMPLAINT)
    asked = Q(sent_at__isnull=False)
    return Case(
        When(answer=answer.ERASED, then=Value(state.ERASED)),
        When(is_signed=True, then=Value(state.SIGNED)),
        When(Q(answer=answer.DECLINED) | Q(is_withdrawn=True), then=Value(state.DECLINED)),
        When(needs_check=True, then=Value(state.CHECK)),
        When(answer=answer.PROMISED, then=Value(state.PROMISED)),
        When(no_mail=True, then=Value(state.NO_MAIL)),
        When(mail_trouble__in=worst, then=Value(state.BOUNCED)),
        When(is_opened=True, then=Value(state.OPENED)),
        When(asked, then=Value(state.SENT)),
        default=Value(state.UNSENT),
        output_field=models.CharField(),
    )


class Invitation(models.Model):
    """One organization or person of a round.

    Its private link is a `PreviewLink`. Whether it was opened, and whether the mailbox or the
    organization signed, is read from where that stands, and stored here no second time.
    """

    Kind = Signature.Kind
    MailTrouble = OutgoingMail.Trouble

    class State(models.TextChoices):
        CHECK = "check", _("Waits for your yes")
        UNSENT = "unsent", _("Not asked yet")
        SENT = "sent", _("Asked, silent")
        OPENED = "opened", _("Opened, silent")
        PROMISED = "promised", _("Said yes, not signed yet")
        SIGNED = "signed", _("Signed")
        DECLINED = "declined", _("Declined")
        BOUNCED = "bounced", _("Mail came back")
        NO_MAIL = "no_mail", _("Wants no such mail")
        ERASED = "erased", _("Erased")

    SILENT_STATES = (State.SENT, State.OPENED)
    REMINDED_STATES = (*SILENT_STATES, State.PROMISED)

    class Answer(models.TextChoices):
        DECLINED = "declined", _("Declined")
        PROMISED = "promised", _("Said yes")
        ERASED = "erased", _("Erased")

    class Due(models.TextChoices):
        """The mail that leaves with the next run of a worker."""

        ASK = "ask", _("Asking")
        REMIND = "remind", _("Reminder")

    round = models.ForeignKey(InvitationRound, on_delete=models.CASCADE, related_name="invitations")
    link = models.OneToOneField(PreviewLink, on_delete=models.CASCADE, related_name="invitation")
    kind = models.CharField(_("who is asked"), max_length=12, choices=Signature.Kind.choices)
    name = models.CharField(_("name of the person"), max_length=NAME_LENGTH, blank=True)
    organization = models.CharField(_("organization"), max_length=NAME_LENGTH, blank=True)
    organization_key = models.CharField(
        _("organization"), max_length=NAME_LENGTH * 2, blank=True, editable=False
    )
    role = models.CharField(_("role"), max_length=200, blank=True)
    email = SealedAddressField(_("e-mail address"), blank=True)
    phone = SealedCharField(_("telephone"), max_length=LONGEST_TELEPHONE, blank=True)
    email_key = MailboxKeyField(_("mailbox"), max_length=254, blank=True, editable=False)
    language = language_field()
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("who of us asks"),
    )
    note = SealedTextField(_("note"), max_length=2000, blank=True)
    original = SealedTextField(_("line as it came"), blank=True, editable=False)
    needs_check = models.BooleanField(_("waits for a yes"), default=False, editable=False)
    doubt = SealedCharField(_("why it waits"), max_length=300, blank=True, editable=False)
    due = models.CharField(max_length=6, choices=Due.choices, blank=True, editable=False)
    sent_at = models.DateTimeField(_("asked"), null=True, editable=False)
    reminded_at = models.DateTimeField(_("reminded"), null=True, editable=False)
    reminders = models.PositiveSmallIntegerField(_("reminders"), default=0, editable=False)
    answer = models.CharField(
        _("answer"), max_length=8, choices=Answer.choices, blank=True, editable=False
    )
    answered_at = models.DateTimeField(_("answered"), null=True, editable=False)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("answer noted by"),
    )
    reason = SealedTextField(_("reason for declining"), max_length=1000, blank=True)
    no_mail = models.BooleanField(_("wants no such mail"), default=False, editable=False)
    mail_trouble = models.CharField(
        _("trouble with mail"),
        max_length=9,
        choices=OutgoingMail.Trouble.choices,
        blank=True,
        editable=False,
    )
    created_at = models.DateTimeField(_("added"), auto_now_add=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(
                "round",
                "email_key",
                name="invitation_once_per_mailbox",
                condition=~Q(email_key=""),
            )
        ]
        indexes = [
            models.Index("email_key", name="invitation_mailbox"),
            models.Index("round", name="invitation_due", condition=~Q(due="")),
        ]

    def __str__(self) -> str:
        return self.displayed_name

    @property
    def displayed_name(self) -> str:
        """The organization with who is asked for it, or the person."""
        if self.kind == Signature.Kind.ORGANIZATION:
            return f"{self.organization} ({self.name})" if self.name else self.organization
        return self.name

    @property
    def last_contact(self) -> Any:
        """When we last wrote to them or rang them, of a row `with_times`; None if never."""
        noted_at = self.answered_at if self.answered_by_id else None
        moments = (self.sent_at, self.reminded_at, getattr(self, "rung_at", None), noted_at)
        return max(filter(None, moments), default=None)

    @property
    def phone_address(self) -> str:
        return address_of(self.phone)
