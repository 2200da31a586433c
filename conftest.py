"""What all tests share: real parts, found or started here, and never a request to the outside."""

import gc
import hashlib
import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Generator, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.core.cache import caches
from django.db import connection
from django.test import TransactionTestCase
from django.utils import timezone, translation

from casa.appearance import reading as looks
from casa.lib import data_keys, outages, tasks
from casa.lib.testing import DATA_KEYS, Clock, Rows, copy_sqlite, kept_on_server, shared_database
from casa.office import roles
from casa.pages import menus
from casa.tests.products import KEPT
from signatories.core import standing
from statements import reading, unread

# Before any module asks for the site's addresses: with DEBUG those of the demo are among them.
settings.DEBUG = False
os.environ |= DATA_KEYS  # for the processes that tests start
settings.DATA_KEYS, settings.DATA_HASH_KEY = [DATA_KEYS["DATA_KEYS"]], DATA_KEYS["DATA_HASH_KEY"]
data_keys.on_load.clear()  # which would ask the database, in tests that have none
settings.COUNT_READS = False  # a thread would write into any test
settings.WHITENOISE_AUTOREFRESH = True  # static files from where they are, nothing collected

gc.disable()  # until everything is loaded: there is nothing to throw away

DATABASES = {"django_db_setup", "migrated_database"}  # what every fixture with a database asks for


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Files of which `-m` or the database leaves out all tests: to load all takes long."""
    if collection_path.suffix != ".py":
        return None
    if config.option.markexpr == "browser" and not _names_browser(collection_path):
        return True
    return True if _left_out(config) & _marks_of_file(collection_path) else None


@pytest.hookimpl(tryfirst=True)
def pytest_pycollect_makeitem(collector: pytest.Collector, name: str, obj: object) -> list | None:
    """Functions that are left out: Pytest would make an item of each of their cases first."""
    if not name.startswith("test"):
        return None
    marks = {mark.name for mark in getattr(obj, "pytestmark", ())}
    return [] if _left_out(collector.config) & marks else None


@cache
def _left_out(config: pytest.Config) -> set[str]:
    """Marks of which no test runs: `-m "not slow and not medium"`, and on PostgreSQL `page`."""
    terms = config.option.markexpr.split(" and ")
    only_without = all(re.fullmatch(r"not \w+", term) for term in terms)
    marks = {term.removeprefix("not ") for term in terms} if only_without else set()
    return marks if connection.vendor == "sqlite" else marks | {"page"}


def _marks_of_file(file: Path) -> set[str]:
    if found := re.search(r"^pytestmark = (\[[^\]]*\]|.*)", file.read_text(), re.MULTILINE):
        return set(re.findall(r"\bmark\.(\w+)", found[1]))
    return set()


def _names_browser(file: Path) -> bool:
    return "mark.browser" in file.read_text()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL what has to do with the database, for the rest has just run on SQLite."""
    if connection.vendor != "sqlite":
        config.hook.pytest_deselected(items=[item for item in items if not _is_of_rows(item)])
        items[:] = [item for item in items if _is_of_rows(item)]
    in_browser = {item.path for item in items if item.get_closest_marker("browser")}
    if overlooked := [str(path) for path in in_browser if not _names_browser(path)]:
        raise pytest.UsageError(f"Write `mark.browser` in {overlooked}: `-m browser` looks for it.")
    rank = {path: number for number, path in enumerate(_in_order(items))}
    items.sort(key=lambda item: rank[item.path])


def _in_order(items: list[pytest.Item]) -> list[Path]:
    """The files, those with slow tests first: one that begins last leaves the other workers idle.

    Files that use a product follow each other, as they share it. At the very start, one worker
    makes the database and the demo, and three begin with what needs neither.
    """
    files = list(dict.fromkeys(item.path for item in items))
    slow = Counter(item.path for item in items if _is_slow(item))
    with_database = {item.path for item in items if _asks_database(item)}
    with_product = {item.path for item in items if "product" in getattr(item, "fixturenames", ())}
    products = [path for path in files if path in with_product]
    bare = [path for path, _number in slow.most_common() if path not in with_database]
    first = [*products[:1], *bare[:3], *products[1:]]
    return list(dict.fromkeys([*first, *(path for path in files if path in slow), *files]))


def _is_slow(item: pytest.Item) -> bool:
    return bool(item.get_closest_marker("slow") or item.get_closest_marker("browser"))


def _is_of_rows(item: pytest.Item) -> bool:
    return _asks_database(item) and not item.get_closest_marker("page")


def _asks_database(item: pytest.Item) -> bool:
    fixtures = getattr(item, "fixturenames", ())
    return bool(item.get_closest_marker("django_db") or DATABASES.intersection(fixtures))


def pytest_collection_finish() -> None:
    """What is loaded now stays to the end: looking again and again whether it may go, as Python
    does by default, takes a fifth of the time of all tests. So nobody looks once either."""
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)
    gc.enable()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(
    item: pytest.Item, nextitem: pytest.Item | None
) -> Generator[None, None, None]:
    """The product and the browser that modules share end before a test that uses no product:
    Playwright runs an event loop, in which Django asks no database."""
    try:
        return (yield)
    finally:
        kept = item.config.stash.get(KEPT, None)
        if kept and "product" not in getattr(nextitem, "fixturenames", ()):
            kept.close()


@pytest.fixture(scope="session", autouse=True)
def _test_settings(django_test_environment: None, tmp_path_factory: pytest.TempPathFactory) -> None:
    settings.MEDIA_ROOT = tmp_path_factory.mktemp("media")
    settings.DEMO_MAIL_DIR = tmp_path_factory.mktemp("mail")
    settings.SIGN_LIMITS = False  # a test of a limit switches them on
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(scope="session")
def shared_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that all workers of this run have in common."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


@pytest.fixture(scope="session")
def migrated_database(
    request: pytest.FixtureRequest,
    shared_folder: Path,
    tmp_path_factory: pytest.TempPathFactory,
    django_db_blocker: Any,
) -> str:
    """What `own_database` and the tests' own database are copies of: a file, or a name."""
    if connection.vendor != "sqlite":
        with django_db_blocker.unblock():
            return kept_on_server(shared_folder, "migrated", fingerprint_of_migrating(), migrate)
    # Kept between runs, unless they say `-p no:cacheprovider`.
    cache = getattr(request.config, "cache", None)
    kept = cache.mkdir("migrated") if cache else shared_folder
    file = tmp_path_factory.mktemp("database") / "migrated.sqlite3"
    copy_sqlite(shared_database(kept, fingerprint_of_migrating(), migrate), file)
    return str(file)


def fingerprint_of_migrating() -> str:
    """Of what `migrate` works from: migrations, which import nothing of ours, and two tables."""
    folders = [Path(config.path, "migrations") for config in apps.get_app_configs()]
    files = sorted(file for folder in folders for file in folder.glob("*.py"))
    schedules = sorted((name, str(task.every)) for name, task in tasks._tasks.items())
    granted = [(role.name, sorted(roles.permissions_of(role))) for role in roles.ROLES]
    set_up = repr((tasks.RUN, schedules, granted)).encode()
    set_up += b"".join(Path(module.__file__).read_bytes() for module in (unread, standing))
    return hashlib.sha256(b"\n".join([set_up, *map(Path.read_bytes, files)])).hexdigest()[:32]


# `migrate` throws little away, and looks for it during a quarter of its time.
MANAGE = "import gc, manage; gc.set_threshold(100_000, 50, 100); manage.main()"


def migrate(url: str) -> None:
    """Apply all migrations to an empty database, as an installation does."""
    subprocess.run(
        [sys.executable, "-c", MANAGE, "migrate", "--verbosity", "0"],
        cwd=settings.BASE_DIR, env={**os.environ, "ENV_FILE": "", "DATABASE_URL": url}, check=True,
    )  # fmt: skip


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None,
    migrated_database: str,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    """SQLite in a file, as in production: one in memory locks tables, and has no WAL."""
    test = connection.settings_dict["TEST"]
    if connection.vendor == "sqlite":
        test["NAME"] = str(tmp_path_factory.mktemp("database") / "test.sqlite3")
        copy_sqlite(migrated_database, test["NAME"])
    else:
        test["TEMPLATE"] = migrated_database


@pytest.fixture(scope="session")
def django_db_keepdb(django_db_keepdb: bool) -> bool:
    """Whether Django takes the database as it finds it: the copy in SQLite's file."""
    return django_db_keepdb or connection.vendor == "sqlite"


@pytest.fixture(scope="session")
def django_db_setup(
    django_db_setup: None, migrated_database: str, django_db_blocker: Any
) -> Iterator[None]:
    """A test that commits leaves the database as it was at the start.

    Django would empty all tables, which append-only ones refuse, and set up roles, permissions
    and schedules anew.
    """
    with django_db_blocker.unblock():
        rows = Rows(migrated_database)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda case: rows.restore())
        yield


@pytest.fixture(autouse=True)
def _fresh_start(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No test inherits another's cache, outage, look, or the language of the last page."""
    looks.forget()
    menus.forget()
    for outage in outages.ALL:
        outage.end()
    if not _asks_database(request.node):
        monkeypatch.setattr(looks._public, "_load", lambda: None)
        monkeypatch.setattr(menus._entries, "_load", lambda: ())
    for one in caches.all(initialized_only=True):
        one.clear()
    reading.forget()
    with translation.override(settings.LANGUAGE_CODE):
        yield


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock(timezone.now)
    monkeypatch.setattr(timezone, "now", clock.now)
    return clock
