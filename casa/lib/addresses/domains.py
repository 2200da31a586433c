"""Domains in their one form (ASCII, by IDNA 2008), and what somebody registered of them."""

from functools import cache
from string import ascii_lowercase, digits

import idna
from publicsuffixlist import PublicSuffixList

LONGEST = 253


class InvalidDomainError(ValueError):
    """IDNA 2008 knows no such domain."""


def in_ascii(domain: str) -> str:
    """The form of `domain` that is mailed, compared and kept. Raises InvalidDomainError.

    IDNA 2008 with the mapping of UTS 46, as browsers and registries have it. Python's own codec
    is IDNA 2003, which makes another domain of "straße.de": "strasse.de".
    """
    if len(domain) > LONGEST:
        raise InvalidDomainError("longer than any domain")
    # A Turkish or Azerbaijani keyboard types this capital for an i. Unicode takes it apart into a
    # letter and a dot, which would be somebody else's domain.
    plain = domain.replace("İ", "i")
    if _is_plain(lower := plain.lower()):
        return lower
    try:
        encoded = idna.encode(plain, uts46=True).decode().lower()
    except idna.IDNAError as error:
        raise InvalidDomainError(str(error)) from error
    return encoded.removesuffix(".")


_PLAIN = frozenset(f"{ascii_lowercase}{digits}-.")


def _is_plain(lower: str) -> bool:
    """Whether it is in its form already, as nearly all are; what is doubtful IDNA decides."""
    return _PLAIN.issuperset(lower) and all(map(_is_plain_label, lower.split(".")))


def _is_plain_label(label: str) -> bool:
    is_short = 0 < len(label) < 64  # as the protocol has it
    return is_short and "-" not in (label[0], label[-1]) and label[2:4] != "--"


def readable(domain: str) -> str:
    """`domain` in its own letters."""
    try:
        return idna.decode(domain)
    except idna.IDNAError:
        return domain


def shown(domain: str) -> str:
    """`domain` as pages show it: in ASCII, and in its own letters behind that."""
    plain = readable(domain)
    return domain if plain == domain else f"{domain} ({plain})"


@cache
def _suffixes() -> PublicSuffixList:
    """The public suffixes, those of hosting companies included: x.github.io is not y.github.io."""
    return PublicSuffixList(accept_unknown=False)


@cache
def _registries() -> PublicSuffixList:
    """The public suffixes of registries alone: some who let names under theirs have mail there."""
    return PublicSuffixList(accept_unknown=False, only_icann=True)


def registrable(host: str) -> str:
    """The part of `host` that somebody registered, in ASCII; "" for a suffix, an IP, nonsense."""
    try:
        return _suffixes().privatesuffix(in_ascii(host)) or ""
    except InvalidDomainError:
        return ""


def is_registered(domain: str) -> bool:
    """Whether `domain`, in ASCII, is or is under one that can be had of a registry."""
    return _registries().privatesuffix(domain) is not None


def is_public_suffix(domain: str) -> bool:
    """Whether a registry lets everybody have domains under `domain`."""
    return bool(_registries().is_public(domain))
