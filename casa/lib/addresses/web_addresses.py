"""URLs, with their hosts in the one form."""

from urllib.parse import urlsplit

from casa.lib.addresses import domains


def in_ascii(url: str) -> str:
    """`url` with its host as browsers ask for it. Raises domains.InvalidDomainError.

    One without a host, and one that is no URL, comes back as it is.
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    before, at, place = parts.netloc.rpartition("@")
    host, colon, port = place.partition(":")
    if not host or host.startswith("["):  # an IPv6 address
        return url
    netloc = f"{before}{at}{domains.in_ascii(host)}{colon}{port}"
    return parts._replace(netloc=netloc).geturl()


def registrable(url: str) -> str:
    """The part of the host that somebody registered, in ASCII; "" if there is none."""
    try:
        return domains.registrable(urlsplit(url).hostname or "")
    except ValueError:
        return ""


def shown(url: str) -> str:
    """`url` as pages show it: in ASCII, and its host in its own letters behind that."""
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return url
    plain = domains.readable(host)
    return url if plain == host else f"{url} ({plain})"
