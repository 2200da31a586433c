"""Rows of a formset of which there may be only one of a kind: one text for each language.

Django checks this for `unique_together` and for constraints that name `fields`. It leaves out
constraints of expressions in a formset, and in a form those that name the parent, which is no
field of it; the database would refuse the row.
"""

from typing import Any

from django.db.models import F, Model, UniqueConstraint
from django.forms import BaseInlineFormSet
from django.utils.translation import gettext as _


def constraints_of(model: type[Model]) -> list[tuple[UniqueConstraint, tuple[str, ...]]]:
    """The fields of each unique constraint that holds for all rows and is made of fields."""
    found = []
    for constraint in model._meta.constraints:
        if isinstance(constraint, UniqueConstraint) and constraint.condition is None:
            expressions: Any = constraint.expressions
            if all(isinstance(one, F) for one in expressions):
                names = (*constraint.fields, *(one.name for one in expressions))
                found.append((constraint, names))
    return found


def violation(constraint: UniqueConstraint) -> str:
    told = constraint.violation_error_message
    is_default = told == constraint.default_violation_error_message
    return _("There is already a row like this one.") if is_default else str(told)


class UniqueRowsFormSet(BaseInlineFormSet):
    """Says beside a row that there is one like it."""

    @property
    def row_model(self) -> type[Model]:
        return self.model  # type: ignore[return-value]

    def clean(self) -> None:
        super().clean()
        kept = [one for one in self.forms if self._is_kept(one)]
        for constraint, names in constraints_of(self.row_model):
            own = tuple(name for name in names if name != self.fk.name)
            if own:
                self._check(constraint, own, kept, of_parent=own != names)

    def _is_kept(self, form: Any) -> bool:
        is_removed = self.can_delete and self._should_delete_form(form)  # type: ignore[attr-defined]
        return bool(getattr(form, "cleaned_data", None)) and not is_removed

    def _check(
        self, constraint: UniqueConstraint, names: tuple[str, ...], kept: list[Any], of_parent: bool
    ) -> None:
        seen = set()
        for form in kept:
            key = _key(form, names)
            if not key:
                continue
            if key in seen or (of_parent and self._is_taken(form, names, key)):
                beside = next((name for name in names if name in form.fields), None)
                form.add_error(beside, violation(constraint))
            seen.add(key)

    def _is_taken(self, form: Any, names: tuple[str, ...], key: tuple[Any, ...]) -> bool:
        """Whether a stored row would be in the way of a changed one: they are saved in turn."""
        if form.instance._state.adding or not set(names) & set(form.changed_data):
            return False
        rows = self.row_model._base_manager.filter(**{self.fk.name: self.instance.pk})
        same = rows.filter(**dict(zip(names, key, strict=True)))
        return bool(same.exclude(pk=form.instance.pk).exists())


def _key(form: Any, names: tuple[str, ...]) -> tuple[Any, ...]:
    """What the row is the only one of; () where a value is missing or wrong."""
    if set(names) & set(form.errors):
        return ()
    key = tuple(
        form.cleaned_data.get(name) if name in form.fields else getattr(form.instance, name)
        for name in names
    )
    return () if any(one in (None, "") for one in key) else key
