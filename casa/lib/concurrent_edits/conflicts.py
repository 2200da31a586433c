"""What two people changed to different values, shown beside the field with a choice."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django import forms
from django.db.models import Model
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from casa.lib.concurrent_edits import rules, values
from casa.lib.concurrent_edits.opened import digest
from casa.lib.diff import word_difference
from casa.lib.html.sanitizer import clean

MINE, THEIRS, BOTH = "mine", "theirs", "both"
LONG = 120  # characters


def choice_name(form: Any, name: str) -> str:
    """The html name of the choice; rows of a formset are numbered anew together with it."""
    return str(form.add_prefix(f"_choice_{name}"))


def seen_name(form: Any, name: str) -> str:
    return str(form.add_prefix(f"_seen_{name}"))


def choice(form: Any, name: str, theirs: Any) -> str:
    """What was chosen for a conflict, with `theirs` (packed) in view; "" if nothing was."""
    if form.data.get(seen_name(form, name)) != digest(theirs):
        return ""
    chosen = form.data.get(choice_name(form, name), "")
    return chosen if chosen in (MINE, THEIRS, BOTH) else ""


@dataclass(frozen=True)
class Version:
    """One of the three: its heading, and its words."""

    heading: Any
    words: Any


@dataclass(frozen=True)
class Conflict:
    """Of one field. `was` and `theirs` are packed, `mine` is as it was posted; `was` is None in
    `is_unknown`, where nobody knows what the form was opened with."""

    form: Any
    name: str
    was: Any
    theirs: Any
    mine: Any
    is_unknown: bool = False

    @property
    def field(self) -> forms.Field:
        return self.form.fields[self.name]

    @property
    def label(self) -> str:
        return str(self.field.label or self.name)

    @property
    def anchor(self) -> str:
        return f"{self.form[self.name].auto_id}-conflict"

    @property
    def choice_name(self) -> str:
        return choice_name(self.form, self.name)

    @property
    def seen_name(self) -> str:
        return seen_name(self.form, self.name)

    @property
    def seen(self) -> str:
        return digest(self.theirs)

    @property
    def can_be_both(self) -> bool:
        many = isinstance(self.field, forms.ModelMultipleChoiceField | forms.MultipleChoiceField)
        return many or values.is_text(self.field)

    @cached_property
    def change(self) -> rules.Change | None:
        row = self.form.instance
        found = rules.of(type(row)).last_change(row, self.name)
        return found and found.read_by(self.form.reader)

    @property
    def versions(self) -> list[Version]:
        """The original, theirs and mine; changes in longer words are marked."""
        was, theirs, mine = self._texts()
        headings = (_("As it was"), self._theirs_heading(), _("Yours"))
        if self.is_unknown:
            shown = (_difference(theirs, theirs), _difference(theirs, mine))
            return [Version(*pair) for pair in zip(headings[1:], shown, strict=True)]
        marked = (_difference(was, was), _difference(was, theirs), _difference(was, mine))
        return [Version(*pair) for pair in zip(headings, marked, strict=True)]

    def _theirs_heading(self) -> Any:
        return _("In the other window") if self.change and self.change.is_own else _("Theirs")

    def _texts(self) -> list[str]:
        three = [values.unpacked(self.was), values.unpacked(self.theirs), self._mine()]
        if values.is_rich(self.field):
            return [clean(text or "") for text in three]
        return [values.shown(self.field, value) for value in three]

    def _mine(self) -> Any:
        return values.understood(self.field, self.mine)

    def html(self) -> SafeString:
        return render_to_string("admin/conflicts/field.html", {"conflict": self})


def _difference(old: str, new: str) -> Any:
    long = max(len(old), len(new)) > LONG or old.startswith("<") or new.startswith("<")
    return word_difference(old, new) if long and (old or new) else new


@dataclass(frozen=True)
class RowConflict:
    """A conflict of a whole row: one of us removed it, the other changed it."""

    form: Any
    label: str
    change: rules.Change | None
    theirs: Any  # packed; None if the row is gone
    was: str = ""  # the number of a row that is gone
    name: str = "row"

    @property
    def is_gone(self) -> bool:
        return self.theirs is None

    @property
    def anchor(self) -> str:
        return f"id_{self.form.prefix}-conflict"

    choice_name = Conflict.choice_name
    seen_name = Conflict.seen_name
    seen = Conflict.seen

    @property
    def was_name(self) -> str:
        return f"{self.form.prefix}-_was"

    @property
    def details(self) -> list[tuple[str, str]]:
        """What they made of the row that I am removing."""
        fields = self.form.fields
        return [
            (str(fields[name].label), values.shown(fields[name], values.unpacked(value)))
            for name, value in (self.theirs or {}).items()
            if name in fields and value not in (None, "", [])
        ]

    def html(self) -> SafeString:
        return render_to_string("admin/conflicts/row.html", {"conflict": self})


@dataclass(frozen=True)
class OrderConflict:
    """Two people put the rows of one list into different orders."""

    prefix: str
    theirs: list[str]
    mine: list[str]
    change: rules.Change | None
    seen: str

    @property
    def label(self) -> str:
        return gettext("Order")

    @property
    def choice_name(self) -> str:
        return f"{self.prefix}-_choice_order"

    @property
    def seen_name(self) -> str:
        return f"{self.prefix}-_seen_order"

    @property
    def anchor(self) -> str:
        return f"id_{self.prefix}-conflict"

    def html(self) -> SafeString:
        return render_to_string("admin/conflicts/order.html", {"conflict": self})


def row_name(row: Model | None, kept: dict[str, Any]) -> str:
    """What people call a row; one that is gone, by its first words."""
    if row is not None and row.pk:
        return str(row)
    return next((str(one) for one in kept.values() if isinstance(one, str) and one), "–")
