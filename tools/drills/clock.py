"""The clock of the application, moved from outside while its processes run.

`tools.drills.settings` puts a clock of ours where web server and worker ask for the time
(`timezone.now`, `time.time`); it adds what a file says. Intervals (`time.monotonic`) stay true, as
they do when the clock of a machine is set, and the database, nginx and the mail server keep their
time. libfaketime is no way: it moves what a thread has used of the processor, too, and lets
semaphores wait for as long as the clock has jumped, which no real clock does.
"""

import os
import time
from datetime import datetime, timedelta
from pathlib import Path

from django.utils import timezone

VARIABLE = "DRILL_CLOCK"


class Clock:
    """Starts true; `environment` is what a process needs to go by it."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "clock"
        self.offset = 0
        self.set(0)
        self.environment = {VARIABLE: str(self._file)}

    def set(self, seconds: int) -> None:
        """Let the application's time be so many seconds after the true one, or before it."""
        self.offset = seconds
        new = self._file.with_suffix(".new")  # a process never reads half of it
        new.write_text(str(seconds))
        new.replace(self._file)

    def pass_by(self, seconds: int) -> None:
        self.set(self.offset + seconds)


def go_by_file() -> None:
    """Let this process go by the file that DRILL_CLOCK names, if it names one."""
    name = os.environ.get(VARIABLE)
    if name is None:
        return
    file, true_time, true_now = Path(name), time.time, timezone.now

    def offset() -> int:
        return int(file.read_text())

    def moved_time() -> float:
        return true_time() + offset()

    def moved_now() -> datetime:
        return true_now() + timedelta(seconds=offset())

    time.time = moved_time
    timezone.now = moved_now
