"""The next step that the office offers to whoever has signed."""

from typing import Any, NamedTuple

from django.utils.translation import get_language

from statements.letters import Letter, letter_of
from statements.models import Edition, Statement
from statements.reading import in_readers_language
from statements.supporter_texts import said_in
from statements.templatetags.reading import SigningState, signing_state

After = Statement.AfterSigning


class Onward(NamedTuple):
    """A step: why to take it, and a link. `language` is that of the words, `label_language` that
    of the label; where `can_be_signed`, it leads to a statement that is open. A `letter` has
    links of its own.
    """

    kind: str
    words: str
    language: str
    label: str
    label_language: str
    address: str
    can_be_signed: bool = False
    letter: Letter | None = None


def onward_of(statement: Statement) -> Onward | None:
    """In the reader's language, else in that of the original; None where nothing is offered."""
    if statement.after_signing == After.NOTHING:
        return None
    if statement.after_signing == After.STATEMENT:
        return _to_statement(statement)
    if statement.after_signing == After.LETTER:
        return _by_letter(statement)
    for language in (get_language() or "", statement.language):
        said = said_in(statement, language)
        if said.step_address:
            return Onward(
                statement.after_signing, said.step_words, language, said.step_label, language,
                said.step_address,
            )  # fmt: skip
    return None


def _to_statement(statement: Statement) -> Onward | None:
    other = _other(statement)
    if other is None:
        return None
    editions = list(Edition.objects.current().filter(statement=other).order_by("pk"))
    edition, is_open = in_readers_language(editions), signing_state(other) == SigningState.OPEN
    words, language = _words(statement)
    return Onward(
        After.STATEMENT, words, language, edition.title, edition.language,
        other.get_absolute_url(), is_open,
    )  # fmt: skip


def _by_letter(statement: Statement) -> Onward | None:
    letter = letter_of(statement)
    if letter is None:
        return None
    words, language = _words(statement)
    return Onward(After.LETTER, words, language, "", "", "", letter=letter)


def _words(statement: Statement) -> tuple[str, str]:
    for language in (get_language() or "", statement.language):
        if words := said_in(statement, language).step_words:
            return words, language
    return "", ""


def _other(statement: Statement) -> Statement | None:
    key = statement.next_statement_id
    return Statement.objects.public().filter(pk=key).first() if key is not None else None


def seen_of(statement: Statement) -> Any:
    """What is compared where a page that offers the step is kept; a query for another statement."""
    if statement.after_signing != After.STATEMENT:
        return None
    other = _other(statement)
    return other and (other.pk, other.changed_at, signing_state(other))
