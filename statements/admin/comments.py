"""What author and editor write to each other about a statement, and the steps it took."""

from itertools import chain
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from casa.accounts.models import staff
from statements.models import Comment, Statement, Transition
from statements.permissions import may_see


class CommentForm(forms.ModelForm):
    class Meta:
        model = Comment
        fields = ("text",)
        labels = {"text": _("Your comment")}
        help_texts = {"text": _("Your colleagues read it here; visitors never do. It stays.")}
        widgets = {"text": forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"})}
        error_messages = {"text": {"required": _("Write the comment first.")}}


class CommentMixin:
    """Adds the conversation to the statement's admin."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(require_POST(self.comment_view))  # type: ignore[attr-defined]
        return [
            path("<int:pk>/comment/", view, name="statements_statement_comment"),
            *super().get_urls(),  # type: ignore[misc]
        ]

    def comment_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        statement = get_object_or_404(Statement, pk=pk)
        if not may_comment(request, statement):
            raise PermissionDenied
        form = CommentForm(request.POST)
        if form.is_valid():
            form.instance.statement, form.instance.by = statement, staff(request)
            form.save()
        else:
            messages.error(request, str(form.errors["text"][0]))
        back = reverse("admin:statements_statement_change", args=[pk])
        return redirect(f"{back}#conversation")

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        statement = context.get("original")
        if statement is not None:
            context["conversation"] = conversation(request, statement)
            said = [entry for entry in context["conversation"] if entry["text"]]
            context["last_word"] = said[-1] if said else None
            context["comment_form"] = may_comment(request, statement) and CommentForm()
        return super().render_change_form(request, context, *args, **kwargs)  # type: ignore[misc]


def may_comment(request: HttpRequest, statement: Statement) -> bool:
    return request.user.has_perm("statements.add_comment") and may_see(request.user, statement)


def conversation(request: HttpRequest, statement: Statement) -> list[dict[str, Any]]:
    """Comments and steps as one list, oldest first, as far as this member of staff may read."""
    comments: Any = ()
    if request.user.has_perm("statements.view_comment"):
        comments = statement.comments.select_related("by")
    entries = chain(
        ({"at": one.at, "by": one.by, "text": one.text, "step": ""} for one in comments),
        (
            {"at": one.at, "by": one.by, "text": one.note, "step": _named(one)}
            for one in statement.transitions.select_related("by")
        ),
    )
    return sorted(entries, key=lambda entry: entry["at"])


def _named(step: Transition) -> str:
    """What a step is called; one that left the state as it was is told by its note alone."""
    if step.from_status == step.to_status:
        return gettext("Note")
    if (step.from_status, step.to_status) == (Statement.Status.REVIEW, Statement.Status.DRAFT):
        return gettext("Sent back")
    return str(step)
