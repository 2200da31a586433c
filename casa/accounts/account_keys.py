"""What stands for the address that somebody signs in with."""

import unicodedata

from casa.lib.addresses import mailboxes
from casa.lib.addresses.mailbox_keys import PURPOSE
from casa.lib.data_keys import keyed_hash


class AccountKey(str):
    """A key, which is not taken for something that was typed."""

    __slots__ = ()


def account_key(typed: str) -> str:
    """What an account is found by, and its failed tries are counted under, however it is typed:
    a keyed hash of the one form of the address.

    It is compared as it is: databases differ in what they take for the same letter ("ı" and "I").
    """
    if isinstance(typed, AccountKey):
        return typed
    composed = unicodedata.normalize("NFKC", typed[: mailboxes.TYPED_AT_MOST])
    form = mailboxes.sought(composed).lower()[: mailboxes.LONGEST]
    return AccountKey(keyed_hash(PURPOSE, form))
