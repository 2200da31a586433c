"""Where a request comes from: address, subnet and country of the client, and marks of them."""

import secrets
from datetime import date
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from casa.lib import countries

IPAddress = IPv4Address | IPv6Address

HOME_V6 = 64  # bits: one household or server has all addresses of such a network to itself
SUBNET = {4: 24, 6: 48}  # bits: what one provider or tenant commonly holds
UNKNOWN = "unknown"


def parsed(text: str) -> IPAddress | None:
    """An address as proxies write it: with a port, a zone or brackets, or as IPv4 within IPv6."""
    text = text.strip().strip('"')
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        address = ip_address(text.partition("%")[0])
    except ValueError:
        return None
    if isinstance(address, IPv6Address) and address.ipv4_mapped:
        return address.ipv4_mapped
    return address


def client_address(request: HttpRequest) -> str:
    """Where a request comes from.

    With TRUSTED_PROXIES it is the last address of the chain that is none of them: what stands
    before it are the client's own words. With BEHIND_PROXY alone it is what the one proxy saw,
    the last entry. Without either, X-Forwarded-For changes nothing.
    """
    direct = str(request.META.get("REMOTE_ADDR", ""))
    entries = request.headers.get("X-Forwarded-For", "").split(",")
    if settings.TRUSTED_PROXIES:
        return _last_untrusted(direct, entries)
    if settings.BEHIND_PROXY and (seen := parsed(entries[-1])):
        return str(seen)
    return str(parsed(direct) or direct)


def knows_its_proxy(request: HttpRequest) -> bool:
    """False if a request seems to come through a proxy that no setting tells of."""
    if settings.TRUSTED_PROXIES or settings.BEHIND_PROXY:
        return True
    direct = parsed(str(request.META.get("REMOTE_ADDR", "")))
    is_near = direct is None or direct.is_private
    return not (is_near and request.headers.get("X-Forwarded-For"))


def client_country(request: HttpRequest) -> str:
    """The ISO code of the country that the proxy tells by COUNTRY_HEADER; "" where it tells none.

    The header is believed from a proxy alone: from anybody else it is the client's own word.
    """
    told = request.headers.get(settings.COUNTRY_HEADER, "") if settings.COUNTRY_HEADER else ""
    direct = str(request.META.get("REMOTE_ADDR", ""))
    if not told or (settings.TRUSTED_PROXIES and direct and not _is_trusted(parsed(direct))):
        return ""
    code = told.strip().upper()
    return code if code in countries.country_names("en") else ""


def _last_untrusted(direct: str, entries: list[str]) -> str:
    # A unix socket has no address; only the proxy on this machine can open it.
    client = parsed(direct)
    if direct and not _is_trusted(client):
        return str(client or direct)
    for entry in reversed(entries):
        seen = parsed(entry)
        if seen is None:
            break  # what a proxy did not write says nothing, and neither does what is before it
        client = seen
        if not _is_trusted(seen):
            break
    return str(client or direct)


def _is_trusted(address: IPAddress | None) -> bool:
    return address is not None and any(address in proxy for proxy in settings.TRUSTED_PROXIES)


def client_key(address: str) -> str:
    """What one client is counted as: its IPv4 address, or its household's IPv6 network."""
    known = parsed(address)
    if known is None:
        return UNKNOWN
    if known.version == 4:
        return str(known)
    return str(IPv6Network((known, HOME_V6), strict=False))


def client_keys(listed: str, *, at_most: int) -> list[str]:
    """Those of all clients in a network; none if it has more than `at_most`."""
    known = ip_network(listed)
    if isinstance(known, IPv6Network):
        if known.prefixlen >= HOME_V6:
            return [client_key(str(known.network_address))]
        if 2 ** (HOME_V6 - known.prefixlen) > at_most:
            return []
        return [str(home) for home in known.subnets(new_prefix=HOME_V6)]
    return [str(one) for one in known] if known.num_addresses <= at_most else []


def subnet_key(address: str) -> str:
    """The wider network of an address."""
    known = parsed(address)
    if known is None:
        return UNKNOWN
    return str(ip_network((known, SUBNET[known.version]), strict=False))


def mark(text: str, *, day: date, salt: str) -> str:
    """A keyed hash of 32 characters: alike for alike text on one day, and never twice after it."""
    return salted_hmac(f"network:{day}:{salt}", text, algorithm="sha256").hexdigest()[:32]


def new_salt() -> str:
    return secrets.token_urlsafe(24)
