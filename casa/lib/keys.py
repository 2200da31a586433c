"""Primary keys that came from outside, in an address or a form."""

LONGEST = 18
"""Digits: any number of so many fits into the databases."""


def primary_key(text: str) -> int:
    """The primary key that `text` says; 0, which no row has, where it says none."""
    is_key = len(text) <= LONGEST and text.isascii() and text.isdecimal()
    return int(text) if is_key else 0
