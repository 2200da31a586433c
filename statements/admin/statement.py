"""A statement's screen: words, rules, parts, and the next possible steps."""

import secrets
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.humanize.templatetags.humanize import intcomma
from django.core.exceptions import PermissionDenied
from django.db.models import DateTimeField
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from casa.accounts.models import staff
from casa.lib.admin import EditorMediaMixin
from statements import lifecycle, slugs
from statements.admin.attention import AttentionFilter
from statements.admin.comments import CommentMixin
from statements.admin.conflicts import ConflictMixin
from statements.admin.copying import CopyMixin
from statements.admin.corrections import CorrectionMixin
from statements.admin.forms import StatementForm
from statements.admin.ownership import OwnDraftsMixin
from statements.admin.parts import (
    AttachmentInline,
    ConsentInline,
    DeliveryInline,
    ReferenceInline,
    ReleaseInline,
    TargetInline,
    UpdateInline,
)
from statements.admin.pasting import PasteMixin
from statements.admin.pause import PauseMixin
from statements.admin.previews import PreviewMixin
from statements.admin.steps import STEPS, Step, steps_from
from statements.admin.texts import LanguageChoiceMixin, TextInline
from statements.admin.times import time_zone_sentence
from statements.models import Statement, Topic
from statements.permissions import may_take_step


@admin.register(Statement)
class StatementAdmin(
    ConflictMixin,
    CommentMixin,
    PauseMixin,
    CopyMixin,
    PasteMixin,
    CorrectionMixin,
    PreviewMixin,
    OwnDraftsMixin,
    LanguageChoiceMixin,
    EditorMediaMixin,
    admin.ModelAdmin,
):
    form = StatementForm
    change_form_template = "admin/statements/statement/change_form.html"
    list_display = ("title", "status", "kind", "publish_at", "tally")
    list_display_links = ("title",)
    first_step = _("No statements yet. Write your first one: nobody outside sees a draft.")
    list_filter = ("status", AttentionFilter, "kind")
    search_fields = ("texts__title", "slug")
    ordering = ("-created_at",)
    inlines = (
        TextInline,
        ConsentInline,
        TargetInline,
        ReferenceInline,
        AttachmentInline,
        ReleaseInline,
        UpdateInline,
        DeliveryInline,
    )
    fieldsets = (
        (_("What it is"), {"fields": (("kind", "language"), ("place", "dated_on"), "topics")}),
        (_("Who signs"), {"fields": ("signers", "premoderated")}),
        (
            _("What the form asks"),
            {
                "classes": ("asks",),
                "description": _(
                    "Name and e-mail address are always asked. Ask for little: each question costs"
                    " signatures. What is asked later is asked of those who sign from then on."
                ),
                "fields": (
                    ("ask_role", "ask_affiliation"),
                    ("ask_city", "ask_country"),
                    ("ask_region", "ask_postal_code"),
                    ("ask_comment", "minimum_age"),
                    ("may_withhold", "shared_mailboxes"),
                ),
            },
        ),
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
        organizations = ngettext(
            "%(number)s organization", "%(number)s organizations", counts["organization"]
        ) % {"number": intcomma(counts["organization"])}
        people = ngettext("%(number)s person", "%(number)s people", counts["person"]) % {
            "number": intcomma(counts["person"])
        }
        return f"{organizations}, {people}"

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
        if form.has_changed() or not change:
            super().save_model(request, obj, form, change)

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "topics":
            kwargs |= {"queryset": Topic.objects.named(), "widget": forms.CheckboxSelectMultiple}
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if isinstance(db_field, DateTimeField) and field is not None:
            field.help_text = format_html("{} {}", field.help_text, time_zone_sentence())
        return field

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        slugs.follow_title(form.instance)
        # What is said next names the statement by the title it has now.
        getattr(form.instance, "_prefetched_objects_cache", {}).pop("texts", None)

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        statement = self.get_object(request, object_id)
        extra = {
            "statement": statement,
            "steps": steps_from(statement, request.user) if statement else {},
        }
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
        if name not in STEPS:
            raise Http404
        step = STEPS[name]
        if not may_take_step(request.user, statement, step.permission):
            raise PermissionDenied
        back = reverse("admin:statements_statement_change", args=[pk])
        if request.method == "POST":
            self._take(request, statement, step)
            return redirect(back)
        if name not in steps_from(statement, request.user):
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
