"""Measure a decision on many signatures, and its undoing; `python benchmarks/decisions.py`.

A statement gets invented signatures, in SQLite or in the database of DATABASE_URL
(`tools/with_postgres.py` before it: on PostgreSQL). All of them are chosen, marked as invalid and
brought back, by one process that does what the worker does. Printed are seconds, rows in a second,
and by how much the memory of this process grew.
"""

import argparse
import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

# Run as a file, Python looks for modules beside it: `site` among them.
sys.path[0] = str(Path(__file__).resolve().parent.parent)

_folder = tempfile.TemporaryDirectory(prefix="casa-decisions-", dir="/tmp")
os.environ.setdefault("DATABASE_URL", f"sqlite:///{_folder.name}/db.sqlite3")
os.environ.update(ENV_FILE="", DEBUG="1", DJANGO_SETTINGS_MODULE="casa.settings")

import django  # noqa: E402

django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.utils import timezone  # noqa: E402

from casa.accounts.models import User  # noqa: E402
from casa.accounts.testing import make_staff  # noqa: E402
from signatories.core import tally  # noqa: E402
from signatories.models import Decision, Signature, SignatureEvent  # noqa: E402
from signatories.moderation import bulk, decisions_on_many, worker  # noqa: E402
from statements.models import Edition  # noqa: E402
from statements.testing import make_edition  # noqa: E402

BATCH = 2_000


def seed(edition: Edition, size: int) -> None:
    now = timezone.now()
    for start in range(0, size, BATCH):
        made = Signature.objects.bulk_create(
            Signature(
                statement=edition.statement, edition=edition, kind="person", name=f"Nora {n}",
                sort_key=f"nora {n}", state="confirmed", confirmed_at=now, nonce=str(n),
                email=f"n{n}@example.org", email_key=f"n{n}@example.org", number=n + 1,
                share_code=f"c{n}", network=f"{n % 5:032}",
            )
            for n in range(start, min(start + BATCH, size))
        )  # fmt: skip
        SignatureEvent.objects.bulk_create(
            SignatureEvent(signature=one, to_state=one.state, at=now) for one in made
        )
        tally.adjust(edition.statement_id, "person", len(made))


def memory() -> float:
    """The most that this process has taken so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def measured(what: str, size: int, do: Callable[[], object]) -> None:
    before, start = memory(), time.perf_counter()
    do()
    seconds = time.perf_counter() - start
    grown = memory() - before
    print(f"{what:24} {seconds:8.2f} s {size / seconds:10,.0f} rows/s {grown:8.1f} MB more")


def finish(decision: Decision) -> None:
    while worker.do_batch(decision.pk) is not None:
        pass
    decision.refresh_from_db()


def measure(size: int, user: User) -> None:
    edition, rows = make_edition(), Signature.objects.all()
    measured("seeding", size, lambda: seed(edition, size))
    measured("counting beforehand", size, lambda: bulk.preview(rows, "invalidate"))
    made: list[Decision] = []
    measured(
        "choosing",
        size,
        lambda: made.append(decisions_on_many.prepare(rows, "invalidate", by=user)),
    )
    decision = made[0]
    decisions_on_many.begin(decision, by=user, reason="a script")
    measured("carrying out", size, lambda: finish(decision))
    print(decision.state, decision.done, tally.of(edition.statement))
    decisions_on_many.undo(decision, by=user)
    measured("undoing", size, lambda: finish(decision))
    again = type(edition.statement).objects.get(pk=edition.statement_id)
    print(decision.state, decision.undone, tally.of(again), list(tally.differences()))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=100_000)
    size = parser.parse_args().size
    call_command("migrate", verbosity=0)
    settings.DEBUG = False  # else Django keeps the text of queries
    print(f"{size:,} signatures, {connection.vendor}, batches of {worker.SIZE}")
    measure(size, make_staff("bench@example.org"))


if __name__ == "__main__":
    main()
