"""Edits as django-simple-history keeps them: a whole row at each save; read here as changes."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from casa.office.history.entries import Change, Entry, Part, name_of

# Nobody types these values, but somebody may ask about them a year later.
ALSO_SHOWN = {"sha256"}
NEVER_SHOWN = {"position", "original_text", "by"}  # who it was, each entry tells


def edits(
    model: type[models.Model], *, nobody: str = "", names: dict[int, str] | None = None,
    file_url: Callable[[Any], str] | None = None, **of: Any,
) -> Iterator[Entry]:  # fmt: skip
    """Each edit of the rows of `model` that match `of`, oldest first; one query.

    `names` gives the names of rows that a foreign key points at; `nobody` is who it was when no
    member of staff was signed in; `file_url` where the file of an old row is.
    """
    history: Any = model.history  # type: ignore[attr-defined]
    rows = history.filter(**of).select_related("history_user").order_by("history_date", "pk")
    shown = list(_shown_fields(model, of))
    before: dict[Any, Any] = {}
    for row in rows:
        earlier = before.get(row.id)
        before[row.id] = row
        changes = tuple(_changes(shown, earlier, row, names or {}))
        if row.history_type == "-" or earlier is None or changes:
            part = _part(model, row, earlier, changes)
            if file_url and earlier and (row.history_type == "-" or row.file != earlier.file):
                part = replace(part, file_url=file_url(earlier))
            yield Entry(
                row.history_date,
                name_of(row.history_user, nobody),
                _("Begun") if earlier is None and "id" in of else _("Edited"),
                parts=(part,),
                kind="edit",
            )


def _shown_fields(model: type[models.Model], of: dict[str, Any]) -> Iterator[models.Field]:
    for field in model._meta.concrete_fields:
        typed = field.editable and not field.primary_key and field.name not in NEVER_SHOWN
        if (typed or field.name in ALSO_SHOWN) and field.attname not in of:
            yield field


def _changes(
    fields: Iterable[models.Field], earlier: Any, row: Any, names: dict[int, str]
) -> Iterator[Change]:
    if row.history_type == "-":
        return
    for field in fields:
        if not hasattr(row, field.attname):
            continue
        new = shown(field, getattr(row, field.attname), names)
        old = shown(field, getattr(earlier, field.attname), names) if earlier else ""
        if old != new and not (earlier is None and getattr(row, field.attname) is False):
            yield Change(capfirst(str(field.verbose_name)), old, new)


def _part(model: type[models.Model], row: Any, earlier: Any, changes: tuple[Change, ...]) -> Part:
    name = capfirst(str(model._meta.verbose_name))
    label = _label(row)
    if label:
        quoted = _("“%(title)s”") % {"title": label}
        name = f"{name} ({label})" if hasattr(row, "body") else f"{name} {quoted}"
    if row.history_type == "-":
        return Part(_("%(part)s: removed") % {"part": name})
    if earlier is None:
        return Part(_("%(part)s: added") % {"part": name}, changes, is_new=True)
    return Part(name, changes)


def _label(row: Any) -> str:
    """How one row is told from its like: its language where it has one, else what it is called."""
    if hasattr(row, "language") and hasattr(row, "body"):
        return dict(settings.LANGUAGES).get(row.language, row.language)
    return str(next((getattr(row, one) for one in ("name", "title") if hasattr(row, one)), ""))


def shown(field: models.Field, value: Any, names: dict[int, str]) -> str:
    """A value as staff read it on the screen."""
    if value is None or value == "":
        return ""
    if isinstance(field, models.ForeignKey):
        return names.get(value, str(value))
    if field.name == "language":
        return dict(settings.LANGUAGES).get(value, value)
    if isinstance(field, models.FileField):
        return Path(str(value)).name
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    return _written(value)


def _written(value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime):
        return date_format(localtime(value), "DATETIME_FORMAT")
    return date_format(value, "DATE_FORMAT") if isinstance(value, date) else str(value)
