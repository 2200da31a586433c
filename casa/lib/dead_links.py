"""Whether an address on the web answers.

Somebody typed the address, so it may be one that leads into the network of this server. Only
public addresses are asked, at the ports of the web and at the very address that was judged; each
redirect is judged anew. Nothing of the answer is kept but its status. A worker asks, no request.
"""

import socket
import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from ipaddress import IPv6Address, ip_network
from urllib.parse import quote, urljoin, urlsplit

from casa.lib.addresses.domains import in_ascii
from casa.lib.network import IPAddress, parsed

PATIENCE = 8.0  # seconds for an address with all its redirects
MOST_HOPS = 4
LONGEST_HEAD = 16_384  # bytes
LONGEST_ADDRESS = 2000  # characters, with what is not ASCII encoded
PORTS = {"http": 80, "https": 443}
SAFE = "/%:=&?~#+!$,;'@()*[]"
REDIRECTS = {301, 302, 303, 307, 308}
EMBEDDING = [
    ip_network(one) for one in ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32")
]
"""Networks whose addresses hold one of IPv4, which may be of any kind."""


class Outcome(StrEnum):
    ANSWERS = "answers"
    GONE = "gone"  # 404 or 410
    SILENT = "silent"  # no such host, no connection, no certificate that holds
    UNSURE = "unsure"  # it answers, and not to machines
    PRIVATE = "private"  # not asked: it is no public address of the web


class NotPublicError(Exception):
    """The address leads where only this server, or its network, can go."""


@dataclass(frozen=True)
class _Target:
    scheme: str
    host: str
    path: str

    @property
    def port(self) -> int:
        return PORTS[self.scheme]


def is_public(address: IPAddress) -> bool:
    if isinstance(address, IPv6Address) and any(address in network for network in EMBEDDING):
        return False
    return address.is_global and not address.is_multicast


def ask(
    address: str,
    *,
    is_allowed: Callable[[IPAddress], bool] = is_public,
    connect: Callable[..., socket.socket] = socket.create_connection,
) -> Outcome:
    """What becomes of a request to `address`; never raises."""
    end = time.monotonic() + PATIENCE
    try:
        for _hop in range(MOST_HOPS):
            target = _parsed(address)
            status, location = _status(target, end, is_allowed, connect)
            if status not in REDIRECTS or not location:
                return _outcome(status)
            address = urljoin(address, location)
    except NotPublicError:
        return Outcome.PRIVATE
    except (OSError, ValueError):  # of the network, of TLS, and of answers that are none
        return Outcome.SILENT
    return Outcome.UNSURE


def _outcome(status: int) -> Outcome:
    if status in {404, 410}:
        return Outcome.GONE
    return Outcome.ANSWERS if status < 400 else Outcome.UNSURE


def _parsed(address: str) -> _Target:
    parts = urlsplit(address)
    if parts.scheme not in PORTS or not parts.hostname or "@" in parts.netloc:
        raise NotPublicError
    if parts.port not in {None, PORTS[parts.scheme]}:
        raise NotPublicError
    path = quote(parts.path or "/", safe=SAFE)
    if parts.query:
        path = f"{path}?{quote(parts.query, safe=SAFE)}"
    return _Target(parts.scheme, _host(parts.hostname), path)


def _host(name: str) -> str:
    return name if parsed(name) is not None else in_ascii(name)


def _status(
    target: _Target,
    end: float,
    is_allowed: Callable[[IPAddress], bool],
    connect: Callable[..., socket.socket],
) -> tuple[int, str]:
    """The status of its answer, and where that leads. What answers 404 is asked as browsers ask."""
    where = _address_of(target, is_allowed)
    status, location = _request("HEAD", target, where, end, connect)
    if status in {404, 405, 410, 501}:
        status, location = _request("GET", target, where, end, connect)
    return status, location


def _address_of(target: _Target, is_allowed: Callable[[IPAddress], bool]) -> str:
    """One address of the host, if all of them may be asked: names can be made to lead inside."""
    answers = socket.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM)
    found = [str(one[4][0]) for one in answers]
    addresses = [parsed(one) for one in found]
    if not addresses or not all(one is not None and is_allowed(one) for one in addresses):
        raise NotPublicError
    return found[0]


def _request(
    method: str, target: _Target, where: str, end: float, connect: Callable[..., socket.socket]
) -> tuple[int, str]:
    with _stream(connect((where, target.port), timeout=_left(end)), target) as stream:
        host = f"[{target.host}]" if ":" in target.host else target.host
        lines = [
            f"{method} {target.path} HTTP/1.1", f"Host: {host}", "Accept: */*",
            "User-Agent: Mozilla/5.0 (compatible; link check)", "Connection: close", "", "",
        ]  # fmt: skip
        stream.settimeout(_left(end))
        stream.sendall("\r\n".join(lines).encode("ascii"))
        return _head(stream, end)


def _stream(plain: socket.socket, target: _Target) -> socket.socket:
    if target.scheme == "http":
        return plain
    with plain:  # which the wrapped one takes over, or a certificate that does not hold ends
        context = ssl.create_default_context()
        return context.wrap_socket(plain, server_hostname=target.host)


def _head(stream: socket.socket, end: float) -> tuple[int, str]:
    head = b""
    while b"\r\n\r\n" not in head and len(head) < LONGEST_HEAD:
        stream.settimeout(_left(end))
        piece = stream.recv(4096)
        if not piece:
            break  # whatever came is judged
        head += piece
    first, *lines = head.decode("latin-1").split("\r\n")
    if not first.startswith("HTTP/1."):
        raise ValueError(first[:40])
    fields = (line.partition(":") for line in lines)
    found = (value.strip() for name, _colon, value in fields if name.lower() == "location")
    return int(first.split(" ")[1]), next(found, "")


def _left(end: float) -> float:
    left = end - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left
