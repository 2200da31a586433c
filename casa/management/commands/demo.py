"""manage.py demo: the whole product on this machine, for a newcomer. `make run` calls it."""

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from types import FrameType
from typing import Any, NoReturn, Self
from urllib.error import HTTPError
from urllib.request import urlopen

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse

from casa.demo import content
from casa.lib.http import absolute
from casa.operations import web_server

START_SECONDS = 30
STOP_SECONDS = 10


class Command(BaseCommand):
    help = "Migrate, load demo content if the database is empty, and start web server and worker."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEBUG:
            raise CommandError("The demo has a public login, so it runs with DEBUG=1 only.")
        refuse_occupied_port(settings.HOST, settings.PORT)
        signal.signal(signal.SIGTERM, _interrupt)
        try:
            self._run()
        except KeyboardInterrupt:
            self.stdout.write("\nStopped.")

    def _run(self) -> None:
        call_command("migrate", verbosity=0)
        if content.load_if_empty():
            self.stdout.write("Loaded demo content.")
        with Running(web_server.command(), worker()) as running:
            running.wait_until_answering(settings.SITE_URL)
            self._say_where()
            running.wait_until_one_ends()
        raise CommandError("A part of the demo ended by itself; the other was stopped.")

    def _say_where(self) -> None:
        self.stdout.write(
            f"\n  Site     {settings.SITE_URL}/"
            f"\n  Admin    {absolute(reverse('admin:index'))}"
            f"\n           sign in as {content.LOGIN} with the password {content.PASSWORD}"
            f"\n  Mail     {absolute(reverse('demo:inbox'))}"
            "\n           what the site sends is kept here, and goes nowhere else"
            "\n\n  Ctrl-C stops it. Your data stays in var/.\n"
        )
        self.stdout.flush()


def _interrupt(signum: int, frame: FrameType | None) -> NoReturn:
    raise KeyboardInterrupt


def refuse_occupied_port(host: str, port: int) -> None:
    """A server left from an earlier start would answer in place of this one."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except socket.gaierror as error:
            raise CommandError(f"HOST={host} is no address of this machine.") from error
        except OSError as error:
            raise CommandError(
                f"Port {port} on {host} cannot be used ({error.strerror})."
                f" Stop what uses it, or choose another: make run PORT={port + 1}"
            ) from error


def worker() -> list[str]:
    return [sys.executable, str(settings.BASE_DIR / "manage.py"), "qcluster"]


class Running:
    """Programs that are started together and end together."""

    def __init__(self, *commands: list[str]) -> None:
        self._commands = commands
        self._processes: list[subprocess.Popen[bytes]] = []

    def __enter__(self) -> Self:
        for command in self._commands:
            # Each has its own session: Ctrl-C reaches this process only, which stops them in turn.
            process = subprocess.Popen(command, cwd=settings.BASE_DIR, start_new_session=True)  # noqa: S603
            self._processes.append(process)
        return self

    def __exit__(self, *error: object) -> None:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # a second Ctrl-C must not leave a half
        for process in self._processes:
            process.terminate()
        for process in self._processes:
            with suppress(subprocess.TimeoutExpired):
                process.wait(STOP_SECONDS)
            # Its session too: children of a program that was killed would go on without it.
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()

    def wait_until_answering(self, url: str) -> None:
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline and not self._has_ended():
            try:
                with urlopen(url, timeout=5):  # noqa: S310 - our own address
                    return
            except HTTPError:
                return  # it answers; what it says is not this command's business
            except OSError:
                time.sleep(0.1)
        raise CommandError("The web server did not start; what it says stands above.")

    def wait_until_one_ends(self) -> None:
        while not self._has_ended():
            time.sleep(0.5)

    def _has_ended(self) -> bool:
        return any(process.poll() is not None for process in self._processes)
