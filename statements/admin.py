"""Statements in the back office: words, rules, parts, and the next possible steps."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.forms import BaseInlineFormSet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from casa.accounts.models import staff
from casa.lib.admin import EditorMediaMixin, ReadOnlyMixin
from statements import lifecycle
from statements.forms import AttachmentForm
from statements.models import (
    Attachment,
    Edition,
    Reference,
    Release,
    Statement,
    StatementText,
    Target,
)

Status = Statement.Status


@dataclass(frozen=True)
class Step:
    """A verb that staff can press: from which states, and what is said before and after."""

    verb: Callable[..., Any]
    offered_in: tuple[str, ...]
    label: Promise
    explanation: Promise
    done: Promise


# By the name in their address, in the order in which they are offered.
STEPS = {
    "publish": Step(
        lifecycle.publish,
        Statement.UNPUBLISHED_STATUSES,
        _("Publish"),
        _("Makes edition 1 of the words. Visitors can read and sign it from then on."),
        _("Published."),
    ),
    "close": Step(
        lifecycle.close,
        (Status.PUBLISHED,),
        _("Close signing"),
        _("Nobody can sign any more. The statement and its names stay public."),
        _("Signing is closed."),
    ),
    "reopen": Step(
        lifecycle.reopen,
        (Status.CLOSED,),
        _("Open signing again"),
        _("The statement can be signed again."),
        _("Signing is open again."),
    ),
    "archive": Step(
        lifecycle.archive,
        (Status.CLOSED,),
        _("Archive"),
        _("The campaign is over. The statement can still be read; signing stays closed for good."),
        _("Archived."),
    ),
    "withdraw": Step(
        lifecycle.withdraw,
        (Status.PUBLISHED, Status.CLOSED),
        _("Withdraw"),
        _("Its page will say that it was withdrawn and show none of its words. For good."),
        _("Withdrawn."),
    ),
}


def steps_from(statement: Statement) -> dict[str, Step]:
    """The steps that can be taken now, by the name in their address."""
    return {name: step for name, step in STEPS.items() if statement.status in step.offered_in}


class LanguageChoiceMixin:
    """Offers the site's languages by name."""

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "language":
            return forms.ChoiceField(
                choices=settings.LANGUAGES,
                label=db_field.verbose_name.capitalize(),
                help_text=db_field.help_text,
                initial=settings.LANGUAGE_CODE,
            )
        return super().formfield_for_dbfield(db_field, request, **kwargs)  # type: ignore[misc]


class TextFormSet(BaseInlineFormSet):
    """At least one text, and one in the statement's own language."""

    def clean(self) -> None:
        super().clean()
        languages = set()
        for form in self.forms:
            data = getattr(form, "cleaned_data", None)
            if not data or data.get("DELETE"):
                continue
            language = data.get("language")
            if language in languages:
                form.add_error("language", gettext("There is already a text in this language."))
            languages.add(language)
        if any(self.errors) or self.instance.language in languages:
            return
        raise forms.ValidationError(gettext("Write the words in the statement's own language."))


class TextInline(LanguageChoiceMixin, admin.StackedInline):
    model = StatementText
    formset = TextFormSet
    extra = 0
    min_num = 1
    fields = ("language", "title", "summary", "body", "ask")


class TargetInline(admin.TabularInline):
    model = Target
    extra = 0
    fields = ("position", "name", "office")


class ReferenceInline(admin.TabularInline):
    model = Reference
    extra = 0
    fields = ("position", "title", "identifier", "url")


class AttachmentInline(admin.TabularInline):
    model = Attachment
    form = AttachmentForm
    extra = 0
    fields = ("position", "title", "file")


class ReleaseInline(admin.StackedInline):
    model = Release
    extra = 0
    fields = (("wire", "city", "date"), "headline", "lead_in", "source", "original_url")


class StatementForm(forms.ModelForm):
    def clean_publish_at(self) -> datetime | None:
        moment = self.cleaned_data["publish_at"]
        if moment is None and self.instance.edition_number:
            raise forms.ValidationError(gettext("It is published: give the moment it goes public."))
        return moment


@admin.register(Statement)
class StatementAdmin(LanguageChoiceMixin, EditorMediaMixin, admin.ModelAdmin):
    form = StatementForm
    change_form_template = "admin/statements/statement/change_form.html"
    list_display = ("title", "status", "kind", "publish_at", "tally")
    list_display_links = ("title",)
    list_filter = ("status", "kind")
    search_fields = ("texts__title", "slug")
    ordering = ("-created_at",)
    inlines = (TextInline, TargetInline, ReferenceInline, AttachmentInline, ReleaseInline)
    fieldsets = (
        (_("What it is"), {"fields": (("kind", "language"), ("place", "dated_on"))}),
        (_("Who signs"), {"fields": ("signers", "premoderated")}),
        (_("When"), {"fields": ("publish_at", "signing_opens_at", "signing_closes_at")}),
    )

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).prefetch_related("texts", "tally_slots")

    @admin.display(description=_("title"))
    def title(self, statement: Statement) -> str:
        return str(statement)

    @admin.display(description=_("signed by"))
    def tally(self, statement: Statement) -> str:
        counts = {"organization": 0, "person": 0}
        for slot in statement.tally_slots.all():
            counts[slot.kind] += slot.count
        return gettext("%(organizations)s organizations, %(people)s people") % {
            "organizations": f"{counts['organization']:,}",
            "people": f"{counts['person']:,}",
        }

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        # The moment it went public is history, once it has passed.
        return ("publish_at",) if obj is not None and obj.is_public() else ()

    def get_view_on_site_url(self, obj: Any = None) -> str | None:
        return obj.get_absolute_url() if obj is not None and obj.is_public() else None

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        unpublished = obj is None or obj.is_unpublished
        return unpublished and super().has_delete_permission(request, obj)

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)  # it would stop at the first published one
        return actions

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if not change:
            obj.created_by = staff(request)
            obj.slug = f"new-{secrets.token_hex(8)}"  # until its title is stored, in save_related
        super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        lifecycle.follow_title(form.instance)

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        statement = self.get_object(request, object_id)
        extra = {"statement": statement, "steps": steps_from(statement) if statement else {}}
        return super().change_view(request, object_id, form_url, {**extra, **(extra_context or {})})

    def get_urls(self) -> list[URLPattern]:
        step = self.admin_site.admin_view(self.step_view)
        return [
            path("<int:pk>/step/<slug:name>/", step, name="statements_statement_step"),
            *super().get_urls(),
        ]

    def step_view(self, request: HttpRequest, pk: int, name: str) -> HttpResponse:
        """Says what the step does (GET) and takes it (POST)."""
        statement = get_object_or_404(Statement, pk=pk)
        if not self.has_change_permission(request, statement):
            raise PermissionDenied
        if name not in STEPS:
            raise Http404
        back = reverse("admin:statements_statement_change", args=[pk])
        step = STEPS[name]
        if request.method == "POST":
            self._take(request, statement, step)
            return redirect(back)
        if name not in steps_from(statement):
            self.message_user(request, gettext("This cannot be done now."), messages.WARNING)
            return redirect(back)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": step.label,
            "statement": statement,
            "step": step,
            "back": back,
        }
        return render(request, "admin/statements/statement/step.html", context)

    def _take(self, request: HttpRequest, statement: Statement, step: Step) -> None:
        note = request.POST.get("note", "").strip()
        try:
            step.verb(statement, by=staff(request), note=note)
        except lifecycle.LifecycleError as error:
            self.message_user(request, str(error), messages.ERROR)
        else:
            self.message_user(request, str(step.done), messages.SUCCESS)


@admin.register(Edition)
class EditionAdmin(ReadOnlyMixin, admin.ModelAdmin):
    list_display = ("title", "number", "language", "published_at", "published_by")
    list_filter = ("language",)
    search_fields = ("title",)
    fields = (
        "public_page", "number", "language", "title", "summary", "words", "ask", "sha256",
        "change_note", "is_material", "published_at", "published_by",
    )  # fmt: skip
    readonly_fields = fields

    @admin.display(description=_("statement"))
    def words(self, edition: Edition) -> SafeString:
        # Cleaned when it was stored (casa.lib.html), like everything in a RichTextField.
        return format_html('<div class="words">{}</div>', SafeString(edition.body))

    @admin.display(description=_("public page"))
    def public_page(self, edition: Edition) -> SafeString:
        url = edition.statement.get_absolute_url()
        return format_html('<a href="{}">{}</a>', url, url)
