"""A statement's words: the working copy that staff edit, and the editions that visitors read."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Self

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from casa.lib.db.append_only import AppendOnly, AppendOnlyQuerySet
from casa.lib.db.fields import DynamicCharField
from casa.lib.db.history import Records
from casa.lib.db.search import WordsField
from casa.lib.html.plain import plain
from casa.lib.html.sanitizer import RichTextField
from casa.lib.text import folded
from statements.models.fields import language_field
from statements.models.page_parts import EditablePart, PagePart, PagePartQuerySet
from statements.models.statement import Statement, public_now

TITLE_LENGTH = 300


def searched_words(words: Edition | StatementText) -> str:
    """All words, folded: what an edition is found by in public, and a text in the office."""
    parts = (words.title, words.summary, plain(words.body), words.ask)
    return folded(" ".join(parts))


class StatementText(models.Model):
    """The working copy of the words in one language. Never shown to visitors."""

    statement = models.ForeignKey(Statement, on_delete=models.CASCADE, related_name="texts")
    language = language_field(help_text=_("One text for each language."))
    title = models.CharField(
        _("title"),
        max_length=TITLE_LENGTH,
        help_text=_("As it stands above the statement and in lists. The address follows it."),
    )
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

    search_words = WordsField(help_text="What staff find it by.")

    history = Records(excluded_fields=["search_words"])

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

    def save(self, *args: Any, **kwargs: Any) -> None:
        if (fields := kwargs.get("update_fields")) is not None:
            kwargs["update_fields"] = {*fields, "search_words"}
        super().save(*args, **kwargs)

    def words_to_search(self) -> str:
        return searched_words(self)


class EditionQuerySet(  # type: ignore[override]  # the one manager or the other
    AppendOnlyQuerySet["Edition"], PagePartQuerySet["Edition"]
):
    def public(self, at: datetime | None = None) -> Self:
        return self.filter(public_now(at, path="statement__"))

    def current(self) -> Self:
        """The newest edition of each statement, in each of its languages."""
        newer = Edition.objects.filter(
            statement=OuterRef("statement"),
            language=OuterRef("language"),
            number__gt=OuterRef("number"),
        )
        return self.filter(~Exists(newer.order_by()))

    def discard_unread(self) -> None:
        """Delete them; the database refuses where visitors could read one.

        For `statements/unread.py` alone. Raises ProtectedError.
        """
        models.QuerySet.delete(self)

    def behind(self) -> Self:
        """What visitors read of translations that do not follow the corrected original."""
        return self.current().filter(
            translates__lt=F("statement__edition_number"),
            statement__status__in=(Statement.Status.PUBLISHED, Statement.Status.CLOSED),
        )

    def with_tally(self) -> Self:
        """Each with the statement's counts as `organizations` and `people`."""

        def count(kind: str) -> Coalesce:
            of_kind = Q(statement__tally_slots__kind=kind)
            return Coalesce(Sum("statement__tally_slots__count", filter=of_kind), 0)

        return self.annotate(organizations=count("organization"), people=count("person"))


class Edition(AppendOnly, PagePart):
    """An immutable published snapshot of the words in one language.

    Numbers rise over all languages of a statement, and one that the original has is that of the
    translations which carry its meaning. `translates` is the number of the original's edition
    whose meaning these words carry; the original's own is its number.
    """

    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="editions")
    number = models.PositiveIntegerField(_("number"), validators=[MinValueValidator(1)])
    language = language_field()
    translates = models.PositiveIntegerField(
        _("carries the meaning of edition"), validators=[MinValueValidator(1)]
    )
    title = models.CharField(_("title"), max_length=TITLE_LENGTH)
    summary = models.TextField(_("summary"), blank=True)
    body = RichTextField(_("statement"))
    ask = models.TextField(_("what it asks"), blank=True)
    sha256 = models.CharField(_("fingerprint"), max_length=64)
    change_note = models.TextField(_("what changed"), blank=True)
    change_note_language = DynamicCharField(
        _("language of the note"), max_length=12, blank=True, default=""
    )
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
            models.CheckConstraint(
                condition=Q(translates__gte=1, translates__lte=F("number")),
                name="edition_translates_no_later_one",
            ),
        ]

    def __str__(self) -> str:
        return gettext("Edition %(number)d (%(language)s)") % {
            "number": self.number,
            "language": self.language,
        }

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.translates is None:
            self.translates = self.number
        super().save(*args, **kwargs)

    @property
    def is_behind(self) -> bool:
        """Whether the original was corrected since, and these words do not follow it."""
        return self.translates is not None and self.translates < self.statement.edition_number


class EditionWords(models.Model):
    """All words of an edition, folded: what visitors search. Made of the edition, at any time anew.

    A table of its own, since an edition's row never changes.
    """

    edition = models.OneToOneField(
        Edition, on_delete=models.CASCADE, primary_key=True, related_name="words"
    )
    text = models.TextField()

    def __str__(self) -> str:
        return self.text[:80]


class ConsentText(EditablePart):
    """The office's own consent words for one statement in one language: after the site's own
    sentence, or in its place."""

    statement = models.ForeignKey(Statement, on_delete=models.CASCADE, related_name="consent_texts")
    language = language_field(help_text=_("One sentence for each language."))
    text = models.TextField(
        _("consent sentence"),
        max_length=1000,
        help_text=_(
            "Stands above the button of the sign form, after the site’s own sentence. Each"
            " signature keeps all that its signer saw there."
        ),
    )
    in_place = models.BooleanField(
        _("in place of the site’s own sentence"),
        default=False,
        help_text=_(
            "Then yours has to say what that one says: who keeps the details and for what, what is"
            " shown in public, that a mail asks to confirm, that the address is never shown or"
            " passed on, and that one can withdraw at any time."
        ),
    )

    history = Records()

    class Meta:
        verbose_name = _("consent sentence")
        verbose_name_plural = _("consent sentences")
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(
                "statement",
                "language",
                name="consent_text_one_per_language",
                violation_error_message=_("There is already a sentence in this language."),
            )
        ]

    def __str__(self) -> str:
        return self.text
