"""The screens of a statement in the back office: list, form, and the screens beside them.

`StatementAdmin` calls the modules beside this one by name; each holds one part of the work.
"""

import secrets
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.humanize.templatetags.humanize import intcomma
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from casa.accounts.models import staff
from casa.lib.admin import Screen, add_editor_media, say_what_was_left_out, screen_urls
from casa.lib.http import absolute
from casa.lib.media import images
from casa.lib.media.uploads import PictureAdmin
from casa.lib.moments.fields import FIELDS_OF_ADMIN
from statements import lead_pictures, slugs
from statements.admin import (
    actions,
    answers,
    before,
    comments,
    copying,
    corrections,
    files,
    lead_picture,
    pause,
    preview,
    previews,
    replacement,
    screen,
    state,
    steps,
    texts,
)
from statements.admin.attention import AttentionFilter
from statements.admin.forms import StatementForm
from statements.models import Statement, Topic
from statements.permissions import may_edit, may_see, visible_to
from statements.tallies import fetch_earlier

SCREENS = (
    Screen(
        "action", "<int:pk>/action/<slug:name>/",
        actions.show_action, actions.may_open, of=Statement,
    ),
    Screen(
        "correct", "<int:pk>/correct/", corrections.show_correction, corrections.may_correct,
        of=Statement,
    ),
    Screen(
        "previews", "<int:pk>/previews/", previews.show_previews, previews.may_preview,
        of=Statement,
    ),
    Screen(
        "answers", "<int:pk>/answers/", answers.show_answers, answers.may_decide, of=Statement,
    ),
    Screen("pause", "<int:pk>/pause/", pause.show_pause, pause.may_pause, of=Statement),
    Screen(
        "comment", "<int:pk>/comment/", comments.add_comment, comments.may_comment,
        of=Statement, post_only=True,
    ),
    Screen(
        "copy", "<int:pk>/copy/", copying.copy_as_draft, copying.may_copy,
        of=Statement, post_only=True,
    ),
    *preview.SCREENS,
    *files.SCREENS,
    *lead_picture.SCREENS,
    Screen(
        "check_links", "<int:pk>/check-links/", before.check_links, before.may_check,
        of=Statement, post_only=True,
    ),
    Screen(
        "part", "<int:pk>/change/<slug:part>/", screen.show_part, screen.may_open, of=Statement,
    ),
)  # fmt: skip


@admin.register(Statement)
class StatementAdmin(PictureAdmin):
    picture_jobs = {
        r"attachments-\d+-file": images.FROM_STAFF,
        lead_picture.FILE_FIELD: lead_pictures.JOB,
    }
    form = StatementForm
    formfield_overrides = FIELDS_OF_ADMIN
    change_form_template = "admin/statements/statement/change_form.html"
    list_display = ("title", "shown_status", "kind", "publish_at", "tally")
    list_display_links = ("title",)
    first_step = _("No statements yet. Write your first one: nobody outside sees a draft.")
    list_filter = ("status", AttentionFilter, "kind")
    search_fields = ("texts__title", "slug")
    ordering = ("-created_at",)
    inlines = screen.ALL_INLINES  # Django's checks read these two; a request gets one part's
    fieldsets = screen.ALL_FIELDSETS

    def get_urls(self) -> list[URLPattern]:
        return [*screen_urls(self, SCREENS), *super().get_urls()]

    # Permissions: which rows a user may see and edit

    def get_queryset(self, request: HttpRequest) -> Any:
        statements: Any = super().get_queryset(request)
        return visible_to(request.user, statements).prefetch_related("texts", "tally_slots")

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        allowed = super().has_view_permission(request, obj)
        return allowed and (obj is None or may_see(request.user, obj))

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        allowed = super().has_change_permission(request, obj)
        return allowed and (obj is None or may_edit(request.user, obj))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        allowed = super().has_delete_permission(request, obj)
        return allowed and (obj is None or (obj.is_unpublished and may_edit(request.user, obj)))

    # The list

    @admin.display(description=_("title"))
    def title(self, statement: Statement) -> str:
        return str(statement)

    @admin.display(description=Statement._meta.get_field("status").verbose_name, ordering="status")
    def shown_status(self, statement: Statement) -> str:
        return statement.state_in_words

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
        return f"{organizations}, {people}{_under_earlier(statement)}"

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        listed = super().get_changelist_instance(request)
        listed.result_list = list(listed.result_list)
        fetch_earlier(listed.result_list)
        return listed

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)  # it would stop at the first published one
        return actions

    # The form

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        fieldsets = screen.fieldsets_for(request, obj)
        return _with_original_named(fieldsets) if obj and not obj.is_unpublished else fieldsets

    def get_inlines(self, request: HttpRequest, obj: Any) -> Any:
        return screen.inlines_for(request)

    def rows_deleted_with_it(self) -> Any:
        return screen.ALL_INLINES

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        # The moment of publication cannot change once it has passed, nor which language is the
        # original once editions of the others say what they translate.
        if obj is None or obj.is_unpublished:
            return ()
        return ("original", "publish_at") if obj.is_public() else ("original",)

    @admin.display(description=_("language"))
    def original(self, statement: Statement) -> str:
        return texts.language_name(statement.language)

    def get_view_on_site_url(self, obj: Any = None) -> str | None:
        return obj.get_absolute_url() if obj is not None and obj.is_public() else None

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "language":
            return texts.language_field(db_field)
        if db_field.name == "next_statement":
            offered = Statement.objects.filter(status__in=Statement.PUBLIC_STATUSES)
            offered = visible_to(request.user, offered).newest_first().prefetch_related("texts")
            return self._chosen_alone(db_field, request, queryset=offered, **kwargs)
        if db_field.name == "topics":
            kwargs |= {"queryset": Topic.objects.named(), "widget": forms.CheckboxSelectMultiple}
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def _chosen_alone(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """A choice of a row without buttons that would lead to adding, changing or deleting it."""
        field: Any = super().formfield_for_dbfield(db_field, request, **kwargs)
        for verb in ("add", "change", "delete", "view"):
            setattr(field.widget, f"can_{verb}_related", False)
        return field

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, *args: Any, **kwargs: Any
    ) -> Any:
        if moved := screen.other_address(request, object_id):
            return redirect(moved)
        return super().changeform_view(request, object_id, *args, **kwargs)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        add_editor_media(request, context)
        if statement := context.get("original"):
            context |= self._statement_context(request, statement)
        return super().render_change_form(request, context, *args, **kwargs)

    def _statement_context(self, request: HttpRequest, statement: Statement) -> dict[str, Any]:
        offered = steps.steps_for(self, request, statement)
        found = before.before_context(request, statement)
        return {
            "statement": statement,
            **screen.screen_context(request, statement, before.marks(found["before"])),
            **found,
            "state_sentence": state.state_sentence(statement),
            "steps": offered,
            "next_step": steps.next_step(request, statement, offered),
            "final_steps": [step for step in offered.values() if step.is_final],
            "public_address": absolute(statement.get_absolute_url()),
            "preview_url": steps.preview_url(request, statement),
            "may_copy": copying.may_copy(self, request, statement),
            "may_preview": previews.may_preview(self, request, statement),
            **comments.conversation_context(self, request, statement),
        }

    # Saving

    def picture_job(self, request: HttpRequest, name: str) -> images.Job | None:
        job = super().picture_job(request, name)
        return lead_picture.focused(job, request.POST) if job is lead_pictures.JOB else job

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        self.require_pictures_read(request)
        if not change:
            obj.created_by = staff(request)
            obj.slug = f"new-{secrets.token_hex(8)}"  # until save_related has stored its title
        if form.has_changed() or not change:
            super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        say_what_was_left_out(request, form, formsets)
        _note_edit(request, form, formsets)
        slugs.follow_title(form.instance)
        # The message that follows names the statement by its new title.
        getattr(form.instance, "_prefetched_objects_cache", {}).pop("texts", None)

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        # A step saves first; where nothing was typed there is nothing to tell.
        if message or steps.FIELD not in request.POST:
            return super().log_change(request, obj, message)
        return None

    def response_add(self, request: HttpRequest, obj: Any, post_url_continue: Any = None) -> Any:
        return super().response_add(_staying(request), obj, post_url_continue)

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        if url := steps.url_after_saving(self, request, obj):
            return redirect(url)
        replacement.warn_of_earlier_words(request, obj)
        return super().response_change(_staying(request), obj)


def _staying(request: HttpRequest) -> HttpRequest:
    """The request as if Django's "Save and continue editing" had been pressed."""
    data: Any = request.POST.copy()
    data["_continue"] = "1"
    request.POST = data
    return request


def _note_edit(request: HttpRequest, form: Any, formsets: Any) -> None:
    """Note when something was changed, and who edited the texts."""
    has_new_texts = any(one.has_changed() for one in formsets if one.prefix == "texts")
    if not (form.has_changed() or any(one.has_changed() for one in formsets)):
        return
    fields: dict[str, Any] = {"edited_by": staff(request)} if has_new_texts else {}
    fields["changed_at"] = timezone.now()
    Statement.objects.filter(pk=form.instance.pk).update(**fields)


def _with_original_named(fieldsets: Any) -> Any:
    """With the name of the original's language in place of the field that chooses it."""
    named = {"language": "original", ("kind", "language"): ("kind", "original")}
    return [
        (title, {**options, "fields": [named.get(field, field) for field in options["fields"]]})
        for title, options in fieldsets
    ]


def _under_earlier(statement: Statement) -> str:
    """ "; under an earlier text: organizations 0, people 2"; "" where nobody signed one."""
    earlier = getattr(statement, "earlier_tally", None)
    if not earlier or not (earlier.organizations or earlier.people):
        return ""
    told = gettext("; under an earlier text: organizations %(organizations)s, people %(people)s")
    return told % {
        "organizations": intcomma(earlier.organizations),
        "people": intcomma(earlier.people),
    }
