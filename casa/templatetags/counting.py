"""Numbers and the nouns behind them, those of rows of a model too."""

from typing import Any

from django import template
from django.utils.text import capfirst
from django.utils.translation import gettext

from casa.lib import languages
from casa.lib.moments.words import locale
from casa.lib.text import unparted

register = template.Library()
register.filter(unparted)

SINGULAR_AFTER_NUMBERS = frozenset({"az", "fa", "hu", "ka", "kk", "ky", "tr", "uz"})
"""Languages that leave a noun in the singular there: "5 bəyanat"."""


@register.simple_tag
def rows_in_words(model: Any, number: int, told: str, *, is_bounded: bool = False) -> str:
    """ "5 statements", or "1,000 or more statements", of the model's `_meta`; `told` is the number.

    A language with more than two forms has none of them here: "Заявления: 5".
    """
    if is_bounded:
        told = gettext("%(number)s or more") % {"number": told}
    if "few" in locale().plural_form.tags:
        return f"{capfirst(model.verbose_name_plural)}: {told}"
    return f"{told} {noun_after(model, number)}"


def noun_after(model: Any, number: int) -> Any:
    """The name for that many rows, of the model's `_meta`."""
    language = languages.interface().partition("-")[0]
    is_singular = number == 1 or language in SINGULAR_AFTER_NUMBERS
    return model.verbose_name if is_singular else model.verbose_name_plural
