"""Those who sign, and those who only read: what they do, and what they were answered."""

import http.client
import queue
import re
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from typing import Any
from urllib.parse import urlencode

from benchmarks.load import HOST

SIGNED, CONFIRMED, READ = "signed", "confirmed", "read"
ACKNOWLEDGED = {SIGNED: 302, CONFIRMED: 200, READ: 200}
LINK = re.compile(r"/sign/confirm/([\w:.-]+)/")
FIRST_PAUSE, LONGEST_PAUSE = 0.1, 2.0
"""Seconds before a request that failed is sent again."""

TIMEOUT = 60.0
"""Seconds that people wait for an answer; nginx gives up as late."""

READ_EVERY = 0.1  # seconds
NO_ANSWER = 0
HEADERS = {"Host": HOST, "Sec-Fetch-Site": "same-origin"}
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@dataclass(frozen=True)
class Act:
    """What one supporter does by one request, until it is acknowledged."""

    kind: str
    email: str
    path: str
    body: bytes | str
    headers: dict[str, str] = field(default_factory=lambda: FORM)
    tries: int = 0


@dataclass(frozen=True)
class Answer:
    """What somebody saw. `status` is 0 where the connection failed; times are `time.monotonic`."""

    kind: str
    status: int
    sent_at: float
    came_at: float
    is_bare: bool = False
    """Whether it is an error without a page of ours."""

    @property
    def is_acknowledged(self) -> bool:
        return self.status == ACKNOWLEDGED[self.kind]


@dataclass
class People:
    """Everybody of one drill. They are known by their domain, `example.org` of their own."""

    port: int
    facts: dict[str, Any]
    domain: str
    make: "Callable[[People, str], Act]"
    arrived: int = 0
    told: list[tuple[Act, Answer]] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)
    mails: list[tuple[str, str, float]] = field(default_factory=list)
    """Recipient, Message-ID and moment of each mail that came, in their order."""
    _waiting: "queue.Queue[Act | None]" = field(default_factory=queue.Queue)

    def arrive(self, number: int) -> None:
        """So many more come to sign."""
        for _ in range(number):
            self.arrived += 1
            self._waiting.put(self.make(self, f"signer{self.arrived}@{self.domain}"))

    def hear(self, mail: EmailMessage) -> None:
        """A mail has come: its owner presses the link in it, if there is one to confirm."""
        to = str(mail["To"])
        self.mails.append((to, str(mail["Message-ID"]), time.monotonic()))
        text = mail.get_body(("plain",))
        if text is not None and (link := LINK.search(text.get_content())):
            body = urlencode({"confirm": link[1]})
            self._waiting.put(Act(CONFIRMED, to, self.facts["pages"]["page"], body))

    def count(self, kind: str) -> int:
        """How many people were told so."""
        return len(self.told_of(kind))

    def told_of(self, kind: str, since: float = 0.0, until: float = float("inf")) -> set[str]:
        """Who was told so by an answer to what was sent then."""
        return {
            act.email
            for act, answer in list(self.told)
            if act.kind == kind and since <= answer.sent_at < until
        }

    def seen(self, since: float, until: float = float("inf")) -> list[Answer]:
        """What was answered then."""
        return [one for one in list(self.answers) if since <= one.came_at < until]

    @contextmanager
    def at_work(self, connections: int) -> Iterator[None]:
        stopping = threading.Event()
        threads = [threading.Thread(target=self._sign, daemon=True) for _ in range(connections)]
        threads.append(threading.Thread(target=self._read, args=[stopping], daemon=True))
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            stopping.set()
            for _ in threads:
                self._waiting.put(None)
            for thread in threads:
                thread.join(TIMEOUT + 5)

    def _sign(self) -> None:
        connection = http.client.HTTPConnection(HOST, self.port, timeout=TIMEOUT)
        while (act := self._waiting.get()) is not None:
            answer = ask(
                connection, act.kind, act.path, body=act.body, headers=HEADERS | act.headers
            )
            self.answers.append(answer)
            if answer.is_acknowledged:
                self.told.append((act, answer))
            elif answer.status != 404:  # the link of a signature that was lost leads nowhere
                self._again(act)
        connection.close()

    def _again(self, act: Act) -> None:
        pause = min(LONGEST_PAUSE, FIRST_PAUSE * 2**act.tries)
        again = Act(act.kind, act.email, act.path, act.body, act.headers, act.tries + 1)
        timer = threading.Timer(pause, self._waiting.put, [again])
        timer.daemon = True
        timer.start()

    def _read(self, stopping: threading.Event) -> None:
        """Somebody who reads the statement all the time, each time by a connection of its own."""
        while not stopping.wait(READ_EVERY):
            connection = http.client.HTTPConnection(HOST, self.port, timeout=TIMEOUT)
            path = self.facts["pages"]["page"]
            self.answers.append(ask(connection, READ, path, headers=HEADERS))
            connection.close()


def ask(
    connection: http.client.HTTPConnection,
    kind: str,
    path: str,
    *,
    body: bytes | str | None = None,
    headers: dict[str, str],
) -> Answer:
    """One request, a POST if it has a body; every failure is an answer, too."""
    sent_at = time.monotonic()
    try:
        connection.request("POST" if body else "GET", path, body, headers)
        got = connection.getresponse()
        status, page = got.status, got.read()
    except (OSError, http.client.HTTPException):
        connection.close()
        return Answer(kind, NO_ANSWER, sent_at, time.monotonic())
    is_bare = status >= 500 and b"<main" not in page
    return Answer(kind, status, sent_at, time.monotonic(), is_bare)


def statuses(answers: list[Answer]) -> Counter[str]:
    """How many saw what: "302", "no answer", "502 without a page"; "read 200" who only read."""
    return Counter(_said(one) for one in answers)


def _said(answer: Answer) -> str:
    who = "read " if answer.kind == READ else ""
    status = "no answer" if answer.status == NO_ANSWER else str(answer.status)
    return f"{who}{status}{' without a page' if answer.is_bare else ''}"


def signing(people: People, email: str) -> Act:
    """A person who fills in most of the form."""
    body = urlencode({**people.facts["form"], "name": "Nora Lind", "email": email})
    return Act(SIGNED, email, people.facts["sign"], body)
