"""What several models have in common: the language of what they hold."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from casa.lib.db.fields import DynamicCharField


def default_language() -> str:
    """The site's own language."""
    return settings.LANGUAGE_CODE


def language_field(**options: Any) -> DynamicCharField:
    """A language code."""
    return DynamicCharField(_("language"), max_length=12, **options)
