"""The drill: a worker is killed amid a mailing of news; the next one mails everybody else, once."""

from collections import Counter

import pytest

from casa.lib.tests.drills import killed_amid_batches, own_site

READERS = 300

PREPARE = f"""
from casa.accounts.testing import make_staff
from signatories.mailings import updates
from signatories.testing import begin_mailing, make_mailing, make_signature
from statements.testing import make_edition
edition = make_edition()
with __import__("django").db.transaction.atomic():
    for _ in range({READERS}):
        make_signature(edition, wants_updates=True)
mailing = make_mailing(edition.statement, by=make_staff())
begin_mailing(mailing)
"""
SEND = """
from signatories.mailings import batches, updates
batches.SIZE = 5
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
    with own_site(tmp_path, migrated_database) as site:
        site.run(PREPARE)
        assert killed_amid_batches(site, SEND, READ) < READERS
        site.run(SEND.replace("batches.SIZE = 5", "batches.SIZE = 200"))
        mailed = Counter(site.run(READ).split())
        assert len(mailed) == READERS
        assert set(mailed.values()) == {1}
