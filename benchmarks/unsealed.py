"""The site without encryption, to measure what that costs; for nothing else.

What would be encrypted lies there as it is, and what would be hashed is cut to the length of a
hash, so that columns are as they are and rows are found as before.
"""

import os

from casa.lib import data_keys
from casa.lib.addresses import mailbox_keys
from casa.lib.data_keys import HASH_LENGTH, MARK

NAME = "plain"
SETTING = "BENCH_UNSEALED"
"""A variable of the environment: processes of a benchmark that have it begin with `begin`."""


def is_wanted() -> bool:
    return SETTING in os.environ


def begin() -> None:
    """Let this process encrypt and hash nothing from now on."""
    data_keys.on_load.clear()  # which would say that the keys are not those of the database
    data_keys.seal = lambda data, *, by="": (NAME, data)
    data_keys.unseal = lambda name, sealed: sealed
    data_keys.seal_text = lambda text, *, by="": f"{MARK}{NAME}:{text}"
    data_keys.unseal_text = lambda text: text.removeprefix(f"{MARK}{NAME}:")
    data_keys.keyed_hash = mailbox_keys.keyed_hash = _cut


def _cut(purpose: str, value: str) -> str:
    return value.ljust(HASH_LENGTH, ".")[:HASH_LENGTH]
