"""The form in which an addressee answers what was handed over to them."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from casa.appearance import reading
from casa.lib.text import has_hidden_characters, normalise, without_invisible
from casa.lib.typed import TypedField
from statements.models import LONGEST_ANSWER


def consent_sentence() -> str:
    """What whoever answers agrees to, in the active language."""
    return gettext("I agree that %(site)s publishes this answer with my name and office.") % {
        "site": reading.words().name
    }


class LineField(TypedField):
    """A name or an office, in one line."""

    def to_python(self, value: Any) -> str:
        line = normalise(super().to_python(value))
        if has_hidden_characters(line):
            raise ValidationError(
                gettext("Please remove the invisible characters, or type it in anew.")
            )
        return line


class WordsField(TypedField):
    """Plain words in paragraphs; no character stays that nobody sees."""

    widget = forms.Textarea

    def __init__(self, *, max_length: int, **options: Any) -> None:
        super().__init__(max_length=max_length, **options)
        # A browser that cut what is pasted would lose words.
        self.widget.attrs.pop("maxlength", None)

    def to_python(self, value: Any) -> str:
        words = super().to_python(value).replace("\r\n", "\n").replace("\r", "\n")
        return without_invisible(words)[0].strip()


class AnswerForm(forms.Form):
    words = WordsField(
        label=_("Your answer"),
        max_length=LONGEST_ANSWER,
        help_text=_("Plain words, up to 5,000 characters. A blank line begins a new paragraph."),
        error_messages={"required": _("Write your answer.")},
    )
    name = LineField(
        label=_("Your name"),
        max_length=200,
        error_messages={"required": _("Enter your name.")},
    )
    office = LineField(
        label=_("Your office"),
        max_length=200,
        help_text=_("As it is to stand below the answer: “Chair of the committee”."),
        error_messages={"required": _("Enter your office.")},
    )
    consent = forms.BooleanField(
        error_messages={"required": _("Without your consent we cannot publish the answer.")}
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.auto_id = "answer-%s"
        self.fields["words"].widget.attrs["rows"] = 12
        self.fields["name"].widget.attrs["autocomplete"] = "name"
        self.fields["office"].widget.attrs["autocomplete"] = "organization-title"
        self.fields["consent"].label = consent_sentence()
