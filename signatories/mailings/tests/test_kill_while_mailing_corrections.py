"""The drill: a worker is killed amid a mailing, and the next one tells everybody else, once."""

from collections import Counter

import pytest

from casa.lib.tests.drills import killed_amid_batches, own_site

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
from signatories.mailings import batches
from signatories.mailings import correction_notices as notices
batches.SIZE = 5
notify_batch = notices.notify_batch

def notify_and_print(pk):
    told = notify_batch(pk)
    print(told, flush=True)
    return told

notices.notify_batch = notify_and_print
notices.notify_signers()
"""
READ = """
from casa.mail.models import OutgoingMail
mails = OutgoingMail.objects.filter(kind="signatories.correction")
print(*mails.values_list("params__signature", flat=True))
"""


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_killed_worker_skips_nobody_and_tells_nobody_twice(tmp_path, migrated_database):
    with own_site(tmp_path, migrated_database) as site:
        site.run(PREPARE)
        assert killed_amid_batches(site, TELL, READ) < SIGNERS
        site.run(TELL.replace("batches.SIZE = 5", "batches.SIZE = 300"))
        told = Counter(site.run(READ).split())
        assert len(told) == SIGNERS
        assert set(told.values()) == {1}
