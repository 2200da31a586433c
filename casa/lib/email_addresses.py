"""Which e-mail addresses are one mailbox."""

import re

import idna

# Providers that ignore dots in the part before the @, each with the domain they all mean.
_DOTLESS = {"gmail.com": "gmail.com", "googlemail.com": "gmail.com"}


def canonical(address: str) -> str:
    """The key under which `address` is counted once; mail goes to what was typed.

    Case, an internationalised domain's two spellings, a "+tag", and dots where the provider
    ignores them make no other mailbox.
    """
    local, _, domain = address.strip().casefold().rpartition("@")
    try:
        domain = idna.encode(domain.rstrip("."), uts46=True).decode()
    except idna.IDNAError:
        domain = domain.rstrip(".")
    local = local.partition("+")[0] or local
    if domain in _DOTLESS:
        local, domain = local.replace(".", ""), _DOTLESS[domain]
    return f"{local}@{domain}"


# Whatever may be one, in text that people typed or pasted.
_IN_TEXT = re.compile(r"[^\s<>()\[\],;:“”\"]+@[^\s<>()\[\],;:“”\"]+")


def without_addresses(text: str) -> str:
    """`text` for those who may not see contact data."""
    return _IN_TEXT.sub("…@…", text)
