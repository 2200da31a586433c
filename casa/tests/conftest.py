"""The whole product, as `make run` starts it, and a real browser to use it with."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from casa.lib.testing import free_port, own_database, shared_database, wait_until
from tools import chromium

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 180  # on a machine that does much else


@dataclass
class Product:
    """A running demo: its address, and its management commands."""

    url: str
    environment: dict[str, str]
    process: subprocess.Popen[str]
    log: Path

    def manage(self, *arguments: str, typed: str | None = None) -> str:
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT, env=self.environment, input=typed, capture_output=True, text=True,
            check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout

    def answers(self) -> bool:
        try:
            with urlopen(self.url, timeout=5):
                return "Ctrl-C" in self.log.read_text()
        except (URLError, OSError):
            assert self.process.poll() is None, self.log.read_text()
            return False


LOAD = "from casa.demo import content; assert content.load_if_empty()"


@dataclass
class Loaded:
    """The demo's content in a database to copy, and its media."""

    database: str
    media: Path


@pytest.fixture(scope="session")
def loaded_demo(
    shared_folder: Path, migrated_database: str, django_db_setup: None, django_db_blocker
) -> Loaded:
    """What `manage.py demo` loads at its first start, loaded by the first worker that asks."""
    folder = shared_folder / "demo"

    def load(url: str) -> None:
        subprocess.run(
            [sys.executable, "manage.py", "shell", "-v0", "-c", LOAD],
            cwd=ROOT, check=True,
            env={
                "PATH": os.environ["PATH"], "ENV_FILE": "", "VAR_DIR": str(folder),
                "DATABASE_URL": url,
            },
        )  # fmt: skip

    with django_db_blocker.unblock():
        database = shared_database(folder, "loaded", load, like=migrated_database)
    return Loaded(database, folder / "media")


@pytest.fixture(scope="module")
def product(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    django_db_setup: None,
    django_db_blocker,
) -> Iterator[Product]:
    """`manage.py demo` on the engine that the tests run on, with a database of its own.

    The demo's content is copied; a module that says FROM_NOTHING = True has it loaded.
    """
    folder, port, like = tmp_path_factory.mktemp("product"), free_port(), None
    if not getattr(request.module, "FROM_NOTHING", False):
        loaded: Loaded = request.getfixturevalue("loaded_demo")
        shutil.copytree(loaded.media, folder / "media")
        like = loaded.database
    with django_db_blocker.unblock(), own_database(folder, like) as database_url:
        environment = {
            "PATH": os.environ["PATH"], "ENV_FILE": "", "VAR_DIR": str(folder),
            "PORT": str(port), "DATABASE_URL": database_url, "PYTHONUNBUFFERED": "1",
            # Tests sign often, from one address and faster than people type. Those of the limits
            # say so: SIGN_LIMITS = "1" in their module.
            "SIGN_LIMITS": getattr(request.module, "SIGN_LIMITS", "0"),
        }  # fmt: skip
        log = folder / "log.txt"
        with log.open("w") as file:
            process = subprocess.Popen(
                [sys.executable, "manage.py", "demo"],
                cwd=ROOT, env=environment, stdout=file, stderr=subprocess.STDOUT, text=True,
            )  # fmt: skip
        running = Product(f"http://127.0.0.1:{port}", environment, process, log)
        try:
            wait_until(running.answers, START_SECONDS)
            yield running
        finally:
            process.send_signal(signal.SIGINT)
            try:
                process.wait(60)
            finally:
                process.kill()
        assert process.returncode == 0, log.read_text()
        assert "Traceback" not in log.read_text(), log.read_text()


@pytest.fixture(scope="module")
def browser(product: Product) -> Iterator[Browser]:
    """Started after the product and ended before it, since Playwright runs an event loop."""
    if not chromium.find():
        pytest.fail("No Chromium: run `python tools/chromium.py`, which finds or installs one.")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(**chromium.launch_options())
        yield started
        started.close()


class Visitor:
    """A browser window that notices what a page must not do."""

    def __init__(self, browser: Browser, product: Product, **options: object) -> None:
        self.context = browser.new_context(base_url=product.url, **options)
        self.page: Page = self.context.new_page()
        self.page.set_default_timeout(15_000)
        self.problems: list[str] = []
        self.page.on("pageerror", lambda error: self.problems.append(f"error: {error}"))
        self.page.on("console", self._note)
        self.page.on("request", lambda request: self._outside(request.url, product.url))

    def _note(self, message) -> None:
        # The browser also reports the status of the page itself, which the tests ask for.
        if message.type in ("error", "warning") and message.location["url"] != self.page.url:
            self.problems.append(f"console: {message.text} at {self.page.url}")

    def _outside(self, url: str, home: str) -> None:
        if not url.startswith((home, "data:", "about:", f"blob:{home}")):
            self.problems.append(f"request to the outside: {url}")

    def close(self) -> None:
        self.context.close()


@pytest.fixture
def visit(browser: Browser, product: Product) -> Iterator:
    """Opens windows; each must have been quiet and alone with the site when the test ends."""
    visitors: list[Visitor] = []

    def open_window(**options: object) -> Visitor:
        visitors.append(Visitor(browser, product, **options))
        return visitors[-1]

    yield open_window
    for visitor in visitors:
        visitor.close()
        assert visitor.problems == []
