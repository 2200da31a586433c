"""What form fields and model fields share: reading an address, or saying why it is refused."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from casa.lib.addresses import domains, mailboxes, web_addresses


def read_email_address(typed: str) -> str:
    """Like `mailboxes.read`. Raises ValidationError."""
    try:
        return mailboxes.read(typed)
    except mailboxes.RefusedAddressError as refusal:
        raise ValidationError(refusal.sentence, code=refusal.reason) from refusal


def read_web_address(typed: str) -> str:
    """Like `web_addresses.in_ascii`. Raises ValidationError."""
    try:
        return web_addresses.in_ascii(typed)
    except domains.InvalidDomainError as error:
        raise ValidationError(
            _("Check the web address: there can be no domain of this name."), code="domain"
        ) from error
