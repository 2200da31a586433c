"""The screen that shows what a correction changes, asks what becomes of each language, and
publishes it.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import get_language_info, gettext
from django.utils.translation import gettext_lazy as _

from casa.accounts.models import staff
from casa.lib.admin import page_context
from statements import lifecycle
from statements.admin import replacement, screen
from statements.models import Edition, Statement
from statements.translations import (
    Answer,
    LanguageState,
    answers_for,
    language_states,
    plan,
)

PERMISSION = "statements.correct_statement"

WAYS: dict[str, tuple[tuple[Answer, str | Promise], ...]] = {
    "own": (
        (Answer.CHANGED, _("Publish its new words")),
        (Answer.KEPT, _("Leave its new words for later")),
    ),
    "rewritten": (
        (Answer.CHANGED, _("Changed too: its new words say what the original now says")),
        (Answer.MENDED, _("Publish its new words, which still say what the original said before")),
        (Answer.KEPT, _("It is behind: leave its new words for later, and tell its readers")),
    ),
    "unchanged": (
        (Answer.CONFIRMED, _("Needs no change: its words say what the original now says")),
        (Answer.KEPT, _("It is behind: it stays as it is, and its readers are told")),
    ),
    "new": (
        (Answer.CHANGED, _("Publish it: it says what the original now says")),
        (Answer.MENDED, _("Publish it: it says what the original said before")),
        (Answer.KEPT, _("Do not publish it yet")),
    ),
}
"""What each answer means, by what there is to answer of a language."""


def _kind_of_question(state: LanguageState, offered: tuple[Answer, ...]) -> str:
    if state.is_new:
        return "new"
    if Answer.CONFIRMED in offered:
        return "unchanged"
    return "rewritten" if Answer.MENDED in offered else "own"


class LanguageRow(NamedTuple):
    """A language on the screen, with the fields that ask about it; None where nothing is asked."""

    state: LanguageState
    answer: forms.BoundField | None
    note: forms.BoundField | None


class CorrectionForm(forms.Form):
    """Asks of each language what becomes of it, and in each that changes what readers are told."""

    is_material = forms.TypedChoiceField(
        label=_("Does it change the meaning?"),
        choices=(
            ("no", _("No. It mends a slip: spelling, a wrong link, a clumsy sentence")),
            ("yes", _("Yes. Somebody who signed might not have signed this")),
        ),
        coerce=lambda answer: answer == "yes",
        widget=forms.RadioSelect,
        help_text=_(
            "If yes, everybody who signed in a language that changes, and confirmed, gets a mail"
            " with the difference, and may stay or withdraw. Until they answer they stay listed"
            " under the text they signed."
        ),
        error_messages={"required": _("Choose yes or no.")},
    )
    seen = forms.CharField()

    def __init__(self, states: list[LanguageState], data: Any = None) -> None:
        super().__init__(data)
        self.states = states
        self.offered = answers_for(states)
        for state in states:
            self._ask_about(state)
        if not self.changing:
            del self.fields["is_material"]

    def _ask_about(self, state: LanguageState) -> None:
        offered = self.offered.get(state.language, ())
        if len(offered) > 1:
            self.fields[_answer_name(state)] = _answer_field(state, offered)
        if offered and state.waits:
            self.fields[_note_name(state)] = _note_field(
                state, alone=len(self.states) == 1, is_needed=self._needs_own_note(state)
            )

    def _needs_own_note(self, state: LanguageState) -> bool:
        """Whether no note on the original can stand for the one of this translation."""
        return not state.is_behind and not any(one.is_original and one.waits for one in self.states)

    @property
    def changing(self) -> list[str]:
        """The languages that visitors read and that get other words."""
        return [state.language for state in self.states if state.edition and state.changes]

    @property
    def rows(self) -> Iterator[LanguageRow]:
        for state in self.states:
            names = (_answer_name(state), _note_name(state))
            answer, note = (self[name] if name in self.fields else None for name in names)
            yield LanguageRow(state, answer, note)

    @property
    def asks_about_languages(self) -> bool:
        return any(row.answer for row in self.rows)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        answers = {
            state.language: Answer(data[_answer_name(state)])
            for state in self.states
            if data.get(_answer_name(state))
        }
        asked = {state.language for state in self.states if _answer_name(state) in self.fields}
        notes = {
            state.language: data[_note_name(state)].strip()
            for state in self.states
            if data.get(_note_name(state), "").strip()
        }
        data |= {"answers": answers, "notes": notes}
        if asked <= set(answers):
            self._check_what_is_made(answers, notes)
        return data

    def _check_what_is_made(self, answers: dict[str, Answer], notes: dict[str, str]) -> None:
        made = plan(self.states, answers, notes, is_material=False)
        if not made.editions:
            self.add_error(None, gettext("Nothing would change: every language stays as it is."))
        for state in self.states:
            if state.language in made.without_note and _note_name(state) in self.fields:
                self.add_error(_note_name(state), gettext("Say what changed, in a sentence."))


def _answer_name(state: LanguageState) -> str:
    return f"answer-{state.language}"


def _note_name(state: LanguageState) -> str:
    return "note" if state.is_original else f"note-{state.language}"


def _answer_field(state: LanguageState, offered: tuple[Answer, ...]) -> forms.ChoiceField:
    question = _kind_of_question(state, offered)
    initial = Answer.CHANGED.value if question == "own" else None
    return forms.ChoiceField(
        label=_language_name(state.language),
        choices=[(way.value, label) for way, label in WAYS[question] if way in offered],
        initial=initial,
        widget=forms.RadioSelect(attrs={"class": "answers"}),
        error_messages={"required": _("Say what becomes of this language.")},
    )


def _note_field(state: LanguageState, *, alone: bool, is_needed: bool) -> forms.CharField:
    label = gettext("What changed")
    if not alone:
        label = gettext("What changed, in %(language)s") % {
            "language": _language_name(state.language)
        }
    return forms.CharField(
        label=label,
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "lang": state.language}),
        help_text=_note_help(state, is_needed=is_needed),
    )


def _note_help(state: LanguageState, *, is_needed: bool) -> str:
    if state.is_original:
        return gettext(
            "One or two sentences, in the statement’s own language. Readers see them with the"
            " corrected text, signers in their mail."
        )
    if state.is_new:
        return gettext("May be empty: there was no text in this language before.")
    if is_needed:
        return gettext(
            "In this language, in a sentence or two. It is needed: the original does not change."
        )
    return gettext(
        "In this language. If it is empty, its readers see the note on the original, in the"
        " original’s language. It is needed where its words follow no change of it."
    )


def _language_name(code: str) -> str:
    if code in dict(settings.LANGUAGES):
        return str(capfirst(get_language_info(code)["name_translated"]))
    return code


def may_correct(model_admin: admin.ModelAdmin, request: HttpRequest, statement: Statement) -> bool:
    return request.user.has_perm(PERMISSION) and model_admin.has_view_or_change_permission(
        request, statement
    )


def show_correction(
    model_admin: admin.ModelAdmin, request: HttpRequest, statement: Statement
) -> HttpResponse:
    """Show what a correction would change (GET), or publish it (POST)."""
    back = screen.back_url(request, statement)
    if statement.is_embargoed() and statement.status in lifecycle.CORRECTABLE:
        return replacement.show_replacement(model_admin, request, statement, back)
    texts = list(statement.texts.all())
    states = language_states(statement, texts)
    form = CorrectionForm(states, request.POST or None)
    if request.method == "POST" and form.is_valid() and _publish(request, statement, form):
        return redirect(back)
    statement.refresh_from_db()
    if statement.status not in lifecycle.CORRECTABLE or not _has_something(states):
        messages.warning(request, _nothing_to_correct(statement))
        return redirect(back)
    context = page_context(
        model_admin,
        request,
        title=_("Publish a correction"),
        statement=statement,
        waiting=[state for state in states if state.waits],
        is_blocked=any(state.is_missing for state in states),
        form=form,
        mark=lifecycle.working_copy_mark(statement, texts),
        next_number=statement.last_number + 1,
        has_translations=len(states) > 1,
        back=back,
        words_url=screen.part_url(statement.pk),
    )
    return render(request, "admin/statements/correction.html", context)


def _has_something(states: list[LanguageState]) -> bool:
    return bool(answers_for(states)) or any(state.is_missing for state in states)


def _nothing_to_correct(statement: Statement) -> str:
    if statement.status in lifecycle.CORRECTABLE:
        return gettext(
            "There is nothing to correct yet: change the words, save them, then publish."
        )
    return gettext("This cannot be done now: the statement is “%(status)s”.") % {
        "status": statement.get_status_display()
    }


def _publish(request: HttpRequest, statement: Statement, form: CorrectionForm) -> bool:
    """Publish the correction, and add a message; False if it cannot be published."""
    data: dict[str, Any] = form.cleaned_data
    try:
        made = lifecycle.correct(
            statement,
            by=staff(request),
            notes=data["notes"],
            is_material=data.get("is_material", False),
            seen=data["seen"],
            answers=data["answers"],
        )
    except lifecycle.LifecycleError as error:
        messages.error(request, str(error))
        return False
    messages.success(request, " ".join(_what_was_done(statement, made)))
    return True


def _what_was_done(statement: Statement, made: list[Edition]) -> Iterator[str]:
    states = language_states(statement, [])
    if len(states) == 1:
        yield gettext("Edition %(number)d is published.") % {"number": statement.edition_number}
    else:
        published = (
            gettext("edition %(number)d in %(language)s")
            % {"number": one.number, "language": _language_name(one.language)}
            for one in made
        )
        yield gettext("Published: %(editions)s.") % {"editions": ", ".join(published)}
    if late := [_language_name(state.language) for state in states if state.is_behind]:
        yield gettext("Behind the original: %(languages)s.") % {"languages": ", ".join(late)}
    if any(one.is_material for one in made):
        yield gettext("Everybody who signed an earlier one is told by mail.")
