"""E-mail addresses: read once into the form that is mailed, compared, keyed and kept.

An address that came through `read` is ASCII, its domain in lower case and by IDNA 2008, its part
before the @ as it was typed.
"""

import re
from enum import StrEnum, auto

from django.utils.translation import gettext_lazy as _

from casa.lib.addresses import domains

LONGEST, LONGEST_LOCAL = 254, 64
TYPED_AT_MOST = 400
"""Characters that are looked at; room for `mailto:`, a name and blanks around an address."""

# What stands around an address that was pasted: blanks of all kinds, and marks that nobody sees.
_AROUND = " \t\r\n\f\v\u00a0\u00ad\u1680\u2028\u2029\u202f\u205f\u2060\u3000\ufeff" + "".join(
    map(chr, (*range(0x2000, 0x2010), *range(0x202A, 0x202F), *range(0x2066, 0x206A)))
)
_BLANKS = " \u00a0"
_WITHOUT_BLANKS = str.maketrans("", "", _BLANKS)
_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LOCAL = re.compile(rf"{_ATOM}(?:\.{_ATOM})*")


class Reason(StrEnum):
    """Why something is not taken for an address."""

    INVALID = auto()
    LETTERS = auto()
    LONG = auto()
    DOMAIN = auto()
    LOCAL = auto()


SENTENCES = {
    Reason.INVALID: _("Enter an e-mail address such as name@example.org."),
    Reason.LETTERS: _(
        "Before the @ stand letters from a to z, digits and signs such as . _ - +, and no others."
    ),
    Reason.LONG: _("The part before the @ is longer than the 64 letters that mail servers take."),
    Reason.DOMAIN: _("There can be no domain “%(domain)s”. Check what stands behind the @."),
    Reason.LOCAL: _(
        "No mail reaches “%(domain)s” from here. Enter an address with a full domain, such as"
        " name@example.org."
    ),
}


class RefusedAddressError(ValueError):
    """What was typed is no address that mail is sent to; `sentence` is for whoever typed it."""

    def __init__(self, reason: Reason, domain: str = "") -> None:
        super().__init__(reason)  # never the address: errors end up in logs
        self.reason = reason
        self._domain = domain if len(domain) <= 60 else f"{domain[:60]}…"

    @property
    def sentence(self) -> str:
        return str(SENTENCES[self.reason]) % {"domain": self._domain}


def read(typed: str) -> str:
    """The address in what somebody typed or pasted. Raises RefusedAddressError.

    `mailto:`, angle brackets with a name before them, a last dot and blanks are forgiven.
    """
    if len(typed) > TYPED_AT_MOST:
        raise RefusedAddressError(Reason.INVALID)
    local, _at, domain = _unwrapped(typed).rpartition("@")
    local, domain = local.rstrip(_BLANKS), domain.translate(_WITHOUT_BLANKS)
    _check_local(local)
    if not domain:
        raise RefusedAddressError(Reason.INVALID)
    address = f"{local}@{_read_domain(domain)}"
    if len(address) > LONGEST:
        raise RefusedAddressError(Reason.INVALID)
    return address


def _unwrapped(typed: str) -> str:
    text = typed.strip(_AROUND)
    _name, bracket, inside = text.rpartition("<")
    if bracket and inside.endswith(">"):
        text = inside[:-1].strip(_AROUND)
    if text[:7].lower() == "mailto:":
        text = text[7:].partition("?")[0].strip(_AROUND)
    return text


def _check_local(local: str) -> None:
    if len(local) > LONGEST_LOCAL:
        raise RefusedAddressError(Reason.LONG)
    if not local.isascii():
        raise RefusedAddressError(Reason.LETTERS)
    if not _LOCAL.fullmatch(local):
        raise RefusedAddressError(Reason.INVALID)


def _read_domain(domain: str) -> str:
    if domain.startswith("["):  # an IP address
        raise RefusedAddressError(Reason.LOCAL, domain)
    try:
        ascii_domain = domains.in_ascii(domain)
    except domains.InvalidDomainError as error:
        raise RefusedAddressError(Reason.DOMAIN, domain) from error
    if not domains.is_registered(ascii_domain):
        raise RefusedAddressError(Reason.LOCAL, domain)
    return ascii_domain


def sought(typed: str) -> str:
    """What to look for where an address was typed to find something by: also one of our own
    that `read` would refuse.
    """
    try:
        return read(typed)
    except RefusedAddressError:
        return typed.strip()


def domain_sought(typed: str) -> str:
    """The domain to look for where one was typed, as addresses are kept with it."""
    return domain_of(sought(f"somebody@{typed}"))


def in_ascii(address: str) -> str:
    """`address` with its domain as mail servers take it; for one that is not a person's input.

    Raises domains.InvalidDomainError.
    """
    local, at, domain = address.strip().rpartition("@")
    return f"{local}@{domains.in_ascii(domain)}" if at else address


def domain_of(address: str) -> str:
    return address.rpartition("@")[2]


def shown(address: str) -> str:
    """`address` as pages show it: in ASCII, and in its own letters behind that."""
    local, _at, domain = address.rpartition("@")
    plain = domains.readable(domain)
    return address if plain == domain else f"{address} ({local}@{plain})"
