"""The steps on from a statement's screen: which are offered, and which one is the next.

A step's button submits the form of the screen, so that what was typed is saved before the step's
own page opens.
"""

from dataclasses import dataclass, replace
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from statements.admin import actions, corrections, pause, screen
from statements.lifecycle import CORRECTABLE
from statements.models import Statement
from statements.translations import behind, language_states

FIELD = "_step"
"""What the buttons are called in the form; the value is the step's name."""

Status = Statement.Status

SAVING = {
    "correct": _("Save and publish correction"),
    "replace": _("Save and replace the words that go public"),
    "stop": _("Save and stop the publication"),
    "submit": _("Save and submit for review"),
    "publish": _("Save and publish"),
    "send_back": _("Save and send back"),
    "close": _("Save and close signing"),
    "reopen": _("Save and open signing again"),
    "archive": _("Save and archive"),
    "withdraw": _("Save and withdraw"),
    "pause": _("Save and stop signing for a while"),
    "resume": _("Save and let signing go on"),
}
"""The buttons of the steps while something is typed that is not saved."""


@dataclass(frozen=True)
class Step:
    name: str
    label: str | Promise
    explanation: str | Promise
    url: str
    is_final: bool = False

    @property
    def saving(self) -> str | Promise:
        """The words of its button while something is typed that is not saved."""
        return SAVING.get(self.name, self.label)


def steps_for(model_admin: Any, request: HttpRequest, statement: Statement) -> dict[str, Step]:
    """What the user can do next with the statement, by name, in the order of the screen."""
    found = [
        *_correction(model_admin, request, statement),
        *_actions(request, statement),
        *_pause(model_admin, request, statement),
    ]
    return {step.name: replace(step, url=screen.beside(step.url, request)) for step in found}


def next_step(request: HttpRequest, statement: Statement, steps: dict[str, Step]) -> Step | None:
    """The one that the work asks for now, if there is one."""
    names = (name for name in _in_order(request, statement) if name in steps)
    return steps.get(next(names, ""))


def url_after_saving(model_admin: Any, request: HttpRequest, statement: Statement) -> str:
    """Where the button leads that was pressed; "" for that of no step."""
    name = request.POST.get(FIELD, "")
    if name == "preview":
        return preview_url(request, statement)
    step = steps_for(model_admin, request, statement).get(name)
    return step.url if step else ""


def preview_url(request: HttpRequest, statement: Statement) -> str:
    url = reverse("admin:statements_statement_preview", args=[statement.pk])
    return screen.beside(url, request)


def _in_order(request: HttpRequest, statement: Statement) -> tuple[str, ...]:
    if statement.status == Status.DRAFT:
        return ("submit", "publish") if _needs_other_eyes(request, statement) else (
            "publish", "submit",
        )  # fmt: skip
    if statement.status == Status.REVIEW:
        return ("publish",)
    if statement.is_embargoed():
        return ("replace",)
    return ("correct", "close") if _has_ended(statement) else ("correct",)


def _needs_other_eyes(request: HttpRequest, statement: Statement) -> bool:
    wrote = statement.edited_by_id or statement.created_by_id
    return settings.FOUR_EYES and wrote == request.user.pk


def _has_ended(statement: Statement) -> bool:
    end = statement.signing_closes_at
    return statement.status == Status.PUBLISHED and end is not None and end <= timezone.now()


def _correction(model_admin: Any, request: HttpRequest, statement: Statement) -> list[Step]:
    may = corrections.may_correct(model_admin, request, statement)
    if not (may and statement.status in CORRECTABLE):
        return []
    states = language_states(statement, statement.texts.all())
    url = reverse("admin:statements_statement_correct", args=[statement.pk])
    if statement.is_embargoed():
        return _replacement(url) if any(state.waits for state in states) else []
    if any(state.waits for state in states):
        explanation = _(
            "The words are no longer those that visitors read. It shows the difference and asks"
            " what changed before anything is public."
        )
    elif behind(states):
        explanation = _(
            "Say that the words of a translation need no change, or correct them below first."
        )
    else:
        return []
    return [Step("correct", _("Publish correction"), explanation, url)]


def _replacement(url: str) -> list[Step]:
    explanation = _(
        "Nobody has read the words that go public. It shows the difference before others take"
        " their place."
    )
    return [Step("replace", _("Replace the words that go public"), explanation, url)]


def _actions(request: HttpRequest, statement: Statement) -> list[Step]:
    return [
        Step(
            name,
            action.label,
            action.explanation,
            reverse("admin:statements_statement_action", args=[statement.pk, name]),
            action.is_final,
        )
        for name, action in actions.actions_from(statement, request.user).items()
    ]


def _pause(model_admin: Any, request: HttpRequest, statement: Statement) -> list[Step]:
    if not pause.offers_pause(model_admin, request, statement):
        return []
    url = reverse("admin:statements_statement_pause", args=[statement.pk])
    if statement.signing_paused:
        explanation = _("The form comes back, and visitors can sign again.")
        return [Step("resume", _("Let signing go on"), explanation, url)]
    explanation = _(
        "Takes the form away and shows visitors a sentence of yours. What was begun can be"
        " confirmed."
    )
    return [Step("pause", _("Stop signing for a while"), explanation, url)]
