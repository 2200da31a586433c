"""What tells one release of the site, with its settings, from another."""

import hashlib
from functools import cache
from pathlib import Path

from django.conf import settings

FOLDERS = ("casa", "statements", "signatories", "templates", "locale", "static")
ENDINGS = {".py", ".html", ".mo", ".css", ".js", ".svg"}
PLAIN = (str, int, float, bool, list, tuple)


@cache
def fingerprint() -> str:
    """A hash of code, templates, words and settings, as they were at the first call.

    What is kept in a cache that outlives the process has it in its key.
    """
    said = hashlib.sha256(repr(_settings()).encode())
    folders = [Path(settings.BASE_DIR) / folder for folder in FOLDERS]
    for folder in [*folders, settings.THEME_DIR] if settings.THEME_DIR else folders:
        for file in sorted(folder.rglob("*")):
            if file.suffix in ENDINGS:
                stat = file.stat()
                said.update(f"{file}{stat.st_size}{stat.st_mtime_ns}".encode())
    return said.hexdigest()[:16]


def _settings() -> list[tuple[str, object]]:
    """Without secrets, and without what has another name in each process."""
    named = ((name, getattr(settings, name)) for name in sorted(dir(settings)) if name.isupper())
    return [
        (name, value) for name, value in named if isinstance(value, PLAIN) and "SECRET" not in name
    ]
