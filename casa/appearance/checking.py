"""What staff may enter for colours and links; all of it ends up in pages that everybody reads."""

import re
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from casa.appearance.theme import Accent
from casa.lib.addresses import domains

_INTERNAL = re.compile(r"/(?![/\\])[\w\-.~!$&'()*+,;=:@%/?#]*", re.ASCII)


def check_color(value: str) -> None:
    """Raises ValidationError for anything but #rgb or #rrggbb."""
    try:
        Accent.from_hex(value)
    except ValueError as error:
        raise ValidationError(
            _("Enter a colour as # and three or six of the signs 0–9 and a–f, such as #1f5f8b."),
            code="color",
        ) from error


def check_link(value: str) -> None:
    """Raises ValidationError for anything but a path of this site or a full https address."""
    if not (_INTERNAL.fullmatch(value) or is_https(value)):
        raise ValidationError(
            _(
                "Enter a page of this site, such as /about/, or a full address that begins with"
                " https://."
            ),
            code="link",
        )


def check_profile(value: str) -> None:
    """Raises ValidationError for anything but a full https address."""
    if not is_https(value):
        raise ValidationError(_("Enter a full address that begins with https://."), code="link")


_ACCOUNT = re.compile(r"@?[A-Za-z0-9_][A-Za-z0-9_.-]{0,63}@([^@\s]+)")


def check_account(value: str) -> None:
    """Raises ValidationError for anything but a name and a public host, "@office@example.org"."""
    found = _ACCOUNT.fullmatch(value)
    if not (found and domains.is_registered(found[1].lower())):
        raise ValidationError(
            _("Enter the account with its server, such as @office@mastodon.example."),
            code="account",
        )


def is_https(value: str) -> bool:
    try:
        parts = urlsplit(value)
        is_whole = bool(parts.hostname) and parts.port != 0
    except ValueError:  # a bracket or a port that is none
        return False
    is_plain = re.search(r"[\s\\\x00-\x20\"'<>`]", value) is None
    return parts.scheme == "https" and is_whole and is_plain and "@" not in parts.netloc
