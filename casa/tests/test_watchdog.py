"""A process of granian that hangs is ended and replaced, as `manage.py serve` starts it."""

import os
import subprocess
import time
from contextlib import ExitStack, closing, contextmanager, suppress
from http.client import HTTPConnection, HTTPException
from pathlib import Path

import pytest
from django.conf import settings
from django.test import override_settings

from casa.lib.testing import free_port, wait_until
from casa.operations import web_server

pytestmark = pytest.mark.slow

ROOT = Path(settings.BASE_DIR)


def command(port):
    """What `manage.py serve` becomes in production."""
    with override_settings(PORT=port, WEB_PROCESSES=2):
        return web_server.command("casa.tests.hanging:application")


class Server:
    def __init__(self, port, process, log):
        self.port, self.process, self.log = port, process, log
        self.hanging = ExitStack()

    def connect(self):
        return closing(HTTPConnection("127.0.0.1", self.port, timeout=20))

    def answering(self):
        """The process that answers just now; 0 for none."""
        with suppress(OSError, HTTPException), self.connect() as connection:
            return pid_of(connection)
        return 0

    def hang(self, path):
        """Let the process that answers hang; which one that is."""
        connection = self.hanging.enter_context(self.connect())
        pid = pid_of(connection)  # by the same connection: answered by the same process
        connection.request("GET", path)
        return pid


def pid_of(connection):
    connection.request("GET", "/")
    return int(connection.getresponse().read())


def is_running(pid):
    return Path(f"/proc/{pid}").exists()


@contextmanager
def granian(tmp_path, *, watchdog):
    port, log = free_port(), tmp_path / "granian.log"
    environment = {**os.environ, "WATCHDOG_SECONDS": str(watchdog)}
    with (
        log.open("w") as out,
        subprocess.Popen(
            command(port), cwd=ROOT, env=environment, stdout=out, stderr=out
        ) as process,
    ):
        server = Server(port, process, log)
        try:
            wait_until(server.answering, 60)
            with server.hanging:
                yield server
        finally:
            process.terminate()
            process.wait(30)


@pytest.mark.parametrize(("path", "line"), [("/pattern", "NEVER_ENDS"), ("/loop", "while path")])
def test_a_process_that_hangs_is_replaced(tmp_path, path, line):
    with granian(tmp_path, watchdog=2) as server:
        hung = server.hang(path)
        wait_until(lambda: not is_running(hung), 30)
        seen = set()
        wait_until(lambda: seen.add(server.answering()) or len(seen - {0, hung}) == 2, 60)
    log = server.log.read_text()
    number = next(n for n, text in enumerate(SOURCE, 1) if line in text and "compile" not in text)
    assert f'hanging.py", line {number} in hang' in log
    assert "Respawning worker" in log


SOURCE = (ROOT / "casa" / "tests" / "hanging.py").read_text("utf-8").splitlines()


@pytest.mark.parametrize("path", ["/pattern", "/loop"])
def test_a_stop_ends_a_process_that_hangs(tmp_path, path):
    with granian(tmp_path, watchdog=0) as server:
        hung = server.hang(path)
        time.sleep(0.5)
        server.process.terminate()
        server.process.wait(20)  # the ten seconds of the command, and what a busy machine takes
        assert not is_running(hung)
