"""Measure the making of a packet; `python benchmarks/packets.py [--names 100000] [--output FILE]`.

A statement gets invented signatures, in SQLite or in the database of DATABASE_URL
(`tools/with_postgres.py` before it: on PostgreSQL), and one process does what the worker does.
Printed are seconds, of the clock and of the processor, until the freeze, the volumes and the rest
are done, and the most memory that this process and the programs that it starts took.
"""

import argparse
import os
import resource
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path

# Run as a file, Python looks for modules beside it: `site` among them.
sys.path[0] = str(Path(__file__).resolve().parent.parent)

_folder = tempfile.TemporaryDirectory(prefix="casa-packets-", dir="/tmp")
os.environ.setdefault("DATABASE_URL", f"sqlite:///{_folder.name}/db.sqlite3")
os.environ.update(ENV_FILE="", DEBUG="1", DJANGO_SETTINGS_MODULE="casa.settings")

import django  # noqa: E402

django.setup()

from django.core.management import call_command  # noqa: E402
from django.utils import timezone  # noqa: E402

from signatories.core import tally  # noqa: E402
from signatories.models import Organization, Packet, Signature  # noqa: E402
from signatories.packets import making, worker  # noqa: E402
from statements.models import Edition  # noqa: E402
from statements.testing import make_edition  # noqa: E402

BATCH = 2_000
FIRST = ["Nora", "Ilkin", "Ada", "Bo", "Leyla", "Cəmil", "Ольга", "Иван", "Ελένη", "Aydın", "Thị"]
LAST = ["Lind", "Dahl", "Əliyev", "Quliyeva", "Петрова", "Ιωάννου", "Nguyễn", "Berg", "Məmmədli"]
PLACES = (("Oslo", "NO"), ("Bakı", "AZ"), ("Exampletown", "GB"), ("", ""))


def seed(edition: Edition, size: int) -> None:
    now = timezone.now()
    organizations = [
        Organization.objects.create(name=f"Friends of Library {n}", city="Leeds", country="GB")
        for n in range(min(500, size // 10))
    ]
    for start in range(0, size, BATCH):
        rows = []
        for n in range(start, min(start + BATCH, size)):
            city, country = PLACES[n % 4]
            organization = organizations[n] if n < len(organizations) else None
            rows.append(Signature(
                statement=edition.statement, edition=edition, state="confirmed",
                kind="organization" if organization else "person", organization=organization,
                name=f"{FIRST[n % 11]} {LAST[n // 11 % 9]} {n}", role="Teacher", city=city,
                country=country, confirmed_at=now - timedelta(seconds=n), nonce=str(n),
                name_withheld=organization is None and n % 50 == 49,
            ))  # fmt: skip
        Signature.objects.bulk_create(rows)
        for kind in ("person", "organization"):
            tally.adjust(edition.statement_id, kind, sum(one.kind == kind for one in rows))


def processor() -> float:
    """Seconds of the processor that this process and its programs took."""
    return sum(os.times()[:4])


def megabytes(whose: int) -> int:
    return resource.getrusage(whose).ru_maxrss // 1024


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--names", type=int, default=100_000)
    parser.add_argument("--output", type=Path, help="where the archive is written to")
    options = parser.parse_args()
    call_command("migrate", verbosity=0)
    edition = make_edition("Keep the reading rooms open")
    seed(edition, options.names)
    print(f"{options.names} names are there; {megabytes(resource.RUSAGE_SELF)} MB before it")
    packet = making.order(edition.statement, by=None, language="en", letter="Dear {addressee},")
    begun, cpu, told = time.perf_counter(), processor(), {}
    while worker.do_step(packet.pk):
        packet.refresh_from_db()
        last = packet.files - packet.files_made
        what = "freeze" if not packet.files_made else "volumes" if last > 3 else "rest"
        told[what] = (time.perf_counter() - begun, processor() - cpu)
    packet.refresh_from_db()
    assert packet.state == Packet.State.DONE, packet.state
    for what, (seconds, busy) in told.items():
        print(f"{what} done after {seconds:.1f} s, of which {busy:.1f} s of the processor")
    print(f"archive {packet.size / 1e6:.1f} MB, {packet.files} files, {packet.names} names")
    print(f"most memory: this process {megabytes(resource.RUSAGE_SELF)} MB,")
    print(f"  the program that sets a volume {megabytes(resource.RUSAGE_CHILDREN)} MB")
    if options.output:
        with making.archive(packet, by=None) as archive:
            options.output.write_bytes(archive.read())


main()
