"""The secrets in links: signed, salted per purpose, expiring, and without any personal data."""

import secrets
from datetime import timedelta

from django.core import signing
from django.db import connection
from django.urls import reverse
from django.utils.crypto import constant_time_compare

from casa.lib import http
from casa.lib.db import rows
from casa.lib.http import absolute
from casa.lib.keyed_hashes import keyed_hashes
from signatories.models import ANSWER_WITHIN, Erasure, Signature
from statements import reading

ASK = "ask"
CONFIRM = "confirm"
CORRECTION = "correction"
MANAGE = "manage"
UPDATES = "updates"
VERIFY_AGAIN = "verify-again"
LIFETIME = {
    ASK: timedelta(days=60),
    CONFIRM: timedelta(days=14),
    CORRECTION: timedelta(days=60),
    MANAGE: timedelta(days=400),  # every mail brings a new one
    VERIFY_AGAIN: ANSWER_WITHIN,
    UPDATES: timedelta(days=730),  # to stop has to work in an old mail too
}


class ExpiredToken(Exception):  # noqa: N818 - an answer to a reader, not a programming error
    """The link was right, and is too old."""


class InvalidToken(Exception):  # noqa: N818
    """The link is not one that was sent, or its address has changed since."""


class ErasedToken(http.Gone):
    """The link was right, and its owner had all erased that it led to."""

    template = "signatories/erased.html"


def new_nonce() -> str:
    """128 random bits that a signature's links depend on."""
    return secrets.token_urlsafe(16)


def make(signature: Signature, purpose: str) -> str:
    """A token for a link in a mail to the signature's address, good for LIFETIME[purpose]."""
    payload = [signature.pk, _seals(signature, purpose)[0]]
    return signing.dumps(payload, salt=_salt(purpose))


def read(token: str, purpose: str) -> Signature:
    """The signature a token was made for, with its statement, edition and organization.

    Raises ExpiredToken, ErasedToken or InvalidToken.
    """
    pk, seal = _opened(token, purpose)
    related = Signature.objects.select_related("statement", "edition", "organization")
    return _checked(related.filter(pk=pk).first(), pk, seal, purpose)


def read_locked(token: str, purpose: str) -> Signature:
    """The same, locked until the caller's transaction ends, with the words that are read now."""
    pk, seal = _opened(token, purpose)
    lock = " FOR UPDATE" if connection.vendor == "postgresql" else ""
    found = rows.select(Signature, f"id = %s{lock}", [pk])
    signature = _checked(found[0] if found else None, pk, seal, purpose)
    reading.attach_words(signature)
    return signature


def _opened(token: str, purpose: str) -> tuple[int, str]:
    try:
        pk, seal = signing.loads(token, salt=_salt(purpose), max_age=LIFETIME[purpose])
    except signing.SignatureExpired as error:
        raise ExpiredToken from error
    except signing.BadSignature as error:
        raise InvalidToken from error
    return pk, seal


def _checked(signature: Signature | None, pk: int, seal: str, purpose: str) -> Signature:
    if signature is None or not _fits(seal, signature, purpose):
        if Erasure.objects.filter(signature_number=pk).exists():
            raise ErasedToken
        raise InvalidToken
    return signature


def _fits(seal: str, signature: Signature, purpose: str) -> bool:
    return any(constant_time_compare(seal, one) for one in _seals(signature, purpose))


def _seals(signature: Signature, purpose: str) -> list[str]:
    """Ties a token to the mailbox it was sent to and to a secret of the row.

    The mailbox changes with the address, and a link that went to the old one is dead.
    """
    value = f"{signature.nonce}\n{signature.email_key}"
    return [made[:32] for made in keyed_hashes(_salt(purpose), value)]


def _salt(purpose: str) -> str:
    return f"signature-link:{purpose}"


def manage_url(signature: Signature) -> str:
    """The private link of a signer, with the site's own address before it."""
    return absolute(reverse("signatories:manage", args=[make(signature, MANAGE)]))
