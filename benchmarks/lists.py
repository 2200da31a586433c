"""Measure lists: search, filters, the directory, the file of names; `python benchmarks/lists.py`.

For each database and number of signatures a site is filled, and each page is asked for in one
process, without a server: what is printed are medians of the time until the last byte, in ms.
"""

import argparse
import gc
import itertools
import json
import statistics
import subprocess
import sys
import tempfile
import time
import tracemalloc
from pathlib import Path
from typing import Any

# Run as a file, Python looks for modules beside it: `site` among them.
sys.path[0] = str(Path(__file__).resolve().parent.parent)

from benchmarks import machine, servers  # noqa: E402

DATABASES = ("postgresql", "sqlite")
SIZES = (1_000, 100_000)
ROUNDS = 7


if "--ask" in sys.argv:  # in the process that has the settings of a filled site
    import django

    django.setup()
    from django.core.cache import cache
    from django.test import Client

    from signatories.public import lists
    from statements.models import Statement


def cases(names: str) -> dict[str, str]:
    """What is asked for, by what the table calls it. `names` is the address of the list."""
    return {
        "names, first page": names,
        "names, last page": f"{names}?people=last",
        "names, a page in the middle": f"{names}?people={{deep}}",
        "names from A to Z, first page": f"{names}?order=name",
        "names from A to Z, last page": f"{names}?order=name&people=last",
        "names from A to Z, at a letter": f"{names}?order=name&people={{letter}}",
        "names from A to Z, another alphabet": f"/az{names}?order=name",
        "search a family name (one in nine)": f"{names}?q=aliyev",
        "search two words": f"{names}?q=ingrid+petrov",
        "search one person": f"{names}?q=nora+lind+{{some}}",
        "search what nobody is called": f"{names}?q=zanzibarium",
        "one country (one in five)": f"{names}?country=NO",
        "one country and a family name": f"{names}?country=NO&q=aliyev",
        "directory, first page": "/organizations/",
        "directory, search": "/organizations/?q=friends+{some}",
        "statements, search": "/statements/?q=saturdays",
    }


def ask() -> None:
    """In a process of its own, with the settings of one filled site: prints the figures as JSON."""
    statement = Statement.objects.get()
    names = f"{statement.get_absolute_url()}signatories/"
    client = Client(headers={"host": "127.0.0.1"})
    people = statement.signatures.public().people().others()
    middle = lists.ORDER.sorted(people)[people.count() // 2]
    some = people.order_by("pk")[min(700, people.count() - 1)].name.split()[-1]
    letters = lists.entries(lists.readers_order())
    deep, letter = lists.ORDER.key_of(middle), letters[len(letters) // 2][1]
    addresses = {
        name: path.format(some=some, deep=deep, letter=letter)
        for name, path in cases(names).items()
    }
    found = {name: [] for name in addresses}
    for path in addresses.values():
        client.get(path)
    for _round, (name, path) in itertools.product(range(ROUNDS), addresses.items()):
        found[name].append(_timed(lambda path=path: client.get(path)))
    counted = "numbers beside the choices, made anew"
    found[counted] = []
    for _round in range(ROUNDS):
        cache.clear()
        found[counted].append(_timed(lambda: lists.selects(statement, lists.SignatoryFilters())))
    figures = {name: statistics.median(times) for name, times in found.items()}
    print(json.dumps(figures | _file(client, f"{names.rstrip('/')}.csv")))


def _timed(request: Any) -> float:
    gc.collect()
    begun = time.perf_counter()
    response = request()
    took = (time.perf_counter() - begun) * 1000
    if getattr(response, "status_code", 200) != 200:
        raise SystemExit(f"A request was answered with {response.status_code}.")
    return took


def _file(client: Any, path: str) -> dict[str, float]:
    begun = time.perf_counter()
    size = sum(len(piece) for piece in client.get(path).streaming_content)
    took = (time.perf_counter() - begun) * 1000
    tracemalloc.start()
    for _piece in client.get(path).streaming_content:
        pass
    _now, peak = tracemalloc.get_traced_memory()
    return {
        "file of all names": took,
        "  its size, MB": size / 1e6,
        "  memory it takes, MB": peak / 1e6,
    }


def measure(engine: str, size: int, home: Path, server: str) -> dict[str, float]:
    url = servers.new_database(server, f"lists{size}")
    environment = servers.production(home / "var", url, 1)
    if engine == "postgresql":
        servers.seed(environment, min(size, 1_000), 1)
        command = [sys.executable, "-m", "benchmarks.many", str(size)]
        subprocess.run(command, cwd=servers.ROOT, env=environment, check=True)
    else:
        servers.seed(environment, size, 1)
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.lists", "--ask"],
        cwd=servers.ROOT, env=environment, check=True, stdout=subprocess.PIPE,
    )  # fmt: skip
    print(f"{time.strftime('%H:%M:%S')} {engine}, {size:,}: measured", file=sys.stderr)
    return json.loads(done.stdout)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", choices=DATABASES, help="leave the other database out")
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, help="signatures")
    parser.add_argument("--ask", action="store_true", help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.ask:
        return ask()
    columns: dict[str, dict[str, float]] = {}
    with tempfile.TemporaryDirectory(prefix="casa-lists-", dir="/tmp") as folder:
        home = Path(folder)
        environment = servers.production(home / "var", f"sqlite:///{home}/none", 1)
        servers.manage(environment, "collectstatic", "--noinput", "--verbosity", "0")
        print(machine.described(home))
        for engine in [chosen.only] if chosen.only else DATABASES:
            with servers.database_server(engine, home) as server:
                for size in chosen.sizes:
                    columns[f"{engine}, {size:,}"] = measure(engine, size, home, server)
    print(f"medians of {ROUNDS}, ms\n\n| | {' | '.join(columns)} |\n|---|{'---:|' * len(columns)}")
    for name in next(iter(columns.values())):
        cells = (f"{figures[name]:,.1f}" for figures in columns.values())
        print(f"| {name} | {' | '.join(cells)} |")
    return None


if __name__ == "__main__":
    main()
