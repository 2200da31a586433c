"""The correction screen: the difference first, then what readers and signers are told of it."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from casa.accounts.models import staff
from statements import lifecycle
from statements.editions import waiting_changes
from statements.models import Statement

PERMISSION = "statements.correct_statement"


class CorrectionForm(forms.Form):
    note = forms.CharField(
        label=_("What changed"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "One or two sentences, in the statement’s own language. Readers see them with the"
            " corrected text, signers in their mail."
        ),
        error_messages={"required": _("Say what changed, in a sentence.")},
    )
    is_material = forms.TypedChoiceField(
        label=_("Does it change the meaning?"),
        choices=(
            ("no", _("No. It mends a slip: spelling, a wrong link, a clumsy sentence")),
            ("yes", _("Yes. Somebody who signed might not have signed this")),
        ),
        coerce=lambda answer: answer == "yes",
        widget=forms.RadioSelect,
        help_text=_(
            "If yes, everybody who signed and confirmed gets a mail with the difference, and may"
            " stay or withdraw. Until they answer they stay listed under the text they signed."
        ),
        error_messages={"required": _("Choose yes or no.")},
    )
    seen = forms.CharField()


class CorrectionMixin:
    """Adds the correction screen to the statement's admin."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.correct_view)  # type: ignore[attr-defined]
        return [
            path("<int:pk>/correct/", view, name="statements_statement_correct"),
            *super().get_urls(),  # type: ignore[misc]
        ]

    def correct_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Shows what a correction would change (GET) and publishes it (POST)."""
        statement = get_object_or_404(Statement, pk=pk)
        if not (request.user.has_perm(PERMISSION) and self._may_see(request, statement)):
            raise PermissionDenied
        back = reverse("admin:statements_statement_change", args=[pk])
        form = CorrectionForm(request.POST or None)
        if request.method == "POST" and form.is_valid() and _published(request, statement, form):
            return redirect(back)
        statement.refresh_from_db()
        texts = list(statement.texts.all())
        waiting = waiting_changes(statement, texts)
        if statement.status not in lifecycle.CORRECTABLE or not waiting:
            messages.warning(request, _nothing_to_correct(statement))
            return redirect(back)
        context = {
            **self.admin_site.each_context(request),  # type: ignore[attr-defined]
            "opts": self.opts,  # type: ignore[attr-defined]
            "title": _("Publish a correction"),
            "statement": statement,
            "waiting": waiting,
            "is_blocked": any(change.is_missing for change in waiting),
            "form": form,
            "mark": lifecycle.working_copy_mark(statement, texts),
            "next_number": statement.edition_number + 1,
            "back": back,
        }
        return render(request, "admin/statements/correction.html", context)

    def _may_see(self, request: HttpRequest, statement: Statement) -> bool:
        return self.has_view_or_change_permission(request, statement)  # type: ignore[attr-defined]


def _nothing_to_correct(statement: Statement) -> str:
    if statement.status in lifecycle.CORRECTABLE:
        return gettext(
            "There is nothing to correct yet: change the words, save them, then publish."
        )
    return gettext("This cannot be done now: the statement is “%(status)s”.") % {
        "status": statement.get_status_display()
    }


def _published(request: HttpRequest, statement: Statement, form: CorrectionForm) -> bool:
    typed: dict[str, Any] = form.cleaned_data
    try:
        lifecycle.correct(
            statement,
            by=staff(request),
            note=typed["note"],
            is_material=typed["is_material"],
            seen=typed["seen"],
        )
    except lifecycle.LifecycleError as error:
        messages.error(request, str(error))
        return False
    told = gettext("Edition %(number)d is published.") % {"number": statement.edition_number}
    if typed["is_material"]:
        told += " " + gettext("Everybody who signed an earlier one is told by mail.")
    messages.success(request, told)
    return True
