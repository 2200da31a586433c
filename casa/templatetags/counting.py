"""What rows of a model are called after their number."""

from typing import Any

from django import template

from casa.lib import languages

register = template.Library()

SINGULAR_AFTER_NUMBERS = frozenset({"az", "fa", "hu", "ka", "kk", "ky", "tr", "uz"})
"""Languages that leave a noun in the singular there: "5 bəyanat"."""


@register.filter
def noun_after(model: Any, number: int) -> Any:
    """The name for that many rows, of the model's `_meta`."""
    language = languages.interface().partition("-")[0]
    is_singular = number == 1 or language in SINGULAR_AFTER_NUMBERS
    return model.verbose_name if is_singular else model.verbose_name_plural
