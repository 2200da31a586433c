"""The keys of what lies encrypted in the database, and of the hashes by which it is found.

They are no part of the database or its backups. Each key that encrypts has a name, which stands
before what it encrypted, so that a new one can take over while the old one still reads. The key of
hashes is another one, and stays.
"""

import hmac
import os
import re
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

KEY_BYTES, NONCE_BYTES = 32, 12
HASH_LENGTH = 22
"""Letters of a hash: 128 bits, more than anybody could try."""

HASH = "hash"
"""The name under which the key of hashes stands in a file."""

MARK = "sealed:"
NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,19}")


class DataKeyError(Exception):
    """Keys are missing or are not those of this database, in a sentence with the remedy."""


class UnknownKeyError(ValueError):
    """What is to be read was encrypted with a key that is not there."""


@dataclass(frozen=True)
class KeyRing:
    """The keys of the site by their names, as letters; the first one encrypts."""

    keys: dict[str, str]
    hash_key: str
    _ciphers: dict[str, AESGCM] = field(default_factory=dict, repr=False, compare=False)

    @cached_property
    def first(self) -> str:
        return next(iter(self.keys))

    @cached_property
    def hashing(self) -> bytes:
        return _bytes(self.hash_key)

    def cipher(self, name: str) -> AESGCM:
        """Raises UnknownKeyError."""
        if name not in self.keys:
            raise UnknownKeyError(name)
        if name not in self._ciphers:
            self._ciphers[name] = AESGCM(_bytes(self.keys[name]))
        return self._ciphers[name]


def ring() -> KeyRing:
    """The keys of this process, read once. Raises DataKeyError."""
    return _loaded[0] if _loaded else _load()


_loaded: list[KeyRing] = []
_read_at: list[int] = []
"""When the file was changed that they were read from: it is not read again for each unknown key."""

on_load: list[Callable[[], None]] = []
"""Each is called once keys were read, and raises where they are not those of the database."""


def forget() -> None:
    """Read the keys anew when they are next asked for."""
    _loaded.clear()


def are_there() -> bool:
    keys, hash_key = _of_settings()
    return bool(keys or hash_key) or settings.DATA_KEYS_FILE.exists()


def are_in_file() -> bool:
    """Whether the keys lie in a file that the site made, not in its settings."""
    return not any(_of_settings())


def check_settings(keys: list[str], hash_key: str) -> None:
    """Raises ImproperlyConfigured where DATA_KEYS and DATA_HASH_KEY cannot be used."""
    if bool(keys) != bool(hash_key):
        names = ("DATA_KEYS", "DATA_HASH_KEY")
        there, missing = names if keys else names[::-1]
        raise ImproperlyConfigured(
            f"{there} is set without {missing}. Set both, or none of the two"
        )
    if keys:
        try:
            read_ring([*keys, f"{HASH}:{hash_key}"], "DATA_KEYS")
        except DataKeyError as error:
            raise ImproperlyConfigured(str(error)) from error


def _of_settings() -> tuple[tuple[str, ...], str]:
    return tuple(settings.DATA_KEYS), settings.DATA_HASH_KEY


def _load() -> KeyRing:
    given, hash_key = _of_settings()
    if given or hash_key:
        found = read_ring([*given, f"{HASH}:{hash_key}"], "DATA_KEYS")
    else:
        found = read_ring(_lines(settings.DATA_KEYS_FILE), str(settings.DATA_KEYS_FILE))
    _loaded[:], _read_at[:] = [found], _changed_at()
    try:
        for look_at in on_load:
            look_at()
    except Exception:
        forget()
        raise
    return found


def _changed_at() -> list[int]:
    file = settings.DATA_KEYS_FILE
    return [file.stat().st_mtime_ns] if file.exists() else []


def _lines(file: Path) -> list[str]:
    try:
        return file.read_text("ascii").split()
    except (OSError, UnicodeDecodeError) as error:
        raise DataKeyError(
            f"DATA_KEYS is empty, and {file} cannot be read. Bring that file back from where you"
            " keep the keys, or put them into DATA_KEYS and DATA_HASH_KEY."
        ) from error


def read_ring(lines: Iterable[str], source: str) -> KeyRing:
    """The keys that `lines` give as NAME:KEY. Raises DataKeyError, which tells no key."""
    keys: dict[str, str] = {}
    for line in lines:
        name, _colon, key = line.strip().partition(":")
        if not NAME.fullmatch(name) or name in keys or len(_bytes(key)) != KEY_BYTES:
            raise DataKeyError(
                f"{source} cannot be read. Write NAME:KEY as `manage.py data_keys new` gives them;"
                " a name is of small letters, digits and dashes, and DATA_HASH_KEY a key alone."
            )
        keys[name] = key
    hash_key = keys.pop(HASH, "")
    if not keys or not hash_key:
        raise DataKeyError(f"{source} lacks a key. Bring back what it held.")
    return KeyRing(keys, hash_key)


def _bytes(key: str) -> bytes:
    try:
        return urlsafe_b64decode(key)
    except ValueError:
        return b""


# New keys


def new_key() -> str:
    return urlsafe_b64encode(secrets.token_bytes(KEY_BYTES)).decode()


def new_name(taken: Iterable[str]) -> str:
    """A name for a key that tells when it was made."""
    today, known = f"k{date.today():%Y%m}", set(taken)  # noqa: DTZ011 - a month, for people
    names = [today, *(f"{today}-{number}" for number in range(2, len(known) + 3))]
    return next(name for name in names if name not in known)


def make_file(path: Path, keys: dict[str, str], hash_key: str) -> None:
    """Write keys into a new file that its owner alone can read; one that is there stays."""
    unfinished = _write(path, keys, hash_key)
    try:
        os.link(unfinished, path)
    except FileExistsError:
        pass  # another process was faster, and its keys are those of the site
    finally:
        unfinished.unlink()
    forget()


def write_file(path: Path, keys: dict[str, str], hash_key: str) -> None:
    """Put keys into the place of those in a file, in one step."""
    _write(path, keys, hash_key).rename(path)
    forget()


def _write(path: Path, keys: dict[str, str], hash_key: str) -> Path:
    unfinished = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    lines = "".join(f"{name}:{key}\n" for name, key in {**keys, HASH: hash_key}.items())
    with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(lines)
        file.flush()
        os.fsync(file.fileno())
    return unfinished


# What is done with them


def seal(data: bytes, *, by: str = "") -> tuple[str, bytes]:
    """`data` encrypted with AES-256-GCM, and the name of the key: the first, if none is said."""
    keys, nonce = ring(), os.urandom(NONCE_BYTES)
    name = by or keys.first
    return name, nonce + keys.cipher(name).encrypt(nonce, data, None)


def unseal(name: str, sealed: bytes) -> bytes:
    """What was sealed. Raises UnknownKeyError, also where it was changed."""
    try:
        return cipher_of(name).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], None)
    except (InvalidTag, ValueError) as error:
        raise UnknownKeyError(name) from error


def cipher_of(name: str) -> AESGCM:
    """The key of that name; one that came into the file after this process began is found too.

    Raises UnknownKeyError.
    """
    found = ring()
    if name not in found.keys and are_in_file() and _changed_at() != _read_at:
        found = _load()
    return found.cipher(name)


def seal_text(text: str, *, by: str = "") -> str:
    """`text` sealed, as letters with the name of the key before them."""
    name, sealed = seal(text.encode(), by=by)
    return f"{MARK}{name}:{urlsafe_b64encode(sealed).decode()}"


def unseal_text(text: str) -> str:
    """Raises UnknownKeyError."""
    name, _colon, sealed = text.removeprefix(MARK).partition(":")
    return unseal(name, _bytes(sealed)).decode()


def keyed_hash(purpose: str, value: str) -> str:
    """HASH_LENGTH letters: the same for the same value, and without the key they tell nothing."""
    made = hmac.digest(ring().hashing, f"{purpose}\0{value}".encode(), "sha256")
    return urlsafe_b64encode(made[:16]).decode()[:HASH_LENGTH]
