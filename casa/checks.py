"""System checks: what would go wrong quietly is said aloud before the start."""

from typing import Any

from django.conf import settings
from django.core import checks
from django.core.checks import CheckMessage, Error, register
from django.db import connection


@register()
def driver_is_psycopg2(**kwargs: Any) -> list[CheckMessage]:
    """With psycopg 3 installed beside psycopg2, Django silently uses 3, which nobody tested."""
    if connection.vendor != "postgresql":
        return []
    from django.db.backends.postgresql.psycopg_any import is_psycopg3  # noqa: PLC0415

    if not is_psycopg3:
        return []
    return [
        Error(
            "psycopg 3 is installed and would be used in place of psycopg2.",
            hint="Uninstall it: pip uninstall psycopg",
            id="casa.E001",
        )
    ]


@register(deploy=True)
def limits_are_on(**kwargs: Any) -> list[CheckMessage]:
    """Off, they are an invitation; only a measurement has a reason for it."""
    if settings.SIGN_LIMITS:
        return []
    return [
        checks.Warning(
            "Signing is not limited (SIGN_LIMITS=0): a script can sign as often as it likes.",
            hint="Remove SIGN_LIMITS, or set SIGN_LIMITS=1.",
            id="casa.W001",
        )
    ]
