"""Change forms of the back office in which nobody's change is undone unseen."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, models
from django.forms.models import _get_foreign_key
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from casa.lib.concurrent_edits import opened, rules, typed, values
from casa.lib.concurrent_edits.forms import MeetingMainForm, MeetingRowForm, meeting
from casa.lib.concurrent_edits.opened import Opened
from casa.lib.concurrent_edits.rows import MeetingFormSet
from casa.lib.concurrent_edits.unique import UniqueRowsFormSet

SEEN = "_seen"  # the field that says what the page that asks before deleting showed


class ConcurrentEditsAdmin(ModelAdmin):
    """Forms carry what they were opened with, and meet what is stored when they are saved.

    It is driven by the forms, so a screen may have any part of the fields and inlines.
    """

    # Making the forms

    def get_form(self, request: HttpRequest, obj: Any = None, *args: Any, **options: Any) -> Any:
        if obj is not None:
            options["form"] = meeting(options.get("form", self.form), MeetingMainForm)
        made: Any = super().get_form(request, obj, *args, **options)
        made.reader = request.user.pk
        return made

    def get_formsets_with_inlines(
        self, request: HttpRequest, obj: Any = None
    ) -> Iterator[tuple[Any, Any]]:
        for inline in self.get_inline_instances(request, obj):
            made: Any
            if obj is None or not inline.has_change_permission(request, obj):
                made = inline.get_formset(request, obj)
                yield type("UniqueRows", (UniqueRowsFormSet, made), {}), inline
                continue
            form = meeting(inline.form, MeetingRowForm)
            made = inline.get_formset(request, obj, form=form)
            made.form.reader = request.user.pk
            yield type("MeetingRows", (MeetingFormSet, made), {}), inline

    # The row

    def get_object(self, request: HttpRequest, object_id: str, from_field: Any = None) -> Any:
        """Locked while its form is saved; None if it is no longer what the form was opened with."""
        if request.method != "POST" or opened.NAME not in request.POST:
            return super().get_object(request, object_id, from_field)
        self._lock(object_id)
        found = super().get_object(request, object_id, from_field)
        was = self._was_opened(request, object_id)
        is_other = (
            found is not None
            and was is not None
            and (was.identity != rules.of(self.model).identity(found))
        )
        return None if is_other else found

    def _lock(self, object_id: str) -> None:
        """Make the later of two simultaneous saves wait, so that it reads what the first stored."""
        try:
            pk = self.opts.pk.to_python(object_id)
        except ValidationError:
            return
        if connection.in_atomic_block:
            rows = self.model._base_manager.filter(pk=pk)
            list(rows.select_for_update(no_key=True).values_list("pk"))

    def _was_opened(self, request: HttpRequest, object_id: str) -> Opened | None:
        return opened.read(request.POST, f"{self.opts.label_lower}:{unquote(object_id)}")

    # Showing and saving

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, *args: Any, **options: Any
    ) -> Any:
        """Shows what was typed where a change is no longer possible that was when it began."""
        try:
            return super().changeform_view(request, object_id, *args, **options)
        except PermissionDenied:
            if object_id is None or request.method != "POST":
                raise
            if not self._was_opened(request, object_id):
                raise
            if not super().has_change_permission(request):
                raise
            return self._show_typed(request, object_id, is_there=True)

    def _get_obj_does_not_exist_redirect(
        self, request: HttpRequest, opts: Any, object_id: str
    ) -> HttpResponse:
        if request.method == "POST" and opened.NAME in request.POST:
            return self._show_typed(request, object_id, is_there=False)
        return super()._get_obj_does_not_exist_redirect(request, opts, object_id)  # type: ignore[misc]

    def _show_typed(self, request: HttpRequest, object_id: str, *, is_there: bool) -> HttpResponse:
        inlines = [inline.model for inline in self.get_inline_instances(request)]
        was = self._was_opened(request, object_id)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Nothing was saved"),
            "is_there": is_there,
            "typed": list(typed.words(self.model, inlines, request.POST, was)),
        }
        return TemplateResponse(request, "admin/conflicts/gone.html", context, status=409)

    # Deleting

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """None that deletes many: each has a page of its own, which says what was seen."""
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)
        return actions

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> Any:
        """Deletes what was shown; what somebody changed since is shown once more."""
        row = self.get_object(request, unquote(object_id))
        if row is not None and self.has_delete_permission(request, row):
            mark = self._mark(request, row)
            if request.method == "POST" and request.POST.get(SEEN) != mark:
                told = _("Somebody changed it after this page was opened. Look again.")
                self.message_user(request, told, messages.WARNING)
                return redirect(request.get_full_path())
            extra_context = {**(extra_context or {}), "seen": mark}
        return super().delete_view(request, object_id, extra_context)

    def rows_deleted_with_it(self) -> Sequence[Any]:
        """The inlines whose rows people typed, on whichever screen."""
        return self.inlines

    def _mark(self, request: HttpRequest, row: models.Model) -> str:
        """Stands for the record and the rows that go with it, as they are now."""
        found = [_typed_values(row, self.get_readonly_fields(request, row))]
        for inline in self.rows_deleted_with_it():
            key: Any = _get_foreign_key(self.model, inline.model, inline.fk_name)
            rows = inline.model._base_manager.filter(**{key.name: row.pk}).order_by("pk")
            found += [_typed_values(one, ()) for one in rows]
        return opened.digest(found)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **options: Any
    ) -> HttpResponse:
        form, row = context["adminform"].form, context.get("original")
        if isinstance(form, MeetingMainForm) and row is not None:
            formsets = [inline.formset for inline in context["inline_admin_formsets"]]
            context["opened"] = token_of(form, formsets, row)
            context["conflicts"] = list(_conflicts(form, formsets))
            changes = [one.change for one in context["conflicts"]]
            context["are_own"] = all(change and change.is_own for change in changes)
            self._tell(request, form, formsets)
        return super().render_change_form(request, context, *args, **options)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Writes only the fields of a stored row that this person changed."""
        if not change:
            super().save_model(request, obj, form, change)
        elif fields := changed_columns(obj):
            obj.save(update_fields=fields)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        self._tell(request, form, formsets)

    def _tell(self, request: HttpRequest, form: Any, formsets: Any) -> None:
        """Say in a sentence what the owner of the row did since the form was opened."""
        if not isinstance(form, MeetingMainForm) or form.was_opened is None:
            return
        told = list(form.told)
        for formset in formsets:
            for one in formset.forms:
                told += getattr(one, "told", ())
        told += rules.of(self.model).news(form.instance, form.was_opened.at)
        for sentence in told:
            self.message_user(request, sentence, messages.WARNING)


def _typed_values(row: models.Model, left_out: Sequence[Any]) -> list[Any]:
    """What people typed in a row, packed; not what the site notes in it."""
    columns = [one for one in row._meta.concrete_fields if one.editable]
    many = [one for one in row._meta.many_to_many if one.editable]
    kept = [one for one in (*columns, *many) if one.name not in left_out]
    return [values.packed(one.value_from_object(row)) for one in kept]


def token_of(form: Any, formsets: Any, row: models.Model) -> str:
    rows = {str(one.prefix): one.snapshot() for one in formsets if isinstance(one, MeetingFormSet)}
    identity = rules.of(type(row)).identity(row)
    return Opened(timezone.now(), identity, form.snapshot(), rows).token(row)


def _conflicts(form: Any, formsets: Any) -> Iterator[Any]:
    yield from form.conflicts
    for formset in formsets:
        yield from getattr(formset, "conflicts", ())
        for one in formset.forms:
            yield from getattr(one, "conflicts", ())


def changed_columns(row: models.Model) -> list[str]:
    """The columns in which a row differs from what is stored, with those that date a save."""
    stored = type(row)._base_manager.get(pk=row.pk)
    columns = [one for one in row._meta.concrete_fields if not one.primary_key]
    changed = [
        one.name for one in columns if getattr(stored, one.attname) != getattr(row, one.attname)
    ]
    dated = [one.name for one in columns if getattr(one, "auto_now", False)]
    return [*changed, *dated] if changed else []
