"""System checks: what would go wrong quietly is said aloud before the start."""

from typing import Any

from django.conf import settings
from django.core import checks
from django.core.checks import CheckMessage, Error, register
from django.db import connection

from casa.lib.media import lettering


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


@register()
def every_script_can_be_drawn(**kwargs: Any) -> list[CheckMessage]:
    """Pictures leave out words whose letters they could not join or order."""
    from_right = [code for code, _name in settings.LANGUAGES if code in settings.LANGUAGES_BIDI]
    if not from_right or lettering.lays_out_every_script():
        return []
    return [
        checks.Warning(
            f"Share images cannot show {', '.join(from_right)}: a library is missing.",
            hint="Install FriBiDi. On Debian: apt install libfribidi0",
            id="casa.W002",
        )
    ]
