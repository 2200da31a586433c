"""A submitted form is held for the pages after it: "check your mail", and "no mail came".

A form is answered with a redirect, so that reloading or going back sends nothing again. Nobody has
a session here; the page's URL has a random secret, and no address. Only a hash of the secret is
stored, and a form is held whoever has signed before, so that neither the URL nor the page tells.
"""

import hashlib
import secrets
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from uuid import UUID

from django.utils import timezone

from casa.lib.db import rows
from casa.retention.rules import Due
from signatories.core import mail_budget
from signatories.models import HeldForm
from statements.models import Statement

KEPT_FOR = timedelta(hours=6)
LONGEST_VALUE = 4000  # characters: more than any field takes

SIGN, FOLLOW, LINK = "sign", "follow", "link"


def hold(
    form: str,
    typed: Mapping[str, str],
    *,
    statement: Statement | None = None,
    signature: int | None = None,
) -> str:
    """Keep what was typed into `form`, an "email" among it; the secret for the URL that shows it.

    `signature` is the number of the row that was made of it, for that page to take back.
    """
    token = secrets.token_urlsafe(16)
    held = HeldForm(
        key=_key(token),
        form=form,
        statement=statement,
        signature_id=signature,
        mailbox=mail_budget.key_of(typed["email"]),
        typed={name: _storable(value) for name, value in typed.items() if value},
        ends_at=timezone.now() + KEPT_FOR,
    )
    rows.insert(held)
    return token


def find(token: str, form: str) -> HeldForm | None:
    """What is held under the secret of a URL; None where it is forgotten, or never was."""
    found = HeldForm.objects.select_related("statement")
    return found.filter(key=_key(token), form=form, ends_at__gt=timezone.now()).first()


def forget(address: str) -> None:
    """Delete all that was typed with an address; for an erasure."""
    HeldForm.objects.filter(mailbox=mail_budget.key_of(address)).delete()


def due(at: datetime) -> Iterator[Due]:
    """What was held for long enough."""
    yield Due(HeldForm.objects.filter(ends_at__lt=at))


def _key(token: str) -> UUID:
    return UUID(bytes=hashlib.sha256(token.encode(errors="replace")).digest()[:16])


def _storable(value: str) -> str:
    return value[:LONGEST_VALUE].replace("\0", "")  # PostgreSQL stores no NUL
