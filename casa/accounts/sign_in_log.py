"""Who signed in, who tried and who signed out, in the log: numbers of accounts, never addresses.

From where it came the web server's own log says, under the same second.
"""

import logging
from typing import Any

from axes.signals import user_locked_out
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed

from casa.accounts.models import User

logger = logging.getLogger(__name__)


def listen() -> None:
    for signal, receiver in (
        (user_logged_in, _log_sign_in),
        (user_login_failed, _log_failure),
        (user_locked_out, _log_lock),
        (user_logged_out, _log_sign_out),
    ):
        signal.connect(receiver, dispatch_uid="sign_in_log")


def _log_sign_in(*, user: User, **kwargs: Any) -> None:
    by = "password and code" if getattr(user, "otp_device", None) else "password"
    logger.info("Account %s signed in by %s", user.pk, by)


def _log_failure(*, credentials: dict[str, Any], **kwargs: Any) -> None:
    by = "code" if "code" in credentials else "password"
    name = str(credentials.get("username") or "")
    logger.warning("Signing in to %s by %s failed", _account(name), by)


def _log_lock(*, username: str, **kwargs: Any) -> None:
    logger.warning("Signing in to %s is closed for a while", _account(username))


def log_slowed(name: str) -> None:
    logger.warning("A try to sign in to %s came too soon after others", _account(name))


def _log_sign_out(*, user: User | None, **kwargs: Any) -> None:
    if user:
        logger.info("Account %s signed out", user.pk)


def _account(name: str) -> str:
    """What a failed try was for; its name is in no log, since people type passwords there too."""
    pk = User.objects.with_address(name).values_list("pk", flat=True).first()
    return f"account {pk}" if pk else "no account"
