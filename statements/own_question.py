"""The office's own question, as a reader of one language is asked it."""

from dataclasses import dataclass

from django.utils.translation import get_language

from statements.models import QuestionKind, QuestionText, Statement


@dataclass(frozen=True)
class OwnQuestion:
    """`asked` is the question in the language of the original, by which answers are kept; the
    values of `choices` are the original's too, beside what is shown of them.
    """

    asked: str
    label: str
    help_text: str
    language: str
    choices: tuple[tuple[str, str], ...]
    is_required: bool
    is_public: bool

    def shown(self, answer: str) -> str:
        """An answer in the reader's language; one that is not offered any more, as it was given."""
        return dict(self.choices).get(answer, answer)


def question_of(statement: Statement) -> OwnQuestion | None:
    """In the reader's language, else in that of the original; None where nothing is asked.

    Read once for a statement, and not at all where it has none.
    """
    if statement.question_kind == QuestionKind.NONE:
        return None
    texts = _texts(statement)
    original = texts.get(statement.language)
    if original is None:
        return None
    read = texts.get(get_language() or "", original)
    is_choice = statement.question_kind == QuestionKind.CHOICE
    if is_choice and len(read.lines) != len(original.lines):
        read = original
    choices = tuple(zip(original.lines, read.lines, strict=True)) if is_choice else ()
    if is_choice and not choices:
        return None
    return OwnQuestion(
        original.label, read.label, read.help_text, read.language, choices,
        statement.question_required, statement.question_public,
    )  # fmt: skip


def _texts(statement: Statement) -> dict[str, QuestionText]:
    kept: dict[str, QuestionText] | None = vars(statement).get("_question_texts")
    if kept is None:
        rows = statement.question_texts.all() if statement.pk else ()
        kept = {one.language: one for one in rows}
        vars(statement)["_question_texts"] = kept
    return kept
