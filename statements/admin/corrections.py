"""The screen that shows what a correction changes, asks for a note, and publishes it."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from casa.accounts.models import staff
from casa.lib.admin import page_context
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


def may_correct(model_admin: admin.ModelAdmin, request: HttpRequest, statement: Statement) -> bool:
    return request.user.has_perm(PERMISSION) and model_admin.has_view_or_change_permission(
        request, statement
    )


def show_correction(
    model_admin: admin.ModelAdmin, request: HttpRequest, statement: Statement
) -> HttpResponse:
    """Show what a correction would change (GET), or publish it (POST)."""
    back = reverse("admin:statements_statement_change", args=[statement.pk])
    form = CorrectionForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _publish(request, statement, form):
        return redirect(back)
    statement.refresh_from_db()
    texts = list(statement.texts.all())
    waiting = waiting_changes(statement, texts)
    if statement.status not in lifecycle.CORRECTABLE or not waiting:
        messages.warning(request, _nothing_to_correct(statement))
        return redirect(back)
    context = page_context(
        model_admin,
        request,
        title=_("Publish a correction"),
        statement=statement,
        waiting=waiting,
        is_blocked=any(change.is_missing for change in waiting),
        form=form,
        mark=lifecycle.working_copy_mark(statement, texts),
        next_number=statement.edition_number + 1,
        back=back,
    )
    return render(request, "admin/statements/correction.html", context)


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
        lifecycle.correct(
            statement,
            by=staff(request),
            note=data["note"],
            is_material=data["is_material"],
            seen=data["seen"],
        )
    except lifecycle.LifecycleError as error:
        messages.error(request, str(error))
        return False
    message = gettext("Edition %(number)d is published.") % {"number": statement.edition_number}
    if data["is_material"]:
        message += " " + gettext("Everybody who signed an earlier one is told by mail.")
    messages.success(request, message)
    return True
