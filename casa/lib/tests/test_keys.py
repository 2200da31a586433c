"""Numbers from outside: none is too long for Python or the database."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from casa.lib.keys import primary_key

BOUNDED = re.compile(r"len\(|primary_key\(")


@pytest.mark.parametrize(
    ("text", "key"),
    [("7", 7), ("9" * 18, 10**18 - 1), ("9" * 19, 0), ("9" * 5000, 0), ("٣", 0), ("²", 0),
     ("-1", 0), ("", 0), ("1 ", 0)],
)  # fmt: skip
def test_a_primary_key_is_short_and_plain(text, key):
    assert primary_key(text) == key


def test_no_screen_reads_a_number_of_any_length():
    """`int()` raises at 4,300 digits, and SQLite at 19: each would be an error page."""
    found = []
    for app in ("casa", "signatories", "statements"):
        for path in (Path(settings.BASE_DIR) / app).rglob("admin/**/*.py"):
            for number, line in enumerate(path.read_text().split("\n"), 1):
                if re.search(r"\.is(decimal|digit)\(\)", line) and not BOUNDED.search(line):
                    found.append(f"{path}:{number}")
    assert [one for one in found if "/tests/" not in one] == []
