"""What the office says around a statement to those who pass it on or sign it, by language.

It is no part of the words that are signed: it may change at any time, and no edition has it.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from casa.appearance.checking import check_link
from casa.lib.db.fields import CheckedCharField
from casa.lib.db.history import Records
from statements.models.fields import language_field
from statements.models.page_parts import EditablePart
from statements.models.statement import Statement


class SupporterText(EditablePart):
    """The words for supporters in one language; what is empty is not said, or said by the site."""

    statement = models.ForeignKey(
        Statement, on_delete=models.CASCADE, related_name="supporter_texts"
    )
    language = language_field(help_text=_("Once for each language."))
    share_sentence = models.CharField(
        _("sentence for sharing"),
        max_length=240,
        blank=True,
        help_text=_(
            "Stands before the link in what people pass on, and below the title where a link is"
            " shown with a preview. Leave it empty to share the title, with what the statement asks"
            " in the preview."
        ),
    )
    next_step = models.CharField(
        _("what happens once the goal is reached"),
        max_length=120,
        blank=True,
        help_text=_("Goes on after “312 more people until 500”: “then we hand it over”."),
    )
    thanks = models.TextField(
        _("thanks"),
        max_length=1000,
        blank=True,
        help_text=_(
            "Your own words to whoever has just signed: on the page that thanks, and in the mail"
            " after it. Plain words; an empty line begins a new paragraph."
        ),
    )
    step_words = models.CharField(
        _("why to take the next step"),
        max_length=300,
        blank=True,
        help_text=_("A sentence above the link, on the page that thanks."),
    )
    step_label = models.CharField(
        _("words of the link"),
        max_length=60,
        blank=True,
        help_text=_("Such as “Write to your councillor”. Not needed for another statement."),
    )
    step_address = CheckedCharField(
        _("address of the link"),
        max_length=300,
        blank=True,
        validators=[check_link],
        help_text=_("A page of this site, such as /about/, or an address with https://."),
    )

    letter_subject = models.CharField(
        _("subject of the letter"),
        max_length=120,
        blank=True,
        help_text=_(
            "Where the next step is a letter by one’s own mail to those addressees who have an"
            " e-mail address."
        ),
    )
    letter_words = models.TextField(
        _("words of the letter"),
        max_length=2000,
        blank=True,
        help_text=_(
            "Begins with how they are addressed, and ends before the name, which is added. Short:"
            " what a signer puts in counts most. An empty line begins a new paragraph."
        ),
    )

    history = Records()

    class Meta:
        verbose_name = _("words for supporters")
        verbose_name_plural = _("words for supporters")
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(
                "statement",
                "language",
                name="supporter_text_one_per_language",
                violation_error_message=_("There are already words in this language."),
            )
        ]

    def __str__(self) -> str:
        return self.share_sentence or self.next_step or self.language
