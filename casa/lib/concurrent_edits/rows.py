"""Rows of a formset, fitted to the rows that are stored now.

Django's formsets take for granted that no row was added or removed since the screen was opened: a
row whose stored one is gone could never be saved again.

A row is named by its primary key or, not stored yet, by what it is the only one of ("new:az" is
the text in Azerbaijani): a colleague may have added the same one meanwhile.
"""

import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.datastructures import MultiValueDict
from django.utils.functional import classproperty

from casa.lib.concurrent_edits import opened, rules, values
from casa.lib.concurrent_edits.conflicts import (
    MINE,
    THEIRS,
    OrderConflict,
    RowConflict,
    choice,
    row_name,
)
from casa.lib.concurrent_edits.forms import POSITION, MeetingForm, is_stored
from casa.lib.concurrent_edits.opened import Opened, Values, digest
from casa.lib.concurrent_edits.unique import UniqueRowsFormSet, constraints_of

Row = dict[str, list[Any]]


def rows_in(data: MultiValueDict, prefix: str) -> dict[int, Row]:
    """The posted values of each row of the formset `prefix`, by the row's number."""
    rows: dict[int, Row] = {}
    for key, given in data.lists():
        if match := re.fullmatch(rf"{re.escape(prefix)}-(\d{{1,3}})-([\w-]+)", key):
            rows.setdefault(int(match[1]), {})[match[2]] = given
    return rows


def renumber(data: MultiValueDict, prefix: str, order: list[int]) -> None:
    """Give the rows of `prefix` new numbers: each its place in `order`. Others are left out."""
    rows = rows_in(data, prefix)
    for number, row in rows.items():
        for name in row:
            data.pop(f"{prefix}-{number}-{name}")
    for index, number in enumerate(order):
        for name, given in rows.get(number, {}).items():
            data.setlist(f"{prefix}-{index}-{name}", given)


def _place(number: Any) -> float:
    return number if isinstance(number, int | float) else float("inf")


@dataclass
class Fitted:
    """What each row, by its new number, was opened with; and which are special."""

    base: dict[int, Values | None] = field(default_factory=dict)
    unseen: set[int] = field(default_factory=set)  # added by somebody else
    gone: dict[int, str] = field(default_factory=dict)  # removed by somebody else


class MeetingFormSet(UniqueRowsFormSet):
    """Rows brought together with what others stored since the screen was opened."""

    model: Any

    def __init__(
        self, data: Any = None, files: Any = None, instance: Any = None, **options: Any
    ) -> None:
        self.was_opened: Opened | None = None
        self.fitted = Fitted()
        self.conflicts: list[Any] = []
        if self._is_posted(data, options.get("prefix") or self.get_default_prefix(), instance):
            data, files = self._fit(data, files, instance, options)
        super().__init__(data, files, instance=instance, **options)

    @staticmethod
    def _is_posted(data: Any, prefix: str, instance: Any) -> bool:
        is_edit = instance is not None and is_stored(instance)
        return data is not None and is_edit and f"{prefix}-TOTAL_FORMS" in data

    @classproperty
    def natural_key(cls) -> str:  # noqa: N805 - a property of the class
        """The field that tells a row from its like: a language; "" if there is none."""
        for _constraint, names in constraints_of(cls.model):
            if len(names) == 2 and cls.fk.name in names:
                return str(next(name for name in names if name != cls.fk.name))
        return ""

    # Before the forms are made

    def _fit(self, data: Any, files: Any, instance: Any, options: Any) -> tuple[Any, Any]:
        prefix = options.get("prefix") or self.get_default_prefix()
        data, files = data.copy(), (files or MultiValueDict()).copy()
        self.was_opened = opened.read(data, opened.name_of(instance))
        kept = self.was_opened.rows.get(prefix, {}) if self.was_opened else {}
        rows = rows_in(data, prefix)
        for number, row in rows_in(files, prefix).items():
            rows.setdefault(number, {}).update(row)
        queryset = options.get("queryset")
        if queryset is None:
            queryset = self.model._default_manager
        found = queryset.filter(**{self.fk.name: instance})
        stored = {str(one.pk): str(getattr(one, self.natural_key, "")) for one in found}
        taken = {pk for row in rows.values() if (pk := row.get("id", [""])[0]) in stored}
        plan = [
            (number, *placed)
            for number, row in sorted(rows.items())
            if (placed := self._placed(row, kept, stored, taken))
        ]
        plan.sort(key=lambda one: not one[1])
        self._write(data, files, prefix, plan, sorted(set(stored) - taken, key=int))
        return data, files

    def _placed(
        self, row: Row, kept: dict[str, Values], stored: dict[str, str], taken: set[str]
    ) -> tuple[str, Values | None, str] | None:
        """(primary key, what it was opened with, the key of a row that is gone); None: left out.

        `taken` are the stored rows that a posted one stands for already.
        """
        pk, was = row.get("id", [""])[0], row.get("_was", [""])[0]
        natural = row.get(self.natural_key, [""])[0] if self.natural_key else ""
        base = kept.get(pk or was or f"new:{natural}")
        if pk in stored:
            return pk, base, ""
        for key, name in stored.items():
            if natural and name == natural and key not in taken:
                taken.add(key)
                return key, base, ""
        if not (pk or was):
            return "", None, ""
        return self._placed_again(row, base, pk or was)

    def _placed_again(
        self, row: Row, base: Values | None, was: str
    ) -> tuple[str, Values | None, str] | None:
        """A row that somebody removed: dropped, or new again if I changed it and wish so."""
        chosen = row.get("_choice_row", [""])[0] if "_was" in row else ""
        if chosen == THEIRS or "DELETE" in row:
            return None
        if chosen == MINE:
            return "", None, ""
        return ("", base, was) if base is None or self._is_touched(row, base) else None

    def _is_touched(self, row: Row, base: Values) -> bool:
        data: Any = MultiValueDict({f"row-{name}": given for name, given in row.items()})
        for name, one in self.form.base_fields.items():
            is_file = isinstance(one, forms.FileField)
            if name in base and not is_file and name != POSITION:
                mine = one.widget.value_from_datadict(data, data, f"row-{name}")
                if values.is_changed(one, values.unpacked(base[name]), mine):
                    return True
        return False

    def _write(self, data: Any, files: Any, prefix: str, plan: Any, unseen: list[str]) -> None:
        order = [number for number, *_rest in plan]
        # Those that a colleague added stand behind the stored ones, before the new ones.
        first_new = sum(bool(pk) for _number, pk, *_rest in plan)
        beyond = max(order, default=0) + 1000
        order[first_new:first_new] = [beyond + place for place in range(len(unseen))]
        for one in (data, files):
            renumber(one, prefix, order)
        for name, uploads in files.lists():
            for upload in uploads:
                upload.shown_as = name  # what was chosen stays beside its row (casa.unsaved)
        renumber(data, f"initial-{prefix}", order)
        for number, pk, base, was in plan:
            index = order.index(number)
            data[f"{prefix}-{index}-id"] = pk
            if was:
                self.fitted.gone[index] = was
            self.fitted.base[index] = base
        for place, pk in enumerate(unseen, start=first_new):
            data[f"{prefix}-{place}-id"] = pk
            self.fitted.unseen.add(place)
        data[f"{prefix}-TOTAL_FORMS"] = str(len(order))
        data[f"{prefix}-INITIAL_FORMS"] = str(first_new + len(unseen))

    # The forms

    def _construct_form(self, i: int, **options: Any) -> Any:
        form: Any = super()._construct_form(i, **options)  # type: ignore[misc]
        if not self.is_bound or not isinstance(form, MeetingForm):
            return form
        if i in self.fitted.unseen:
            form.follow()
        elif i in self.fitted.gone:
            self._meet_gone(form, self.fitted.gone[i], self.fitted.base.get(i))
        elif i in self.fitted.base and is_stored(form.instance):
            self._meet_row(form, self.fitted.base[i])
        return form

    def _meet_gone(self, form: Any, was: str, base: Values | None) -> None:
        name = row_name(None, base or {})
        form.before = base or {}
        removal = rules.removal(self.model, was)
        change = removal and removal.read_by(form.reader)
        form.conflicts.append(RowConflict(form, name, change, None, was))
        form.is_gone = was

    def _meet_row(self, form: Any, base: Values | None) -> None:
        since = self.was_opened.at if self.was_opened else None
        if f"{form.prefix}-DELETE" not in form.data:
            form.meet(base, since)
        elif base is not None and (now := self._changed_meanwhile(form, base)):
            self._meet_removed(form, base, now, since)

    @staticmethod
    def _changed_meanwhile(form: Any, base: Values) -> Values:
        now = form.snapshot()
        same = all(values.are_same(one, now[name]) for name, one in base.items() if name in now)
        return {} if same else now

    def _meet_removed(self, form: Any, base: Values, now: Values, since: Any) -> None:
        """I remove what somebody else changed after I opened it."""
        chosen = choice(form, "row", now)
        if chosen == MINE:
            return
        if chosen == THEIRS:
            form.data.pop(f"{form.prefix}-DELETE", None)
            form.follow()
            return
        form.before = dict(base)
        found = rules.of(self.model).last_change(form.instance, "")
        change = found and found.read_by(form.reader)
        form.conflicts.append(RowConflict(form, str(form.instance), change, now))

    def _should_delete_form(self, form: Any) -> bool:
        is_kept = any(isinstance(one, RowConflict) for one in getattr(form, "conflicts", ()))
        is_deleted = super()._should_delete_form(form)  # type: ignore[misc]
        return bool(is_deleted) and not is_kept

    # The order of rows

    @cached_property
    def forms(self) -> Any:
        made = super().forms
        if self.fitted.base:
            self._meet_order([one for one in made if is_stored(one.instance)])
        return made

    def _meet_order(self, stored: list[Any]) -> None:
        """Two orders of the same rows are one conflict, not one of each row's number."""
        placed = [one for one in stored if one.move]
        if not any(one.move.is_conflict for one in placed):
            return
        theirs = sorted(placed, key=lambda one: _place(one.move.theirs))
        mine = sorted(placed, key=lambda one: _place(one.move.mine))
        if theirs == mine:
            return
        chosen = self._chosen_order(seen := digest([one.instance.pk for one in theirs]))
        if chosen == THEIRS:
            for one in placed:
                one.take_their_place()
        elif chosen != MINE:
            self._show_orders(theirs, mine, seen)

    def _chosen_order(self, seen: str) -> str:
        is_seen = self.data.get(f"{self.prefix}-_seen_order") == seen
        return self.data.get(f"{self.prefix}-_choice_order", "") if is_seen else ""

    def _show_orders(self, theirs: list[Any], mine: list[Any], seen: str) -> None:
        for one in theirs:
            one.before[POSITION] = one.move.base
        found = rules.of(self.model).last_change(theirs[0].instance, POSITION)
        change = found and found.read_by(theirs[0].reader)
        first, second = ([str(one.instance) for one in order] for order in (theirs, mine))
        self.conflicts.append(OrderConflict(str(self.prefix), first, second, change, seen))

    def clean(self) -> None:
        super().clean()
        if self.conflicts:
            shown = [ValidationError(one.html(), code="conflict") for one in self.conflicts]
            raise ValidationError(shown)

    def snapshot(self) -> dict[str, Values]:
        """What the rows are opened with from now on."""
        return {
            name: form.snapshot()
            for form in self.forms
            if isinstance(form, MeetingForm) and (name := self._name(form))
        }

    def _name(self, form: Any) -> str:
        if gone := getattr(form, "is_gone", ""):
            return str(gone)
        if is_stored(form.instance):
            return str(form.instance.pk)
        natural = form[self.natural_key].value() if self.natural_key in form.fields else ""
        return f"new:{natural}" if natural else ""
