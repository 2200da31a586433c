"""The form fields for a day and for a moment, the same on every screen of staff.

They take what the browser's own controls for date and time send, and what people type where there
is none (see `reading`). What is nonsense in all likelihood is asked about: the field then has a box
to tick, "I mean Saturday 5 December 0202". What was typed stays in the field.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone

from casa.lib.moments import reading
from casa.lib.moments.inputs import DayInput, MomentInput
from casa.lib.moments.typed import Typed, day_of, doubt_about, mark, read_moment, shown_moment


def ask(form: forms.BaseForm, name: str, question: str) -> None:
    """Refuse what a day or moment of the form says with `question`, unless its box is ticked."""
    field = form.fields[name]
    value = form.cleaned_data.get(name) if name in form.changed_data else None
    typed = field.widget.value_from_datadict(form.data, form.files, form.add_prefix(name))
    if value is not None and typed.meant != mark(value):
        field.widget.asked_about = value
        form.add_error(name, question)


class _Asked(forms.Field):
    """What both fields share: reading, doubts, and whether anything was changed."""

    def __init__(self, *, asks: bool = True, **kwargs: Any) -> None:
        """`asks` is False where the form has a narrower limit of its own, with its sentence."""
        # What the field was shown with travels in an input of its own.
        kwargs.pop("show_hidden_initial", None)
        super().__init__(**kwargs)
        self.asks = self.widget.asks = asks

    widget: Any

    def prepare_value(self, value: Any) -> Any:
        """As it is: the widget shows it in the site's zone, and carries it whole."""
        return value

    def read(self, value: Any) -> Any:
        raise NotImplementedError

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str):
            value = self._of_text(value)
        if value is None or (isinstance(value, Typed) and not value):
            return None
        try:
            return self.read(value)
        except reading.UnclearError as error:
            raise ValidationError(str(error), code="invalid") from error

    def _of_text(self, text: str) -> Typed:
        raise NotImplementedError

    def clean(self, value: Any) -> Any:
        found = super().clean(value)
        meant = value.meant if isinstance(value, Typed) else ""
        question = doubt_about(found) if found is not None and self.asks else ""
        if question and meant != mark(found):
            raise ValidationError(question, code="doubtful")
        return found

    def has_changed(self, initial: Any, data: Any) -> bool:
        if self.disabled:
            return False
        try:
            found = self.to_python(data)
        except ValidationError:
            return True
        shown = data.shown if isinstance(data, Typed) else ""
        if found is not None and shown:
            return mark(found) != shown
        return self.is_another(initial, found)

    def is_another(self, initial: Any, found: Any) -> bool:
        """Whether it reads differently on the screen."""
        return bool(self._comparable(found) != self._comparable(initial))

    def _comparable(self, value: Any) -> Any:
        if isinstance(value, datetime):
            return timezone.localtime(value).replace(second=0, microsecond=0)
        return value or None


class DayField(_Asked, forms.DateField):
    widget = DayInput

    def read(self, value: Any) -> date:
        if isinstance(value, datetime):
            return day_of(value)
        return value if isinstance(value, date) else reading.read_day(value.day)

    def _of_text(self, text: str) -> Typed:
        return Typed(day=text.strip())


class MomentField(_Asked, forms.DateTimeField):
    widget = MomentInput

    def read(self, value: Any) -> datetime | None:
        return value if isinstance(value, datetime) else read_moment(value)

    def _of_text(self, text: str) -> Typed:
        if shown := shown_moment(Typed(shown=text.strip())):
            return MomentInput().as_typed(shown)
        day, _blank, time = re.sub("(?<=[0-9])T(?=[0-9])", " ", text.strip()).rpartition(" ")
        return Typed(day=day, time=time)


FIELDS_OF_ADMIN: dict[type[models.Field], dict[str, Any]] = {
    models.DateField: {"form_class": DayField, "widget": DayInput},
    models.DateTimeField: {"form_class": MomentField, "widget": MomentInput},
}
"""`formfield_overrides` for the back office; a test looks that every screen of it has them."""
