"""The drill: a worker is killed amid a decision on many; the next one does the rest, each once."""

from collections import Counter

import pytest

from casa.lib.tests.drills import killed_amid_batches, own_site

ROWS = 120

PREPARE = f"""
from casa.accounts.testing import make_staff
from signatories.models import Signature
from signatories.moderation import decisions_on_many, worker
from signatories.testing import make_signature
from statements.testing import make_edition
edition = make_edition()
with __import__("django").db.transaction.atomic():
    for _ in range({ROWS}):
        make_signature(edition)
decision = decisions_on_many.prepare(Signature.objects.all(), "hide", by=None)
decisions_on_many.begin(decision, by=make_staff(), reason="asked")
"""
WORK = """
from signatories.moderation import decisions_on_many, worker
worker.SIZE = 5
do_batch = worker.do_batch

def do_and_say(pk):
    done = do_batch(pk)
    print(done, flush=True)
    return done

worker.do_batch = do_and_say
worker.carry_out()
"""
READ = """
from signatories.models import SignatureEvent
hidden = SignatureEvent.objects.filter(to_state="hidden")
print(*hidden.values_list("signature", flat=True))
"""
SAY = """
from signatories.core import tally
from signatories.models import Decision
one = Decision.objects.get()
print(one.state, one.done, one.left, len(list(tally.differences())))
"""


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_killed_worker_leaves_whole_batches_and_the_next_one_goes_on(tmp_path, migrated_database):
    with own_site(tmp_path, migrated_database) as site:
        site.run(PREPARE)
        assert killed_amid_batches(site, WORK, READ) < ROWS
        site.run(WORK.replace("worker.SIZE = 5", "worker.SIZE = 50"))
        hidden = Counter(site.run(READ).split())
        assert len(hidden) == ROWS
        assert set(hidden.values()) == {1}
        assert site.run(SAY).split() == ["done", str(ROWS), "0", "0"]
