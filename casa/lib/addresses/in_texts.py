"""Addresses within texts that people typed or pasted."""

import re

# Whatever may be one.
_IN_TEXT = re.compile(r"[^\s<>()\[\],;:“”\"]+@[^\s<>()\[\],;:“”\"]+")


def without_addresses(text: str) -> str:
    """`text` for those who may not see contact data."""
    return _IN_TEXT.sub("…@…", text)
