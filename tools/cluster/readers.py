"""Many who read: a program of its own, so that it takes nothing from those who sign.

    python -m tools.cluster.readers PORT RATE ANSWERS PATH…

asks for RATE pages a second until it is ended, over connections that are kept, and writes a line
for each answer into the file ANSWERS: moment (`time.monotonic`, which all processes share), seconds
it took, status (0 where the connection failed). Who is behind skips what it could not ask for, so
the file tells how many were asked for, too.
"""

import http.client
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from benchmarks.load import HOST
from benchmarks.servers import ROOT, STOP_SECONDS
from tools.drills.people import HEADERS, NO_ANSWER

CONNECTIONS = 16
TIMEOUT = 30  # seconds


@dataclass(frozen=True)
class Pages:
    """What readers got within some time."""

    seconds: float
    statuses: Counter[int]
    slowest: float
    """Seconds."""

    @property
    def served(self) -> int:
        return self.statuses[200]

    @property
    def refused(self) -> int:
        return self.statuses.total() - self.served

    @property
    def per_second(self) -> float:
        return self.served / self.seconds


class Readers:
    def __init__(self, answers: Path) -> None:
        self._answers = answers

    @contextmanager
    def at_work(self, port: int, rate: float, paths: list[str]) -> Iterator[None]:
        self._answers.touch()
        command = [sys.executable, "-m", __name__, str(port), str(rate), str(self._answers)]
        with subprocess.Popen([*command, *paths], cwd=ROOT) as running:
            try:
                yield
            finally:
                running.terminate()
                running.wait(STOP_SECONDS)

    def got(self, since: float, until: float) -> Pages:
        lines = [line.split() for line in self._answers.read_text().splitlines()]
        rows = [(took, int(status)) for at, took, status in lines if since <= float(at) < until]
        slowest = max((float(took) for took, _status in rows), default=0.0)
        return Pages(until - since, Counter(status for _took, status in rows), slowest)


def read(port: int, rate: float, answers: Path, paths: list[str]) -> None:
    """Until the process ends."""
    with answers.open("a", buffering=1) as file:
        begun = time.monotonic()
        for number in range(CONNECTIONS):
            places = (begun + (number + turn * CONNECTIONS) / rate for turn in count())
            reader = _Reader(port, paths[number % len(paths)], file.write)
            threading.Thread(target=reader.read_at, args=[places], daemon=True).start()
        threading.Event().wait()


class _Reader:
    def __init__(self, port: int, path: str, write: Callable[[str], object]) -> None:
        self._connection = http.client.HTTPConnection(HOST, port, timeout=TIMEOUT)
        self._path, self._write = path, write

    def read_at(self, moments: Iterator[float]) -> None:
        for moment in moments:
            if (wait := moment - time.monotonic()) > 0:
                time.sleep(wait)
            elif wait < -1:
                continue  # it cannot be had any more
            self._read()

    def _read(self) -> None:
        sent_at = time.monotonic()
        status = self._ask()
        now = time.monotonic()
        self._write(f"{now:.3f} {now - sent_at:.3f} {status}\n")

    def _ask(self) -> int:
        try:
            self._connection.request("GET", self._path, headers=HEADERS)
            got = self._connection.getresponse()
            got.read()
        except (OSError, http.client.HTTPException):
            self._connection.close()
            return NO_ANSWER
        return got.status


if __name__ == "__main__":
    port, rate, answers, *paths = sys.argv[1:]
    read(int(port), float(rate), Path(answers), paths)
