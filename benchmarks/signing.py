"""What signing and confirming cost beside one bare insert: CPU for each request, in one process.

    python benchmarks/signing.py                                  # SQLite
    python tools/with_postgres.py python benchmarks/signing.py    # PostgreSQL
    python benchmarks/signing.py --before ../other-worktree       # two trees, side by side
    python benchmarks/signing.py --unsealed                       # and without encryption

Requests go through the whole application as granian hands them over. All cases take turns in each
round, and with `--before` so do the two trees, each in a process and a database of its own.
"""

import argparse
import io
import itertools
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

SCRIPT = Path(__file__).resolve()
TREE = SCRIPT.parent.parent
sys.path[0] = str(TREE)

from benchmarks import servers  # noqa: E402

SIGNATURES = 1_000
DIRECTORY = 200
WARMING = 30
SYLLABLES = ("el", "oak", "bra", "mor", "wick", "ham", "ton", "dal", "fen", "lo", "ri", "ash", "by")

Request = tuple[str, str, int]
"""A path, what is posted there, and the status of the answer."""

TITLES = {
    "empty": "a POST that does nothing",
    "insert": "bare view with one ORM insert",
    "statements": "a POST of a signature's statements alone",
    "sign": "sign, a person",
    "sign_organization": "sign, an organization",
    "confirm": "confirm, a person",
    "confirm_organization": "confirm, an organization",
    "page": "statement page, nothing new",
    "page_after": "statement page, the first after a signature",
}


def words(number: int) -> str:
    """A name that is like no other's."""
    parts = []
    for _ in range(4):
        number, place = divmod(number * 7 + 3, len(SYLLABLES))
        parts.append(SYLLABLES[place])
    return "".join(parts).capitalize()


UNSEALED = "without encryption"


class Site:
    """The application in this process, with a database that was filled for it."""

    def __init__(self) -> None:
        import django  # noqa: PLC0415 - settings read what was set just now

        django.setup()
        from benchmarks import seed, unsealed  # noqa: PLC0415
        from casa.wsgi import application  # noqa: PLC0415

        if unsealed.is_wanted():
            unsealed.begin()
        self._application, self._seed = application, seed
        self._numbers = itertools.count(1)
        self._fill()

    def _fill(self) -> None:
        from django.core.management import call_command  # noqa: PLC0415
        from django.db import connection, transaction  # noqa: PLC0415
        from django.urls import reverse  # noqa: PLC0415

        from benchmarks.site import Inserted  # noqa: PLC0415

        call_command("migrate", verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        with connection.schema_editor() as editor:
            editor.create_model(Inserted)
        seed = self._seed
        with transaction.atomic():
            self.edition = seed.make_edition()
            consent = seed.make_consent(self.edition)
            seed.count(self.edition, seed.store(seed.confirmed(self.edition, SIGNATURES, consent)))
            self._fill_directory()
        seed.settle()
        self.path = self.edition.statement.get_absolute_url()
        self.sign_path = reverse("signatories:sign", args=[self.edition.statement.slug])
        self._see_statements()

    def _see_statements(self) -> None:
        """Note the SQL of one signature, to be measured without all else."""
        from django.db import connection  # noqa: PLC0415

        from benchmarks.site import ADDRESS, STATEMENTS  # noqa: PLC0415

        def see(execute: Callable[..., object], sql: str, values: Any, *rest: Any) -> object:
            STATEMENTS.append((sql, values))
            return execute(sql, values, *rest)

        self.ask(self._sign())  # what is kept from then on is asked once
        with connection.execute_wrapper(see):
            self.ask(self._sign(address=ADDRESS))
        STATEMENTS[:] = [one for one in STATEMENTS if one[1] is not None]  # but for BEGIN

    def _fill_directory(self) -> None:
        from signatories.organizations import entries  # noqa: PLC0415

        for number in range(DIRECTORY):
            name = f"{words(number)} {words(number + DIRECTORY)} Circle"
            entries.find_or_add(name, website=f"https://circle{number}.example.org")

    def ask(self, request: Request) -> bytes:
        path, body, status = request
        sent = body.encode()
        environ = {
            "REQUEST_METHOD": "POST" if body else "GET", "PATH_INFO": path, "QUERY_STRING": "",
            "SCRIPT_NAME": "", "SERVER_NAME": servers.HOST, "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1", "REMOTE_ADDR": servers.HOST, "HTTP_HOST": servers.HOST,
            "wsgi.input": io.BytesIO(sent), "wsgi.errors": sys.stderr, "wsgi.url_scheme": "http",
            "wsgi.version": (1, 0), "wsgi.multithread": True, "wsgi.multiprocess": True,
            "wsgi.run_once": False,
        }  # fmt: skip
        if body:
            environ["CONTENT_TYPE"] = "application/x-www-form-urlencoded"
            environ["CONTENT_LENGTH"] = str(len(sent))
        answered: list[str] = []
        answer = self._application(environ, lambda line, _headers: answered.append(line))
        content = b"".join(answer)
        if hasattr(answer, "close"):
            answer.close()
        if not answered[0].startswith(str(status)):
            raise SystemExit(f"{path}: {answered[0]}\n{content.decode()[:4000]}")
        return content

    def cases(self, count: int) -> dict[str, tuple[list[Request], Callable[[], object]]]:
        """The requests of each case, and what is done before each, which is not measured."""

        def nothing() -> None:
            pass

        pages = [(self.path, "", 200)] * count
        return {
            "empty": ([("/bench/empty/", "email=a&name=b", 200)] * count, nothing),
            "insert": ([self._insert() for _ in range(count)], nothing),
            "statements": ([self._statements() for _ in range(count)], nothing),
            "sign": ([self._sign() for _ in range(count)], nothing),
            "sign_organization": ([self._sign(organization=True) for _ in range(count)], nothing),
            "confirm": (self._confirm(count), nothing),
            "confirm_organization": (self._confirm(count, organization=True), nothing),
            "page": (pages, nothing),
            "page_after": (pages, self._somebody_signs),
        }

    def _insert(self) -> Request:
        return "/bench/insert/", urlencode({"email": self._address(), "name": "Nora Lind"}), 200

    def _statements(self) -> Request:
        return "/bench/statements/", urlencode({"email": self._address()}), 200

    def _address(self) -> str:
        return f"bench{next(self._numbers)}@example.org"

    def _sign(self, *, organization: bool = False, address: str = "") -> Request:
        form = self._seed.form(self.edition, 0) | {"email": address or self._address()}
        if organization:
            number = next(self._numbers)
            form |= {
                "kind": "organization", "organization": f"{words(number * 31)} House {number}",
                "website": f"https://o{number}.example.org", "authorized": "on",
                "email": f"ada@o{number}.example.org", "affiliation": "",
            }  # fmt: skip
        return self.sign_path, urlencode(form), 302

    def _confirm(self, count: int, *, organization: bool = False) -> list[Request]:
        from signatories.models import Signature  # noqa: PLC0415

        newest = Signature.objects.order_by("-pk").values_list("pk", flat=True).first()
        for _ in range(count):
            self.ask(self._sign(organization=organization))
        made = Signature.objects.filter(pk__gt=newest).select_related("statement", "organization")
        return [(*self._seed.link(one), 200) for one in made.order_by("pk")]

    def _somebody_signs(self) -> None:
        self.ask(self._confirm(1)[0])

    def round(self, count: int) -> dict[str, tuple[float, float]]:
        """CPU for a request of each case in milliseconds: of this process, and of the database."""
        return {
            name: self._measured(requests, before)
            for name, (requests, before) in self.cases(count).items()
        }

    def _measured(
        self, requests: list[Request], before: Callable[[], object]
    ) -> tuple[float, float]:
        application = database = 0.0
        for request in requests:
            before()
            begun = processor_time()
            self.ask(request)
            ended = processor_time()
            application += ended[0] - begun[0]
            database += ended[1] - begun[1]
        each = 1000 / len(requests)
        return application * each, database * each


def processor_time() -> tuple[float, float]:
    """Seconds of a processor so far: of this process, and of the database's for its connection."""
    from django.db import connection  # noqa: PLC0415

    own = time.process_time()
    if connection.vendor != "postgresql" or connection.connection is None:
        return own, 0.0
    # To the nanosecond, which /proc/PID/stat does not tell.
    path = f"/proc/{connection.connection.info.backend_pid}/schedstat"
    return own, int(Path(path).read_text("ascii").split()[0]) / 1e9


def serve() -> None:
    """Measure a round of as many requests as each line says, and print it."""
    site = Site()
    for line in itertools.chain([str(WARMING)], sys.stdin):
        print(json.dumps(site.round(int(line))), flush=True)


class Tree:
    """A worktree whose site runs in a process of its own."""

    def __init__(self, name: str, path: Path, stack: ExitStack) -> None:
        self.name = name
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(dir="/tmp")))
        server = os.environ.get("DATABASE_URL")
        database = f"signing_{name.partition(' ')[0]}"
        url = servers.new_database(server, database) if server else f"sqlite:///{folder}/db"
        environment = servers.production(folder, url, 8000)
        if name == UNSEALED:
            environment |= {"BENCH_UNSEALED": "1"}
        self._process = stack.enter_context(
            subprocess.Popen(
                [sys.executable, str(path / "benchmarks" / SCRIPT.name), "--serve"],
                cwd=path, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
            )
        )  # fmt: skip
        stack.callback(self._process.terminate)
        self.rounds: list[dict[str, list[float]]] = []

    def read(self) -> dict[str, list[float]]:
        assert self._process.stdout
        line = self._process.stdout.readline()
        if not line:
            raise SystemExit(f"{self.name}: it ended.")
        return json.loads(line)

    def round(self, count: int) -> None:
        assert self._process.stdin
        print(count, file=self._process.stdin, flush=True)
        self.rounds.append(self.read())

    def lines(self) -> Iterator[str]:
        bare = [sum(one["insert"]) for one in self.rounds]
        for case, title in TITLES.items():
            application, database = (
                statistics.median(one[case][part] for one in self.rounds) for part in (0, 1)
            )
            ratios = [
                insert / sum(one[case]) for insert, one in zip(bare, self.rounds, strict=True)
            ]
            yield (
                f"| {self.name} | {title} | {application:.2f} | {database:.2f} |"
                f" {statistics.median(ratios):.2f} ({min(ratios):.2f} to {max(ratios):.2f}) |"
            )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--serve", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--before", type=Path, help="another worktree, with this file in it")
    parser.add_argument("--unsealed", action="store_true", help="beside it without encryption")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--count", type=int, default=60, help="requests of a case in a round")
    chosen: Any = parser.parse_args()
    if chosen.serve:
        serve()
        return
    others = {"before": chosen.before.resolve()} if chosen.before else {}
    paths = others | ({UNSEALED: TREE} if chosen.unsealed else {}) | {"now": TREE}
    with ExitStack() as stack:
        trees = [Tree(name, path, stack) for name, path in paths.items()]
        for tree in trees:
            tree.read()  # of warming up
        for number in range(chosen.rounds):
            for tree in trees[:: -1 if number % 2 else 1]:
                tree.round(chosen.count)
        print(
            f"medians of {chosen.rounds} rounds of {chosen.count},"
            f" load {os.getloadavg()[0]:.1f}\n\n"
            "| tree | case | application, ms | database, ms | bare insert / this |\n"
            "|---|---|--:|--:|--:|"
        )
        for tree in trees:
            print("\n".join(tree.lines()))


if __name__ == "__main__":
    main()
