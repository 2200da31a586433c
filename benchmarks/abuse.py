"""What the checks against abuse cost, and whether an answer's time tells who has signed.

    python benchmarks/abuse.py                                         # SQLite
    python tools/with_postgres.py python benchmarks/abuse.py           # PostgreSQL

Posts go through the whole application in one process, with settings as in production, into a new
database. Everything is measured in pairs, in turn, so that other work on the machine hits both.
"""

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from itertools import count
from pathlib import Path

sys.path[0] = str(Path(__file__).resolve().parent.parent)

from benchmarks import servers  # noqa: E402

PAIRS = int(os.environ.get("PAIRS", "300"))
ROUNDS = 7
numbers = count(1)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        url = os.environ.get("DATABASE_URL") or f"sqlite:///{folder}/bench.sqlite3"
        os.environ.update(servers.production(Path(folder), url, 8000) | {"SIGN_LIMITS": "1"})
        import django  # noqa: PLC0415 - settings read what was set just now

        django.setup()
        measure()


def measure() -> None:
    from django.core.management import call_command  # noqa: PLC0415
    from django.db import connection  # noqa: PLC0415

    from benchmarks.seed import make_edition  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    edition = make_edition()
    print(f"{connection.vendor}, {PAIRS} pairs in each of {ROUNDS} rounds")
    sign = poster(edition)
    for _ in range(50):
        sign()
    cost_of_limits(sign)
    times_of_answers(edition, sign)


def poster(edition) -> Callable[..., float]:
    """Posts the form from a network of its own each time; the seconds that it took."""
    from django.test import Client  # noqa: PLC0415
    from django.urls import reverse  # noqa: PLC0415

    from signatories.signing.antispam import honeypot, rate_limits  # noqa: PLC0415
    from signatories.testing import form_data  # noqa: PLC0415

    client, address = Client(), reverse("signatories:sign", args=[edition.statement.slug])
    rate_limits.USUAL_PER_MINUTE = 10**9  # else a benchmark is an unusual rate itself
    opened = honeypot.opened_now()
    time.sleep(3)  # as a person, who is asked for no work

    def sign(email: str = "") -> float:
        number = next(numbers)
        data = form_data(
            name=f"Nora Lind {number}", email=email or f"n{number}@example.org",
            **{honeypot.OPENED_FIELD: opened},
        )  # fmt: skip
        origin = f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"
        subnet = {"REMOTE_ADDR": f"2001:{number:x}::1" if number < 65536 else origin}
        begun = time.perf_counter()
        answer = client.post(address, data, HTTP_HOST=servers.HOST, **subnet)
        took = time.perf_counter() - begun
        assert answer.status_code == 302, answer.status_code
        return took

    return sign


def cost_of_limits(sign: Callable[..., float]) -> None:
    from django.conf import settings  # noqa: PLC0415

    def with_limits(*, on: bool) -> float:
        settings.SIGN_LIMITS = on
        settings.MAIL_DOMAIN_PER_HOUR = 10**6  # all addresses are of one domain
        return sign()

    compare("limits on / off", lambda: with_limits(on=True), lambda: with_limits(on=False))
    settings.SIGN_LIMITS = True


def times_of_answers(edition, sign: Callable[..., float]) -> None:
    """Each kind of known mailbox beside a new one."""
    from signatories.testing import make_signature, use_up_mails  # noqa: PLC0415

    kinds = {
        "pending": {"state": "pending"},
        "confirmed": {},
        "withdrawn": {"state": "withdrawn"},
        "hidden": {"state": "hidden"},
        "had its share of mails": {},
    }
    for label, fields in kinds.items():
        made = [make_signature(edition, **fields).email for _ in range(PAIRS * ROUNDS)]
        if label == "had its share of mails":
            for address in made:
                use_up_mails(address)
        known = iter(made)
        compare(f"{label} / new", lambda known=known: sign(next(known)), sign)


def compare(label: str, one: Callable[[], float], other: Callable[[], float]) -> None:
    ratios, medians = [], []
    for _ in range(ROUNDS):
        # Each goes first in every second pair: what comes second may find things warm.
        pairs = [
            (one(), other()) if number % 2 else (other(), one())[::-1] for number in range(PAIRS)
        ]
        a, b = (statistics.median(column) for column in zip(*pairs, strict=True))
        ratios.append(a / b)
        medians.append((a * 1000, b * 1000))
    a, b = (statistics.median(column) for column in zip(*medians, strict=True))
    ratio = statistics.median(ratios)
    print(f"{label:32} {a:6.2f} ms {b:6.2f} ms  ratio {ratio:.3f}"
          f"  ({min(ratios):.3f} to {max(ratios):.3f})", flush=True)  # fmt: skip


if __name__ == "__main__":
    main()
