"""Form fields for what strangers type."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from casa.lib.text import has_control_characters, normalise


class PlainTextField(forms.CharField):
    """One line of text: any script, any name, no control characters, no markup meant as markup."""

    def __init__(self, *, max_length: int, **kwargs: Any) -> None:
        super().__init__(max_length=max_length, **kwargs)
        self.error_messages["max_length"] = ngettext_lazy(
            "Shorten this to %(limit_value)d character.",
            "Shorten this to %(limit_value)d characters.",
            "limit_value",
        )

    def to_python(self, value: Any) -> str:
        text = normalise(super().to_python(value) or "")
        if has_control_characters(text):
            raise ValidationError(
                _("Please remove the invisible characters, or type it in anew."), code="control"
            )
        if "://" in text or "www." in text.casefold():
            # The name goes into a mail to whatever address was typed: no place for an advert.
            raise ValidationError(_("Please leave out web addresses."), code="link")
        return text
