"""What a browser keeps while somebody types (static/casa/admin-unsaved.js): encrypted, since a
computer in an office may be shared. Only a page of the same account has the key to it.
"""

from base64 import b64encode
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

KEPT_FOR = timedelta(days=7)
SAVED = "unsaved_saved"
"""In the session: pages that were saved just now, for the next page to forget what was kept."""

MOST_SAVED = 20


def account_mark(user: int) -> str:
    """Tells accounts of one browser apart, and names none."""
    return _mac("unsaved account", user)[:16]


def key_of(user: int) -> str:
    """The key of an account's drafts: 32 bytes, as Base64."""
    digest = salted_hmac("unsaved draft", str(user), secret=settings.SECRET_KEY, algorithm="sha256")
    return b64encode(digest.digest()).decode()


def _mac(salt: str, user: int) -> str:
    return salted_hmac(salt, str(user), algorithm="sha256").hexdigest()


def note_saved(request: HttpRequest, page: str) -> None:
    session: Any = request.session
    session[SAVED] = [*session.get(SAVED, []), page][-MOST_SAVED:]
