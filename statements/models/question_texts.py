"""The office's own question on a statement's sign form, in each language."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from casa.lib.db.history import Records
from statements.models.fields import language_field
from statements.models.page_parts import EditablePart
from statements.models.statement import Statement

QUESTION_LENGTH = ANSWER_LENGTH = 200
MOST_CHOICES = 30


class QuestionText(EditablePart):
    """The words of the question in one language.

    The first line of `choices` is the same answer in each language, and so are the others: what is
    stored is the line of the original.
    """

    statement = models.ForeignKey(
        Statement, on_delete=models.CASCADE, related_name="question_texts"
    )
    language = language_field(help_text=_("Once for each language."))
    label = models.CharField(
        _("question"), max_length=QUESTION_LENGTH, help_text=_("Such as “Do you have children?”.")
    )
    help_text = models.CharField(
        _("explanation"), max_length=300, blank=True, help_text=_("Stands below the question.")
    )
    choices = models.TextField(
        _("answers to choose from"),
        max_length=MOST_CHOICES * (ANSWER_LENGTH + 2),
        blank=True,
        help_text=_(
            "One on each line, in the same order in each language. Not needed where people answer"
            " in their own words."
        ),
    )

    history = Records()

    class Meta:
        verbose_name = _("question of your own")
        verbose_name_plural = _("question of your own")
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(
                "statement",
                "language",
                name="question_text_one_per_language",
                violation_error_message=_("The question is already there in this language."),
            )
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def lines(self) -> tuple[str, ...]:
        return tuple(line for line in self.choices.splitlines()[:MOST_CHOICES] if line)
