"""Addresses within texts that people typed or pasted."""

import re

# Whatever may be one. Looked for where a run of such characters begins and nowhere within it, so
# that the time grows with the text and not with its square.
_CHAR = r"[^\s<>()\[\],;:“”\"]"
_IN_TEXT = re.compile(rf"(?<!{_CHAR}){_CHAR}+@{_CHAR}+")


def without_addresses(text: str) -> str:
    """`text` for those who may not see contact data."""
    return _IN_TEXT.sub("…@…", text)


def addresses_in(text: str) -> list[str]:
    """What stands like an address in `text`; whether it is one, `reading` tells."""
    return _IN_TEXT.findall(text)
