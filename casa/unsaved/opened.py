"""Says in each form of the back office for whom, on which page and when it was opened.

So a form that comes after the session ended, or in the session of somebody else, is known to be of
whoever typed it. It is signed: nobody can plant words in the name of another.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.core import signing
from django.http import HttpRequest

FIELD = "_form_of"
SALT = "unsaved opened"
LONGEST = 4000  # characters
GOOD_FOR = timedelta(days=30)


@dataclass(frozen=True)
class Opened:
    user: int
    page: str
    at: datetime

    @property
    def path(self) -> str:
        return self.page.partition("?")[0]


def make(request: HttpRequest) -> str:
    """The value of the field; empty where nobody is signed in."""
    user: Any = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return ""
    page = request.get_full_path()
    return _signer().sign_object([user.pk, page])


def read(request: HttpRequest) -> Opened | None:
    """What a form that was sent says; None where it says nothing, or is too old."""
    value = request.POST.get(FIELD, "")
    if not value or len(value) > LONGEST:
        return None
    try:
        user, page = _signer().unsign_object(value, max_age=GOOD_FOR)
        _rest, stamp, _signature = value.rsplit(":", 2)
        at = datetime.fromtimestamp(signing.b62_decode(stamp), UTC)
    except (signing.BadSignature, ValueError):
        return None
    return Opened(user, page, at)


def _signer() -> signing.TimestampSigner:
    return signing.TimestampSigner(salt=SALT)
