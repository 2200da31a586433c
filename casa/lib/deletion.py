"""What deleting a row would take along, what would stay without it, and what forbids it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import CASCADE, DO_NOTHING, PROTECT, Model
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalChanges

COUNTED = 1000
"""So many are counted; beyond, the number says no more than that there are many."""

HISTORY = _("entries in the history")
OTHERS = _("other entries")

Label = str | Promise
Numbers = dict[Label, int]


@dataclass
class Consequences:
    """Numbers of rows by what they are called, for people."""

    deleted: Numbers = field(default_factory=dict)
    kept: Numbers = field(default_factory=dict)
    hindering: Numbers = field(default_factory=dict)


def consequences(row: Model) -> Consequences:
    """The rows that point to `row`. Rows that staff never see by name are not listed."""
    found = Consequences()
    for model, name, on_delete in _pointing_at(row):
        number = model._base_manager.filter(**{name: row.pk})[:COUNTED].count()
        if not number:
            continue
        label = _label(model)
        if model._meta.auto_created:  # a row between two, of which the other one stays
            _add(found.kept, label, number)
        elif on_delete is CASCADE:
            if label is not OTHERS:
                _add(found.deleted, label, number)
        elif on_delete is PROTECT:
            _add(found.hindering, label, number)
        else:
            _add(found.kept, label, number)
    return found


def _add(numbers: Numbers, label: Label, number: int) -> None:
    numbers[label] = numbers.get(label, 0) + number


def _pointing_at(row: Model) -> Iterator[tuple[Any, str, Any]]:
    """(model, name of the field, what it does) of every foreign key to rows like this one."""
    fields: Any = row._meta.get_fields(include_hidden=True)
    for one in fields:
        if not (one.auto_created and not one.concrete and (one.one_to_many or one.one_to_one)):
            continue
        model: Any = one.related_model
        if issubclass(model, HistoricalChanges) and one.on_delete is DO_NOTHING:
            continue  # the history of what is deleted, or a copy of who had begun something
        if model._meta.auto_created is row._meta.model:
            continue  # what it chose itself
        yield model, one.field.name, one.on_delete


def _label(model: Any) -> Label:
    if issubclass(model, HistoricalChanges):
        return HISTORY
    named = model._meta.auto_created or model
    is_named = "verbose_name_plural" in named._meta.original_attrs
    label: Label = named._meta.verbose_name_plural
    return label if is_named else OTHERS
