"""A stranger's requests, each remembered with how long its answer took."""

import itertools
import time
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin

import requests
from requests.adapters import HTTPAdapter

TIMEOUT = 60  # seconds; who waits so long has been stopped

_networks = itertools.count(1)


@dataclass(frozen=True)
class Answer:
    method: str
    path: str
    status: int
    seconds: float
    headers: Any
    text: str

    def __str__(self) -> str:
        return f"{self.method} {self.path[:80]}: {self.status} after {self.seconds:.2f} s"


class _From(HTTPAdapter):
    """Connects from one address of this machine: nginx tells the application that it is it."""

    def __init__(self, address: str) -> None:
        self._address = address
        super().__init__()

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, source_address=(self._address, 0), **kwargs)


class Client:
    """Somebody in a network of their own, unless `address` says otherwise."""

    def __init__(self, site_url: str, answers: list[Answer], address: str = "") -> None:
        self.address = address or new_address()
        self.url = site_url
        self._answers = answers
        self._session = requests.Session()
        self._session.trust_env = False
        self._session.mount("http://", _From(self.address))

    def get(self, path: str, **options: Any) -> Answer:
        return self.ask("GET", path, **options)

    def post(self, path: str, data: Any = None, **options: Any) -> Answer:
        return self.ask("POST", path, data=data, **options)

    def ask(self, method: str, path: str, **options: Any) -> Answer:
        """Raises `requests.RequestException` where no answer comes."""
        url = urljoin(self.url, path)
        options = {"timeout": TIMEOUT, "allow_redirects": False, **options}
        begun = time.perf_counter()
        given = self._session.request(method, url, **options)
        seconds = time.perf_counter() - begun
        answer = Answer(method, path, given.status_code, seconds, given.headers, given.text)
        self._answers.append(answer)
        return answer

    @property
    def cookies(self) -> Any:
        return self._session.cookies


def new_address() -> str:
    """One of 127.0.0.0/8, in a /24 that nobody had before."""
    number = next(_networks)
    return f"127.{1 + number // 250}.{1 + number % 250}.{1 + number % 200}"


@dataclass
class Form:
    """A form of a page: where it is sent, how, and what it would send as it stands."""

    action: str
    method: str
    fields: dict[str, str]


class _Forms(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[Form] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            method = given.get("method", "get").upper()
            self.found.append(Form(given.get("action", ""), method, {}))
        elif tag in ("input", "select", "textarea", "button") and given.get("name") and self.found:
            is_off = given.get("type") in ("checkbox", "radio") and "checked" not in given
            self.found[-1].fields[given["name"]] = "" if is_off else given.get("value", "")


def forms_of(answer: Answer) -> list[Form]:
    """The forms of a page, with their actions as paths."""
    parser = _Forms()
    parser.feed(answer.text)
    for form in parser.found:
        form.action = urljoin(answer.path, form.action)
    return parser.found
