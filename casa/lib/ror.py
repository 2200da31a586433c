"""ROR IDs: how the Research Organization Registry (ror.org) names organizations.

An ID is a nought, six letters and digits in Crockford's base 32, and two check digits after
ISO 7064, MOD 97-10. It is kept bare, in small letters: “05dxps055”.
"""

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext

from casa.lib.db.fields import MigratedPlainly
from casa.lib.typed import TypedField

LENGTH = 9
LONGEST_TYPED = 60
SITE = "https://ror.org/"
_DIGITS = "0123456789abcdefghjkmnpqrstvwxyz"
_TYPED = re.compile(r"(?:(?:https?://)?(?:www\.)?ror\.org/)?(0[a-z0-9]{6}[0-9]{2})/?")


def read(typed: str) -> str:
    """The bare ID in what somebody typed: an ID or its address. Raises ValidationError."""
    found = _TYPED.fullmatch(typed.strip().lower()) if len(typed) <= LONGEST_TYPED else None
    if found is None:
        raise ValidationError(
            gettext("Enter a ROR ID, such as https://ror.org/05dxps055, or only its end."),
            code="ror",
        )
    if not is_right(found[1]):
        raise ValidationError(
            gettext("This is no ROR ID: its last two digits do not fit. Look for a slip in it."),
            code="ror",
        )
    return found[1]


def is_right(bare: str) -> bool:
    """Whether the check digits of nine letters and digits fit the others."""
    value = 0
    for letter in bare[1:7]:
        if letter not in _DIGITS:
            return False
        value = value * 32 + _DIGITS.index(letter)
    return int(bare[7:]) == 98 - value * 100 % 97


def address(bare: str) -> str:
    return f"{SITE}{bare}" if bare else ""


class RorFormField(TypedField):
    def to_python(self, value: Any) -> str:
        typed = super().to_python(value)
        return read(typed) if typed else ""


class RorField(MigratedPlainly, models.CharField):
    """A bare ROR ID; its form takes the address as well."""

    migrated_as = "django.db.models.CharField"

    def formfield(self, **options: Any) -> Any:
        typed = {"form_class": RorFormField, "max_length": LONGEST_TYPED}
        return super().formfield(**{**options, **typed})

    def clean(self, value: Any, model_instance: Any) -> Any:
        """Cleans rows stored without a form, too: those of an import."""
        return super().clean(read(value) if value else value, model_instance)
