"""The drill: a worker is killed while it tells addressees; the next one tells all others, once."""

import pytest

from casa.lib.tests.drills import Drill, killed_amid_batches

ADDRESSEES = 300

PREPARE = f"""
from datetime import timedelta
from django.utils import timezone
from signatories.models import AddresseeMailing
from signatories.testing import make_signature
from statements.testing import make_edition
edition = make_edition()
week_ago = timezone.now() - timedelta(days=8)
with __import__("django").db.transaction.atomic():
    make_signature(edition)
    for number in range({ADDRESSEES}):
        target = edition.statement.targets.create(
            name=f"Council {{number}}", email=f"council{{number}}@example.org"
        )
        AddresseeMailing.objects.create(
            target=target, state="on", last_at=week_ago, changed_at=week_ago
        )
"""
READ = """
from signatories.models import AddresseeNotice
from casa.mail.models import OutgoingMail
mails = OutgoingMail.objects.filter(kind="signatories.addressee")
notices = AddresseeNotice.objects.filter(mail__in=mails)
print(*notices.values_list("mailing", flat=True))
"""

DRILL = Drill(
    rows=ADDRESSEES,
    prepare=PREPARE,
    run="signatories.mailings.addressees.tell",
    batch="signatories.mailings.addressees.queue_batch",
    size="signatories.mailings.batches.SIZE",
    read=READ,
)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_killed_worker_skips_nobody_and_tells_nobody_twice(tmp_path, migrated_database):
    with killed_amid_batches(tmp_path, migrated_database, DRILL):
        pass
