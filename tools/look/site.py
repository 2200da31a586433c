"""Sites to look at: empty ones with their tables, and copies of those that are filled and run."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from casa.lib.testing import free_port, wait_for_answer

ROOT = Path(__file__).resolve().parents[2]
TARGET = ROOT / "var" / "look"
START_SECONDS = 60


def migrate(folder: Path) -> None:
    subprocess.run(
        [sys.executable, "manage.py", "migrate", "-v", "0"],
        cwd=ROOT,
        env=settings(folder, ""),
        check=True,
    )


@contextmanager
def running(case: str, migrated: Path) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """A running site that is filled with the case: its address, and its pages."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        shutil.copytree(migrated, folder, dirs_exist_ok=True)
        port = free_port()
        environment = settings(Path(folder), case)
        pages = fill(case, environment)
        web = environment | {"PORT": str(port), "WEB_THREADS": "2"}
        server = subprocess.Popen(SERVE, cwd=ROOT, env=web)
        try:
            wait_for_answer(f"http://127.0.0.1:{port}/robots.txt", START_SECONDS)
            yield f"http://127.0.0.1:{port}", pages
        finally:
            server.terminate()
            server.wait(20)


def fill(case: str, environment: dict[str, str]) -> list[dict[str, Any]]:
    filled = subprocess.run(
        [sys.executable, "-m", "tools.look.fill", case],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        check=True,
    )
    pages: list[dict[str, Any]] = json.loads(filled.stdout)
    return pages


SERVE = [
    sys.executable, "manage.py", "serve", "--application", "tools.look.served:application",
]  # fmt: skip


def settings(folder: Path, case: str) -> dict[str, str]:
    """The environment of the site, and of Python: its sets keep one order."""
    return {
        "PATH": os.environ["PATH"],
        "ENV_FILE": "",
        "VAR_DIR": str(folder),
        "PYTHONHASHSEED": "0",
        "SITE_URL": "http://letters.example.org",  # stands on pages, whatever the port
        "DJANGO_SETTINGS_MODULE": "casa.settings",
        "LANGUAGES": "en,az,fa" if case == "rtl" else "en,az",
        "SIGN_LIMITS": "1" if case == "errors" else "0",
        "SITE_POSTAL_ADDRESS": "1 Example Square, Exampletown",
    }
