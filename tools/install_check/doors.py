"""Two ports inside the machine, served from out here: the way to packages, and a mail server."""

import ctypes
import os
import select
import socket
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from socketserver import StreamRequestHandler, ThreadingTCPServer
from urllib.parse import urlsplit

from benchmarks import servers

CLONE_NEWNET = 0x40000000
SILENCE_SECONDS = 120


def settings(port: int) -> dict[str, str]:
    """What programs inside are told of the way to packages."""
    way = f"http://127.0.0.1:{port}"
    given = {"http_proxy": way, "https_proxy": way, "no_proxy": "127.0.0.1,localhost,.example.org"}
    if os.environ.get("PIP_CERT"):
        given["PIP_CERT"] = "/etc/ssl/certs/ca-certificates.crt"
    return given


@contextmanager
def opened(leader: int, proxy: int, mail: int, log: Path) -> Iterator[None]:
    """Both ports, in the network of the process `leader`. Mails are written to `log`."""
    command = ["nsenter", "--target", str(leader), "--net", sys.executable, "-u", "-m", "aiosmtpd",
               "-n", "-l", f"127.0.0.1:{mail}", "-c", "aiosmtpd.handlers.Debugging"]  # fmt: skip
    with _Proxy(_listening(leader, proxy)) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        with servers.process(command, dict(os.environ), log):
            yield
        server.shutdown()


def _listening(leader: int, port: int) -> socket.socket:
    """A socket belongs to the network in which it was made, whoever serves it."""
    made: list[socket.socket] = []

    def make() -> None:
        with Path(f"/proc/{leader}/ns/net").open("rb") as network:
            if ctypes.CDLL(None, use_errno=True).setns(network.fileno(), CLONE_NEWNET):
                return
        made.append(socket.create_server(("127.0.0.1", port)))

    entering = threading.Thread(target=make)  # only this thread enters
    entering.start()
    entering.join()
    if not made:
        raise SystemExit("The network of the machine cannot be entered.")
    return made[0]


class _Handler(StreamRequestHandler):
    """One request of a client of packages: CONNECT for https, else a whole address to ask."""

    def handle(self) -> None:
        method, target, version = self.rfile.readline().decode("latin-1").split()
        headers = []
        while (line := self.rfile.readline()).strip():
            headers.append(line)
        is_tunnel = method == "CONNECT"
        address = urlsplit(f"//{target}" if is_tunnel else target)
        where = (address.hostname or "", address.port or 80)
        with suppress(OSError), socket.create_connection(where, SILENCE_SECONDS) as far:
            if is_tunnel:
                self.wfile.write(b"HTTP/1.1 200 OK\r\n\r\n")
            else:
                path = target.partition(f"//{address.netloc}")[2] or "/"
                kept = [
                    one for one in headers if not one.lower().startswith((b"connection", b"proxy"))
                ]
                head = f"{method} {path} {version}\r\n".encode("latin-1")
                far.sendall(head + b"".join(kept) + b"Connection: close\r\n\r\n")
            _join(self.connection, far)


def _join(one: socket.socket, other: socket.socket) -> None:
    """Hand on what comes from either until one of them ends."""
    across = {one: other, other: one}
    while ready := select.select([one, other], [], [], SILENCE_SECONDS)[0]:
        for source in ready:
            data = source.recv(65_536)
            if not data:
                return
            across[source].sendall(data)


class _Proxy(ThreadingTCPServer):
    daemon_threads = True

    def __init__(self, listening: socket.socket) -> None:
        super().__init__(listening.getsockname(), _Handler, bind_and_activate=False)
        self.socket.close()
        self.socket = listening
