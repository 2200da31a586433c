"""What the processes of the web server count; each in a file of its own, put together when asked.

Imported only where METRICS_TOKEN is set, since it makes these files.
"""

import os
from contextlib import suppress
from pathlib import Path

from prometheus_client import CollectorRegistry, Counter, Histogram
from prometheus_client.multiprocess import MultiProcessCollector

FILE_BYTES = 2 * 1024**2
FOLDER = Path(os.environ["PROMETHEUS_MULTIPROC_DIR"])


def _make_files() -> None:
    """With room on the disk: where a file grew into a full one, the process would be killed."""
    FOLDER.mkdir(mode=0o700, exist_ok=True)
    for kind in ("counter", "histogram"):
        with (FOLDER / f"{kind}_{os.getpid()}.db").open("wb") as file:
            os.posix_fallocate(file.fileno(), 0, FILE_BYTES)


_make_files()
_own = CollectorRegistry()

REQUESTS = Counter(
    "casa_requests", "Answers, by view, method and class of status.",
    ["view", "method", "status"], registry=_own,
)  # fmt: skip
SECONDS = Histogram(
    "casa_request_seconds", "How long they took to make.", ["view", "method"], registry=_own,
    buckets=(0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
)  # fmt: skip
KEPT_PAGES = Counter(
    "casa_kept_pages", "Public pages, given as they were kept or made anew.",
    ["how"], registry=_own,
)  # fmt: skip
SIGNING = Counter(
    "casa_signing", "Pages read, forms begun and taken, signatures confirmed.",
    ["step"], registry=_own,
)  # fmt: skip


def add_all(registry: CollectorRegistry) -> None:
    """What all processes counted."""
    MultiProcessCollector(registry, str(FOLDER))


def count_step(step: str) -> None:
    with suppress(OSError):
        SIGNING.labels(step).inc()
