"""The whole product, as `make run` starts it, and a real browser to use it with."""

import fcntl
import os
import subprocess
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from django.db import connection

from casa.lib.testing import DATA_KEYS, shared_database
from casa.tests.products import KEPT, ROOT, Kept, Loaded, Product, running_product, take_back
from tools import chromium

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Page

PATIENCE = 15_000  # milliseconds, for what a busy machine shows late
LOAD = "from casa.demo import content; assert content.load_if_empty()"


@pytest.fixture(scope="session")
def loaded_demo(
    shared_folder: "Path", migrated_database: str, django_db_setup: None, django_db_blocker
) -> Loaded:
    """What `manage.py demo` loads at its first start, loaded by the first worker that asks."""
    folder = shared_folder / "demo"

    def load(url: str) -> None:
        subprocess.run(
            [sys.executable, "manage.py", "shell", "-v0", "-c", LOAD],
            cwd=ROOT, check=True,
            env={
                "PATH": os.environ["PATH"], "ENV_FILE": "", "VAR_DIR": str(folder),
                "DATABASE_URL": url, **DATA_KEYS,
            },
        )  # fmt: skip

    with django_db_blocker.unblock():
        database = shared_database(folder, "loaded", load, like=migrated_database)
    return Loaded(database, folder / "media")


@pytest.fixture(scope="session")
def kept(request: pytest.FixtureRequest) -> Iterator[Kept]:
    """Closed before the first test that does not use a product, by /conftest.py."""
    kept = request.config.stash.setdefault(KEPT, Kept())
    yield kept
    kept.close()


@pytest.fixture(scope="module")
def product(
    request: pytest.FixtureRequest,
    kept: Kept,
    tmp_path_factory: pytest.TempPathFactory,
    django_db_setup: None,
    django_db_blocker,
) -> Iterator[Product]:
    """`manage.py demo`, with the demo's content and nothing that another module did.

    Modules after each other share the running one. A module has its own that says FROM_NOTHING =
    True, as it migrates and loads the content too, SIGN_LIMITS = "1", or LANGUAGES = "en,fa". On
    PostgreSQL each has, and a copy of what was migrated and loaded there by the same commands.
    """
    from_nothing = getattr(request.module, "FROM_NOTHING", False) and connection.vendor == "sqlite"
    loaded = None if from_nothing else request.getfixturevalue("loaded_demo")
    # Tests sign often, from one address and faster than people type.
    limits = getattr(request.module, "SIGN_LIMITS", "0")
    languages = getattr(request.module, "LANGUAGES", "en,az")
    is_own = from_nothing or languages != "en,az" or limits != "0" or connection.vendor != "sqlite"
    if is_own or not kept.product:
        kept.close()  # the browser: see there
        folder = tmp_path_factory.mktemp("product")
        with django_db_blocker.unblock():
            kept.product = kept.opened.enter_context(
                running_product(folder, loaded, SIGN_LIMITS=limits, LANGUAGES=languages)
            )
    else:
        kept.modules += 1
        take_back(kept.product, loaded, kept.modules)
    yield kept.product
    if is_own or kept.product.has_failed():
        with django_db_blocker.unblock():
            kept.close()


@pytest.fixture(scope="module")
def browser(product: Product, kept: Kept) -> "Browser":
    """Started after the product and ended before it, since Playwright runs an event loop."""
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=PATIENCE)
    if not chromium.find():
        pytest.fail("No Chromium: run `python tools/chromium.py`, which finds or installs one.")
    if not kept.browser:
        playwright = kept.opened.enter_context(sync_playwright())
        kept.browser = playwright.chromium.launch(**chromium.launch_options())
        kept.opened.callback(kept.browser.close)
    return kept.browser


@pytest.fixture(scope="session")
def static_files(shared_folder: "Path") -> "Path":
    """What `manage.py collectstatic` makes for production, made by the first worker that asks: to
    compress all files takes longer than a test."""
    home = shared_folder / "collected"
    home.mkdir(exist_ok=True)
    with (home / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (home / "done").exists():
            subprocess.run(
                [sys.executable, "manage.py", "collectstatic", "--noinput", "--verbosity=0"],
                cwd=ROOT, check=True,
                env={
                    "PATH": os.environ["PATH"], "ENV_FILE": "", "VAR_DIR": str(home), "DEBUG": "0",
                    "SECRET_KEY": "for-this-test-only-0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEF",
                    "ALLOWED_HOSTS": "127.0.0.1", "SITE_URL": "http://127.0.0.1",
                    "EMAIL_URL": "smtp://127.0.0.1:9", "DATABASE_URL": f"sqlite:///{home}/none",
                },
            )  # fmt: skip
            (home / "done").touch()
    return home / "static"


class Visitor:
    """A browser window that notices what a page must not do."""

    def __init__(self, browser: "Browser", product: Product, **options: object) -> None:
        self.context = browser.new_context(base_url=product.url, **options)
        self.page: Page = self.context.new_page()
        self.page.set_default_timeout(PATIENCE)
        self._press = self.page.keyboard.press
        self.page.keyboard.press = self._press_when_loaded  # type: ignore[method-assign]
        self.problems: list[str] = []
        self.page.on("pageerror", lambda error: self.problems.append(f"error: {error}"))
        self.page.on("console", self._note)
        self.page.on("request", lambda request: self._outside(request.url, product.url))

    def _press_when_loaded(self, key: str, **options: float) -> None:
        """Scripts that listen to keys come last: a key pressed before them is lost."""
        self.page.wait_for_load_state()
        self._press(key, **options)

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
def visit(browser: "Browser", product: Product) -> Iterator:
    """Opens windows; each must have been quiet and alone with the site when the test ends."""
    visitors: list[Visitor] = []

    def open_window(**options: object) -> Visitor:
        visitors.append(Visitor(browser, product, **options))
        return visitors[-1]

    yield open_window
    for visitor in visitors:
        visitor.close()
        assert visitor.problems == []
