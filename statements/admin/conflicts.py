"""Edit conflicts: a save over a newer revision is refused, and its user resolves the difference."""

from dataclasses import dataclass
from typing import Any

from django.contrib.admin.models import LogEntry
from django.contrib.admin.options import get_content_type_for_model
from django.db import connection
from django.db.models import F
from django.http import HttpRequest
from django.utils import timezone
from django.utils.safestring import SafeString

from casa.accounts.models import staff
from casa.lib.diff import word_difference
from casa.lib.html.sanitizer import clean
from statements.admin.formset_rows import rows_in
from statements.admin.texts import WORDS, language_name
from statements.models import Statement, StatementText

MINE, THEIRS = "_save_mine", "_theirs"


@dataclass(frozen=True)
class Difference:
    """The difference between the stored and the submitted value of one field of one text."""

    name: str  # value of the checkbox that keeps the stored one
    language: str
    label: str
    marked: SafeString


@dataclass(frozen=True)
class Conflict:
    """What a user sees whose form was older than the stored revision."""

    revision: int
    saved: LogEntry | None
    texts: list[Difference]
    others: list[str]


def lock_row(request: HttpRequest, object_id: str) -> None:
    """Make the later of two simultaneous saves wait, so that it reads what the first one stored."""
    if request.method == "POST" and object_id.isdecimal() and connection.in_atomic_block:
        list(Statement.objects.select_for_update().filter(pk=object_id).values("pk"))


def apply_decision(request: HttpRequest, object_id: str | None) -> None:
    """Replace the submitted data by what the user chose on the conflict screen, if they did."""
    if request.method == "POST" and object_id and request.POST.get(MINE):
        request.POST = _resolved_data(request, object_id)


def raise_revision(request: HttpRequest, form: Any, formsets: Any) -> None:
    """Count a save that changed something, and record who edited the texts."""
    has_new_texts = any(one.has_changed() for one in formsets if one.prefix == "texts")
    if not (form.has_changed() or any(one.has_changed() for one in formsets)):
        return
    fields: dict[str, Any] = {"edited_by": staff(request)} if has_new_texts else {}
    Statement.objects.filter(pk=form.instance.pk).update(
        revision=F("revision") + 1, changed_at=timezone.now(), **fields
    )


def conflict_context(context: dict[str, Any]) -> dict[str, Any]:
    """`conflict` for the statement's screen, if its form was refused as stale."""
    form = context["adminform"].form
    if not getattr(form, "is_stale", False):
        return {}
    formsets = [inline.formset for inline in context["inline_admin_formsets"]]
    return {"conflict": _conflict(form, formsets)}


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
    # Read again: a form writes the submitted values into its own instances.
    stored = {text.language: text for text in StatementText.objects.filter(statement=statement.pk)}
    found = []
    for form in next((one for one in formsets if one.prefix == "texts"), ()):
        language = form["language"].value() or ""
        text = stored.get(language, StatementText())
        for name in WORDS:
            submitted = form[name].value() or ""
            submitted = (
                clean(submitted) if name == "body" else submitted.replace("\r\n", "\n").strip()
            )
            if submitted != getattr(text, name).strip():
                found.append(
                    Difference(
                        f"{language}.{name}",
                        language_name(language),
                        str(form.fields[name].label),
                        word_difference(getattr(text, name), submitted),
                    )
                )
    return found


def _resolved_data(request: HttpRequest, object_id: str) -> Any:
    """The submitted data for the revision the user was shown, with the stored texts they chose."""
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
