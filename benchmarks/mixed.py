"""Many read while some sign: `python benchmarks/mixed.py`, `--minutes 10` for an evening.

PostgreSQL with 100,000 signatures, the application as `manage.py serve` starts it in one process,
nginx in front, which keeps pages for a second. One program reads the statement's page as fast as it
is answered; another posts SIGNING forms at the beginning of each second. In the end the rows are
compared with the answers. What counts is how long who signs waits, and that nothing is lost.
"""

import argparse
import itertools
import json
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlencode

# Run as a file, Python looks for modules beside it: `site` among them.
sys.path[0] = str(Path(__file__).resolve().parent.parent)

from benchmarks import load, machine, servers  # noqa: E402
from benchmarks.load import LoadError, Result  # noqa: E402

ROWS = 100_000
SIGNING = 100  # forms a second
READERS, SIGNERS = 32, 8  # connections
PORT, UPSTREAM = 8791, 8790
LATE = 1.0  # seconds


def read(seconds: float) -> None:
    """The program that reads: prints what it got."""
    result = load.read(PORT, sys.stdin.read(), seconds=seconds, connections=READERS)
    print(json.dumps([result.per_second, result.p50, result.p99]))


def sign(facts: dict, seconds: float) -> list[tuple[float, Result]]:
    """For each second how long its forms took together, and what was answered."""
    numbers, found = itertools.count(1), []
    end = time.monotonic() + seconds
    while (begun := time.monotonic()) < end:
        forms = [
            load.post(
                facts["sign"],
                urlencode(facts["form"] | {"email": f"mixed{next(numbers)}@example.org"}),
            )
            for _ in range(SIGNING)
        ]
        answered = load.send(PORT, iter(forms), connections=SIGNERS, status=302, seconds=60)
        took = time.monotonic() - begun
        found.append((took, answered))
        time.sleep(max(0.0, 1 - took))
    return found


def measure(home: Path, seconds: float) -> str:
    with ExitStack() as stack:
        server = stack.enter_context(servers.database_server("postgresql", home))
        url = servers.new_database(server, "mixed")
        environment = servers.keeping(servers.production(home / "var", url, UPSTREAM))
        servers.manage(environment, "collectstatic", "--noinput", "--verbosity", "0")
        facts = servers.seed(environment, ROWS, 0)
        stack.enter_context(servers.granian(environment, UPSTREAM))
        stack.enter_context(servers.nginx(home / "nginx", PORT, UPSTREAM))
        page = facts["pages"]["page"]
        if not servers.is_kept(PORT, page):
            raise LoadError("nginx does not keep the statement page.")
        before = servers.fetch_json(UPSTREAM, "/bench/counts/")
        reader = subprocess.Popen(
            [sys.executable, __file__, "--read", str(seconds)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        with reader:
            assert reader.stdin is not None
            reader.stdin.write(page)
            reader.stdin.close()
            signed = sign(facts, seconds)
            assert reader.stdout is not None
            reads = Result(*json.loads(reader.stdout.read()))
        after = servers.fetch_json(UPSTREAM, "/bench/counts/")
    return table(reads, signed, after["pending"] - before["pending"], after["tally_differs"])


def table(reads: Result, signed: list[tuple[float, Result]], stored: int, differs: bool) -> str:
    answered = sum(result.answered for _took, result in signed)
    if stored != answered or differs:
        raise LoadError(f"{answered} forms were answered and {stored} stored; tally: {differs}")
    late = sum(took > LATE for took, _result in signed)
    p50 = statistics.median(result.p50 for _took, result in signed)
    p99 = [result.p99 for _took, result in signed]
    return "\n".join(
        (
            "| | a second | p50, ms | p99, ms |",
            "|---|--:|--:|--:|",
            f"| read | {reads.per_second:,.0f} | {reads.p50:.1f} | {reads.p99:.1f} |",
            f"| signed | {answered / len(signed):,.0f} | {p50:.1f} | {statistics.median(p99):.1f}"
            f" (worst second {max(p99):.0f}) |",
            "",
            f"{answered:,} forms answered and stored; seconds that were not done with theirs in"
            f" time: {late} of {len(signed)}",
        )
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=1)
    parser.add_argument("--read", type=float, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.read:
        return read(chosen.read)
    servers.refuse_occupied([PORT, UPSTREAM])
    with tempfile.TemporaryDirectory(prefix="casa-bench-", dir="/tmp") as folder:
        home = Path(folder)
        print(f"{machine.described(home)}\n\n{measure(home / 'site', chosen.minutes * 60)}")
    return None


if __name__ == "__main__":
    main()
