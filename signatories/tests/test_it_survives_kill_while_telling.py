"""The drill: a worker is killed amid a mailing, and the next one tells everybody else, once."""

import os
import signal
import subprocess
import sys
from collections import Counter

import pytest
from django.conf import settings

from casa.lib.testing import own_database

SIGNERS = 400

PREPARE = f"""
from signatories.testing import make_signature
from statements import lifecycle
from statements.testing import make_edition
edition = make_edition()
with __import__("django").db.transaction.atomic():
    for _ in range({SIGNERS}):
        make_signature(edition)
text = edition.statement.texts.get()
text.body = "<p>Pupils learn there on Sundays.</p>"
text.save()
lifecycle.correct(edition.statement, by=None, note="Sundays.", is_material=True)
"""
TELL = """
from signatories import telling
telling.BATCH = 5
tell_batch = telling.tell_batch

def tell_and_say(pk):
    told = tell_batch(pk)
    print(told, flush=True)
    return told

telling.tell_batch = tell_and_say
telling.tell_signers()
"""
READ = """
from casa.mail.models import OutgoingMail
mails = OutgoingMail.objects.filter(kind="signatories.correction")
print(*mails.values_list("params__signature", flat=True))
"""


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_killed_worker_skips_nobody_and_tells_nobody_twice(tmp_path, migrated_database):
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
        worker = start("shell", "-v0", "-c", TELL)
        assert [worker.stdout.readline() for _ in range(4)] == ["5\n"] * 4
        os.killpg(worker.pid, signal.SIGKILL)
        worker.communicate()
        before = len(run(READ).split())
        assert 20 <= before < SIGNERS
        assert before % 5 == 0  # a batch is whole or not there
        run(TELL.replace("BATCH = 5", "BATCH = 300"))
        told = Counter(run(READ).split())
        assert len(told) == SIGNERS
        assert set(told.values()) == {1}
