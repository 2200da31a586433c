"""The drill: a worker is killed amid a mailing, and the next one tells everybody else, once."""

import pytest

from casa.lib.tests.drills import Drill, killed_amid_batches

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
READ = """
from casa.mail.models import OutgoingMail
mails = OutgoingMail.objects.filter(kind="signatories.correction")
print(*mails.values_list("params__signature", flat=True))
"""

DRILL = Drill(
    rows=SIGNERS,
    prepare=PREPARE,
    run="signatories.mailings.correction_notices.notify_signers",
    batch="signatories.mailings.correction_notices.notify_batch",
    size="signatories.mailings.batches.SIZE",
    read=READ,
)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_killed_worker_skips_nobody_and_tells_nobody_twice(tmp_path, migrated_database):
    with killed_amid_batches(tmp_path, migrated_database, DRILL):
        pass
