"""The drill: the database server is killed with `kill -9` while people sign and confirm.

    .venv/bin/python benchmarks/drill.py                        # three drills of 1,000 signatures
    .venv/bin/python benchmarks/drill.py --without-durability   # shows that it would find a loss

A real PostgreSQL, granian, worker and mail server run; each signature is posted as a browser does,
its mail comes by SMTP, and the link in that mail is pressed. Somewhere in the middle all processes
of the database are killed. Who got no answer, or another one than "check your mail", posts again.
Exits with 1 if anything that was acknowledged is lost, or anything counts twice.
"""

import argparse
import http.client
import os
import queue
import random
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self
from urllib.parse import urlencode

sys.path[0] = str(Path(__file__).resolve().parent.parent)

import psycopg2  # noqa: E402

from benchmarks import machine, servers  # noqa: E402
from benchmarks.bench import say, stop  # noqa: E402
from benchmarks.load import HOST  # noqa: E402
from casa.mail.tests.smtp import Sink  # noqa: E402
from tools import with_postgres  # noqa: E402

AWAY = 1.0  # seconds that the database is gone
PATIENCE = 240  # seconds for all of a drill; the worker looks for forgotten mail every minute
PAUSE = 0.1  # seconds before a request that failed is sent again

# Commits that wait for no disk. PostgreSQL then writes every so often; more seldom than by
# default here, so that a short drill, too, meets a commit that is not written yet.
NOT_DURABLE = """
synchronous_commit = off
wal_writer_delay = 1000ms
wal_writer_flush_after = 64MB
max_connections = 300
"""

SIGNED, CONFIRMED = "signed", "confirmed"
LINK = re.compile(r"/sign/confirm/([\w:.-]+)/")
ACKNOWLEDGED = {SIGNED: 302, CONFIRMED: 200}


@dataclass(frozen=True)
class Act:
    """What one supporter does by one request, until it is acknowledged."""

    kind: str
    email: str
    path: str
    body: str


@dataclass
class Drill:
    """The people of one drill: what they do, and what they were told."""

    port: int
    waiting: "queue.Queue[Act | None]" = field(default_factory=queue.Queue)
    acknowledged: list[Act] = field(default_factory=list)
    failed: int = 0

    def person(self) -> None:
        """Sends what is waiting, one request after the other, over a kept connection."""
        connection = http.client.HTTPConnection(HOST, self.port, timeout=30)
        while (act := self.waiting.get()) is not None:
            try:
                connection.request("POST", act.path, act.body, HEADERS)
                answer = connection.getresponse()
                status, _body = answer.status, answer.read()
            except (OSError, http.client.HTTPException):
                connection.close()
                status = 0
            if status == ACKNOWLEDGED[act.kind]:
                self.acknowledged.append(act)
                continue
            self.failed += 1
            if status != 404:  # the link of a signature that was lost leads nowhere for ever
                threading.Timer(PAUSE, self.waiting.put, [act]).start()
        connection.close()

    def count(self, kind: str) -> int:
        return sum(act.kind == kind for act in list(self.acknowledged))


HEADERS = {
    "Host": HOST,
    "Sec-Fetch-Site": "same-origin",
    "Content-Type": "application/x-www-form-urlencoded",
}


class Worker:
    """The worker, started again when it ends, as systemd does."""

    def __init__(self, environment: dict[str, str]) -> None:
        self.environment, self.starts, self._stopping = environment, 0, threading.Event()
        self._thread = threading.Thread(target=self._watch)

    def _watch(self) -> None:
        while not self._stopping.is_set():
            self.starts += 1
            with subprocess.Popen(
                [sys.executable, "manage.py", "qcluster"],
                cwd=servers.ROOT, env=self.environment, start_new_session=True,
                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            ) as running:  # fmt: skip
                while running.poll() is None and not self._stopping.wait(0.2):
                    pass
                with suppress(ProcessLookupError):  # it has ended, and so have its workers
                    os.killpg(running.pid, signal.SIGKILL)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._stopping.set()
        self._thread.join()


@dataclass(frozen=True)
class DrillResult:
    """What a drill came to."""

    acknowledged: int
    failed: int
    lost: int
    without_mail: int
    doubled: int
    unconfirmed: int
    tally: int
    confirmed_rows: int
    mails: int
    repeated: int
    starts: int

    @property
    def is_wrong(self) -> bool:
        wrong = self.lost or self.without_mail or self.doubled or self.unconfirmed
        return bool(wrong or self.tally != self.confirmed_rows)


def drill(people: int, connections: int, port: int, *, durable: bool, home: Path) -> DrillResult:
    configuration = with_postgres.CONFIGURATION if durable else NOT_DURABLE
    with ExitStack() as stack:
        database = stack.enter_context(with_postgres.server(configuration))
        sink = stack.enter_context(mail_server())
        environment = servers.production(home / "var", database.url, port) | {
            "EMAIL_URL": f"smtp://{HOST}:{sink.port}",
            "MAIL_LEASE_SECONDS": "10",  # what was in hand at the crash is soon due again
        }
        facts = servers.seed(environment, 0, 1)
        with psycopg2.connect(database.url) as connection, connection.cursor() as cursor:
            cursor.execute("CHECKPOINT")  # what stood before the drill is not part of it
        stack.enter_context(servers.granian(environment, port, home / "granian.log"))
        worker = stack.enter_context(Worker(environment))
        going = Drill(port)
        sink.on_message = lambda: press_link(going, sink, facts)
        stack.enter_context(crowd(going, connections))
        for number in range(people):
            going.waiting.put(signing(facts, number))
        kill_in_the_middle(database, going, people)
        wait_for_all(going, sink, people, and_confirmed=durable)
        return compare(database.url, going, sink, worker)


@contextmanager
def mail_server() -> Iterator[Sink]:
    sink = Sink()
    sink.start()
    try:
        yield sink
    finally:
        sink.stop()


@contextmanager
def crowd(going: Drill, connections: int) -> Iterator[None]:
    threads = [threading.Thread(target=going.person, daemon=True) for _ in range(connections)]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        for _ in threads:
            going.waiting.put(None)
        for thread in threads:
            thread.join(60)


def signing(facts: dict[str, Any], number: int) -> Act:
    email = f"drill{number}@example.org"
    body = urlencode({**facts["form"], "name": "Nora Lind", "email": email})
    return Act(SIGNED, email, facts["sign"], body)


def press_link(going: Drill, sink: Sink, facts: dict[str, Any]) -> None:
    """What the owner of a mailbox does when the mail has come."""
    mail = sink.messages[-1]
    text = mail.get_body(("plain",))
    if text is not None and (link := LINK.search(text.get_content())):
        body = urlencode({"confirm": link[1]})
        going.waiting.put(Act(CONFIRMED, mail["To"], facts["pages"]["page"], body))


def kill_in_the_middle(database: with_postgres.Server, going: Drill, people: int) -> None:
    moment = random.randint(people * 3 // 10, people * 7 // 10)
    until(lambda: going.count(SIGNED) >= moment, "half of the people signed")
    database.kill()
    say(f"killed after {going.count(SIGNED)} signed and {going.count(CONFIRMED)} confirmed")
    time.sleep(AWAY)
    database.start_again()


def wait_for_all(going: Drill, sink: Sink, people: int, *, and_confirmed: bool) -> None:
    """Until all have signed, and confirmed too, unless some of them were lost on purpose."""

    def is_done() -> bool:
        if not and_confirmed:
            return going.count(SIGNED) == people
        confirmed = {act.email for act in list(going.acknowledged) if act.kind == CONFIRMED}
        return going.count(SIGNED) == people and len(confirmed) == people

    try:
        until(is_done, "all people signed and confirmed")
    except TimeoutError as error:
        say(f"{error}: {going.count(SIGNED)} signed, {len(sink.messages)} mails came")
    time.sleep(1)  # for a repeat that should not be


def until(condition: Callable[[], bool], what: str) -> None:
    end = time.monotonic() + PATIENCE
    while not condition():
        if time.monotonic() > end:
            raise TimeoutError(f"In {PATIENCE} seconds not: {what}")
        time.sleep(0.02)


def compare(url: str, going: Drill, sink: Sink, worker: Worker) -> DrillResult:
    """The rows beside what people were told. Asked in SQL, past all code of the product."""
    with psycopg2.connect(url) as connection, connection.cursor() as cursor:
        cursor.execute("SELECT email, state FROM signatories_signature WHERE email LIKE 'drill%'")
        rows = cursor.fetchall()
        cursor.execute("SELECT DISTINCT \"to\" FROM mail_outgoingmail WHERE kind LIKE '%.confirm'")
        queued = {address for (address,) in cursor.fetchall()}
        cursor.execute("SELECT coalesce(sum(count), 0) FROM signatories_tallyslot")
        ((tally,),) = cursor.fetchall()
    told: dict[str, set[str]] = {SIGNED: set(), CONFIRMED: set()}
    for act in going.acknowledged:
        told[act.kind].add(act.email)
    stored = Counter(email for email, _state in rows)
    confirmed = {email for email, state in rows if state == "confirmed"}
    arrived = Counter((mail["To"], mail["Message-ID"]) for mail in sink.messages)
    return DrillResult(
        acknowledged=len(told[SIGNED]),
        failed=going.failed,
        lost=len(told[SIGNED] - stored.keys()),
        without_mail=len(told[SIGNED] - queued),
        doubled=len(rows) - len(stored),
        unconfirmed=len(told[CONFIRMED] - confirmed),
        tally=tally,
        confirmed_rows=sum(state == "confirmed" for _email, state in rows),
        mails=len(arrived),
        repeated=sum(arrived.values()) - len(arrived),
        starts=worker.starts,
    )


COLUMNS = {
    "acknowledged": "signed", "failed": "failed, sent again", "lost": "LOST",
    "without_mail": "WITHOUT MAIL", "doubled": "DOUBLED", "unconfirmed": "CONFIRMED BUT LOST",
    "confirmed_rows": "confirmed rows", "tally": "tally", "mails": "mails",
    "repeated": "mails repeated", "starts": "worker starts",
}  # fmt: skip


def table(found: list[DrillResult]) -> str:
    lines = [f"{'':22}" + "".join(f"{f'drill {n}':>10}" for n in range(1, len(found) + 1))]
    for name, label in COLUMNS.items():
        lines.append(f"{label:22}" + "".join(f"{getattr(one, name):10,}" for one in found))
    return "\n".join(lines)


def verdict(found: list[DrillResult], *, durable: bool) -> int:
    wrong = sum(one.is_wrong for one in found)
    if durable:
        print("Something was lost." if wrong else "Nothing was lost, and nothing counts twice.")
        return int(wrong > 0)
    lost = sum(one.lost + one.unconfirmed for one in found)
    if lost:
        print(f"Without durability {lost} acknowledged acts were lost: the drill finds losses.")
        return 0
    print("Without durability nothing was lost either: on this machine the drill proves nothing.")
    return 1


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--people", type=int, default=1000, help="who sign in each drill")
    parser.add_argument("--drills", type=int, default=3)
    parser.add_argument("--connections", type=int, default=12)
    parser.add_argument("--port", type=int, default=8795, help="a free port on 127.0.0.1")
    parser.add_argument(
        "--without-durability", action="store_true", help="synchronous_commit=off: must lose some"
    )
    return parser.parse_args()


def main() -> int:
    chosen = arguments()
    signal.signal(signal.SIGTERM, stop)
    servers.refuse_occupied([chosen.port])
    durable = not chosen.without_durability
    with tempfile.TemporaryDirectory(prefix="casa-drill-", dir="/tmp") as folder:
        home = Path(folder)
        header = machine.described(home)
        environment = servers.production(home / "var", f"sqlite:///{home}/none", chosen.port)
        servers.manage(environment, "collectstatic", "--noinput", "--verbosity", "0")
        found = []
        for _ in range(chosen.drills):
            one = drill(chosen.people, chosen.connections, chosen.port, durable=durable, home=home)
            found.append(one)
    print(f"\n{header}\n\n{table(found)}\n")
    return verdict(found, durable=durable)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit("Interrupted; everything that was started is stopped.")
