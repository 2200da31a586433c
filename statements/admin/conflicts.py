"""Two people in one draft: the second to save is told, sees the difference, and decides."""

from dataclasses import dataclass
from typing import Any

from django.contrib.admin.models import LogEntry
from django.contrib.admin.options import get_content_type_for_model
from django.db import connection
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.safestring import SafeString

from casa.accounts.models import staff
from casa.lib.diff import word_difference
from casa.lib.html.sanitizer import clean
from statements.admin.posted import rows_in
from statements.admin.texts import WORDS, language_name
from statements.models import Statement, StatementText

MINE, THEIRS = "_save_mine", "_theirs"


@dataclass(frozen=True)
class Difference:
    """One field of one text: from the words that are stored to those that were typed."""

    name: str  # as in the checkbox that keeps the stored ones
    language: str
    label: str
    marked: SafeString


@dataclass(frozen=True)
class Conflict:
    """What a member of staff is shown whose screen was older than what is stored."""

    revision: int
    saved: LogEntry | None
    texts: list[Difference]
    others: list[str]


class ConflictMixin:
    """Refuses to save what was typed over a revision that its writer has not seen."""

    def get_object(self, request: HttpRequest, object_id: str, from_field: Any = None) -> Any:
        if request.method == "POST" and object_id.isdecimal() and connection.in_atomic_block:
            # Whoever posts second waits here, and then sees what the first one saved.
            list(Statement.objects.select_for_update().filter(pk=object_id).values("pk"))
        return super().get_object(request, object_id, from_field)  # type: ignore[misc]

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        if request.method == "POST" and object_id and request.POST.get(MINE):
            request.POST = _decided(request, object_id)
        return super().changeform_view(request, object_id, *args, **kwargs)  # type: ignore[misc]

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        words = any(formset.has_changed() for formset in formsets if formset.prefix == "texts")
        changed = words or form.has_changed() or any(one.has_changed() for one in formsets)
        super().save_related(request, form, formsets, change)  # type: ignore[misc]
        if changed:
            fields: dict[str, Any] = {"edited_by": staff(request)} if words else {}
            Statement.objects.filter(pk=form.instance.pk).update(
                revision=F("revision") + 1, changed_at=timezone.now(), **fields
            )

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        form = context["adminform"].form
        if getattr(form, "is_stale", False):
            formsets = [inline.formset for inline in context["inline_admin_formsets"]]
            context["conflict"] = _conflict(form, formsets)
        return super().render_change_form(request, context, *args, **kwargs)  # type: ignore[misc]


def _conflict(form: Any, formsets: list[Any]) -> Conflict:
    statement = form.instance
    saved = LogEntry.objects.filter(
        content_type=get_content_type_for_model(statement), object_id=str(statement.pk)
    ).select_related("user")
    others = [str(form.fields[name].label) for name in form.changed_data if name != "revision"]
    others += [
        str(formset.model._meta.verbose_name_plural)
        for formset in formsets
        if formset.prefix != "texts" and formset.has_changed()
    ]
    return Conflict(form.stored_revision, saved.first(), _differences(statement, formsets), others)


def _differences(statement: Statement, formsets: list[Any]) -> list[Difference]:
    # Asked anew: a form writes what was typed into the rows that it was made of.
    stored = {text.language: text for text in StatementText.objects.filter(statement=statement.pk)}
    found = []
    for form in next((one for one in formsets if one.prefix == "texts"), ()):
        language = form["language"].value() or ""
        text = stored.get(language, StatementText())
        for name in WORDS:
            typed = form[name].value() or ""
            typed = clean(typed) if name == "body" else typed.replace("\r\n", "\n").strip()
            if typed != getattr(text, name).strip():
                found.append(
                    Difference(
                        f"{language}.{name}",
                        language_name(language),
                        str(form.fields[name].label),
                        word_difference(getattr(text, name), typed),
                    )
                )
    return found


def _decided(request: HttpRequest, object_id: str) -> Any:
    """What was posted, over the newest revision its writer was shown, with theirs where chosen."""
    data = request.POST.copy()
    data["revision"] = request.POST[MINE]
    keep = {tuple(name.partition(".")[::2]) for name in data.getlist(THEIRS)}
    if not (keep and object_id.isdecimal()):
        return data
    stored = {
        text.language: text for text in StatementText.objects.filter(statement_id=int(object_id))
    }
    for number, row in rows_in(data, "texts").items():
        language = row.get("language", [""])[0]
        text = stored.get(language, StatementText())
        for name in WORDS:
            if (language, name) in keep:
                data[f"texts-{number}-{name}"] = getattr(text, name)
    return data
