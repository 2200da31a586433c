"""Secrets in the database that a copy of it does not tell: encrypted, or as keyed hashes.

The keys are derived from those of encrypted data (`casa.lib.data_keys`), which are not in the
database. What an earlier one sealed can be read as long as that one is there; so can what was
sealed with SECRET_KEY, before there were others.
"""

import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterator

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.utils.crypto import salted_hmac

from casa.lib import data_keys

KEY_BYTES, NONCE_BYTES, HASH_BYTES = 32, 12, 12


class BrokenSealError(ValueError):
    """It was sealed with a key that is not known any more, or for somebody else."""


def seal(secret: bytes, *, purpose: str, owner: object) -> str:
    """`secret` in letters, to be read for the same purpose and owner alone."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    sealed = _cipher(next(_keys()), purpose).encrypt(nonce, secret, _of(owner))
    return urlsafe_b64encode(nonce + sealed).decode()


def unseal(text: str, *, purpose: str, owner: object) -> bytes:
    """What was sealed. Raises BrokenSealError."""
    try:
        sealed = urlsafe_b64decode(text)
    except ValueError as error:
        raise BrokenSealError from error
    for key in _keys():
        try:
            nonce, rest = sealed[:NONCE_BYTES], sealed[NONCE_BYTES:]
            return _cipher(key, purpose).decrypt(nonce, rest, _of(owner))
        except (InvalidTag, ValueError):
            continue
    raise BrokenSealError


def hashes_of(text: str, *, purpose: str, owner: object) -> list[str]:
    """Hashes of 16 letters: the one to keep, then those that SECRET_KEY made earlier."""
    value = f"{owner}:{text}"
    return [
        urlsafe_b64encode(
            salted_hmac(purpose, value, secret=key, algorithm="sha256").digest()[:HASH_BYTES]
        ).decode()
        for key in (data_keys.ring().hash_key, *_earlier())
    ]


def _keys() -> Iterator[str]:
    yield from data_keys.ring().keys.values()
    yield from _earlier()


def _earlier() -> Iterator[str]:
    yield settings.SECRET_KEY
    yield from settings.SECRET_KEY_FALLBACKS


def _cipher(key: str, purpose: str) -> ChaCha20Poly1305:
    derive = HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=purpose.encode())
    return ChaCha20Poly1305(derive.derive(key.encode()))


def _of(owner: object) -> bytes:
    return str(owner).encode()
