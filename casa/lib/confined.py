"""Programs of ours that read what strangers made, each in a process of its own.

One of a kind runs at a time in each process of the site, so that many uploads at once take the
memory of one.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryFile
from threading import BoundedSemaphore, Lock
from typing import IO

from casa.lib import full_disk

PYTHON = (sys.executable, "-s", "-P", "-W", "ignore", "-m")
ENVIRONMENT = {"PYTHONPATH": str(Path(__file__).parents[2]), "MALLOC_ARENA_MAX": "1"}
"""The whole environment of the program, which needs no secret of the site."""


class BusyError(Exception):
    """Others are in line already."""


class EndedError(Exception):
    """The program was ended, or failed; the message is what it said last."""


class Program:
    """A module that is run with a job, a file as its input, and a file for what it writes."""

    def __init__(self, module: str, *, patience: float, wall_seconds: float, in_line: int) -> None:
        """Wait `patience` seconds for the run before; at most `in_line` runs and waits at once."""
        self.command = (*PYTHON, module)
        self.patience, self.wall_seconds = patience, wall_seconds
        self._one_at_a_time, self._in_line = Lock(), BoundedSemaphore(in_line)

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Raises BusyError."""
        if not self._in_line.acquire(blocking=False):
            raise BusyError
        try:
            if not self._one_at_a_time.acquire(timeout=self.patience):
                raise BusyError
            try:
                yield
            finally:
                self._one_at_a_time.release()
        finally:
            self._in_line.release()

    def run(self, job: str, upload: IO[bytes], made: IO[bytes]) -> None:
        """Raises BusyError, EndedError, and OSError where there is no room to write."""
        with self.turn(), TemporaryFile() as given, TemporaryFile() as errors:
            upload.seek(0)
            shutil.copyfileobj(upload, given)
            given.seek(0)
            try:
                done = subprocess.run(  # noqa: S603 - our own program
                    [*self.command, job], env=ENVIRONMENT, stdin=given, stdout=made,
                    stderr=errors, timeout=self.wall_seconds, check=False,
                )  # fmt: skip
            except subprocess.TimeoutExpired as error:
                raise EndedError("time") from error
            if done.returncode:
                errors.seek(0)
                said = errors.read()[-2_000:].decode(errors="replace")
                if number := full_disk.number_in(said):
                    raise OSError(number, os.strerror(number))
                raise EndedError(f"{done.returncode}. {said}")
        made.seek(0)
