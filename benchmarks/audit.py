"""Measure the sealed count: `python benchmarks/audit.py --signatures 100000`.

A statement gets invented signatures, in SQLite or in the database of DATABASE_URL
(`tools/with_postgres.py` before it: on PostgreSQL). They get their leaves and a seal, the file is
written and checked by the script that people run offline, and again with one leaf dropped, added
and altered. Then a further day with one signature is sealed, to show that the size of the count
does not matter. Printed are seconds, and by how much the memory of this process grew.
"""

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

# Run as a file, Python looks for modules beside it: `site` among them.
sys.path[0] = str(Path(__file__).resolve().parent.parent)

_folder = tempfile.TemporaryDirectory(prefix="casa-audit-", dir="/tmp")
os.environ.setdefault("DATABASE_URL", f"sqlite:///{_folder.name}/db.sqlite3")
os.environ.update(ENV_FILE="", DEBUG="1", DJANGO_SETTINGS_MODULE="casa.settings")

import django  # noqa: E402

django.setup()

import time_machine  # noqa: E402
from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.utils import timezone  # noqa: E402

from benchmarks.decisions import seed  # noqa: E402
from signatories.audit import files, gathering, ledger, proving, sealing  # noqa: E402
from signatories.models import Leaf, Seal, Signature  # noqa: E402
from signatories.testing import make_signature  # noqa: E402
from statements.testing import make_edition  # noqa: E402

SCRIPT = settings.BASE_DIR / "static" / "casa" / "check_count.py"


def timed(what: str, work: Callable[[], object]) -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    begun = time.perf_counter()
    work()
    seconds = time.perf_counter() - begun
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024
    print(f"{what:<44} {seconds:8.2f} s   +{grown} MiB", flush=True)


def check(path: Path) -> int:
    command = [sys.executable, "-I", SCRIPT, path]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    print("   ", (ran.stdout or ran.stderr).splitlines()[0])
    return ran.returncode


def write(path: Path) -> None:
    with path.open("w") as file:
        file.writelines(files.of_seals(Seal.objects.order_by("number")))


def tampered(path: Path) -> dict[str, list[str]]:
    lines = path.read_text().splitlines(keepends=True)
    middle, other = len(lines) // 2, f"counted person {'0' * 64}\n"
    return {
        "dropped": lines[:middle] + lines[middle + 1 :],
        "added": [*lines[:middle], other, *lines[middle:]],
        "altered": [*lines[:middle], other, *lines[middle + 1 :]],
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--signatures", type=int, default=100_000)
    size = parser.parse_args().signatures
    call_command("migrate", verbosity=0)
    edition = make_edition()
    seed(edition, size)
    print(f"{connection.vendor}, {size:,} signatures")
    path = Path(_folder.name) / "audit.txt"
    pk = edition.statement_id
    timed("leaves of all that was counted before", gathering.gather)
    timed("the same again: nothing to do", gathering.gather)
    tomorrow = timezone.now() + timedelta(days=1)
    with time_machine.travel(tomorrow):
        timed("seal", lambda: sealing.seal(pk))
    timed("the ledger", lambda: ledger._count(edition.statement))
    timed("the self-check", lambda: proving.prove(edition.statement))
    assert proving.prove(edition.statement).is_right
    timed("write the file", lambda: write(path))
    print(f"    {path.stat().st_size / 2**20:.1f} MiB")
    timed("the script checks it", lambda: check(path))
    for what, lines in tampered(path).items():
        path.write_text("".join(lines))
        assert check(path) == 1, what
    with time_machine.travel(tomorrow):
        make_signature(edition)
        timed("one more signature: its leaf", gathering.gather)
    with time_machine.travel(tomorrow + timedelta(days=1)):
        timed("one more signature: its seal", lambda: sealing.seal(pk))
    mark = Leaf.objects.first().mark
    found = Leaf.objects.filter(statement=pk, mark=mark)
    timed("find a receipt", lambda: list(found))
    assert Signature.objects.counted().count() == size + 1


if __name__ == "__main__":
    main()
