"""The screen on which staff write an update to signers; `sending` sends it."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin
from django.forms import BaseInlineFormSet
from django.http import HttpRequest
from django.shortcuts import redirect
from django.urls import URLPattern
from django.utils import translation
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _

from casa.accounts.models import staff
from casa.lib.admin import EditorMediaMixin, OfficeAdmin, screen_urls
from casa.lib.keys import primary_key
from signatories.admin.sending import SCREENS
from signatories.mailings import update_mails
from signatories.models import UpdateMailing, UpdateWords
from statements.models import Statement, Update

State = UpdateMailing.State


class WordsForm(forms.ModelForm):
    def has_changed(self) -> bool:
        """Whether there are words: prepared ones count without a touch, a language alone not."""
        if self.instance.pk:
            return super().has_changed()
        typed = (self.data.get(self.add_prefix(name), "") for name in ("subject", "body"))
        return any(strip_tags(text).strip() for text in typed)


class WordsFormSet(BaseInlineFormSet):
    """One form for each language of the site; only the statement's own, or another, is needed."""

    def clean(self) -> None:
        super().clean()
        if any(self.errors):
            return
        written = [
            form.cleaned_data["language"]
            for form in self.forms
            if form.cleaned_data.get("subject") and not form.cleaned_data.get("DELETE")
        ]
        if not written:
            raise forms.ValidationError(_("Write the news in one language at least."))


class WordsInline(admin.StackedInline):
    model = UpdateWords
    form = WordsForm
    formset = WordsFormSet
    fields = ("language", "subject", "body")

    def get_extra(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> int:
        return 0 if obj is not None and obj.state != State.DRAFT else self._missing(obj)

    def get_max_num(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> int:
        return len(settings.LANGUAGES)

    def _missing(self, mailing: UpdateMailing | None) -> int:
        return len(settings.LANGUAGES) - (mailing.words.count() if mailing and mailing.pk else 0)

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "language":
            return forms.ChoiceField(
                choices=settings.LANGUAGES,
                label=db_field.verbose_name.capitalize(),
                help_text=db_field.help_text,
                initial=settings.LANGUAGE_CODE,
            )
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return _is_open(obj) and super().has_add_permission(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return _is_open(obj) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return _is_open(obj) and super().has_delete_permission(request, obj)


def _is_open(mailing: UpdateMailing | None) -> bool:
    """Whether its words may change: what has begun to leave stays as it is."""
    return mailing is None or mailing.state == State.DRAFT


@admin.register(UpdateMailing)
class UpdateMailingAdmin(EditorMediaMixin, OfficeAdmin):
    change_form_template = "admin/signatories/updatemailing/change_form.html"
    list_display = ("subject", "statement", "kind", "state", "queued", "leaves_at")
    first_step = _("No news yet. Write it, look at it, and send it to signers who asked for it.")
    list_filter = ("state", "kind")
    list_select_related = ("statement",)
    fields = ("statement", "kind")
    inlines = (WordsInline,)

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).prefetch_related("words", "statement__texts")

    @admin.display(description=_("subject"))
    def subject(self, mailing: UpdateMailing) -> str:
        return str(mailing)

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "statement":
            public = Statement.objects.public().newest_first()
            kwargs["queryset"] = public.prefetch_related("texts")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def get_form(self, request: HttpRequest, obj: Any = None, *args: Any, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, *args, **kwargs)
        if "statement" in form.base_fields:  # chosen here, and written elsewhere
            widget = form.base_fields["statement"].widget
            widget.can_add_related = widget.can_change_related = False
            widget.can_delete_related = widget.can_view_related = False
        return form

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("statement",) if obj is not None else ()

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return _is_open(obj) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return _is_open(obj) and super().has_delete_permission(request, obj)

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)  # it would stop at the first one that was sent
        return actions

    def get_formset_kwargs(
        self, request: HttpRequest, obj: Any, inline: Any, prefix: str
    ) -> dict[str, Any]:
        given = super().get_formset_kwargs(request, obj, inline, prefix)
        given["initial"] = _prepared(request) if obj.pk is None else _missing(obj)
        return given

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if not change:
            obj.created_by = staff(request)
            key = request.GET.get("update", "")
            updates_of = Update.objects.filter(statement=obj.statement)
            obj.update = updates_of.filter(pk=primary_key(key)).first()
        super().save_model(request, obj, form, change)

    def response_add(self, request: HttpRequest, obj: Any, *args: Any, **kwargs: Any) -> Any:
        if "_save" in request.POST:
            return redirect("admin:signatories_updatemailing_send", obj.pk)
        return super().response_add(request, obj, *args, **kwargs)

    def change_view(self, request: HttpRequest, object_id: str, *args: Any, **kwargs: Any) -> Any:
        mailing = self.get_object(request, object_id)
        if request.method == "GET" and self.has_view_permission(request) and not _is_open(mailing):
            return redirect("admin:signatories_updatemailing_send", object_id)  # words as mailed
        return super().change_view(request, object_id, *args, **kwargs)

    def get_urls(self) -> list[URLPattern]:
        return [*screen_urls(self, SCREENS), *super().get_urls()]


def _missing(mailing: UpdateMailing) -> list[dict[str, str]]:
    """The languages of the empty forms."""
    written = {words.language for words in mailing.words.all()}
    return [{"language": code} for code, _name in settings.LANGUAGES if code not in written]


def _prepared(request: HttpRequest) -> list[dict[str, str]]:
    """What stands in each language's form at first: an update's words, or prepared thanks."""
    key = request.GET.get("update", "")
    update = Update.objects.filter(pk=primary_key(key)).first()
    found = []
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            words = update_mails.prepared_words(request.GET.get("kind", ""), code)
        if update is not None and update.language == code:
            words |= {"subject": update.title, "body": update.body}
        found.append(words)
    return found
