"""The one form of the address that somebody signs in with."""

import unicodedata

from casa.lib.addresses import mailboxes


def account_key(typed: str) -> str:
    """What an account is found by, and its failed tries are counted under, however it is typed.

    It is compared as it is: databases differ in what they take for the same letter ("ı" and "I").
    """
    composed = unicodedata.normalize("NFKC", typed[: mailboxes.TYPED_AT_MOST])
    return mailboxes.sought(composed).lower()[: mailboxes.LONGEST]
