"""The clock of a drill moves what the application asks for the time, and nothing else."""

import time
from datetime import UTC, datetime, timedelta

from django.utils import timezone

from tools.drills.clock import Clock, go_by_file

HOUR = timedelta(hours=1)


def test_it_moves_while_a_process_runs(tmp_path, monkeypatch):
    clock, monotonic = Clock(tmp_path), time.monotonic()
    for name, value in clock.environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(time, "time", time.time)  # put back in the end, as the next one
    monkeypatch.setattr(timezone, "now", timezone.now)
    go_by_file()
    for seconds in (0, 3600, -3600):
        clock.set(seconds)
        ahead = timedelta(seconds=seconds)
        assert abs(timezone.now() - datetime.now(UTC) - ahead) < HOUR / 2
        assert abs(time.time() - datetime.now(UTC).timestamp() - seconds) < 1800
        assert 0 <= time.monotonic() - monotonic < 1800


def test_without_a_drill_nothing_moves(monkeypatch):
    monkeypatch.delenv("DRILL_CLOCK", raising=False)
    before = time.time, timezone.now
    go_by_file()
    assert (time.time, timezone.now) == before
