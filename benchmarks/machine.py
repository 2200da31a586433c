"""What figures depend on beside the code: said above every table."""

import os
import platform
import re
import statistics
import subprocess
import time
from datetime import date
from importlib.metadata import version
from pathlib import Path

BLOCK = b"x" * 8192  # what PostgreSQL writes at least
SYNCS = 200


def described(home: Path) -> str:
    load = ", ".join(f"{average:.2f}" for average in os.getloadavg())
    lines = [
        f"{date.today().isoformat()}, {os.cpu_count()} cores ({_processor()}), load before: {load}",
        f"fdatasync of 8 KiB takes {_fdatasync(home) * 1e6:.0f} µs (median of {SYNCS})",
        f"Python {platform.python_version()}, Django {version('django')},"
        f" granian {version('granian')}",
        f"reads by {_program('wrk', '-v') or 'our own client (wrk is not installed)'};"
        f" cache: {_program('nginx', '-v') or 'nginx is not installed'}",
    ]
    return "\n".join(lines)


def _processor() -> str:
    try:
        found = re.search(r"model name\s*: (.+)", Path("/proc/cpuinfo").read_text())
    except OSError:
        found = None
    return found[1] if found else platform.machine()


def _program(name: str, option: str) -> str:
    """ "nginx 1.22.1", or "" where it is not installed."""
    try:
        done = subprocess.run([name, option], capture_output=True, text=True, check=False)
    except OSError:
        return ""
    number = re.search(r"\d+(\.\d+)+", done.stdout + done.stderr)
    return f"{name} {number[0]}" if number else name


def _fdatasync(home: Path) -> float:
    """What a commit waits for at least, in seconds."""
    sync = getattr(os, "fdatasync", os.fsync)  # macOS has no other
    times = []
    with (home / "sync").open("wb", buffering=0) as file:
        for _ in range(SYNCS):
            file.write(BLOCK)
            begun = time.perf_counter()
            sync(file.fileno())
            times.append(time.perf_counter() - begun)
    return statistics.median(times)
