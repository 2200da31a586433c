"""Two ways of asking a server for much: wrk for reads, a client of our own for writes.

Our own client is one thread that waits for many sockets at once, so it takes little of the
machine it shares with the server, and it takes the same for everything that is compared.
"""

import re
import selectors
import shutil
import socket
import statistics
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import repeat

HOST = "127.0.0.1"
SILENCE = 30  # seconds after which a server is taken for dead
HEADERS_END = b"\r\n\r\n"
LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)


class LoadError(Exception):
    """What was measured is not what was meant to be measured."""


@dataclass(frozen=True)
class Result:
    """Answered requests a second, and how long an answer took, in milliseconds; how many they were,
    and what of a processor each took of application and database, in milliseconds."""

    per_second: float
    p50: float
    p99: float
    answered: int = 0
    application: float = 0.0
    database: float = 0.0


def has_wrk() -> bool:
    return shutil.which("wrk") is not None


def get(path: str) -> bytes:
    return f"GET {path} HTTP/1.1\r\nHost: {HOST}\r\n\r\n".encode()


def post(path: str, body: str) -> bytes:
    """A form as a browser posts it from a page of the site."""
    return (
        f"POST {path} HTTP/1.1\r\nHost: {HOST}\r\nSec-Fetch-Site: same-origin\r\n"
        "Content-Type: application/x-www-form-urlencoded\r\n"
        f"Content-Length: {len(body)}\r\n\r\n{body}"
    ).encode()


def read(port: int, path: str, *, seconds: float, connections: int) -> Result:
    """Ask for one page again and again."""
    if has_wrk():
        return _wrk(f"http://{HOST}:{port}{path}", seconds, connections)
    return send(port, repeat(get(path)), connections=connections, status=200, seconds=seconds)


UNITS = {"us": 0.001, "ms": 1.0, "s": 1000.0}


def _wrk(url: str, seconds: float, connections: int) -> Result:
    command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds:.0f}s", "--latency", url]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode or "Non-2xx" in done.stdout or "Socket errors" in done.stdout:
        raise LoadError(f"wrk {url}: {done.stdout}{done.stderr}")
    latency = {
        percent: float(value) * UNITS[unit]
        for percent, value, unit in re.findall(r"(50|99)%\s+([\d.]+)(us|ms|s)\b", done.stdout)
    }
    per_second = re.search(r"Requests/sec:\s+([\d.]+)", done.stdout)
    answered = re.search(r"(\d+) requests in", done.stdout)
    assert per_second is not None and answered is not None
    return Result(float(per_second[1]), latency["50"], latency["99"], int(answered[1]))


def send(
    port: int, requests: Iterator[bytes], *, connections: int, status: int, seconds: float
) -> Result:
    """Send the requests over kept-alive connections, one at a time on each.

    Ends when they are all answered or, for endless ones, after `seconds`. Raises LoadError for
    any answer but `status`.
    """
    begun = time.perf_counter()
    run = _Run(requests, begun + seconds, str(status).encode())
    with selectors.DefaultSelector() as selector:
        for _ in range(connections):
            run.start(selector, _Connection(socket.create_connection((HOST, port))))
        while selector.get_map():
            ready = selector.select(SILENCE)
            if not ready:
                raise LoadError(f"Port {port} has not answered for {SILENCE} seconds.")
            for key, _ in ready:
                run.receive(selector, key.data)
    took = time.perf_counter() - begun
    latencies = sorted(run.latencies)
    p99 = latencies[min(len(latencies) - 1, len(latencies) * 99 // 100)]
    p50 = statistics.median(latencies) * 1000
    return Result(len(latencies) / took, p50, p99 * 1000, len(latencies))


@dataclass
class _Connection:
    socket: socket.socket
    answer: bytes = b""
    asked_at: float = 0.0

    def ask(self, request: bytes) -> None:
        self.answer = b""
        self.asked_at = time.perf_counter()
        self.socket.sendall(request)

    def is_answered(self) -> bool:
        head, separator, body = self.answer.partition(HEADERS_END)
        if not separator:
            return False
        length = LENGTH.search(head)
        if length is None:
            raise LoadError(f"An answer without a length: {head!r}")
        return len(body) >= int(length[1])


@dataclass
class _Run:
    requests: Iterator[bytes]
    deadline: float
    status: bytes
    latencies: list[float] = field(default_factory=list)

    def start(self, selector: selectors.BaseSelector, connection: _Connection) -> None:
        connection.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        selector.register(connection.socket, selectors.EVENT_READ, connection)
        self._next(selector, connection)

    def receive(self, selector: selectors.BaseSelector, connection: _Connection) -> None:
        data = connection.socket.recv(262_144)
        if not data:
            raise LoadError("The server closed a connection.")
        connection.answer += data
        if connection.is_answered():
            if connection.answer[9:12] != self.status:
                raise LoadError(f"Not {self.status!r} but: {connection.answer[:2000]!r}")
            self.latencies.append(time.perf_counter() - connection.asked_at)
            self._next(selector, connection)

    def _next(self, selector: selectors.BaseSelector, connection: _Connection) -> None:
        request = next(self.requests, None) if time.perf_counter() < self.deadline else None
        if request is None:
            selector.unregister(connection.socket)
            connection.socket.close()
        else:
            connection.ask(request)
