"""Measure the import desk, likely duplicates and an invitation round; `python benchmarks/desk.py`.

A list of invented lines is read as the worker reads it, its review is opened, a directory of
organizations is compared with itself, and a round of invitations is filled to its limit. Printed
are seconds of the processor, database included on SQLite, and the memory that this process takes.
"""

import argparse
import os
import random
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

# Run as a file, Python looks for modules beside it: `site` among them.
sys.path[0] = str(Path(__file__).resolve().parent.parent)

_folder = tempfile.TemporaryDirectory(prefix="casa-desk-", dir="/tmp")
os.environ.setdefault("DATABASE_URL", f"sqlite:///{_folder.name}/db.sqlite3")
os.environ.update(ENV_FILE="", DEBUG="1", DJANGO_SETTINGS_MODULE="casa.settings")

import django  # noqa: E402

django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.test import Client  # noqa: E402
from django.urls import reverse  # noqa: E402

from benchmarks.organizations import fill, invented  # noqa: E402
from benchmarks.reading import cells  # noqa: E402
from casa.accounts.models import User  # noqa: E402
from signatories.leads import batches, reading  # noqa: E402
from signatories.models import Organization  # noqa: E402
from signatories.organizations import duplicates  # noqa: E402
from signatories.parser import numbered_lines, parse_block  # noqa: E402
from signatories.rounds import adding  # noqa: E402
from signatories.testing import make_round  # noqa: E402
from statements.testing import make_edition, make_user  # noqa: E402


def measure(what: str, count: int, work: Callable[[], Any]) -> Any:
    begun = time.process_time()
    found = work()
    seconds = time.process_time() - begun
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{what:<38} {count:>7,} {seconds:7.2f} s CPU {megabytes:6.0f} MB", flush=True)
    return found


def somebody(**fields: bool) -> User:
    return make_user(email=f"m{time.time_ns()}@example.org", **fields)


def desk(count: int, chance: random.Random) -> None:
    """A list from its upload until its review can be looked at, and that page itself."""
    text = "\n".join(", ".join(cells(chance)) for _ in range(count))
    owner = somebody(is_superuser=True, is_staff=True)
    batch = batches.open_batch(
        make_edition().statement, text.encode(), by=owner, source="pasted", consent="mail"
    )
    measure("list: read, compared and stored", count, lambda: reading.read(batch))
    client = Client(SERVER_NAME="localhost")
    client.force_login(owner)
    address = reverse("admin:signatories_importbatch_review", args=[batch.pk])
    for page in ("", "?show=all", f"?show=all&page={count // 50}"):
        answer = measure(
            f"review, {page or 'what is open'}", count, lambda p=page: client.get(address + p)
        )
        assert answer.status_code == 200, answer


def organizations(count: int, chance: random.Random) -> None:
    """A list of organizations against a directory, and that directory against itself."""
    fill(count, chance)
    names = [f"{name}, {town}".strip(", ") for name, town in invented(count, chance)]
    batch = batches.open_batch(
        make_edition().statement,
        "\n".join(names).encode(),
        by=None,
        source="pasted",
        consent="mail",
    )
    measure("organizations: read and compared", count, lambda: reading.read(batch))
    Organization.objects.update(is_compared=False)

    def compare() -> None:
        while duplicates.compare_some():
            pass

    measure("directory: likely duplicates", count, compare)


def invitations(count: int, chance: random.Random) -> None:
    rows = [cells(chance) for _ in range(count)]
    lines = [f"{row[0]}, {row[1]}, {row[2]}, n{at}@example.org" for at, row in enumerate(rows)]
    asking, owner = make_round(by=somebody()), somebody()
    read = measure("round: read", count, lambda: parse_block(numbered_lines("\n".join(lines))))
    add = lambda: adding.add_lines(asking, read, by=owner, language="en", asked_by=owner)  # noqa: E731
    measure("round: put on the list", count, add)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, nargs="*", default=[1_000, 10_000])
    parser.add_argument("--parts", nargs="*", default=["desk", "organizations", "invitations"])
    settings.DEBUG = False
    given = parser.parse_args()
    call_command("migrate", verbosity=0)
    chance = random.Random(7)
    parse_block([(1, "Jane Roe, chair, River Trust, Leeds, UK")])  # loads the tables of places
    for count in given.size:
        for part in given.parts:
            size = min(count, adding.MOST) if part == "invitations" else count
            {"desk": desk, "organizations": organizations, "invitations": invitations}[part](
                size, chance
            )


if __name__ == "__main__":
    main()
