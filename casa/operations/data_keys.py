"""The keys of encrypted data: made once, compared with the database at each start, exchanged.

The keys themselves are read by `casa.lib.data_keys`. The database holds for each of them what tells
whether it is the right one, so a site that was started with others writes and reads nothing.
"""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from casa.lib import data_keys
from casa.lib.data_keys import HASH, DataKeyError, UnknownKeyError
from casa.operations import resealing
from casa.operations.models import DataKey

KNOWN_WORDS = "Known words, to try a key with."


def prepare(**kwargs: Any) -> None:
    """Before `migrate`: see to it that there are keys, and that they are those of the database.

    Raises ImproperlyConfigured.
    """
    if not data_keys.are_there() and not _rows():
        first = data_keys.new_name(())
        keys = {first: data_keys.new_key()}
        data_keys.make_file(settings.DATA_KEYS_FILE, keys, data_keys.new_key())
    verify()


def register(plan: Sequence[Any] | None = None, **kwargs: Any) -> None:
    """After `migrate`: write down the keys that are new, and encrypt what was stored before.

    With an empty `plan` nothing was migrated, and no row is looked at.
    """
    if not _is_table_there():
        return
    known = {row.name for row in _rows()}
    for name in (*data_keys.ring().keys, HASH):
        if name not in known:
            DataKey.objects.create(name=name, proof=_proof(name))
    if plan is None or plan:
        resealing.seal_plain()


def verify() -> None:
    """Raises ImproperlyConfigured where the keys are missing, or are not those of the database."""
    compare(proofs(), is_started=True)


def proofs() -> dict[str, str]:
    """What tells whether keys are those of this database, by their names; without lost ones."""
    return {row.name: row.proof for row in _rows() if row.lost_at is None}


def compare(proofs: Mapping[str, str], *, is_started: bool = False) -> None:
    """Raises ImproperlyConfigured where the keys are missing, or are not those of the `proofs`."""
    if not proofs and not is_started:
        return
    try:
        keys = data_keys.ring().keys
    except DataKeyError as error:
        raise ImproperlyConfigured(str(error)) from error
    for name, proof in proofs.items():
        if name != HASH and name not in keys:
            raise ImproperlyConfigured(_missing(name))
        if not _fits(name, proof):
            raise ImproperlyConfigured(_wrong(name))


def verify_at_start() -> None:
    """The same, for processes that may start while the database is away."""
    with suppress(DatabaseError):
        verify()


def _missing(name: str) -> str:
    return (
        f"DATA_KEYS lacks the key {name}, which encrypted data in this database. Bring it back"
        f" from where you keep the keys. If nobody has it any more: manage.py data_keys lost {name}"
    )


def _wrong(name: str) -> str:
    variable = "DATA_HASH_KEY" if name == HASH else "DATA_KEYS"
    what = "a hash key" if name == HASH else f"under {name} a key"
    return (
        f"{variable} has {what} that is not the one of this database. Bring back the one that"
        " belongs to it: keys are of one site, and of the backups of that site."
    )


def _is_table_there() -> bool:
    return DataKey._meta.db_table in connection.introspection.table_names()


def _rows() -> list[DataKey]:
    return list(DataKey.objects.order_by("made_at", "pk")) if _is_table_there() else []


def _proof(name: str) -> str:
    if name == HASH:
        return data_keys.keyed_hash("proof", KNOWN_WORDS)
    return data_keys.seal_text(KNOWN_WORDS, by=name)


def _fits(name: str, proof: str) -> bool:
    if name == HASH:
        return constant_time_compare(proof, _proof(HASH))
    try:
        return data_keys.unseal_text(proof) == KNOWN_WORDS
    except UnknownKeyError:
        return False


# What people do


def add() -> str:
    """Put a new key before the others in the file, and begin to encrypt everything with it.

    Its name. Raises DataKeyError where the keys stand in the settings.
    """
    if not data_keys.are_in_file():
        raise DataKeyError(
            "DATA_KEYS is set, so the key has to be put there by hand: before the others, with a"
            " comma. Then start the site anew, and run: manage.py data_keys begin"
        )
    verify()
    ring = data_keys.ring()
    name = data_keys.new_name({*ring.keys, *(row.name for row in _rows())})
    keys = {name: data_keys.new_key(), **ring.keys}
    data_keys.write_file(settings.DATA_KEYS_FILE, keys, ring.hash_key)
    begin()
    return name


def begin() -> None:
    """Let a worker encrypt everything anew with the first key. Raises ImproperlyConfigured."""
    verify()
    register(plan=())
    resealing.begin(data_keys.ring().first)


def retire(name: str) -> int:
    """Throw an earlier key away, once nothing needs it; how many values were still to be encrypted
    anew. Raises DataKeyError.
    """
    verify()
    ring = data_keys.ring()
    if name == ring.first or name not in ring.keys:
        others = ", ".join(list(ring.keys)[1:]) or "none"
        raise DataKeyError(f"{name} is no earlier key of this site. Earlier ones: {others}.")
    left = resealing.seal_what_is_of(name)
    if lost := sum(seal() for seal in resealing.seal_elsewhere):
        raise DataKeyError(f"{lost} second factors cannot be read. Reset them first.")
    if data_keys.are_in_file():
        keys = {one: key for one, key in ring.keys.items() if one != name}
        data_keys.write_file(settings.DATA_KEYS_FILE, keys, ring.hash_key)
    DataKey.objects.filter(name=name).delete()
    return left


def lose(name: str) -> None:
    """Write down that nobody has a key any more, so that the site starts without it.

    What it encrypted stays as it is, and is read again if the key is found. Raises DataKeyError.
    """
    row = next((row for row in _rows() if row.name == name), None)
    if row is None or name == HASH:
        raise DataKeyError(f"This database knows no key {name}.")
    if not data_keys.are_there():
        raise DataKeyError("No key is there. If all are lost: manage.py data_keys lost --all")
    if name in data_keys.ring().keys:
        raise DataKeyError(f"The key {name} is there. Take it out of DATA_KEYS first.")
    DataKey.objects.filter(name=name).update(lost_at=timezone.now())


@transaction.atomic
def lose_all() -> str:
    """Go on with new keys, in the file, where all are lost; the name of the new one.

    Raises DataKeyError.
    """
    if data_keys.are_there():
        raise DataKeyError("There are keys. Which one is lost? manage.py data_keys lost NAME")
    DataKey.objects.filter(name=HASH).delete()
    DataKey.objects.filter(lost_at=None).update(lost_at=timezone.now())
    name = data_keys.new_name(row.name for row in _rows())
    data_keys.make_file(settings.DATA_KEYS_FILE, {name: data_keys.new_key()}, data_keys.new_key())
    register(plan=())
    return name


def find_again() -> list[str]:
    """Take keys that were lost for found, where they are there again; their names."""
    again = [row.name for row in _rows() if row.lost_at and _fits(row.name, row.proof)]
    DataKey.objects.filter(name__in=again).update(lost_at=None)
    return again


def lost() -> list[str]:
    return [row.name for row in _rows() if row.lost_at]
