"""Comments of staff on a statement, listed together with its events."""

from itertools import chain
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from casa.accounts.models import staff
from statements.lifecycle import CORRECTABLE
from statements.models import Comment, Statement, StatementEvent
from statements.permissions import may_see


class CommentForm(forms.ModelForm):
    class Meta:
        model = Comment
        fields = ("text",)
        labels = {"text": _("Your comment")}
        help_texts = {"text": _("Your colleagues read it here; visitors never do. It stays.")}
        widgets = {"text": forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"})}
        error_messages = {"text": {"required": _("Write the comment first.")}}


def may_comment(model_admin: admin.ModelAdmin, request: HttpRequest, statement: Statement) -> bool:
    return request.user.has_perm("statements.add_comment") and may_see(request.user, statement)


def add_comment(
    model_admin: admin.ModelAdmin, request: HttpRequest, statement: Statement
) -> HttpResponse:
    form = CommentForm(request.POST)
    if form.is_valid():
        form.instance.statement, form.instance.by = statement, staff(request)
        form.save()
    else:
        messages.error(request, str(form.errors["text"][0]))
    back = reverse("admin:statements_statement_part", args=[statement.pk, "comments"])
    return redirect(f"{back}#conversation")


def conversation_context(
    model_admin: admin.ModelAdmin, request: HttpRequest, statement: Statement
) -> dict[str, Any]:
    """What the statement's screen shows of the conversation, and the form for the next comment."""
    entries = conversation(request, statement)
    words = [{**entry, "text": entry["said"]} for entry in entries if entry["said"]]
    return {
        "conversation": entries,
        "last_word": words[-1] if words else None,
        "comment_form": may_comment(model_admin, request, statement) and CommentForm(),
    }


def conversation(request: HttpRequest, statement: Statement) -> list[dict[str, Any]]:
    """Comments and events as one list, oldest first, as far as the user may read them."""
    comments: Any = ()
    if request.user.has_perm("statements.view_comment"):
        comments = statement.comments.select_related("by")
    entries = chain(
        map(_of_comment, comments), map(_of_event, statement.events.select_related("by"))
    )
    return sorted(entries, key=lambda entry: entry["at"])


def _of_comment(comment: Comment) -> dict[str, Any]:
    words = comment.text
    return {"at": comment.at, "by": comment.by, "text": words, "said": words, "event": ""}


def _of_event(event: StatementEvent) -> dict[str, Any]:
    return {
        "at": event.at,
        "by": event.by,
        "text": event.note,
        "said": _said_with(event),
        "event": event.in_words,
    }


def _is_stop(event: StatementEvent) -> bool:
    return event.from_status in CORRECTABLE and event.to_status == Statement.Status.DRAFT


def _said_with(event: StatementEvent) -> str:
    """What a colleague said with a step, without what the site noted of it."""
    if event.from_status == event.to_status:
        return ""
    return event.note.rpartition("\n")[0] if _is_stop(event) else event.note
