"""What encryption costs the back office; `python benchmarks/encryption.py`. Signing: `signing.py`.

Two sites on PostgreSQL are filled alike, one of them without encryption (`benchmarks.unsealed`).
Each is asked in a process of its own, in turn; printed are medians of what a case takes of a
processor, application and database together, in ms.
"""

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

# Run as a file, Python looks for modules beside it: `site` among them.
sys.path[0] = str(Path(__file__).resolve().parent.parent)

from benchmarks import machine, servers, unsealed  # noqa: E402
from benchmarks.signing import processor_time  # noqa: E402

SIZE, ROUNDS, LEAST = 20_000, 9, 1_000
SIGNATURES = "/admin/signatories/signature/"
PAGES = {
    "signatures, first page": SIGNATURES,
    "signatures, search an address": f"{SIGNATURES}?q=signer900%40example.org",
    "signatures, those of a domain": f"{SIGNATURES}?q=%40example.org",
    "one signature": f"{SIGNATURES}{{signature}}/change/",
    "outgoing mail, all": "/admin/mail/outgoingmail/?state=all",
}
EXPORT = "export of all, with addresses"
CASES = (*PAGES, EXPORT)


def ask() -> None:
    """In the process of a site: reads names of cases, a line each, and prints milliseconds."""
    import django  # noqa: PLC0415 - in the process that has the settings of a filled site

    django.setup()
    if unsealed.is_wanted():
        unsealed.begin()
    cases = dict(_cases())
    for line in sys.stdin:
        work = cases[json.loads(line)]
        begun = sum(processor_time())
        work()
        print(1000 * (sum(processor_time()) - begun), flush=True)


def _cases() -> Iterator[tuple[str, Callable[[], object]]]:
    from django.test import Client  # noqa: PLC0415

    from casa.accounts.testing import make_staff  # noqa: PLC0415
    from signatories.models import Signature  # noqa: PLC0415
    from signatories.moderation import exports  # noqa: PLC0415

    user = make_staff("bench@example.org", is_superuser=True)
    client = Client(headers={"host": servers.HOST})
    client.force_login(user)
    pk = Signature.objects.order_by("-pk")[50].pk
    for name, path in PAGES.items():
        yield name, lambda path=path: _read(client, path.format(signature=pk))
    columns = ["name", "city", "email"]
    yield EXPORT, lambda: _exported(exports.names(Signature.objects.all(), columns, by=user))


def _read(client: Any, path: str) -> None:
    answer = client.get(path)
    if answer.status_code != 200:
        raise SystemExit(f"{path}: {answer.status_code}")


def _exported(rows: Any) -> None:
    count = sum(1 for _row in rows)
    if count < LEAST:
        raise SystemExit(f"The export had {count} rows.")


@contextmanager
def opened(server: str, home: Path, size: int, **more: str) -> Iterator[Callable[[str], float]]:
    """Fills a site, and gives what asks its process for a case."""
    url = servers.new_database(server, "unsealed" if more else "sealed")
    environment = servers.production(home / "var", url, 1) | more
    servers.seed(environment, 200, 1)
    filling = [sys.executable, "-m", "benchmarks.many", str(size), "--varied"]
    subprocess.run(filling, cwd=servers.ROOT, env=environment, check=True)
    asking = [sys.executable, __file__, "--ask"]
    with subprocess.Popen(
        asking, cwd=servers.ROOT, env=environment, text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    ) as process:  # fmt: skip

        def take(case: str) -> float:
            assert process.stdin
            assert process.stdout
            print(json.dumps(case), file=process.stdin, flush=True)
            return float(process.stdout.readline())

        yield take
        process.terminate()


def report(size: int) -> Iterator[str]:
    with (
        tempfile.TemporaryDirectory(prefix="casa-sealed-", dir="/tmp") as folder,
        ExitStack() as on,
    ):
        home = Path(folder)
        environment = servers.production(home / "var", f"sqlite:///{home}/none", 1)
        servers.manage(environment, "collectstatic", "--noinput", "--verbosity", "0")
        yield machine.described(home)
        server = on.enter_context(servers.database_server("postgresql", home))
        plain = on.enter_context(opened(server, home, size, **{unsealed.SETTING: "1"}))
        sealed = on.enter_context(opened(server, home, size))
        yield f"{size:,} signatures, medians of {ROUNDS}\n"
        yield "| | without, ms | with, ms | ratio |\n|---|--:|--:|--:|"
        for case in CASES:
            plain(case), sealed(case)
            times = [(plain(case), sealed(case)) for _round in range(ROUNDS)]
            before, now = (statistics.median(column) for column in zip(*times, strict=True))
            ratio = statistics.median(b / a for a, b in times)
            yield f"| {case} | {before:.1f} | {now:.1f} | {ratio:.2f} |"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=SIZE, help="signatures")
    parser.add_argument("--ask", action="store_true", help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.ask:
        ask()
        return
    for line in report(chosen.size):
        print(line, flush=True)


if __name__ == "__main__":
    main()
