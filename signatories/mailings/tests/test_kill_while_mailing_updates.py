"""The drill: a worker is killed amid a mailing of news; the next one mails everybody else, once."""

import pytest

from casa.lib.tests.drills import Drill, killed_amid_batches

READERS = 300

PREPARE = f"""
from casa.accounts.testing import make_staff
from signatories.testing import begin_mailing, make_mailing, make_signature
from statements.testing import make_edition
edition = make_edition()
with __import__("django").db.transaction.atomic():
    for _ in range({READERS}):
        make_signature(edition, wants_updates=True)
mailing = make_mailing(edition.statement, by=make_staff())
begin_mailing(mailing)
"""
READ = """
from casa.mail.models import OutgoingMail
mails = OutgoingMail.objects.filter(kind="signatories.update")
print(*mails.values_list("params__signature", flat=True))
"""

DRILL = Drill(
    rows=READERS,
    prepare=PREPARE,
    run="signatories.mailings.updates.send_updates",
    batch="signatories.mailings.updates.send_batch",
    size="signatories.mailings.batches.SIZE",
    read=READ,
)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_killed_worker_skips_nobody_and_mails_nobody_twice(tmp_path, migrated_database):
    with killed_amid_batches(tmp_path, migrated_database, DRILL):
        pass
