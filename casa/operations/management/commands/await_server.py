"""manage.py await_server: wait until the web server of this code answers on this machine."""

import json
import os
import signal
import subprocess
import sys
import time
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, suppress
from datetime import datetime
from http.client import HTTPConnection, HTTPException
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse
from django.utils import timezone

from casa.operations import probe, signs_of_life, web_server

PAGES = ("operations:ready", "statements:home", "admin:login")
PAUSE = 0.5  # seconds
TIMEOUT = 30.0
EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - where it is asked instead


class Command(BaseCommand):
    help = (
        "Wait until the web server of this code answers on this machine, and all of its pages that"
        " are tried are there. Fails if that takes too long."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=settings.PORT, help="Where it listens.")
        parser.add_argument(
            "--main", type=int, metavar="PID",
            help="The server’s main process, where others listen on the same port.",
        )  # fmt: skip
        parser.add_argument(
            "--alone", action="store_true", help="Wait until no other answers on that port."
        )
        parser.add_argument(
            "--worker", action="store_true", help="And until a worker has done something."
        )
        parser.add_argument(
            "--try-out", action="store_true", help="Start one there for that, and end it again."
        )
        parser.add_argument("--within", type=float, default=60, metavar="SECONDS")

    def handle(
        self, *args: Any, port: int, main: int | None, alone: bool, worker: bool, try_out: bool,
        within: float, **options: Any,
    ) -> None:  # fmt: skip
        end = time.monotonic() + within
        since = timezone.now() if worker else None
        with _started(port) if try_out else nullcontext() as started:
            while problem := _problem(port, main, is_alone=alone, worker_since=since):
                has_ended = started is not None and started.poll() is not None
                if has_ended or time.monotonic() > end:
                    raise CommandError(problem)
                time.sleep(PAUSE)


@contextmanager
def _started(port: int) -> Iterator[subprocess.Popen[bytes]]:
    """A web server of one process that nobody else knows of."""
    own = {"PORT": str(port), "HOST": "127.0.0.1", "WEB_PROCESSES": "1"}
    with subprocess.Popen(
        [sys.executable, "manage.py", "serve"],
        cwd=settings.BASE_DIR, env=os.environ | own, start_new_session=True,
    ) as running:  # fmt: skip
        settings.HOST = own["HOST"]
        try:
            yield running
        finally:
            running.terminate()
            with suppress(subprocess.TimeoutExpired):
                running.wait(2 * web_server.STOP_SECONDS)
            with suppress(ProcessLookupError):  # all of it has ended by itself
                os.killpg(running.pid, signal.SIGKILL)


IN_A_ROW = 20
"""The kernel chooses among those who listen, so that many answers of one show that it is alone."""


def _problem(port: int, main: int | None, *, is_alone: bool, worker_since: datetime | None) -> str:
    """What is not as it should be, in a sentence; "" if all is."""
    try:
        if not all(_is_ours(port, main) for _ in range(IN_A_ROW if is_alone else 1)):
            return "Another process than the one that is waited for answers."
        for name in PAGES:
            status, _page = _ask(port, reverse(name))
            if status != 200:
                return f"{reverse(name)} answers with {status}."
    except (OSError, HTTPException, ValueError) as error:
        return f"Nothing answers on port {port} ({type(error).__name__})."
    return _of_worker(worker_since) if worker_since else ""


def _is_ours(port: int, main: int | None) -> bool:
    _status, page = _ask(port, reverse("operations:health"))
    found = json.loads(page)
    is_this_code = found.get("folder") == str(settings.BASE_DIR)
    return is_this_code and main in (None, found.get("main_process"))


def _of_worker(since: datetime) -> str:
    """One that has just been stopped may have been alive a moment ago."""
    last = signs_of_life.last()
    return "" if last and last >= since else "The worker gives no sign of life."


def _ask(port: int, path: str) -> tuple[int, bytes]:
    """By a connection of its own, as through the proxy."""
    host = EVERYWHERE.get(settings.HOST, settings.HOST)
    connection = HTTPConnection(host, port, timeout=TIMEOUT)
    name = next((one for one in settings.ALLOWED_HOSTS if one != "*"), "localhost")
    headers = {
        "Host": name.lstrip("."), "X-Forwarded-Proto": "https", "X-Forwarded-For": "127.0.0.1",
        probe.HEADER: probe.question(),
    }  # fmt: skip
    try:
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()
