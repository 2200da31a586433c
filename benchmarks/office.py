"""Measure the back office among few and many signatures; `python benchmarks/office.py`.

Each site has a process of its own, which asks for pages without a server and prints how long they
took; all sites are asked for a page before the next one is. On PostgreSQL alone.
"""

import argparse
import gc
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

# Run as a file, Python looks for modules beside it: `site` among them.
sys.path[0] = str(Path(__file__).resolve().parent.parent)

from benchmarks import machine, servers  # noqa: E402

SIZES = (1_000, 1_000_000)
ROUNDS = 5
AIM = 1.5

WHERE = {
    "signatures": "/admin/signatories/signature/",
    "one signature": "/admin/signatories/signature/",
    "organizations": "/admin/signatories/organization/",
    "one organization": "/admin/signatories/organization/",
    "search of the site": "/admin/search/",
    "outgoing mail": "/admin/mail/outgoingmail/",
}
ANEW = "anew:"
THREE = "kind__exact=person&state__exact=confirmed&country=NO"

CASES = {
    "first screen": {
        "as it is opened": "/admin/",
        "with nothing kept": f"{ANEW}/admin/",
    },
    "signatures": {
        "first page": "",
        "one statement": "?statement={statement}",
        "page 100 of 100": "?p={page_100}",
        "sorted by name": "?o=1",
        "by name, backwards": "?o=-1",
        "by state": "?o=2",
        "by place": "?o=3",
        "by day": "?o=4",
        "by day, newest first": "?o=-4",
        "by statement": "?o=5",
        "by state, then name": "?o=2.1",
        "search a family name (one in nine)": "?q=aliyev",
        "the same, sorted by name": "?q=aliyev&o=1",
        "search two words": "?q=nora+lind",
        "search one person": "?q=nora+{some}",
        "search what nobody is called": "?q=zanzibarium",
        "search an organization": "?q=library+friends",
        "search an address": "?q=signer{some}%40example.org",
        "search part of an address": "?q=signer{some}%40",
        "one country": "?country=NO",
        "kind, state and country": f"?{THREE}",
        "these three, sorted by name": f"?{THREE}&o=1",
        "these three and a family name": f"?{THREE}&q=aliyev",
        "kind, state and country that few have": (
            "?kind__exact=organization&state__exact=hidden&country=NO"
        ),
        "kind, state and country that nobody has": (
            "?kind__exact=organization&state__exact=withdrawn&country=NO"
        ),
        "needs a decision": "?decision=needed",
        "suspicious": "?suspicious=yes",
        "unsure": "?imported=unsure",
        "trouble with mail": "?trouble=hard",
        "changed by the signer": "?changed=yes",
        "a day of signing": "?since={day}&until={day}",
        "withheld": "?name_withheld__exact=1",
    },
    "one signature": {
        "its screen": "{signature}/change/",
        "from a list by name": "{signature}/change/?_changelist_filters=o%3D1",
        "from a search": "{signature}/change/?_changelist_filters=q%3Daliyev",
        "its history": "{signature}/history/",
    },
    "queue": {"next one, with neighbours": "/admin/signatories/decision/queue/"},
    "organizations": {
        "first page": "",
        "by verification": "?o=2",
        "by kind": "?o=3",
        "by place": "?o=4",
        "page 100 of 100": "?p={organizations_100}",
        "search one": "?q=friends+{some_organization}",
        "search what all are called": "?q=library",
        "search what none is called": "?q=zanzibarium",
        "to be checked": "?to_check=yes",
        "has signed": "?signed=yes",
        "has not signed": "?signed=no",
        "a logo waits": "?logo=waiting",
        "kind and country": "?kind__exact=association&country=NO",
    },
    "one organization": {
        "its screen": "{organization}/change/",
        "its history": "{organization}/history/",
    },
    "search of the site": {
        "a family name": "?q=aliyev",
        "one person": "?q=nora+{some}",
        "what nobody is called": "?q=zanzibarium",
        "an address": "?q=signer{some}%40example.org",
    },
    "outgoing mail": {
        "failed": "",
        "all": "?state=all",
        "all, by day": "?state=all&o=7",
        "sent, of one kind": "?state=sent&kind=confirm",
        "search an address": "?q=signer{some}%40example.org",
        "search part of an address": "?q=signer{some}",
    },
    "others": {
        "statements": "/admin/statements/statement/",
        "decisions": "/admin/signatories/decision/",
        "imports": "/admin/signatories/importbatch/",
        "exports": "/admin/signatories/exportlog/",
        "editions": "/admin/statements/edition/",
    },
}
"""What is asked for, by what the table calls it; below the address in WHERE."""


def addresses(places: dict[str, object]) -> Iterator[str]:
    for case in cases():
        yield address(case, places).removeprefix(ANEW)


def address(case: tuple[str, str], places: dict[str, object]) -> str:
    group, name = case
    return (WHERE.get(group, "") + CASES[group][name]).format(**places)


def ask() -> None:
    """In the process of a site: reads names of cases, a line each, and prints milliseconds."""
    import django  # noqa: PLC0415 - in the process that has the settings of a filled site

    django.setup()
    from django.test import Client  # noqa: PLC0415

    from casa.accounts.models import User  # noqa: PLC0415
    from casa.accounts.testing import make_staff  # noqa: PLC0415

    user = User.objects.filter(email="bench@example.org").first()
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(user or make_staff("bench@example.org", is_superuser=True))
    at = places()
    for line in sys.stdin:
        print(json.dumps(_timed(client, address(json.loads(line), at))), flush=True)


def places(page: int = 100) -> dict[str, object]:
    """What stands in the addresses: rows amid the others, and `page`, or the last one."""
    from signatories.models import Organization, Signature  # noqa: PLC0415

    signatures = Signature.objects.order_by("pk")
    number = signatures.count()
    middle = signatures.filter(kind="person", name__contains="Aliyev", state="confirmed")[5]
    organization = Organization.objects.order_by("pk")[number // 20]
    return {
        "statement": middle.statement_id,
        "signature": middle.pk,
        "organization": organization.pk,
        "some": middle.name.split()[-1],
        "some_organization": organization.name.split()[-1],
        "page_100": min(page, number // 100),
        "organizations_100": min(page, number // 800),
        "day": middle.created_at.date().isoformat(),
    }


def _timed(client: Any, path: str) -> tuple[float, float, int, int]:
    """ms in all, of them in the database, the status, and how many rows the list shows."""
    from django.core.cache import cache  # noqa: PLC0415
    from django.db import connection  # noqa: PLC0415

    spent = []

    def timed(execute: Any, *arguments: Any) -> Any:
        begun = time.perf_counter()
        try:
            return execute(*arguments)
        finally:
            spent.append(time.perf_counter() - begun)

    if path.startswith(ANEW):
        cache.clear()
    path = path.removeprefix(ANEW)
    gc.collect()
    begun = time.perf_counter()
    with connection.execute_wrapper(timed):
        answer = client.get(path)
    took = time.perf_counter() - begun
    rows = answer.content.count(b'class="action-select"')
    return took * 1000, sum(spent) * 1000, answer.status_code, rows


@dataclass
class Site:
    """A filled site, and the process that asks it."""

    name: str
    requests: IO[str]
    answers: IO[str]
    rows: dict[tuple[str, str], int] = field(default_factory=dict)
    found: dict[tuple[str, str], list[tuple[float, float]]] = field(default_factory=dict)

    def ask(self, case: tuple[str, str], *, is_warming: bool = False) -> None:
        print(json.dumps(case), file=self.requests, flush=True)
        took, in_database, status, self.rows[case] = json.loads(self.answers.readline())
        if status != 200:
            raise SystemExit(f"{self.name}: {case} was answered with {status}.")
        if not is_warming:
            self.found.setdefault(case, []).append((took, in_database))

    def took(self, case: tuple[str, str]) -> float:
        return statistics.median(took for took, _in_database in self.found[case])

    def in_database(self, case: tuple[str, str]) -> float:
        return statistics.median(in_database for _took, in_database in self.found[case])


@contextmanager
def opened(name: str, environment: dict[str, str], root: Path = servers.ROOT) -> Iterator[Site]:
    command = [sys.executable, "-m", "benchmarks.office", "--ask"]
    with subprocess.Popen(
        command, cwd=root, env=environment, text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    ) as process:  # fmt: skip
        assert process.stdin and process.stdout
        yield Site(name, process.stdin, process.stdout)
        process.stdin.close()


def measure(sites: list[Site]) -> None:
    """Each case once unmeasured and ROUNDS times measured, by all sites in turn."""
    for case in cases():
        for number in range(ROUNDS + 1):
            for site in sites:
                site.ask(case, is_warming=number == 0)


def cases() -> Iterator[tuple[str, str]]:
    for group, names in CASES.items():
        yield from ((group, name) for name in names)


def table(sites: list[Site]) -> str:
    """Milliseconds of each site, of them in the database, and the last by the first.

    Beside a page that shows more rows than the first site has, nothing is said of the ratio.
    """
    head = "".join(f" {site.name} | of database |" for site in sites)
    lines = [f"| ms |{head} ratio |", f"|---|{'--:|' * (2 * len(sites) + 1)}"]
    for case in cases():
        cells = [f"{figure(case):,.0f}" for site in sites
                 for figure in (site.took, site.in_database)]  # fmt: skip
        lines.append(f"| {': '.join(case)} | {' | '.join(cells)} | {_ratio(sites, case)} |")
    return "\n".join(lines)


def _ratio(sites: list[Site], case: tuple[str, str]) -> str:
    first, last = sites[0], sites[-1]
    if last.rows[case] > 2 * first.rows[case]:
        return f"{first.rows[case]} rows, {last.rows[case]}"
    ratio = last.took(case) / first.took(case)
    return f"{ratio:.2f}" + (" MISSED" if ratio > AIM else "")


def fill(server: str, size: int, home: Path) -> dict[str, str]:
    """The environment of a new site with `size` signatures of all kinds."""
    url = servers.new_database(server, f"office{size}")
    environment = servers.production(home / "var", url, 1)
    servers.seed(environment, min(size, 1_000), 1)
    command = [sys.executable, "-m", "benchmarks.many", str(size), "--varied"]
    subprocess.run(command, cwd=servers.ROOT, env=environment, check=True)
    print(f"{time.strftime('%H:%M:%S')} {size:,} signatures are there", file=sys.stderr)
    return environment


def report(sizes: Iterable[int] = SIZES) -> str:
    """Fill a site of each size, measure them in turn, and say what was found."""
    with (
        tempfile.TemporaryDirectory(prefix="casa-office-", dir="/tmp") as folder,
        ExitStack() as on,
    ):
        home = Path(folder)
        environment = servers.production(home / "var", f"sqlite:///{home}/none", 1)
        servers.manage(environment, "collectstatic", "--noinput", "--verbosity", "0")
        header = machine.described(home)
        server = on.enter_context(servers.database_server("postgresql", home))
        filled = {size: fill(server, size, home) for size in sizes}
        sites = [on.enter_context(opened(f"{size:,}", filled[size])) for size in filled]
        measure(sites)
    words = f"medians of {ROUNDS}; aim of the ratio ≤ {AIM}"
    return f"{header}\n{words}\n\n{table(sites)}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, help="signatures")
    parser.add_argument("--ask", action="store_true", help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.ask:
        ask()
    else:
        print(report(chosen.sizes))


if __name__ == "__main__":
    main()
