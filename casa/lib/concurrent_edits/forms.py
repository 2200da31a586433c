"""Forms that meet what is stored now: each field three ways."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from django import forms
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db.models import Model
from django.forms.models import InlineForeignKeyField
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from casa.lib.concurrent_edits import opened, rules, values
from casa.lib.concurrent_edits.conflicts import BOTH, MINE, THEIRS, Conflict, choice
from casa.lib.concurrent_edits.opened import Opened, Values
from casa.lib.moments.fields import FIELDS_OF_ADMIN

UNKNOWN: Any = object()
POSITION = "position"  # of a row among its like: compared as the order of all of them


@dataclass(frozen=True)
class Move:
    """The place of a row: when this was opened, now, and as posted."""

    base: Any
    theirs: Any
    mine: Any

    @property
    def is_conflict(self) -> bool:
        return self.base not in (self.mine, self.theirs) and self.mine != self.theirs


class MeetingForm(forms.BaseModelForm):
    """A form of a stored row, brought together with what others stored since it was opened.

    `stood` says, by name, what a field without a column acts on, so that it is not done to
    something else than what was seen.
    """

    was_opened: Opened | None = None
    reader: int | None = None  # the account that saves it

    def prepare(self) -> None:
        self.conflicts: list[Any] = []
        self.told: list[str] = []
        self.before: Values = {}  # of fields in conflict: as they were when this was opened
        self.is_put_together: list[str] = []

    @property
    def stood(self) -> dict[str, Any]:
        own: dict[str, Any] = getattr(super(), "stood", {})  # this stands before the form itself
        return own

    def compared(self) -> list[str]:
        """The fields that people edit: not the numbers that hold a row in its place."""
        left_out = {self._meta.model._meta.pk.name, "DELETE", "ORDER"}
        return [
            name
            for name, field in self.fields.items()
            if name not in left_out and not isinstance(field, InlineForeignKeyField)
        ]

    def stored(self, name: str) -> Any:
        """What the field stands for now, packed."""
        value = self.stood[name] if name in self.stood else self[name].initial
        return values.packed(value)

    def snapshot(self) -> Values:
        """What the form is opened with from now on; a conflict stays one until it is decided."""
        found = {name: self.before.get(name, self.stored(name)) for name in self.compared()}
        return {name: value for name, value in found.items() if value is not UNKNOWN}

    def meet(self, base: Values | None, since: datetime | None) -> None:
        """Let what I left alone follow what is stored, and find what both of us changed.

        `base` is what the form was opened with, None if nobody knows.
        """
        for name, field in self.fields.items():
            field.show_hidden_initial = False
            if name in self.compared() and not field.disabled:
                self._meet_field(name, UNKNOWN if base is None else base.get(name, UNKNOWN), since)

    def follow(self) -> None:
        """Let every field follow what is stored: I did not see the row."""
        for name in self.compared():
            values.put(self, name, self[name].initial)

    def _meet_field(self, name: str, base: Any, since: datetime | None) -> None:
        theirs = self.stored(name)
        if not self._is_touched(name, base) or self._is_agreed(name):
            values.put(self, name, self[name].initial)
        elif base is UNKNOWN or not values.are_same(base, theirs):
            self._decide(name, base, theirs, since)

    def _is_agreed(self, name: str) -> bool:
        """Whether somebody else stored what I typed."""
        if name in self.stood:
            return False
        return not values.is_changed(
            self.fields[name], self[name].initial, values.posted(self, name)
        )

    def _is_touched(self, name: str, base: Any) -> bool:
        """Whether this person changed the field."""
        if not values.is_posted(self, name):
            return False
        was = self[name].initial
        if base is not UNKNOWN and name not in self.stood:
            was = values.unpacked(base)
        return values.is_changed(self.fields[name], was, values.posted(self, name))

    def _decide(self, name: str, base: Any, theirs: Any, since: datetime | None) -> None:
        if since and name in rules.of(type(self.instance)).owned(self.instance, since):
            self._tell_owner_decided(name)
            values.put(self, name, self[name].initial)
            return
        chosen = choice(self, name, theirs)
        if chosen == THEIRS:
            self._take_theirs(name)
        elif chosen == BOTH and values.is_text(self.fields[name]):
            self._put_together(name)
        elif chosen == BOTH:
            self._unite(name)
        elif chosen != MINE:
            self._show(name, base, theirs)

    def _show(self, name: str, base: Any, theirs: Any) -> None:
        self.before[name] = base
        is_unknown = base is UNKNOWN
        was, mine = None if is_unknown else base, values.posted(self, name)
        self.conflicts.append(Conflict(self, name, was, theirs, mine, is_unknown=is_unknown))

    def _take_theirs(self, name: str) -> None:
        values.put(self, name, self[name].initial)
        for key in list(self.files):
            if key == self.add_prefix(name):
                self.files = self.files.copy()
                self.files.pop(key)

    def _put_together(self, name: str) -> None:
        """Both texts into the field; somebody has to make one of them before it is stored."""
        field = self.fields[name]
        is_long = values.is_rich(field) or isinstance(field.widget, forms.Textarea)
        parts = (str(self[name].initial or ""), str(values.posted(self, name) or ""))
        data: Any = self.data
        data[self.add_prefix(name)] = ("\n\n" if is_long else " / ").join(parts)
        self.is_put_together.append(name)

    def _unite(self, name: str) -> None:
        mine = [str(one) for one in values.posted(self, name) or ()]
        theirs = [str(one) for one in values.packed(self[name].initial) or ()]
        values.put(self, name, [*theirs, *(one for one in mine if one not in theirs)])

    def _tell_owner_decided(self, name: str) -> None:
        typed = values.shown(
            self.fields[name],
            values.understood(self.fields[name], values.posted(self, name)),
        )
        self.told.append(
            _("“%(field)s” was set by its owner after you opened it, and stays. You had: %(typed)s")
            % {"field": self.fields[name].label, "typed": typed or "–"}
        )

    def _clean_fields(self) -> None:
        super()._clean_fields()  # type: ignore[misc]
        for conflict in self.conflicts:
            name = conflict.name if conflict.name in self.fields else None
            self.add_error(name, ValidationError(conflict.html(), code="conflict"))
        for name in self.is_put_together:
            sentence = _("Both stand in the field now, theirs first. Make one of them, and save.")
            self.add_error(name, ValidationError(sentence, code="conflict"))


class MeetingMainForm(MeetingForm):
    """The form of the record itself."""

    def __init__(self, data: Any = None, files: Any = None, **options: Any) -> None:
        super().__init__(data, files, **options)
        self.prepare()
        if data is not None and self.instance.pk:
            self.data = data.copy()
            self.was_opened = opened.read(data, opened.name_of(self.instance))
            seen = self.was_opened
            self.meet(seen.values if seen else None, seen.at if seen else None)
            self.told += self._told_lost(seen.values if seen else {})

    def _told_lost(self, base: Values) -> list[str]:
        gone = (name for name in base if name not in self.fields)
        return [self._lost(name) for name in gone if self._was_typed(name, base[name])]

    def _was_typed(self, name: str, base: Any) -> bool:
        """Whether a field was changed that can no longer be: the moment of publication passed."""
        try:
            column: Any = self._meta.model._meta.get_field(name)
        except FieldDoesNotExist:
            return False
        field = column.formfield(**FIELDS_OF_ADMIN.get(type(column), {}))
        if field is None or field.widget.value_omitted_from_data(self.data, self.files, name):
            return False
        typed = field.widget.value_from_datadict(self.data, self.files, name)
        return values.is_changed(field, values.unpacked(base), typed)

    def _lost(self, name: str) -> str:
        label = capfirst(str(self._meta.model._meta.get_field(name).verbose_name))
        return _("“%(field)s” can no longer be changed, so what you typed there is not stored.") % {
            "field": label
        }


class MeetingRowForm(MeetingForm):
    """The form of a row that belongs to the record; its formset lets it meet."""

    is_gone = ""  # the number of a row that somebody removed
    move: Move | None = None

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.prepare()

    def _meet_field(self, name: str, base: Any, since: datetime | None) -> None:
        if name == POSITION and base is not UNKNOWN:
            field, theirs = self.fields[name], self[name].initial
            self.move = Move(base, theirs, values.understood(field, values.posted(self, name)))
        super()._meet_field(name, base, since)

    def _decide(self, name: str, base: Any, theirs: Any, since: datetime | None) -> None:
        if name != POSITION or base is UNKNOWN:
            super()._decide(name, base, theirs, since)

    def take_their_place(self) -> None:
        values.put(self, POSITION, self[POSITION].initial)


@cache
def meeting(form: type[forms.BaseModelForm], mixin: type[MeetingForm]) -> Any:
    """`form` as one that meets what is stored."""
    if issubclass(form, mixin):
        return form
    make: Any = type(form)
    return make("MeetingForm", (mixin, form), {})


def is_stored(row: Model) -> bool:
    return row.pk is not None and not row._state.adding
