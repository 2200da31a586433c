"""What several models have in common: the language of what they hold."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


def default_language() -> str:
    """The site's own language; asked at run time, so that migrations do not depend on it."""
    return settings.LANGUAGE_CODE


def language_field(**options: Any) -> models.CharField:
    """A language code. Which ones are offered is a setting, so migrations do not list them."""
    return models.CharField(_("language"), max_length=12, **options)
