"""Values of form fields: kept in a token, compared, posted, shown."""

import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.core.exceptions import ValidationError
from django.core.files import File
from django.db.models import Model, QuerySet
from django.forms.widgets import CheckboxInput, ChoiceWidget, FileInput, MultiWidget
from django.utils.dateparse import parse_date, parse_datetime, parse_time
from django.utils.formats import date_format
from django.utils.html import strip_tags
from django.utils.timezone import is_aware, localtime
from django.utils.translation import gettext
from django_prose_editor.fields import ProseEditorFormField

from casa.lib.html.sanitizer import clean
from casa.lib.moments.fields import DayField, MomentField
from casa.lib.moments.inputs import DayInput


def packed(value: Any) -> Any:
    """`value` as JSON can hold it."""
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, Model):
        return packed(value.pk)
    if isinstance(value, File):
        return value.name or ""
    for kind, name in ((datetime, "moment"), (date, "day"), (time, "time")):
        if isinstance(value, kind):
            return {name: value.isoformat()}
    if isinstance(value, list | tuple | set | QuerySet):
        return [packed(one) for one in value]
    return str(value)


def unpacked(value: Any) -> Any:
    """What was packed; a row as its primary key, a file as its name."""
    if isinstance(value, list):
        return [unpacked(one) for one in value]
    if not isinstance(value, dict):
        return value
    readers = {"moment": parse_datetime, "day": parse_date, "time": parse_time}
    (name, text), *_rest = value.items()
    return readers[name](text)


def are_same(one: Any, other: Any) -> bool:
    """Whether two packed values are the same; the order of chosen rows says nothing."""
    return _comparable(one) == _comparable(other)


def _comparable(value: Any) -> Any:
    if value is None:
        return ""
    if isinstance(value, list):
        return sorted(map(str, value))
    if isinstance(value, dict) and "moment" in value:
        return parse_datetime(value["moment"])
    return _plain(value) if isinstance(value, str) else value


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n").strip()


def is_text(field: forms.Field) -> bool:
    """Whether it holds words, of which two versions can stand one after the other."""
    kinds = (forms.URLField, forms.EmailField, forms.FileField)
    return isinstance(field, forms.CharField) and not isinstance(field, kinds)


def is_rich(field: forms.Field) -> bool:
    return isinstance(field, ProseEditorFormField)


def posted(form: forms.BaseForm, name: str) -> Any:
    """What was posted for a field, as its widget reads it."""
    widget = form.fields[name].widget
    return widget.value_from_datadict(form.data, form.files, form.add_prefix(name))


def is_posted(form: forms.BaseForm, name: str) -> bool:
    widget = form.fields[name].widget
    return not widget.value_omitted_from_data(form.data, form.files, form.add_prefix(name))


def is_changed(field: forms.Field, initial: Any, data: Any) -> bool:
    """Whether `data`, as posted, differs from `initial` for somebody who reads both."""
    if isinstance(field, forms.FileField):
        return not field.disabled and (bool(data) or data is False)
    if is_rich(field):
        return _markup(initial) != _markup(data)
    if isinstance(field, DayField | MomentField):
        found = understood(field, data)
        return found is data or field.is_another(initial, found)
    initial, data = (_plain(one) if isinstance(one, str) else one for one in (initial, data))
    try:
        return bool(field.has_changed(initial, data))
    except ValidationError:
        return True


def _markup(html: Any) -> str:
    return re.sub(r">\s+<", "><", clean(html or ""))


def put(form: forms.BaseForm, name: str, value: Any) -> None:
    """Have the form be posted with `value`, as if nobody had touched the field."""
    field = form.fields[name]
    for html_name, values in _as_posted(
        field.widget, form.add_prefix(name), field.prepare_value(value)
    ):
        if values is None:
            form.data.pop(html_name, None)  # type: ignore[attr-defined]
        else:
            form.data.setlist(html_name, values)  # type: ignore[attr-defined]


def as_posted(form: forms.BaseForm) -> dict[str, list[str]]:
    """What a browser posts of a form that nobody touched."""
    found: dict[str, list[str]] = {}
    for name, field in form.fields.items():
        value = field.prepare_value(form[name].initial)
        given = _as_posted(field.widget, form.add_prefix(name), value)
        found |= {html_name: texts for html_name, texts in given if texts is not None}
    return found


def _as_posted(
    widget: forms.Widget, name: str, value: Any
) -> Iterator[tuple[str, list[str] | None]]:
    if isinstance(widget, RelatedFieldWidgetWrapper):
        yield from _as_posted(widget.widget, name, value)
    elif isinstance(widget, DayInput):
        yield from (
            (html_name, [text]) for html_name, text in widget.as_posted(name, value).items()
        )
    elif isinstance(widget, FileInput):
        return
    elif isinstance(widget, MultiWidget):
        parts = value if isinstance(value, list | tuple) else widget.decompress(value) or ()
        suffixes = widget.widgets_names  # type: ignore[attr-defined]
        for part, suffix, one in zip(widget.widgets, suffixes, parts, strict=False):
            yield from _as_posted(part, name + suffix, one)
    elif isinstance(widget, CheckboxInput):
        yield name, ["on"] if widget.check_test(value) else None
    elif isinstance(widget, ChoiceWidget):
        yield name, widget.format_value(value) or None
    else:
        shown_value = widget.format_value(value)
        yield name, ["" if shown_value is None else str(shown_value)]


def shown(field: forms.Field, value: Any) -> str:
    """A value as staff read it on the screen; markup as its words."""
    if value is None or value in ("", []):
        return ""
    if isinstance(field, forms.ModelChoiceField):
        return _names(field, value)
    if isinstance(field, forms.ChoiceField):
        labels = {str(key): str(label) for key, label in flat(field.choices)}
        return ", ".join(labels.get(str(one), str(one)) for one in _each(value))
    if isinstance(field, forms.FileField):
        return str(value).rpartition("/")[2]
    return strip_tags(clean(value)) if is_rich(field) else _written(value)


def _written(value: Any) -> str:
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(value, datetime):
        return date_format(localtime(value) if is_aware(value) else value, "DATETIME_FORMAT")
    return date_format(value, "DATE_FORMAT") if isinstance(value, date) else str(value)


def _names(field: forms.ModelChoiceField, value: Any) -> str:
    keys = [getattr(one, "pk", one) for one in _each(value)]
    try:
        rows = field.queryset.filter(pk__in=keys) if field.queryset is not None else ()
        return ", ".join(field.label_from_instance(row) for row in rows)
    except (TypeError, ValueError):
        return ""


def _each(value: Any) -> Iterable[Any]:
    return value if isinstance(value, list | tuple | set | QuerySet) else [value]


def flat(choices: Any) -> Iterator[tuple[Any, Any]]:
    for key, label in choices:
        if isinstance(label, list | tuple):
            yield from label
        else:
            yield key, label


def understood(field: forms.Field, data: Any) -> Any:
    """What was posted as the field understands it; as it was typed where it does not."""
    try:
        return field.to_python(data)
    except (ValidationError, TypeError, ValueError):
        return data
