"""The drill: a worker is killed amid a mailing of news; the next one mails everybody else, once."""

import os
import signal
import subprocess
import sys
from collections import Counter

import pytest
from django.conf import settings

from casa.lib.testing import own_database

READERS = 300

PREPARE = f"""
from casa.accounts.testing import make_staff
from signatories import updates
from signatories.testing import make_mailing, make_signature
from statements.testing import make_edition
edition = make_edition()
with __import__("django").db.transaction.atomic():
    for _ in range({READERS}):
        make_signature(edition, wants_updates=True)
mailing = make_mailing(edition.statement, by=make_staff())
updates.begin(mailing, by=mailing.created_by)
"""
SEND = """
from signatories import updates
updates.BATCH = 5
send_batch = updates.send_batch

def send_and_say(pk):
    sent = send_batch(pk)
    print(sent, flush=True)
    return sent

updates.send_batch = send_and_say
updates.send_updates()
"""
READ = """
from casa.mail.models import OutgoingMail
mails = OutgoingMail.objects.filter(kind="signatories.update")
print(*mails.values_list("params__signature", flat=True))
"""


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_killed_worker_skips_nobody_and_mails_nobody_twice(tmp_path, migrated_database):
    with own_database(tmp_path, migrated_database) as database:
        environment = {
            **os.environ, "ENV_FILE": "", "DATABASE_URL": database, "VAR_DIR": str(tmp_path),
        }  # fmt: skip

        def start(*arguments):
            return subprocess.Popen(
                [sys.executable, "manage.py", *arguments],
                cwd=settings.BASE_DIR, env=environment, text=True, stdout=subprocess.PIPE,
                start_new_session=True,
            )  # fmt: skip

        def run(code):
            process = start("shell", "-v0", "-c", code)
            out, _ = process.communicate()
            assert process.returncode == 0
            return out

        run(PREPARE)
        worker = start("shell", "-v0", "-c", SEND)
        assert [worker.stdout.readline() for _ in range(4)] == ["5\n"] * 4
        os.killpg(worker.pid, signal.SIGKILL)
        worker.communicate()
        before = len(run(READ).split())
        assert 20 <= before < READERS
        assert before % 5 == 0  # a batch is whole or not there
        run(SEND.replace("BATCH = 5", "BATCH = 200"))
        mailed = Counter(run(READ).split())
        assert len(mailed) == READERS
        assert set(mailed.values()) == {1}
