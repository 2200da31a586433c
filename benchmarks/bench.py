"""Measure pages and signing on PostgreSQL and SQLite, and print one table: `make bench`.

What is measured, and how to read it, stands in benchmarks/README.md. Everything runs on this
machine, in folders that are removed in the end.
"""

import argparse
import itertools
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from types import FrameType
from typing import Any
from urllib.parse import urlencode

# Run as a file, Python looks for modules beside it: `site` among them.
sys.path[0] = str(Path(__file__).resolve().parent.parent)

from benchmarks import cpu, load, machine, office, report, servers  # noqa: E402
from benchmarks.load import LoadError, Result  # noqa: E402
from benchmarks.report import Measured  # noqa: E402

DATABASES = {"postgresql": "PostgreSQL", "sqlite": "SQLite"}
ROUNDS = 5
SIZES = {"small": 1_000, "large": 100_000}
CONNECTIONS = 8
CACHE_CONNECTIONS = 32  # nginx is not kept busy by fewer
WRITE_SECONDS = 60  # a bound; what is not stored until then is an error
WARMING = 50


@dataclass(frozen=True)
class Size:
    """How much is asked in one round."""

    read_seconds: float
    writes: int


FULL, QUICK = Size(2, 500), Size(1, 200)


@dataclass
class Site:
    """A running site with its seeded database."""

    port: int
    facts: dict[str, Any]
    servers: cpu.Servers
    numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))
    links: Iterator[tuple[str, str]] = field(init=False)

    def __post_init__(self) -> None:
        self.links = iter(self.facts["links"])

    def insert(self, count: int) -> Result:
        requests = [
            load.post("/bench/insert/", urlencode({"email": self._address(), "name": "Nora Lind"}))
            for _ in range(count)
        ]
        return self._stored(requests, 200, inserted=count)

    def sign(self, count: int) -> Result:
        requests = [
            load.post(
                self.facts["sign"], urlencode(self.facts["form"] | {"email": self._address()})
            )
            for _ in range(count)
        ]
        return self._stored(requests, 302, pending=count, mails=count)

    def confirm(self, count: int) -> Result:
        requests = [load.post(*link) for link in itertools.islice(self.links, count)]
        return self._stored(requests, 200, pending=-count, confirmed=count)

    def _address(self) -> str:
        return f"bench{next(self.numbers)}@example.org"

    def _stored(self, requests: list[bytes], status: int, **changes: int) -> Result:
        """Post all requests; raises LoadError unless the rows changed by just so many."""
        before = servers.fetch_json(self.port, "/bench/counts/")
        result = load.send(
            self.port, iter(requests), connections=CONNECTIONS, status=status, seconds=WRITE_SECONDS
        )
        after = servers.fetch_json(self.port, "/bench/counts/")
        found = {column: after[column] - before[column] for column in changes}
        if found != changes or after["tally_differs"]:
            raise LoadError(f"Rows should have changed by {changes}, and did by {found}: {after}")
        return result


Cases = dict[str, Callable[[], Result]]


def shared_links(path: str) -> Iterator[bytes]:
    """The same page as people pass it on: no two of them by the same address."""
    for number in itertools.count():
        yield load.get(f"{path}?via={number:012}&utm_source=mail&fbclid={number}")


def read_cases(sites: dict[str, Site], cache: int, keeping: int, seconds: float) -> Cases:
    def read(port: int, path: str, connections: int = CONNECTIONS) -> Callable[[], Result]:
        # The status is checked before it is measured: to wrk a redirect is as good as a page.
        load.send(
            port, itertools.repeat(load.get(path), WARMING), connections=4, status=200, seconds=10
        )
        return partial(load.read, port, path, seconds=seconds, connections=connections)

    large = sites["large"]
    cases = {
        "static": read(large.port, large.facts["static"]),
        "bare": read(large.port, "/bench/bare/"),
    }
    for page in ("plain", "page", "first", "last"):
        for name, site in sites.items():
            cases[f"{page}_{name}"] = read(site.port, site.facts["pages"][page])
    path = large.facts["pages"]["page"]
    if not servers.is_kept(cache, path):
        raise LoadError("nginx does not keep the statement page.")
    cases["cached"] = read(cache, path, CACHE_CONNECTIONS)
    cases["kept"] = read(keeping, path)
    for name, port in (("cached", cache), ("kept", keeping)):
        # By our own client, since wrk asks for one address alone.
        send = partial(load.send, port, connections=CONNECTIONS, status=200, seconds=seconds)
        cases[f"{name}_plain"] = partial(send, itertools.repeat(load.get(path)))
        cases[f"{name}_shared"] = partial(send, shared_links(path))
    return cases


def write_cases(sites: dict[str, Site], count: int) -> Cases:
    for site in sites.values():
        for warm in (site.insert, site.sign, site.confirm):
            warm(WARMING)
    cases: Cases = {"insert": partial(sites["large"].insert, count)}
    for name, site in sites.items():
        cases[f"sign_{name}"] = partial(site.sign, count)
        cases[f"confirm_{name}"] = partial(site.confirm, count)
    return cases


def measure_in_turn(cases: Cases, used: dict[str, cpu.Servers], measured: Measured) -> None:
    """Every case once in each round; each round begins with another one.

    `used` are the servers of the cases that begin or end with a name; of all others, of "large".
    """
    order = list(cases)
    for number in range(ROUNDS):
        for case in order[number:] + order[:number]:
            named = [name for name in used if name in (case.split("_")[0], case.split("_")[-1])]
            measured.add(case, with_cpu(cases[case], used[named[0] if named else "large"]))


def with_cpu(case: Callable[[], Result], used: cpu.Servers) -> Result:
    application, database = used.seconds()
    result = case()
    after = used.seconds()
    each = 1000 / max(result.answered, 1)
    return replace(
        result,
        application=(after[0] - application) * each,
        database=(after[1] - database) * each,
    )


def measure(engine: str, home: Path, port: int, size: Size) -> Measured:
    """Two sites of different size, one database server, and nginx before the larger one."""
    home.mkdir()
    with ExitStack() as stack:
        server = stack.enter_context(servers.database_server(engine, home))
        sites = {}
        for number, (name, rows) in enumerate(SIZES.items()):
            say(f"{DATABASES[engine]}: seeding {rows:,} signatures")
            url = servers.new_database(server, name)
            environment = servers.production(home.parent / "var", url, port + number)
            facts = servers.seed(environment, rows, size.writes * ROUNDS + WARMING)
            application = stack.enter_context(servers.granian(environment, port + number))
            of_site = cpu.Servers(application, cpu.server_of(url))
            sites[name] = Site(port + number, facts, of_site)
        facts = sites["large"].facts
        measured = Measured(facts["database"])
        cache, keeping = port + len(sites), port + len(sites) + 1
        application = stack.enter_context(servers.granian(servers.keeping(environment), keeping))
        used = {name: site.servers for name, site in sites.items()}
        used["kept"] = cpu.Servers(application, sites["large"].servers.database)
        stack.enter_context(servers.nginx(home / "nginx", cache, sites["large"].port))
        # All reads come first, so that sizes are what the titles say.
        say(f"{DATABASES[engine]}: reading")
        measure_in_turn(read_cases(sites, cache, keeping, size.read_seconds), used, measured)
        say(f"{DATABASES[engine]}: writing")
        measure_in_turn(write_cases(sites, size.writes), used, measured)
    return measured


def say(text: str) -> None:
    print(f"{time.strftime('%H:%M:%S')} {text}", file=sys.stderr, flush=True)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer requests, rougher figures")
    parser.add_argument("--only", choices=DATABASES, help="leave the other database out")
    parser.add_argument(
        "--office",
        action="store_true",
        help="the back office instead, among 1,000 and 1,000,000 signatures",
    )
    parser.add_argument(
        "--port", type=int, default=8790, help="the first of four ports on 127.0.0.1"
    )
    return parser.parse_args()


def stop(number: int, frame: FrameType | None) -> None:
    raise SystemExit(128 + number)


def main() -> None:
    chosen = arguments()
    signal.signal(signal.SIGTERM, stop)  # so that a signal, too, stops all that was started
    if chosen.office:
        print(office.report())
        return
    servers.refuse_occupied([chosen.port + number for number in range(len(SIZES) + 2)])
    engines = [chosen.only] if chosen.only else list(DATABASES)
    size = QUICK if chosen.quick else FULL
    # Where PostgreSQL's data will lie, too, so that one fdatasync speaks for both.
    with tempfile.TemporaryDirectory(prefix="casa-bench-", dir="/tmp") as folder:
        home = Path(folder)
        header = machine.described(home)
        environment = servers.production(home / "var", f"sqlite:///{home}/none", chosen.port)
        servers.manage(environment, "collectstatic", "--noinput", "--verbosity", "0")
        measured = [measure(engine, home / engine, chosen.port, size) for engine in engines]
    asked = f"{size.read_seconds:.0f} s of reads, {size.writes:,} writes"
    print(f"\n{header}\nmedians of {ROUNDS} alternating runs, each {asked}\n")
    print(report.table(measured))


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit("Interrupted; everything that was started is stopped.")
    except LoadError as error:
        sys.exit(f"Not measured: {error}")
