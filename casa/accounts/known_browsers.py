"""Browsers in which somebody signed in or followed a link in a mail; their tries are counted apart.

OWASP calls this a device cookie. It opens nothing; it is what keeps the slow limits on failed tries
(`casa.accounts.tries`) from shutting out whose account a stranger tries.
"""

import secrets
from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponseBase
from django.utils.crypto import salted_hmac

SALT = "known-browser"
KEPT = timedelta(days=180)
ACCOUNTS_AT_MOST = 5
"""One browser keeps so many; a computer in an office may be shared."""

Known = dict[str, str]


def number(request: HttpRequest, account: str) -> str:
    """The number of this browser, if the account was used in it; else ""."""
    return _known(request).get(_mark(account), "")


def is_known(request: HttpRequest) -> bool:
    """Whether any account was used in this browser."""
    return bool(_known(request))


def remember(request: HttpRequest, response: HttpResponseBase, account: str) -> None:
    known = _known(request)
    mark = _mark(account)
    latest = {mark: known.pop(mark, "") or secrets.token_urlsafe(12)} | known
    value = signing.dumps(dict(list(latest.items())[:ACCOUNTS_AT_MOST]), salt=SALT)
    response.set_cookie(
        settings.KNOWN_BROWSER_COOKIE_NAME,
        value,
        max_age=KEPT,
        path=settings.SESSION_COOKIE_PATH,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )


def _known(request: HttpRequest) -> Known:
    value = request.COOKIES.get(settings.KNOWN_BROWSER_COOKIE_NAME, "")
    try:
        return dict(signing.loads(value, salt=SALT, max_age=KEPT))
    except signing.BadSignature:
        return {}


def _mark(account: str) -> str:
    """A keyed hash: who else uses this computer reads no address in the cookie."""
    return salted_hmac(SALT, account, algorithm="sha256").hexdigest()[:16]
