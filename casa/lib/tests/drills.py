"""For drills that kill: the real commands of the site, on a database of their own."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from casa.lib.testing import own_database


class OwnSite:
    def __init__(self, environment: dict[str, str]) -> None:
        self.environment = environment
        self.worker: subprocess.Popen[str] | None = None

    def manage(self, *arguments: str) -> str:
        """What a command prints; it has to succeed."""
        process = self._start(*arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        out, errors = process.communicate()
        assert process.returncode == 0, errors
        return out

    def run(self, code: str) -> str:
        return self.manage("shell", "-v0", "-c", code)

    def start_worker(self, *arguments: str, stdout: int = subprocess.DEVNULL) -> None:
        """A command that goes on until it is killed."""
        self.worker = self._start(*arguments, stdout=stdout, stderr=subprocess.DEVNULL)

    def kill_worker(self) -> None:
        """Kill it and all that it started, without a warning; nothing if none runs."""
        if self.worker:
            os.killpg(self.worker.pid, signal.SIGKILL)
            self.worker.communicate()
        self.worker = None

    def _start(self, *arguments: str, stdout: int, stderr: int) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "manage.py", *arguments],
            cwd=settings.BASE_DIR, env=self.environment, text=True, stdout=stdout, stderr=stderr,
            start_new_session=True,
        )  # fmt: skip


@contextmanager
def own_site(folder: Path, migrated: str, **environment: str) -> Iterator[OwnSite]:
    """`migrated` is the database that its own one is a copy of."""
    with own_database(folder, migrated) as database:
        own = {"ENV_FILE": "", "DATABASE_URL": database, "VAR_DIR": str(folder)}
        site = OwnSite({**os.environ, **own, **environment})
        try:
            yield site
        finally:
            site.kill_worker()


def killed_amid_batches(site: OwnSite, code: str, read: str) -> int:
    """How many rows `read` prints after a worker was killed that says so of each batch of five."""
    site.start_worker("shell", "-v0", "-c", code, stdout=subprocess.PIPE)
    assert site.worker is not None
    assert site.worker.stdout is not None
    assert [site.worker.stdout.readline() for _ in range(4)] == ["5\n"] * 4
    site.kill_worker()
    done = len(site.run(read).split())
    assert done >= 20
    assert done % 5 == 0  # a batch is whole or not there
    return done
