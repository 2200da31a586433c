"""Which language of a statement follows the original, and what a correction makes of each.

A translation carries the meaning of one edition of the original (`Edition.translates`). Where the
original was corrected since, the translation is behind: its readers are told so, and whoever signs
it signs the earlier text. `lifecycle.correct` makes the editions that are planned here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from django.db.models import Max, Q
from django.utils.text import capfirst
from django.utils.translation import get_language_info

from statements.editions import Change, changes
from statements.models import Edition, EditionQuerySet, Statement, StatementText


def language_name(code: str) -> str:
    """The language's name in the active one; the code for one that Django does not know."""
    try:
        return str(capfirst(get_language_info(code)["name_translated"]))
    except KeyError:
        return code


class Answer(StrEnum):
    """What a correction is to make of one language."""

    CHANGED = "changed"  # its new words carry the meaning of the original as it then stands
    CONFIRMED = "confirmed"  # its words need no change to carry that meaning
    MENDED = "mended"  # its new words are published, and still carry the earlier meaning
    KEPT = "kept"  # it stays the edition it is, whatever has been written in the working copy


@dataclass(frozen=True)
class LanguageState:
    """One language of a statement: what visitors read, and the working copy beside it."""

    statement: Statement
    language: str
    edition: Edition | None
    text: StatementText | None

    @property
    def is_original(self) -> bool:
        return self.language == self.statement.language

    @property
    def is_new(self) -> bool:
        return self.edition is None

    @property
    def is_missing(self) -> bool:
        """Whether the working copy has lost words that visitors read."""
        return self.text is None

    @cached_property
    def changes(self) -> list[Change]:
        return changes(self.edition or Edition(), self.text) if self.text else []

    @property
    def waits(self) -> bool:
        """Whether the working copy is not what visitors read."""
        return bool(self.is_missing or self.is_new or self.changes)

    @property
    def is_behind(self) -> bool:
        return self.edition is not None and self.edition.is_behind

    def answers(self, *, original_waits: bool, others_wait: bool) -> tuple[Answer, ...]:
        """What may be said of it in a correction; empty where there is nothing to say."""
        if self.is_missing:
            return ()
        if self.is_original:
            ways = (Answer.CHANGED, Answer.KEPT) if others_wait else (Answer.CHANGED,)
            return ways if self.waits else ()
        lags = original_waits or self.is_behind
        if not self.waits:
            return (Answer.CONFIRMED, Answer.KEPT) if lags else ()
        earlier = lags or (self.is_new and self.statement.edition_number > 1)
        return (Answer.CHANGED, Answer.KEPT, *([Answer.MENDED] if earlier else []))


def language_states(statement: Statement, texts: Iterable[StatementText]) -> list[LanguageState]:
    """Every language that visitors read or staff have written, the original first."""
    current = Edition.objects.current().filter(statement=statement).order_by("pk")
    editions = {edition.language: edition for edition in current}
    for edition in editions.values():
        edition.statement = statement
    written = {text.language: text for text in texts}
    languages = sorted({**written, **editions}, key=lambda code: code != statement.language)
    return [
        LanguageState(statement, code, editions.get(code), written.get(code)) for code in languages
    ]


def behind(states: Iterable[LanguageState]) -> list[LanguageState]:
    return [state for state in states if state.is_behind]


def answers_for(states: list[LanguageState]) -> dict[str, tuple[Answer, ...]]:
    """What may be said of each language in a correction; languages with nothing to say are left
    out.
    """
    original_waits = any(state.is_original and state.waits for state in states)
    others_wait = any(state.waits for state in states if not state.is_original)
    offered = {
        state.language: state.answers(original_waits=original_waits, others_wait=others_wait)
        for state in states
    }
    return {language: answers for language, answers in offered.items() if answers}


def default_answer(offered: tuple[Answer, ...]) -> Answer:
    """What becomes of a language of which nothing was said: nobody has confirmed its words."""
    return Answer.CHANGED if Answer.CHANGED in offered else Answer.KEPT


@dataclass(frozen=True)
class Planned:
    """An edition that a correction is to make."""

    words: StatementText
    before: Edition | None
    number: int
    translates: int
    note: str
    note_language: str
    is_material: bool = False

    @property
    def language(self) -> str:
        return self.words.language


@dataclass
class Plan:
    """What a correction makes: editions, and the statement's two numbers after it."""

    edition_number: int
    last_number: int
    editions: list[Planned] = field(default_factory=list)
    without_note: list[str] = field(default_factory=list)


def plan(
    states: list[LanguageState],
    answers: Mapping[str, Answer],
    notes: Mapping[str, str],
    *,
    is_material: bool,
) -> Plan:
    """What `answers` make of the languages. `without_note` names those that still need a note."""
    statement = states[0].statement
    said = {
        language: answers.get(language, default_answer(offered))
        for language, offered in answers_for(states).items()
    }
    number, last = statement.edition_number, statement.last_number
    if said.get(statement.language) == Answer.CHANGED:
        number = last = last + 1
    made = Plan(number, last)
    for state in states:
        answer = said.get(state.language, Answer.KEPT)
        if answer == Answer.KEPT or state.text is None:
            continue
        translates = number if answer != Answer.MENDED else _earlier_meaning(made, state)
        if answer == Answer.CONFIRMED and not (state.edition and state.edition.translates < number):
            continue
        _add(made, state, translates, notes, is_material=is_material)
    return made


def _add(
    made: Plan,
    state: LanguageState,
    translates: int,
    notes: Mapping[str, str],
    *,
    is_material: bool,
) -> None:
    assert state.text is not None  # noqa: S101 - for the type checker
    note, note_language = _note(state, translates, notes)
    if not note and not state.is_new:
        made.without_note.append(state.language)
    number = _number(made, state, translates)
    made.last_number = max(made.last_number, number)
    asks = bool(state.edition and state.changes) and (
        is_material or _skips_material(state, translates)
    )
    made.editions.append(
        Planned(state.text, state.edition, number, translates, note, note_language, asks)
    )


def _number(made: Plan, state: LanguageState, translates: int) -> int:
    """That of the original whose meaning it carries, where it is free; else the next one."""
    if translates > (state.edition.number if state.edition else 0):
        return translates
    return made.last_number + 1


def _note(state: LanguageState, translates: int, notes: Mapping[str, str]) -> tuple[str, str]:
    """The note that readers of a language get, and its language: its own, else the original's."""
    original = state.statement.language
    if own := notes.get(state.language, ""):
        return own, state.language
    if state.edition is None:
        return "", ""
    if given := notes.get(original, ""):
        return given, original
    if state.edition.translates < translates <= state.statement.edition_number:
        followed = _of_original(state.statement).get(number=translates)
        return followed.change_note, followed.change_note_language
    return "", ""


def _earlier_meaning(made: Plan, state: LanguageState) -> int:
    """What a translation goes on to carry that does not follow the original."""
    statement = state.statement
    if state.edition is not None:
        return state.edition.translates
    if made.edition_number > statement.edition_number:
        return statement.edition_number
    before = _of_original(statement).filter(number__lt=statement.edition_number)
    return before.aggregate(last=Max("number"))["last"] or statement.edition_number


def _skips_material(state: LanguageState, translates: int) -> bool:
    """Whether the original changed its meaning between what it carried and what it will."""
    assert state.edition is not None  # noqa: S101 - for the type checker
    between = Q(number__gt=state.edition.translates, number__lte=translates, is_material=True)
    return _of_original(state.statement).filter(between).exists()


def _of_original(statement: Statement) -> EditionQuerySet:
    return Edition.objects.filter(statement=statement, language=statement.language)
