"""Which spellings of an address are one mailbox."""

from casa.lib.addresses import domains

# Providers that ignore dots in the part before the @, each with the domain they all mean.
_DOTLESS = {"gmail.com": "gmail.com", "googlemail.com": "gmail.com"}


def canonical(address: str) -> str:
    """The key under which `address` is counted once; mail goes to what was typed.

    Case, an internationalised domain's two spellings, a "+tag", and dots where the provider
    ignores them make no other mailbox.
    """
    local, _at, domain = address.strip().rpartition("@")
    try:
        domain = domains.in_ascii(domain)
    except domains.InvalidDomainError:
        domain = domain.lower().removesuffix(".")
    local = local.lower()
    local = local.partition("+")[0] or local
    if domain in _DOTLESS:
        local, domain = local.replace(".", ""), _DOTLESS[domain]
    return f"{local}@{domain}"
