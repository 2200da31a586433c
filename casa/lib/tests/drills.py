"""For drills that kill: the real commands of the site, on a database of their own."""

import os
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

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
def own_site(folder: Path, migrated: str | None, **environment: str) -> Iterator[OwnSite]:
    """`migrated` is the database that its own one is a copy of; without one it is empty."""
    with own_database(folder, migrated) as database:
        own = {"ENV_FILE": "", "DATABASE_URL": database, "VAR_DIR": str(folder)}
        site = OwnSite({**os.environ, **own, **environment})
        try:
            yield site
        finally:
            site.kill_worker()


@dataclass(frozen=True, kw_only=True)
class Drill:
    """A worker that does rows in batches; what it does is named by paths of modules."""

    rows: int
    prepare: str
    """Code that makes the rows and gives them to the worker."""
    run: str
    """The function that the worker calls."""
    batch: str
    """The function that does one batch; it returns how many rows."""
    size: str
    """The constant that says how many rows a batch has."""
    read: str
    """Code that prints the number of each row as often as it was done."""


@contextmanager
def killed_amid_batches(folder: Path, migrated: str, drill: Drill) -> Iterator[OwnSite]:
    """A site whose worker was killed amid its batches, and whose next one has done the rest.

    Asserts that a batch is whole or not there, and that each row is done once.
    """
    with own_site(folder, migrated) as site:
        site.run(drill.prepare)
        site.start_worker("shell", "-v0", "-c", _work(drill, size=5), stdout=subprocess.PIPE)
        assert site.worker is not None
        assert site.worker.stdout is not None
        assert [site.worker.stdout.readline() for _ in range(4)] == ["5\n"] * 4
        site.kill_worker()
        done = len(site.run(drill.read).split())
        assert 20 <= done < drill.rows
        assert done % 5 == 0
        site.run(_work(drill, size=drill.rows // 2))
        counted = Counter(site.run(drill.read).split())
        assert len(counted) == drill.rows
        assert set(counted.values()) == {1}
        yield site


def _work(drill: Drill, *, size: int) -> str:
    return f"""
from casa.lib.tests.drills import work_aloud
work_aloud({drill.run!r}, {drill.batch!r}, {drill.size!r}, {size})
"""


def work_aloud(run: str, batch: str, size: str, rows: int) -> None:
    """Run a worker that prints how many rows each of its batches has done."""
    setattr(*_owner(size), rows)
    module, name = _owner(batch)
    do_batch = getattr(module, name)

    def do_and_print(pk: int) -> Any:
        done = do_batch(pk)
        sys.stdout.write(f"{done}\n")
        sys.stdout.flush()
        return done

    setattr(module, name, do_and_print)
    getattr(*_owner(run))()


def _owner(path: str) -> tuple[ModuleType, str]:
    module, _dot, name = path.rpartition(".")
    return import_module(module), name
