"""Stopping and resuming signing, for one statement or for the whole site."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from casa.accounts.models import staff
from statements import lifecycle
from statements.models import SigningPause, Statement
from statements.permissions import may_take_step


class PauseForm(forms.Form):
    sentence = forms.CharField(
        label=_("What visitors are told"),
        max_length=300,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        help_text=_("One sentence in place of the form: why, and until when."),
        error_messages={"required": _("Say in a sentence why nobody can sign now.")},
    )


class PauseMixin:
    """Adds stopping and resuming to the statement's admin."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.pause_view)  # type: ignore[attr-defined]
        return [
            path("<int:pk>/pause/", view, name="statements_statement_pause"),
            *super().get_urls(),  # type: ignore[misc]
        ]

    def pause_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Says what stopping or resuming does (GET) and does it (POST)."""
        statement = get_object_or_404(Statement, pk=pk)
        if not may_take_step(request.user, statement, "close_statement"):
            raise PermissionDenied
        back = reverse("admin:statements_statement_change", args=[pk])
        form = None if statement.signing_paused else PauseForm(request.POST or None)
        if request.method == "POST" and (form is None or form.is_valid()):
            _switch(request, statement, form)
            return redirect(back)
        context = {
            **self.admin_site.each_context(request),  # type: ignore[attr-defined]
            "opts": self.opts,  # type: ignore[attr-defined]
            "title": _("Let signing go on") if form is None else _("Stop signing for a while"),
            "statement": statement,
            "form": form,
            "back": back,
        }
        return render(request, "admin/statements/statement/pause.html", context)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        statement = context.get("original")
        context["may_pause"] = (
            statement is not None
            and statement.status == Statement.Status.PUBLISHED
            and may_take_step(request.user, statement, "close_statement")
        )
        return super().render_change_form(request, context, *args, **kwargs)  # type: ignore[misc]


def _switch(request: HttpRequest, statement: Statement, form: PauseForm | None) -> None:
    wanted = request.POST.get("wanted")
    try:
        if form is None and wanted != "pause":
            lifecycle.resume(statement, by=staff(request))
            told = gettext("Signing goes on.")
        elif form is not None and wanted != "resume":
            lifecycle.pause(statement, by=staff(request), sentence=form.cleaned_data["sentence"])
            told = gettext("Signing is stopped. What was begun can still be confirmed.")
        else:  # somebody else was faster, and wanted the same
            told = gettext("This was done already.")
    except lifecycle.LifecycleError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, told)


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
class SigningPauseAdmin(admin.ModelAdmin):
    """One row, so its list is its form."""

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
        obj.by = staff(request)
        super().save_model(request, obj, form, change)

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        told = (
            gettext("Signing is stopped on the whole site.")
            if obj.is_on
            else gettext("Signing goes on, wherever a statement is open.")
        )
        self.message_user(request, told, messages.SUCCESS)
        return redirect("admin:statements_signingpause_change", 1)
