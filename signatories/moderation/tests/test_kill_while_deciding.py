"""The drill: a worker is killed amid a decision on many; the next one does the rest, each once."""

import pytest

from casa.lib.tests.drills import Drill, killed_amid_batches

ROWS = 120

PREPARE = f"""
from casa.accounts.testing import make_staff
from signatories.models import Signature
from signatories.moderation import decisions_on_many
from signatories.testing import make_signature
from statements.testing import make_edition
edition = make_edition()
with __import__("django").db.transaction.atomic():
    for _ in range({ROWS}):
        make_signature(edition)
decision = decisions_on_many.prepare(Signature.objects.all(), "hide", by=None)
decisions_on_many.begin(decision, by=make_staff(), reason="asked")
"""
READ = """
from signatories.models import SignatureEvent
hidden = SignatureEvent.objects.filter(to_state="hidden")
print(*hidden.values_list("signature", flat=True))
"""
STATE = """
from signatories.core import tally
from signatories.models import Decision
one = Decision.objects.get()
print(one.state, one.done, one.left, len(list(tally.differences())))
"""

DRILL = Drill(
    rows=ROWS,
    prepare=PREPARE,
    run="signatories.moderation.worker.carry_out",
    batch="signatories.moderation.worker.do_batch",
    size="signatories.moderation.worker.SIZE",
    read=READ,
)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_killed_worker_leaves_whole_batches_and_the_next_one_goes_on(tmp_path, migrated_database):
    with killed_amid_batches(tmp_path, migrated_database, DRILL) as site:
        assert site.run(STATE).split() == ["done", str(ROWS), "0", "0"]
