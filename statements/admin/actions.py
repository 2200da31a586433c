"""The actions of a statement's lifecycle that staff can take, and the screen that takes one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from django.contrib import admin, messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from casa.accounts.models import staff
from casa.lib.admin import page_context
from statements import lifecycle
from statements.admin import before, publishing, screen
from statements.models import Statement
from statements.permissions import Whoever, may_take_action

Status = Statement.Status


@dataclass(frozen=True)
class Action:
    """A verb of the lifecycle as a button: the states it is offered in, and its texts."""

    verb: Callable[..., Any]
    permission: str
    offered_in: tuple[str, ...]
    label: str | Promise
    explanation: str | Promise
    done: str | Promise
    wording: Callable[[Statement], dict[str, Any]] = lambda statement: {}
    """Texts that say more of a statement than those above."""
    is_final: bool = False  # nothing leads back
    is_offered: Callable[[Statement], bool] = lambda statement: True

    def worded(self, statement: Statement) -> Action:
        return replace(self, **self.wording(statement))


def _publishing(statement: Statement) -> dict[str, Any]:
    return {
        "label": publishing.label(statement),
        "explanation": publishing.consequence(statement),
        "done": publishing.done(statement),
    }


def _stopping(statement: Statement) -> dict[str, Any]:
    return {"explanation": publishing.what_stopping_does(statement)}


# By the name in the URL, in the order of the buttons.
ACTIONS = {
    "submit": Action(
        lifecycle.submit,
        "submit_statement",
        (Status.DRAFT,),
        _("Submit for review"),
        _("Hands the draft to an editor, who publishes it or sends it back with a note."),
        _("Submitted. An editor decides now."),
    ),
    "publish": Action(
        lifecycle.publish,
        "publish_statement",
        Statement.UNPUBLISHED_STATUSES,
        _("Publish"),
        _(
            "Makes edition 1 of the words. Visitors can read it at once, or from the moment under"
            " “Goes public at”."
        ),
        _("Published."),
        _publishing,
    ),
    "stop": Action(
        lifecycle.stop_publication,
        "publish_statement",
        (Status.PUBLISHED, Status.CLOSED),
        _("Stop the publication"),
        _(
            "Makes it a draft again. Edition 1, which nobody outside could read, is discarded; no"
            " page will ever show it, and the address follows the title again."
        ),
        _("Stopped. It is a draft again, and nothing of it was public."),
        _stopping,
        is_offered=Statement.is_embargoed,
    ),
    "send_back": Action(
        lifecycle.send_back,
        "publish_statement",
        (Status.REVIEW,),
        _("Send back"),
        _("Hands it back to its author as a draft. Say in the note what is missing."),
        _("Sent back to its author."),
    ),
    "close": Action(
        lifecycle.close,
        "close_statement",
        (Status.PUBLISHED,),
        _("Close signing"),
        _("Nobody can sign any more. The statement and its names stay public."),
        _("Signing is closed."),
        is_offered=Statement.is_public,
    ),
    "reopen": Action(
        lifecycle.reopen,
        "close_statement",
        (Status.CLOSED,),
        _("Open signing again"),
        _("The statement can be signed again."),
        _("Signing is open again."),
    ),
    "archive": Action(
        lifecycle.archive,
        "close_statement",
        (Status.CLOSED,),
        _("Archive"),
        _("The campaign is over. The statement can still be read; signing stays closed for good."),
        _("Archived."),
        is_final=True,
    ),
    "withdraw": Action(
        lifecycle.withdraw,
        "withdraw_statement",
        (Status.PUBLISHED, Status.CLOSED),
        _("Withdraw"),
        _("Its page will say that it was withdrawn and show none of its words. For good."),
        _("Withdrawn."),
        is_final=True,
        is_offered=Statement.is_public,
    ),
}


PUBLISHING = {"submit", "publish"}
"""Those whose page lists what is missing before."""


def actions_from(statement: Statement, user: Whoever) -> dict[str, Action]:
    """The actions that `user` can take now, by the name in the URL."""
    return {
        name: action.worded(statement)
        for name, action in ACTIONS.items()
        if statement.status in action.offered_in
        and action.is_offered(statement)
        and may_take_action(user, statement, action.permission)
    }


def may_open(
    model_admin: admin.ModelAdmin, request: HttpRequest, statement: Statement, name: str
) -> bool:
    if name not in ACTIONS:
        raise Http404
    return may_take_action(request.user, statement, ACTIONS[name].permission)


def show_action(
    model_admin: admin.ModelAdmin, request: HttpRequest, statement: Statement, name: str
) -> HttpResponse:
    """Explain what the action does (GET), or take it (POST)."""
    action = ACTIONS[name]
    back = screen.back_url(request, statement)
    if request.method == "POST" and _take_as_seen(request, statement, name):
        return redirect(back)
    if name not in actions_from(statement, request.user):
        messages.warning(request, gettext("This cannot be done now."))
        return redirect(back)
    context = page_context(
        model_admin,
        request,
        title=action.label,
        statement=statement,
        action=action.worded(statement),
        **(before.before_context(request, statement) if name in PUBLISHING else {}),
        moment=_moment(statement),
        seen=_words(statement),
        note=request.POST.get("note", ""),
        back=back,
    )
    return render(request, "admin/statements/statement/action.html", context)


def _moment(statement: Statement) -> str:
    """The moment of publication that the page names, as its form sends it back."""
    return statement.publish_at.isoformat() if statement.publish_at else "at once"


def _has_moved(request: HttpRequest, statement: Statement) -> bool:
    """Whether the page named another moment of publication; then it is shown again."""
    if request.POST.get("moment", _moment(statement)) == _moment(statement):
        return False
    messages.warning(
        request,
        gettext("Somebody changed the moment of publication meanwhile. Read again what it says."),
    )
    return True


def _take_as_seen(request: HttpRequest, statement: Statement, name: str) -> bool:
    """Take the action, unless somebody changed what the page showed; then it is shown again."""
    with transaction.atomic():
        # Whoever saves at this moment goes first, and is seen here.
        list(Statement.objects.select_for_update(no_key=True).filter(pk=statement.pk))
        statement.refresh_from_db()
        if _has_moved(request, statement) or _is_rewritten(request, statement, name):
            return False
        _take(request, statement, ACTIONS[name])
    return True


def _words(statement: Statement) -> str:
    """A mark of the words that the page is about."""
    return lifecycle.working_copy_mark(statement, list(statement.texts.all()))


def _is_rewritten(request: HttpRequest, statement: Statement, name: str) -> bool:
    seen = request.POST.get("seen", "")
    if name not in PUBLISHING or not seen or seen == _words(statement):
        return False
    messages.warning(
        request,
        gettext("Somebody changed the words after you opened this page. Read them again."),
    )
    return True


def _take(request: HttpRequest, statement: Statement, action: Action) -> None:
    note = request.POST.get("note", "").strip()
    try:
        action.verb(statement, by=staff(request), note=note)
    except lifecycle.LifecycleError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, str(action.worded(statement).done))
