"""System checks: what would go wrong quietly is said aloud before the start."""

from typing import Any

from django.conf import settings
from django.core import checks
from django.core.checks import CheckMessage, Error, register
from django.db import connection

from casa.lib import languages
from casa.lib.media import lettering


@register()
def driver_is_psycopg2(**kwargs: Any) -> list[CheckMessage]:
    """Django silently prefers psycopg 3 where it is installed, which is not tested."""
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


NEAR = frozenset({"", "localhost", "127.0.0.1", "::1"})


@register(deploy=True)
def others_cannot_read_along(**kwargs: Any) -> list[CheckMessage]:
    """What leaves this machine is encrypted, to whoever can prove to be the one it is for."""
    found = []
    if _mails_in_the_clear():
        found.append(("Mail leaves", "EMAIL_URL=smtp+tls://USER:PASSWORD@HOST:587", "casa.W003"))
    if _asks_any_database(settings.DATABASES["default"]):
        found.append(("The database is asked", "DATABASE_URL=…?sslmode=verify-full", "casa.W004"))
    return [
        checks.Warning(f"{what} without proof and protection.", hint=f"Write {hint}", id=code)
        for what, hint, code in found
    ]


def _mails_in_the_clear() -> bool:
    if not settings.EMAIL_BACKEND.endswith("smtp.EmailBackend"):
        return False
    return _is_far(settings.EMAIL_HOST) and not (settings.EMAIL_USE_TLS or settings.EMAIL_USE_SSL)


def _asks_any_database(database: dict[str, Any]) -> bool:
    options = database["OPTIONS"]
    host = options.get("host") or database.get("HOST", "")
    return _is_far(host) and options.get("sslmode") != "verify-full"


def _is_far(host: str) -> bool:
    return host not in NEAR and not host.startswith("/")


@register()
def every_script_can_be_drawn(**kwargs: Any) -> list[CheckMessage]:
    """Pictures leave out words whose letters they could not join or order."""
    from_right = [code for code, _name in settings.LANGUAGES if languages.is_rtl(code)]
    if not from_right or lettering.lays_out_every_script():
        return []
    return [
        checks.Warning(
            f"Share images cannot show {', '.join(from_right)}: a library is missing.",
            hint="Install FriBiDi. On Debian: apt install libfribidi0",
            id="casa.W002",
        )
    ]


@register()
def every_language_has_words(**kwargs: Any) -> list[CheckMessage]:
    """Statements can be in any language; what stands around them is in those that have words."""
    missing = languages.untranslated()
    if not missing:
        return []
    return [
        checks.Warning(
            f"Nobody has translated the interface into {', '.join(missing)}: pages are in"
            f" “{languages.interface(missing[0])}” there, around statements in any language.",
            hint="Translate it (“A language” in CONTRIBUTING.md), or take it out of LANGUAGES.",
            id="casa.W005",
        )
    ]
