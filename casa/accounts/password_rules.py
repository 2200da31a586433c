"""A rule for passwords beside Django's own: not made of what anybody would guess here."""

import re
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from casa.appearance import reading

WORDS = frozenset({
    "admin", "administrator", "analyst", "author", "campaign", "casa", "coalition", "editor",
    "letter", "letters", "moderator", "office", "password", "petition", "petitions", "sign",
    "signature", "signatures", "statement", "statements", "welcome",
})  # fmt: skip
"""Beside the name and the address of the site; docs/roles.md tells of them."""

REST = 8
"""Characters that have to be left without these words."""


class OwnWordsValidator:
    """Refuses passwords such as “Coalition2026!”."""

    def validate(self, password: str, user: Any = None) -> None:
        rest = typed = password.casefold()
        for word in sorted(own_words(), key=len, reverse=True):
            rest = rest.replace(word, "")
        if rest != typed and len(rest) < REST:
            raise ValidationError(
                _(
                    "This password is made of words that anybody would guess here, such as the"
                    " name of the site. Add more that has nothing to do with it."
                ),
                code="own_words",
            )

    def get_help_text(self) -> str:
        return _(
            "Your password can’t be made of the site’s name, its address or words such as “admin”"
            " alone."
        )


def own_words() -> frozenset[str]:
    names = " ".join(reading.public().in_language(code).name for code, _label in settings.LANGUAGES)
    named = f"{names} {urlsplit(settings.SITE_URL).hostname}".casefold()
    return WORDS | {word for word in re.split(r"[\W_]+", named) if len(word) > 2}
