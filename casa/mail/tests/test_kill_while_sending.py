"""The drill: the worker is killed while it sends; no mail is lost, hardly one is repeated."""

import logging
import threading
import time
from collections import Counter

import pytest

from casa.lib.testing import wait_until
from casa.lib.tests.drills import own_site
from casa.mail.tests.smtp import Sink

logger = logging.getLogger(__name__)

MAILS, WORKERS, LEASE = 500, 2, 3
PATIENCE = 180  # seconds, on a machine that does much else


@pytest.fixture
def sink():
    sink = Sink()
    sink.start()
    yield sink
    sink.stop()


@pytest.fixture
def site(sink, tmp_path, migrated_database, transactional_db):
    environment = {
        "EMAIL_URL": f"smtp://127.0.0.1:{sink.port}",
        "MAIL_LEASE_SECONDS": str(LEASE),
        "WORKERS": str(WORKERS),
    }
    with own_site(tmp_path, migrated_database, **environment) as site:
        yield site


@pytest.mark.slow
def test_a_killed_worker_loses_no_mail(site, sink):
    addresses = [f"signer{number}@example.org" for number in range(MAILS)]
    half_way = threading.Event()
    sink.on_message = lambda: half_way.set() if len(sink.messages) >= 120 else None
    # Two calls, hence two wake-ups: both workers are at it when they die.
    site.manage("send_test_mail", "--wait=0", *addresses[: MAILS // 2])
    site.manage("send_test_mail", "--wait=0", *addresses[MAILS // 2 :])

    site.start_worker("qcluster")
    assert half_way.wait(PATIENCE)
    site.kill_worker()
    time.sleep(0.2)  # what was on its way to the mail server has arrived
    assert 120 <= len(sink.messages) < MAILS

    site.start_worker("qcluster")
    killed_at = time.monotonic()
    wait_until(lambda: time.monotonic() > killed_at + LEASE, LEASE + 1)
    site.manage(
        "send_test_mail", "--wait=0", "next@example.org"
    )  # the next signature wakes the worker
    wait_until(lambda: set(sink.recipients) >= {*addresses, "next@example.org"}, PATIENCE)
    time.sleep(0.5)  # time for a repeat that should not be

    mails = Counter((message["To"], message["Message-ID"]) for message in sink.messages)
    repeats = sum(mails.values()) - len(mails)
    logger.info("%d mails arrived, %d of them repeats", len(sink.messages), repeats)
    assert len(mails) == MAILS + 1  # hence a repeat has the Message-ID of the first
    assert repeats <= WORKERS  # those in flight at the crash
