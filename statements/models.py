"""What is said: a statement, its words, and everything that goes with them.

A statement's words exist twice. Staff edit the working copy (`StatementText`) freely; publishing
makes an `Edition` of it, which nothing changes any more. Visitors read editions, signers sign
editions. The verbs that change a statement's state are in `statements/lifecycle.py`.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q, Sum
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from casa.lib.appendonly import AppendOnly, AppendOnlyQuerySet
from casa.lib.fields import WebAddressField
from casa.lib.html import RichTextField

if TYPE_CHECKING:
    from casa.accounts.models import User

SLUG_LENGTH = 80
TITLE_LENGTH = 300


def default_language() -> str:
    """The site's own language; asked at run time, so that migrations do not depend on it."""
    return settings.LANGUAGE_CODE


def language_field(**options: Any) -> models.CharField:
    """A language code. Which ones are offered is a setting, so migrations do not list them."""
    return models.CharField(_("language"), max_length=12, **options)


def public_now(at: datetime | None = None, *, path: str = "") -> Q:
    """What makes a statement public, said of it or, with `path` "statement__", of what it owns."""
    return Q(
        **{
            f"{path}status__in": Statement.PUBLIC_STATUSES,
            f"{path}publish_at__lte": at or timezone.now(),
        }
    )


class StatementQuerySet(models.QuerySet["Statement"]):
    def public(self, at: datetime | None = None) -> Self:
        """What visitors may know of at the moment `at` (now, unless given)."""
        return self.filter(public_now(at))

    def newest_first(self) -> Self:
        return self.order_by("-publish_at", "-pk")


class Statement(models.Model):
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
    edition_number = models.PositiveIntegerField(default=0, editable=False)
    publish_at = models.DateTimeField(
        _("goes public at"),
        null=True,
        blank=True,
        help_text=_("Leave empty to go public the moment it is published."),
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
        _("who may sign"), max_length=14, choices=Signers.choices, default=Signers.EVERYBODY
    )
    premoderated = models.BooleanField(
        _("check names first"),
        default=False,
        help_text=_("Confirmed signatures are shown and counted after a moderator approved them."),
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
    )
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    changed_at = models.DateTimeField(_("changed"), auto_now=True)

    objects = StatementQuerySet.as_manager()

    class Meta:
        verbose_name = _("statement")
        verbose_name_plural = _("statements")
        ordering = ("-created_at", "-pk")
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

    def is_public(self, at: datetime | None = None) -> bool:
        return (
            self.status in self.PUBLIC_STATUSES
            and self.publish_at is not None
            and self.publish_at <= (at or timezone.now())
        )

    def is_embargoed(self, at: datetime | None = None) -> bool:
        return self.status in self.PUBLIC_STATUSES and not self.is_public(at)

    def is_open(self, at: datetime | None = None) -> bool:
        """Whether it can be signed at the moment `at`."""
        at = at or timezone.now()
        return (
            self.status == self.Status.PUBLISHED
            and self.is_public(at)
            and self.signers != self.Signers.NOBODY
            and (self.signing_opens_at is None or self.signing_opens_at <= at)
            and (self.signing_closes_at is None or at < self.signing_closes_at)
        )


class StatementText(models.Model):
    """The working copy of the words in one language. Never shown to visitors."""

    statement = models.ForeignKey(Statement, on_delete=models.CASCADE, related_name="texts")
    language = language_field()
    title = models.CharField(_("title"), max_length=TITLE_LENGTH)
    summary = models.TextField(
        _("summary"),
        max_length=1000,
        blank=True,
        help_text=_("Two or three sentences for lists and for people who read no further."),
    )
    body = RichTextField(_("statement"), help_text=_("The words that people put their name to."))
    ask = models.TextField(
        _("what it asks"),
        max_length=3000,
        blank=True,
        help_text=_("The sentence that calls for something, and of whom. It is set apart."),
    )

    class Meta:
        verbose_name = _("text")
        verbose_name_plural = _("words")
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(
                "statement",
                "language",
                name="text_one_per_language",
                violation_error_message=_("There is already a text in this language."),
            )
        ]

    def __str__(self) -> str:
        return self.title


class EditionQuerySet(AppendOnlyQuerySet["Edition"]):
    def public(self, at: datetime | None = None) -> Self:
        return self.filter(public_now(at, path="statement__"))

    def current(self) -> Self:
        """The newest edition of each statement, in each of its languages."""
        return self.filter(number=F("statement__edition_number"))

    def with_tally(self) -> Self:
        """Each with the statement's counts as `organizations` and `people`."""

        def count(kind: str) -> Coalesce:
            of_kind = Q(statement__tally_slots__kind=kind)
            return Coalesce(Sum("statement__tally_slots__count", filter=of_kind), 0)

        return self.annotate(organizations=count("organization"), people=count("person"))


class Edition(AppendOnly):
    """An immutable published snapshot of the words in one language."""

    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="editions")
    number = models.PositiveIntegerField(_("number"), validators=[MinValueValidator(1)])
    language = language_field()
    title = models.CharField(_("title"), max_length=TITLE_LENGTH)
    summary = models.TextField(_("summary"), blank=True)
    body = RichTextField(_("statement"))
    ask = models.TextField(_("what it asks"), blank=True)
    sha256 = models.CharField(_("fingerprint"), max_length=64)
    change_note = models.TextField(_("what changed"), blank=True)
    is_material = models.BooleanField(_("changes the meaning"), default=False)
    published_at = models.DateTimeField(_("published"))
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    objects = EditionQuerySet.as_manager()

    class Meta:
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        ordering = ("statement", "-number", "pk")
        constraints = [
            models.UniqueConstraint(
                "statement", "number", "language", name="edition_one_per_number_and_language"
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="edition_number_from_one"),
        ]

    def __str__(self) -> str:
        return gettext("Edition %(number)d (%(language)s)") % {
            "number": self.number,
            "language": self.language,
        }


class TransitionQuerySet(AppendOnlyQuerySet["Transition"]):
    pass


class Transition(AppendOnly):
    """One step in a statement's life; written by `statements/lifecycle.py` alone."""

    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="transitions")
    from_status = models.CharField(max_length=12, choices=Statement.Status.choices)
    to_status = models.CharField(max_length=12, choices=Statement.Status.choices)
    at = models.DateTimeField()
    by: models.ForeignKey[User | None] = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    note = models.TextField(blank=True)

    objects = TransitionQuerySet.as_manager()

    class Meta:
        verbose_name = _("step")
        verbose_name_plural = _("steps")
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.get_from_status_display()} → {self.get_to_status_display()}"


class Part(models.Model):
    """Something that belongs to a statement and stands in an order staff choose."""

    position = models.PositiveIntegerField(_("order"), default=0)

    class Meta:
        abstract = True
        ordering = ("position", "pk")


class Target(Part):
    """A decision-maker the statement addresses."""

    statement = models.ForeignKey(Statement, on_delete=models.CASCADE, related_name="targets")
    name = models.CharField(
        _("who is asked"),
        max_length=200,
        help_text=_("A person, an office or a body: “Committee on Libraries”."),
    )
    office = models.CharField(_("office"), max_length=200, blank=True)

    class Meta(Part.Meta):
        verbose_name = _("addressee")
        verbose_name_plural = _("addressed to")

    def __str__(self) -> str:
        return self.name


class Reference(Part):
    """A bill, resolution, treaty or other instrument that the text cites."""

    statement = models.ForeignKey(Statement, on_delete=models.CASCADE, related_name="references")
    title = models.CharField(_("title"), max_length=300)
    identifier = models.CharField(
        _("number"), max_length=100, blank=True, help_text=_("As it is cited: “S/RES/1325”.")
    )
    url = WebAddressField(_("link"), max_length=500, blank=True)

    class Meta(Part.Meta):
        verbose_name = _("cited instrument")
        verbose_name_plural = _("cites")

    def __str__(self) -> str:
        return self.title


def attachment_path(attachment: Attachment, filename: str) -> str:
    return f"attachments/{attachment.statement_id}/{filename}"


class Attachment(Part):
    """A file offered with the statement. It is served by a view that asks whether it may be."""

    statement = models.ForeignKey(Statement, on_delete=models.CASCADE, related_name="attachments")
    title = models.CharField(
        _("title"), max_length=200, help_text=_("What a reader is offered: “Fact sheet”.")
    )
    file = models.FileField(_("file"), upload_to=attachment_path, max_length=300)
    content_type = models.CharField(max_length=100, editable=False)
    size = models.PositiveBigIntegerField(editable=False, help_text="Bytes.")
    sha256 = models.CharField(_("fingerprint"), max_length=64, editable=False)

    class Meta(Part.Meta):
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")

    def __str__(self) -> str:
        return self.title

    @property
    def filename(self) -> str:
        return Path(self.file.name or "").name

    def get_absolute_url(self) -> str:
        return reverse("statements:attachment", args=[self.statement.slug, self.pk, self.filename])


class Release(models.Model):
    """Where the statement went out as a press release."""

    statement = models.ForeignKey(Statement, on_delete=models.CASCADE, related_name="releases")
    headline = models.CharField(_("headline"), max_length=500, blank=True)
    lead_in = models.TextField(
        _("lead-in"),
        blank=True,
        help_text=_("What the distributor wrote before the statement; it is not part of it."),
    )
    wire = models.CharField(_("wire"), max_length=100, blank=True)
    city = models.CharField(_("city"), max_length=120, blank=True)
    date = models.DateField(_("date"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=300, blank=True)
    original_url = WebAddressField(_("link to the original"), max_length=500, blank=True)
    original_text = models.TextField(_("the file as it came"), blank=True, editable=False)
    sha256 = models.CharField(
        max_length=64,
        null=True,
        editable=False,
        unique=True,
        help_text="Of the imported text, so that a file is imported once; empty if typed in.",
    )

    class Meta:
        verbose_name = _("press release")
        verbose_name_plural = _("press releases")
        ordering = ("date", "pk")

    def __str__(self) -> str:
        return self.headline or self.wire or gettext("Press release")
