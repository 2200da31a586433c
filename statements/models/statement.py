"""A statement: its state, its dates, the rules for signing it, and which ones are public or open.

The verbs that change a statement's state are in `statements/lifecycle.py`.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, Self

from django.apps import apps
from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Exists, F, OuterRef, Prefetch, Q, Subquery
from django.db.models.functions import TruncDate
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from casa.lib.db.history import Records
from statements.models.fields import default_language, language_field
from statements.models.page_options import PageOptions
from statements.models.pause import SigningPause
from statements.models.sign_form_options import SignFormOptions
from statements.models.topics import Topic

if TYPE_CHECKING:
    from casa.accounts.models import User

SLUG_LENGTH = 80
MOST_PEOPLE = 1_000_000_000  # that a goal may name
LONG_PAST = timedelta(days=90)
"""A date this long before the day it goes public is of another time."""


def public_now(at: datetime | None = None, *, path: str = "") -> Q:
    """What makes a statement public, said of it or, with `path` "statement__", of what it owns."""
    return Q(
        **{
            f"{path}status__in": Statement.PUBLIC_STATUSES,
            f"{path}publish_at__lte": at or timezone.now(),
        }
    )


def is_long_past(day: date | None, at: datetime | None = None) -> bool:
    """Whether a date that stands on a statement is of another time at the moment `at`."""
    return day is not None and timezone.localdate(at) - day > LONG_PAST


def _from_the_past() -> dict[str, Any]:
    """The condition of `Statement.is_from_the_past`."""
    press = Statement.Kind.PRESS_STATEMENT
    return {"kind": press, "dated_on__lt": TruncDate(F("publish_at") - LONG_PAST)}


class StatementQuerySet(models.QuerySet["Statement"]):
    def public(self, at: datetime | None = None) -> Self:
        """What visitors may know of at the moment `at` (now, unless given)."""
        return self.filter(public_now(at))

    def of_its_day(self) -> Self:
        """Without what `Statement.is_from_the_past`."""
        return self.exclude(**_from_the_past())

    def from_the_past(self) -> Self:
        return self.filter(**_from_the_past())

    def newest_first(self) -> Self:
        return self.order_by("-publish_at", "-pk")

    def for_lists(self) -> Self:
        """With the words, the tally and the picture that a list shows: two queries more in all."""
        edition: Any = Statement._meta.get_field("editions").related_model
        without_body = edition.objects.current().defer("body")
        return self.prefetch_related(
            Prefetch("editions", without_body, to_attr="current_editions"), "tally_slots"
        ).select_related("lead_picture")

    def open(self, at: datetime | None = None) -> Self:
        """What can be signed at the moment `at`; the set of `Statement.is_open`."""
        at = at or timezone.now()
        return self.public(at).filter(
            ~Q(signers=Statement.Signers.NOBODY),
            Q(signing_opens_at__isnull=True) | Q(signing_opens_at__lte=at),
            Q(signing_closes_at__isnull=True) | Q(signing_closes_at__gt=at),
            status=Statement.Status.PUBLISHED,
            signing_paused=False,
        )

    def closed(self, at: datetime | None = None) -> Self:
        """What was open once and takes no more signatures at the moment `at`."""
        at = at or timezone.now()
        ended = Q(status__in=(Statement.Status.CLOSED, Statement.Status.ARCHIVED))
        return self.public(at).filter(
            ended | Q(signing_closes_at__lte=at), ~Q(signers=Statement.Signers.NOBODY)
        )

    def delivered(self, at: datetime | None = None) -> Self:
        """What was handed over to somebody by the day of the moment `at`."""
        by_then = Q(deliveries__delivered_on__lte=timezone.localdate(at))
        return self.public(at).filter(Exists(Statement.objects.filter(by_then, pk=OuterRef("pk"))))

    def changing(self, after: datetime, until: datetime) -> Self:
        """What goes public, opens or closes for signing in that time, drafts with a date too."""
        within = (after, until)
        return self.filter(
            Q(publish_at__range=within)
            | Q(signing_opens_at__range=within)
            | Q(signing_closes_at__range=within),
            status__in=(*Statement.UNPUBLISHED_STATUSES, Statement.Status.PUBLISHED),
        )

    def overdue(self, at: datetime | None = None) -> Self:
        """Drafts that were to be public by the moment `at`."""
        return self.filter(
            status__in=Statement.UNPUBLISHED_STATUSES, publish_at__lte=at or timezone.now()
        )

    def sent_back_to(self, author: User) -> Self:
        """Their drafts whose last step was an editor's sending them back."""
        events = apps.get_model("statements", "StatementEvent")  # its module imports this one
        latest = events.objects.filter(statement=OuterRef("pk")).order_by("-pk")
        return self.alias(came_from=Subquery(latest.values("from_status")[:1])).filter(
            status=Statement.Status.DRAFT, created_by=author, came_from=Statement.Status.REVIEW
        )

    def with_answer_for(self, reader: User) -> Self:
        """Unpublished ones they began or spoke on, where somebody else had the last word."""
        comment = apps.get_model("statements", "Comment")  # its module imports this one
        comments = comment.objects.filter(statement=OuterRef("pk")).order_by("-pk")
        return self.alias(last_word=Subquery(comments.values("by")[:1])).filter(
            Q(created_by=reader) | Exists(comments.filter(by=reader)),
            ~Q(last_word=reader),
            last_word__isnull=False,
            status__in=Statement.UNPUBLISHED_STATUSES,
        )


class Statement(SignFormOptions, PageOptions):
    """One campaign: its address, its state, and the rules for signing it."""

    class Kind(models.TextChoices):
        OPEN_LETTER = "open_letter", _("Open letter")
        PETITION = "petition", _("Petition")
        JOINT_STATEMENT = "joint_statement", _("Joint statement")
        PRESS_STATEMENT = "press_statement", _("Press statement")

    class Status(models.TextChoices):
        DRAFT = "draft", _("Draft")
        REVIEW = "review", _("In review")
        PUBLISHED = "published", _("Published")
        CLOSED = "closed", _("Closed")
        ARCHIVED = "archived", _("Archived")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    class Signers(models.TextChoices):
        EVERYBODY = "everybody", _("People and organizations")
        PEOPLE = "people", _("People only")
        ORGANIZATIONS = "organizations", _("Organizations only")
        NOBODY = "nobody", _("Nobody: it is only read")

    class AfterSigning(models.TextChoices):
        NOTHING = "nothing", _("Share it, and nothing more")
        WRITE = "write", _("Write to those who decide")
        LETTER = "letter", _("Write to an addressee by one’s own mail")
        LINK = "link", _("Join, donate or another page")
        STATEMENT = "statement", _("Another statement of ours")

    UNPUBLISHED_STATUSES = (Status.DRAFT, Status.REVIEW)
    PUBLIC_STATUSES = (Status.PUBLISHED, Status.CLOSED, Status.ARCHIVED)

    slug = models.SlugField(_("address"), max_length=SLUG_LENGTH, unique=True, editable=False)
    kind = models.CharField(
        _("kind"),
        max_length=20,
        choices=Kind.choices,
        default=Kind.OPEN_LETTER,
        help_text=_("Stands above the title, with place and date."),
    )
    status = models.CharField(
        _("status"), max_length=12, choices=Status.choices, default=Status.DRAFT, editable=False
    )
    language = language_field(
        default=default_language,
        help_text=_("The language the statement was written in; others are translations."),
    )
    place = models.CharField(
        _("place"),
        max_length=120,
        blank=True,
        help_text=_("Where it is issued, for example “Exampletown”."),
    )
    dated_on = models.DateField(
        _("date"), null=True, blank=True, help_text=_("The date that stands on the statement.")
    )
    topics = models.ManyToManyField(
        Topic,
        verbose_name=_("topics"),
        blank=True,
        related_name="statements",
        help_text=_("Visitors filter the list of statements by them. One or two are enough."),
    )
    edition_number = models.PositiveIntegerField(
        default=0, editable=False, help_text="Of the current edition of the original."
    )
    last_number = models.PositiveIntegerField(
        default=0, editable=False, help_text="The highest number of an edition, in any language."
    )
    publish_at = models.DateTimeField(
        _("goes public at"),
        null=True,
        blank=True,
        help_text=_("Leave empty to go public the moment it is published."),
    )
    announced_at = models.DateTimeField(
        null=True, editable=False, help_text="When other programs were told that it is public."
    )
    signing_opens_at = models.DateTimeField(
        _("signing opens at"),
        null=True,
        blank=True,
        help_text=_("Leave empty to open signing when the statement goes public."),
    )
    signing_closes_at = models.DateTimeField(
        _("signing closes at"), null=True, blank=True, help_text=_("Leave empty for no end.")
    )
    signers = models.CharField(
        _("who may sign"),
        max_length=14,
        choices=Signers.choices,
        default=Signers.EVERYBODY,
        help_text=_("An organization signs through somebody who may speak for it."),
    )
    premoderated = models.BooleanField(
        _("check names first"),
        default=False,
        help_text=_("Confirmed signatures are shown and counted after a moderator approved them."),
    )
    goal = models.PositiveIntegerField(
        _("goal"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_PEOPLE)],
        help_text=_(
            "How many people are to sign. Visitors see how many are missing. Leave empty for none."
            " What happens then is said under “Sharing and thanks”."
        ),
    )
    after_signing = models.CharField(
        _("next step after signing"),
        max_length=10,
        choices=AfterSigning.choices,
        default=AfterSigning.NOTHING,
        help_text=_(
            "Offered on the page that thanks, below the button to share. Write its words and its"
            " link below, in each language."
        ),
    )
    next_statement = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("other statement"),
        help_text=_("Offered while it is public, with its title in the reader’s language."),
    )
    signing_paused = models.BooleanField(default=False, editable=False)
    pause_sentence = models.CharField(
        _("what visitors are told"), max_length=300, blank=True, editable=False
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
    )
    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        help_text="Whoever changed the words last.",
    )
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    changed_at = models.DateTimeField(_("changed"), auto_now=True)

    seen_at: datetime | None = None
    """The moment at which the page is looked at, where that is not now: a preview."""

    objects = StatementQuerySet.as_manager()
    history = Records(excluded_fields=["changed_at"], m2m_fields=[topics])

    class Meta:
        verbose_name = _("statement")
        verbose_name_plural = _("statements")
        ordering = ("-created_at", "-pk")
        permissions = [
            ("edit_any_statement", "Can edit the drafts of others"),
            ("submit_statement", "Can submit a draft for review"),
            ("publish_statement", "Can publish and send back"),
            ("correct_statement", "Can publish a correction"),
            ("close_statement", "Can close, reopen, pause and archive"),
            ("withdraw_statement", "Can withdraw a published statement"),
            ("preview_statement", "Can give out private preview links"),
        ]
        indexes = [models.Index("status", F("publish_at").desc(), name="statement_list_newest")]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    status__in=["draft", "review", "published", "closed", "archived", "withdrawn"]
                ),
                name="statement_status_known",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["draft", "review"])
                | Q(edition_number__gte=1, publish_at__isnull=False),
                name="statement_published_has_edition",
            ),
            models.CheckConstraint(
                condition=Q(signing_opens_at__isnull=True)
                | Q(signing_closes_at__isnull=True)
                | Q(signing_opens_at__lt=F("signing_closes_at")),
                name="statement_signing_opens_before_it_closes",
                violation_error_message=_("Signing has to open before it closes."),
            ),
        ]

    def __str__(self) -> str:
        return self.working_title or gettext("Untitled statement")

    def get_absolute_url(self) -> str:
        return reverse("statements:detail", args=[self.slug])

    @property
    def working_title(self) -> str:
        """The title in the working copy of the original language; staff see it, visitors do not."""
        titles = {text.language: text.title for text in self.texts.all()}
        return titles.get(self.language) or next(iter(titles.values()), "")

    @property
    def is_unpublished(self) -> bool:
        """Whether it is still being written: nothing of it ever went public."""
        return self.status in self.UNPUBLISHED_STATUSES

    @property
    def is_from_the_past(self) -> bool:
        """Whether it is a press statement that went out long before it goes public here."""
        return self.kind == self.Kind.PRESS_STATEMENT and is_long_past(
            self.dated_on, self.publish_at
        )

    def is_public(self, at: datetime | None = None) -> bool:
        return (
            self.status in self.PUBLIC_STATUSES
            and self.publish_at is not None
            and self.publish_at <= (at or self.seen_at or timezone.now())
        )

    def is_embargoed(self, at: datetime | None = None) -> bool:
        return self.status in self.PUBLIC_STATUSES and not self.is_public(at)

    @property
    def state_in_words(self) -> str:
        """Its status as staff read it: what is not public yet is scheduled."""
        return gettext("Scheduled") if self.is_embargoed() else self.get_status_display()

    def is_open(self, at: datetime | None = None) -> bool:
        """Whether it can be signed at the moment `at`."""
        return self.is_open_by_its_dates(at) and not self.is_paused

    def is_open_by_its_dates(self, at: datetime | None = None) -> bool:
        """Whether it could be signed at the moment `at` if nobody had stopped signing."""
        at = at or self.seen_at or timezone.now()
        return (
            self.status == self.Status.PUBLISHED
            and self.is_public(at)
            and self.signers != self.Signers.NOBODY
            and (self.signing_opens_at is None or self.signing_opens_at <= at)
            and (self.signing_closes_at is None or at < self.signing_closes_at)
        )

    @property
    def is_paused(self) -> bool:
        """Whether signing was stopped, here or on the whole site."""
        return self.signing_paused or SigningPause.lately().is_on

    @property
    def pause_notice(self) -> str:
        """What staff tell visitors while signing is stopped; may be empty."""
        return self.pause_sentence if self.signing_paused else SigningPause.lately().sentence
