"""Pausing and resuming signing, for one statement or for the whole site."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from casa.accounts.models import staff
from casa.lib.admin import OfficeAdmin, page_context
from statements import lifecycle
from statements.admin import screen
from statements.models import SigningPause, Statement
from statements.permissions import may_take_action


class PauseForm(forms.Form):
    sentence = forms.CharField(
        label=_("What visitors are told"),
        max_length=300,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        help_text=_("One sentence in place of the form: why, and until when."),
        error_messages={"required": _("Say in a sentence why nobody can sign now.")},
    )


def may_pause(model_admin: admin.ModelAdmin, request: HttpRequest, statement: Statement) -> bool:
    return may_take_action(request.user, statement, "close_statement")


def offers_pause(model_admin: admin.ModelAdmin, request: HttpRequest, statement: Statement) -> bool:
    """Whether the statement's screen links to the screen below."""
    is_published = statement.status == Statement.Status.PUBLISHED
    return is_published and may_pause(model_admin, request, statement)


def show_pause(
    model_admin: admin.ModelAdmin, request: HttpRequest, statement: Statement
) -> HttpResponse:
    """Explain what pausing or resuming does (GET), or do it (POST)."""
    back = screen.back_url(request, statement)
    form = None if statement.signing_paused else PauseForm(request.POST or None)
    if request.method == "POST" and (form is None or form.is_valid()):
        _switch(request, statement, form)
        return redirect(back)
    context = page_context(
        model_admin,
        request,
        title=_("Let signing go on") if form is None else _("Stop signing for a while"),
        statement=statement,
        form=form,
        back=back,
    )
    return render(request, "admin/statements/statement/pause.html", context)


def _switch(request: HttpRequest, statement: Statement, form: PauseForm | None) -> None:
    wanted = request.POST.get("wanted")
    try:
        if form is None and wanted != "pause":
            lifecycle.resume(statement, by=staff(request))
            message = gettext("Signing goes on.")
        elif form is not None and wanted != "resume":
            lifecycle.pause(statement, by=staff(request), sentence=form.cleaned_data["sentence"])
            message = gettext("Signing is stopped. What was begun can still be confirmed.")
        else:  # a colleague did the same first
            message = _done_already(request, statement)
    except lifecycle.LifecycleError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, message)


def _done_already(request: HttpRequest, statement: Statement) -> str:
    """That a colleague was faster, with both sentences where they differ."""
    theirs, mine = statement.pause_sentence, request.POST.get("sentence", "").strip()
    if not mine or mine == theirs:
        return gettext("This was done already.")
    told = gettext(
        "A colleague was faster. Visitors read: “%(theirs)s”. Yours is not stored: “%(mine)s”"
    )
    return told % {"theirs": theirs, "mine": mine}


class SitePauseForm(forms.ModelForm):
    class Meta:
        model = SigningPause
        fields = ("is_on", "sentence")
        widgets = {"sentence": forms.TextInput(attrs={"class": "vTextField"})}

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if self.cleaned_data.get("is_on") and not self.cleaned_data.get("sentence", "").strip():
            self.add_error("sentence", _("Say in a sentence why nobody can sign now."))
        return cleaned


@admin.register(SigningPause)
class SigningPauseAdmin(OfficeAdmin):
    """The form of the only row; the list redirects to it."""

    form = SitePauseForm

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        SigningPause.objects.get_or_create(pk=1)
        return redirect("admin:statements_signingpause_change", 1)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if form.has_changed():
            obj.by = staff(request)
        super().save_model(request, obj, form, change)

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        message = (
            gettext("Signing is stopped on the whole site.")
            if obj.is_on
            else gettext("Signing goes on, wherever a statement is open.")
        )
        self.message_user(request, message, messages.SUCCESS)
        return redirect("admin:statements_signingpause_change", 1)
