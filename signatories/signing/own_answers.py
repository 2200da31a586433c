"""The office's own question on the sign form, and its answer."""

import hashlib
from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from signatories.core.answers import is_shown
from signatories.models import Signature
from signatories.signing.fields import LongSelect
from statements.models import Statement
from statements.own_question import OwnQuestion, question_of
from statements.templatetags.reading import language_attributes

CHANGED = _("The question was changed just now. Please answer it as it stands here.")


def ask(fields: dict[str, forms.Field], statement: Statement) -> OwnQuestion | None:
    """Make `answer` of a form's `fields` the office's question, or take it away with its mark."""
    question = question_of(statement)
    if question is None:
        fields.pop("answer")
        fields.pop("asked", None)
        return None
    field: Any = _choice(question) if question.choices else fields["answer"]
    field.label = _label(question)
    field.help_text = " ".join(filter(None, (question.help_text, _who_reads(question))))
    field.required = question.is_required
    field.marked_optional = not question.is_required
    field.error_messages["required"] = gettext("Answer this question.")
    fields["answer"] = field
    return question


def _label(question: OwnQuestion) -> str:
    """Marked where it is not in the language of the page."""
    marked = language_attributes(question.language)
    return format_html("<span{}>{}</span>", marked, question.label) if marked else question.label


def _choice(question: OwnQuestion) -> forms.ChoiceField:
    return forms.ChoiceField(
        choices=[("", gettext("Choose an answer")), *question.choices],
        widget=LongSelect,
        error_messages={"invalid_choice": gettext("Choose one of the answers that are offered.")},
    )


def _who_reads(question: OwnQuestion) -> str:
    if question.is_public:
        return gettext("Shown beside your name in the list of those who signed.")
    return gettext("We read it; it is never shown in public.")


def mark(question: OwnQuestion) -> str:
    """A short mark of what was asked, and of who was said to read the answer."""
    told = repr((question.asked, question.label, question.is_public))
    return hashlib.sha256(told.encode()).hexdigest()[:16]


def kept(question: OwnQuestion | None, answer: str) -> dict[str, Any]:
    """What is stored of an answer, beside the question that it is to."""
    if question is None or not answer:
        return {"question": "", "answer": "", "answer_public": False}
    return {"question": question.asked, "answer": answer, "answer_public": question.is_public}


def to_question(signature: Signature, answer: str) -> dict[str, Any]:
    """What else is stored where an answer changes: the question that it is to by now."""
    question = question_of(signature.statement)
    if answer and question and _is_to(signature, question):
        return kept(question, answer)
    return {} if answer else kept(None, "")


def answered(signature: Signature) -> dict[str, Any]:
    """What the confirm page says of an answer: it, its question, and whether visitors read it."""
    if not signature.answer:
        return {}
    question = question_of(signature.statement)
    is_todays = question is not None and question.asked == signature.question
    return {
        "answer": question.shown(signature.answer) if question and is_todays else signature.answer,
        "answered_question": question.label if question and is_todays else signature.question,
        "shows_answer": is_shown(signature, question),
    }


def offer(fields: dict[str, forms.Field], signature: Signature) -> None:
    """Let staff correct an answer by what is offered; the one that was given may stay."""
    question = question_of(signature.statement)
    if "answer" in fields and question and question.choices and _is_to(signature, question):
        field = _choice(question)
        field.label, field.required = fields["answer"].label, False
        fields["answer"] = _with_given(field, signature, question)


def _is_to(signature: Signature, question: OwnQuestion) -> bool:
    """Whether what somebody answered, or may answer yet, is today's question."""
    return signature.question in ("", question.asked)


def _with_given(field: Any, signature: Signature, question: OwnQuestion) -> Any:
    """`field`, where an answer that is not offered any more can stay as it was given."""
    offered = dict(question.choices)
    if offered and signature.answer and signature.answer not in offered:
        field.choices = [*field.choices, (signature.answer, signature.answer)]
    return field


def ask_again(
    fields: dict[str, forms.Field], signature: Signature, question: OwnQuestion | None
) -> None:
    """Let whoever answered change the answer; of a question that is asked no more, take it back."""
    if question and _is_to(signature, question):
        fields["answer"].required = False
        fields["answer"] = _with_given(fields["answer"], signature, question)
    elif signature.answer:
        back = gettext("Take my answer back")
        fields["answer"] = forms.ChoiceField(
            label=signature.question,
            choices=[(signature.answer, signature.answer), ("", back)],
            required=False,
            help_text=gettext("This question is asked no more."),
        )
    else:
        fields.pop("answer", None)
