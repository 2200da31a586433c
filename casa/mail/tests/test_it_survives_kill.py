"""The drill: the worker is killed while it sends; no mail is lost, hardly one is repeated."""

import logging
import os
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from pathlib import Path

import pytest
from django.conf import settings

from casa.lib.testing import own_database, wait_until
from casa.mail.tests.smtp import Sink

logger = logging.getLogger(__name__)

MAILS, WORKERS, LEASE = 500, 2, 3


class Site:
    """The real commands of the site, on its own database and mail server."""

    def __init__(self, database: str, sink: Sink, folder: Path) -> None:
        self.environment = {
            **os.environ,
            "ENV_FILE": "",
            "DATABASE_URL": database,
            "VAR_DIR": str(folder),
            "EMAIL_URL": f"smtp://127.0.0.1:{sink.port}",
            "MAIL_LEASE_SECONDS": str(LEASE),
            "WORKERS": str(WORKERS),
        }
        self.worker: subprocess.Popen | None = None

    def manage(self, *arguments: str) -> None:
        command = [sys.executable, "manage.py", *arguments]
        done = subprocess.run(
            command,
            cwd=settings.BASE_DIR,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr

    def start_worker(self) -> None:
        self.worker = subprocess.Popen(
            [sys.executable, "manage.py", "qcluster"],
            cwd=settings.BASE_DIR,
            env=self.environment,
            start_new_session=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def kill_worker(self) -> None:
        if self.worker:
            os.killpg(self.worker.pid, signal.SIGKILL)
            self.worker.wait()
        self.worker = None


@pytest.fixture
def sink():
    sink = Sink()
    sink.start()
    yield sink
    sink.stop()


@pytest.fixture
def site(sink, tmp_path, migrated_database, transactional_db):
    with own_database(tmp_path, migrated_database) as database:
        site = Site(database, sink, tmp_path)
        yield site
        site.kill_worker()


@pytest.mark.slow
def test_a_killed_worker_loses_no_mail(site, sink):
    addresses = [f"signer{number}@example.org" for number in range(MAILS)]
    half_way = threading.Event()
    sink.on_message = lambda: half_way.set() if len(sink.messages) >= 120 else None
    # Two calls, hence two wake-ups: both workers are at it when they die.
    site.manage("send_test_mail", *addresses[: MAILS // 2])
    site.manage("send_test_mail", *addresses[MAILS // 2 :])

    site.start_worker()
    assert half_way.wait(60)
    site.kill_worker()
    time.sleep(0.2)  # what was on its way to the mail server has arrived
    assert 120 <= len(sink.messages) < MAILS

    site.start_worker()
    killed_at = time.monotonic()
    wait_until(lambda: time.monotonic() > killed_at + LEASE, LEASE + 1)
    site.manage("send_test_mail", "next@example.org")  # the next signature wakes the worker
    wait_until(lambda: set(sink.recipients) >= {*addresses, "next@example.org"}, 60)
    time.sleep(0.5)  # time for a repeat that should not be

    mails = Counter((message["To"], message["Message-ID"]) for message in sink.messages)
    repeats = sum(mails.values()) - len(mails)
    logger.info("%d mails arrived, %d of them repeats", len(sink.messages), repeats)
    assert len(mails) == MAILS + 1  # hence a repeat has the Message-ID of the first
    assert repeats <= WORKERS  # those in flight at the crash
