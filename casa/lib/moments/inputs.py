"""The widgets for a day and for a moment: the browser's own controls, and below them the words."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from casa.lib.moments import reading, words
from casa.lib.moments.typed import Typed, doubt_about, mark, read_moment

_OF_CONTROL = {
    "date": re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}"),
    "time": re.compile(r"[0-9]{2}:[0-9]{2}(:[0-9]{2})?"),
}


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
            self._words_below(name, typed, attrs),
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

    def _words_below(self, name: str, typed: Typed, attrs: dict[str, Any]) -> SafeString:
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
