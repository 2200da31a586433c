"""The form fields for a day and for a moment, the same on every screen of staff.

They take what the browser's own controls for date and time send, and what people type where there
is none (see `reading`). What is nonsense in all likelihood is asked about: the field then has a box
to tick, "I mean Saturday 5 December 0202". What was typed stays in the field.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from casa.lib.moments import reading, words

EARLIEST_YEAR = 1900
YEARS_AHEAD = 2
"""Days before and beyond are asked about."""

_OF_CONTROL = {
    "date": re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}"),
    "time": re.compile(r"[0-9]{2}:[0-9]{2}(:[0-9]{2})?"),
}


@dataclass(frozen=True)
class Typed:
    """What came back from a field: the text, what it was shown with, and what was confirmed."""

    day: str = ""
    time: str = ""
    shown: str = ""
    meant: str = ""

    def __bool__(self) -> bool:
        return bool(self.day or self.time)

    def __str__(self) -> str:
        return f"{self.day} {self.time}".strip()


def doubt_about(value: date | datetime) -> str:
    """A question about a day that hardly anybody means; "" about all others."""
    day, today = _day_of(value), timezone.localdate()
    if day.year < EARLIEST_YEAR:
        return _("That is the year %(year)d. Do you mean it?") % {"year": day.year}
    if day > today + timedelta(days=366 * YEARS_AHEAD):
        years = day.year - today.year
        return _("That is %(years)d years from now. Do you mean it?") % {"years": years}
    return ""


def ask(form: forms.BaseForm, name: str, question: str) -> None:
    """Refuse what a day or moment of the form says with `question`, unless its box is ticked."""
    field = form.fields[name]
    value = form.cleaned_data.get(name) if name in form.changed_data else None
    typed = field.widget.value_from_datadict(form.data, form.files, form.add_prefix(name))
    if value is not None and typed.meant != mark(value):
        field.widget.asked_about = value
        form.add_error(name, question)


def mark(value: date | datetime) -> str:
    """The value as a hidden input carries it, to the microsecond."""
    return value.isoformat()


class DayInput(forms.Widget):
    """`<input type="date">` and, below it, the day in words."""

    supports_microseconds = True
    asked_about: date | datetime | None = None
    asks = True

    class Media:
        js = ("casa/admin-moments.js",)

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Typed:
        return Typed(
            day=_text(data, name),
            shown=_text(data, f"{name}_shown"),
            meant=_text(data, f"{name}_meant"),
        )

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return name not in data

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        typed = value if isinstance(value, Typed) else self.as_typed(value)
        attrs = self.build_attrs(self.attrs, attrs)
        return format_html(
            '<span class="moment" data-zone="{}">{}{}{}</span>',
            words.zone_name(),
            self.inputs(name, typed, attrs),
            self._hidden(name, typed),
            self._told(name, typed, attrs),
        )

    def as_typed(self, value: Any) -> Typed:
        if value in (None, ""):
            return Typed()
        if isinstance(value, datetime):
            value = timezone.localtime(value).date()
        if not isinstance(value, date):
            return Typed(day=str(value))
        return Typed(value.isoformat(), shown=mark(value), meant=mark(value))

    def as_posted(self, name: str, value: Any) -> dict[str, str]:
        """What a browser posts of it that shows `value`, where nobody touched it."""
        typed = self.as_typed(value)
        return {name: typed.day, f"{name}_shown": typed.shown, f"{name}_meant": typed.meant}

    def inputs(self, name: str, typed: Typed, attrs: dict[str, Any]) -> SafeString:
        return _input("date", name, typed.day, attrs)

    def understood(self, typed: Typed) -> date | datetime | None:
        """What the field shows, where it can be read."""
        try:
            return reading.read_day(typed.day) if typed.day else None
        except reading.UnclearError:
            return None

    def _hidden(self, name: str, typed: Typed) -> SafeString | str:
        if not typed.shown:
            return ""
        return format_html('<input type="hidden" name="{}_shown" value="{}">', name, typed.shown)

    def _told(self, name: str, typed: Typed, attrs: dict[str, Any]) -> SafeString:
        value = self.understood(typed)
        question: SafeString | str = ""
        if value is not None and (self.asked_about or (self.asks and doubt_about(value))):
            question = self._question(name, self.asked_about or value, typed)
        told = self.in_words(value) if value else ""
        return format_html('<output class="moment-words">{}</output>{}', told, question)

    def _question(self, name: str, value: date | datetime, typed: Typed) -> SafeString:
        return format_html(
            '<label class="moment-question"><input type="checkbox" name="{}_meant" value="{}"{}>'
            " {}</label>",
            name,
            mark(value),
            mark_safe(" checked") if typed.meant == mark(value) else "",
            _("Yes, I mean %(moment)s") % {"moment": self.in_words(value)},
        )

    def in_words(self, value: date | datetime) -> str:
        return words.day_in_words(value)


class MomentInput(DayInput):
    """A day and a time beside it; below them the moment in words, with the offset of that day."""

    use_fieldset = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Typed:
        return Typed(
            day=_text(data, f"{name}_0"),
            time=_text(data, f"{name}_1"),
            shown=_text(data, f"{name}_shown"),
            meant=_text(data, f"{name}_meant"),
        )

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return f"{name}_0" not in data and f"{name}_1" not in data

    def id_for_label(self, id_: str) -> str:
        return f"{id_}_0" if id_ else id_

    def as_typed(self, value: Any) -> Typed:
        if not isinstance(value, datetime):
            return super().as_typed(value)
        local = timezone.localtime(value) if timezone.is_aware(value) else value
        stored = mark(value)
        return Typed(local.date().isoformat(), f"{local:%H:%M}", shown=stored, meant=stored)

    def as_posted(self, name: str, value: Any) -> dict[str, str]:
        typed = self.as_typed(value)
        moment = {f"{name}_0": typed.day, f"{name}_1": typed.time}
        return {**moment, f"{name}_shown": typed.shown, f"{name}_meant": typed.meant}

    def inputs(self, name: str, typed: Typed, attrs: dict[str, Any]) -> SafeString:
        id_ = attrs.pop("id", "")
        day, time = ({"id": f"{id_}_{number}"} if id_ else {} for number in (0, 1))
        return format_html(
            "{} {}",
            _input("date", f"{name}_0", typed.day, {**attrs, **day, "aria-label": _("Day")}),
            _input("time", f"{name}_1", typed.time, {**attrs, **time, "aria-label": _("Time")}),
        )

    def understood(self, typed: Typed) -> datetime | None:
        try:
            return read_moment(typed)
        except reading.UnclearError:
            return None

    def in_words(self, value: date | datetime) -> str:
        assert isinstance(value, datetime)  # noqa: S101 - for the type checker
        local = timezone.localtime(value)
        return f"{words.day_in_words(local)}, {local:%H:%M} ({words.offset_in_words(value)})"


def _text(data: Any, name: str) -> str:
    return str(data.get(name) or "").strip()


def _input(kind: str, name: str, value: str, attrs: dict[str, Any]) -> SafeString:
    """The browser's control; a plain field for a text that the control would not show."""
    example = reading.example_day().isoformat() if kind == "date" else "18:30"
    is_shown = not value or _OF_CONTROL[kind].fullmatch(value)
    all_attrs = {
        "type": kind if is_shown else "text", "name": name, "value": value,
        "placeholder": example, "autocomplete": "off",
        **({"step": "1"} if kind == "time" and len(value) > 5 else {}),
        **attrs,
    }  # fmt: skip
    pairs = [(key, val) for key, val in all_attrs.items() if val not in (False, None, "")]
    return format_html("<input{}>", format_html_join("", "{}", ((_attr(*one),) for one in pairs)))


def _attr(name: str, value: Any) -> SafeString:
    return format_html(" {}", name) if value is True else format_html(' {}="{}"', name, value)


def read_moment(typed: Typed) -> datetime | None:
    """The moment that was typed, None for none; what the field was shown with, if that is it.

    Raises UnclearError.
    """
    if not typed:
        return None
    if not typed.day:
        raise reading.UnclearError(_("Enter the day too."))
    if not typed.time:
        raise reading.UnclearError(_("Enter the time too, such as 09:00 or 18:30."))
    day, time = _read_both(typed)
    shown = _shown(typed)
    if shown is not None:
        local = timezone.localtime(shown)
        if (local.date(), f"{local:%H:%M}") == (day, _clock(time)):
            return shown
    return reading.moment(day, time)


def _read_both(typed: Typed) -> tuple[date, timedelta]:
    """The day and the time; what is unclear of both is said at once."""
    try:
        day = reading.read_day(typed.day)
    except reading.UnclearError as error:
        try:
            reading.read_time(typed.time)
        except reading.UnclearError as other:
            raise reading.UnclearError(f"{error} {other}") from other
        raise
    return day, reading.read_time(typed.time)


def _clock(time: timedelta) -> str:
    minutes, seconds = divmod(int(time.total_seconds()), 60)
    return f"{minutes // 60:02}:{minutes % 60:02}" if not seconds else ""


def _shown(typed: Typed) -> datetime | None:
    try:
        shown = parse_datetime(typed.shown)
    except ValueError:
        return None
    return shown if shown is not None and timezone.is_aware(shown) else None


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


def _day_of(value: date | datetime) -> date:
    return timezone.localtime(value).date() if isinstance(value, datetime) else value


class DayField(_Asked, forms.DateField):
    widget = DayInput

    def read(self, value: Any) -> date:
        if isinstance(value, datetime):
            return _day_of(value)
        return value if isinstance(value, date) else reading.read_day(value.day)

    def _of_text(self, text: str) -> Typed:
        return Typed(day=text.strip())


class MomentField(_Asked, forms.DateTimeField):
    widget = MomentInput

    def read(self, value: Any) -> datetime | None:
        return value if isinstance(value, datetime) else read_moment(value)

    def _of_text(self, text: str) -> Typed:
        if shown := _shown(Typed(shown=text.strip())):
            return MomentInput().as_typed(shown)
        day, _blank, time = re.sub("(?<=[0-9])T(?=[0-9])", " ", text.strip()).rpartition(" ")
        return Typed(day=day, time=time)


FIELDS_OF_ADMIN: dict[type[models.Field], dict[str, Any]] = {
    models.DateField: {"form_class": DayField, "widget": DayInput},
    models.DateTimeField: {"form_class": MomentField, "widget": MomentInput},
}
"""`formfield_overrides` for the back office; a test looks that every screen of it has them."""
