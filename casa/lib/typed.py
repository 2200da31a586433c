"""What somebody types into a field: its length is looked at before anything else."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import ngettext_lazy

SPARE = 4
"""Characters typed for each one that is kept: blanks, and marks that are no part of their letter,
are taken out only afterwards."""


class TypedField(forms.CharField):
    """A field that judges or changes its text in `to_python`, by way of this class's own.

    A text that can be no valid one is refused before anything else is done with it.
    """

    default_error_messages = {
        "max_length": ngettext_lazy(
            "Shorten this to %(limit_value)d character.",
            "Shorten this to %(limit_value)d characters.",
            "limit_value",
        )
    }

    def __init__(self, *, max_length: int, **options: Any) -> None:
        super().__init__(max_length=max_length, **options)
        self.limit = max_length

    def to_python(self, value: Any) -> str:
        if isinstance(value, str) and len(value) > SPARE * self.limit:
            raise self.too_long(len(value))
        return super().to_python(value) or ""

    def too_long(self, length: int) -> ValidationError:
        params = {"limit_value": self.limit, "show_value": length}
        return ValidationError(self.error_messages["max_length"], code="max_length", params=params)
