"""Six digits confirm in place of the link, where a mail scanner breaks links.

The code is worked out from the signature's secret, like the seal of its links, and stored
nowhere. All mails of one signature carry the same one, so that nobody fails with the older of
two mails; a new code with each mail would not be harder to guess, since the tries are counted
per mail either way. It dies with the address and with the time.

A right code counts nothing by itself: it leads to the page behind the link, which shows what
is about to count. Nobody's name may stand under words they did not see.
"""

import re
import unicodedata
from datetime import datetime
from hmac import compare_digest

from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone

from casa.lib.keyed_hashes import keyed_hashes
from signatories.core import tokens
from signatories.models import Signature, SignatureQuerySet
from statements.models import Statement

State = Signature.State

DIGITS = 6
TRIES = 5
"""Wrong codes that a signature bears until its next mail, and mails are few a day: who guesses
all day long at one mailbox has 25 tries in a million."""


def code_of(signature: Signature) -> str:
    """The code in the mails about a signature."""
    return _codes_of(signature)[0]


def _codes_of(signature: Signature) -> list[str]:
    """The code, then those in mails from before SECRET_KEY was changed."""
    value = f"{signature.nonce}\n{signature.email_key}"
    hashes = keyed_hashes("confirmation-code", value)
    return [f"{int(made, 16) % 10**DIGITS:0{DIGITS}}" for made in hashes]


def grouped(code: str) -> str:
    """The code as a mail shows it, in two groups."""
    return f"{code[:3]} {code[3:]}"


def normalise(typed: str) -> str:
    """The digits of a code as people type it, in whatever script; "" if it cannot be one."""
    text = re.sub(r"[\s\-\u2010-\u2015.]", "", typed)
    digits = "".join(str(unicodedata.decimal(char, "")) for char in text)
    return digits if len(digits) == len(text) == DIGITS else ""


def find(statement: Statement, email: str, code: str) -> Signature | None:
    """The signature whose code was typed; None, and a try the less, if there is none.

    It takes the same steps whether the address is unknown, has signed, or has no try left: only
    who has the mail learns which. Rows are locked, so that tries at one moment are all counted.
    """
    with transaction.atomic():
        _do_not_wait_for_the_disk()
        rows = _of_mailbox(statement, email)
        waiting = list(rows.select_for_update(of=("self",)).order_by("pk"))
        found = _matching(waiting, code)
        if found is None:
            rows.filter(code_tries__lt=TRIES).update(code_tries=F("code_tries") + 1)
    return found


def _of_mailbox(statement: Statement, email: str) -> SignatureQuerySet:
    # What is confirmed has its code too: a second click is answered as the first one was.
    return Signature.objects.counted_as_mailbox(email).filter(
        statement=statement,
        state__in=Signature.COUNTABLE_STATES,
    )


def _matching(waiting: list[Signature], code: str) -> Signature | None:
    found, now = None, timezone.now()
    for signature in waiting or [Signature()]:
        fits = any(compare_digest(one, code) for one in _codes_of(signature))
        usable = signature.code_tries < TRIES and now < expires_at(signature)
        if fits and usable and signature.pk:
            found = found or signature
    return found


def expires_at(signature: Signature) -> datetime:
    """When the code dies: as long after the last mail as the link in it lives."""
    mailed = [signature.consented_at, signature.reminded_at, signature.created_at]
    last = max((at for at in mailed if at is not None), default=timezone.now())
    return last + tokens.LIFETIME[tokens.CONFIRM]


def _do_not_wait_for_the_disk() -> None:
    """A counted try is then answered as fast as one where nothing was there to count.

    Should the machine fall over in that very moment, a try is forgotten, which does no harm.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL synchronous_commit TO off")
