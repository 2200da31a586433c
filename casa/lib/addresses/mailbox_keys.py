"""Under what a mailbox is counted and found: keyed hashes, which tell no address."""

from casa.lib.addresses import spellings
from casa.lib.data_keys import keyed_hash

PURPOSE = "mailbox"


def mailbox_key(address: str) -> str:
    """The key under which what somebody does with `address` is counted once."""
    return hashed(spellings.canonical(address))


def mailbox_keys(address: str) -> list[str]:
    """Keys that what is stored of a mailbox may stand under, `mailbox_key` first."""
    return [hashed(one) for one in spellings.keys(address)]


def hashed(spelling: str) -> str:
    """The hash of one spelling; what is none, such as a hash, stays as it is."""
    return keyed_hash(PURPOSE, spelling) if spelling and "@" in spelling else spelling
