"""Which spellings of an address are one mailbox."""

from collections.abc import Mapping

from casa.lib.addresses import domains
from casa.lib.addresses.providers import BY_DOMAIN, GMAIL, Provider

_AT_FIRST = dict.fromkeys(GMAIL.domains, GMAIL)
"""The providers that were known before there was a table of them."""


def canonical(address: str) -> str:
    """The key under which `address` is counted once; mail goes to what was typed.

    Case, an internationalised domain's two spellings, a "+tag", and what the provider takes for
    the same make no other mailbox.
    """
    return _key(address, BY_DOMAIN)


def keys(address: str) -> list[str]:
    """Keys that what is stored of a mailbox may stand under, `canonical` first.

    A row keeps the key it was stored with, and its links depend on it; so one that is older than
    the rule for its provider stands under the key that was made without.
    """
    return list(dict.fromkeys((canonical(address), _key(address, _AT_FIRST))))


def _key(address: str, known: Mapping[str, Provider]) -> str:
    local, _at, domain = address.strip().rpartition("@")
    try:
        domain = domains.in_ascii(domain)
    except domains.InvalidDomainError:
        domain = domain.lower().removesuffix(".")
    name, _dot, parent = domain.partition(".")
    if domain not in known and parent in known and known[parent].names_are_subdomains:
        local, domain = name, parent
    local = local.lower()
    local = local.partition("+")[0] or local
    return _by_provider(local, domain, known[domain]) if domain in known else f"{local}@{domain}"


def _by_provider(local: str, domain: str, provider: Provider) -> str:
    plain = local.translate(str.maketrans("", "", provider.ignored))
    if provider.alike:
        plain = plain.replace(*provider.alike)
    if provider.label:
        name, label, _rest = plain.partition(provider.label)
        plain = f"{name}{label}"
    return f"{plain or local}@{provider.domains[0] if provider.is_one else domain}"
