"""The version is said in pyproject.toml and read from there."""

import re
import subprocess

import pytest
from django.conf import settings
from django.urls import reverse

from statements.testing import make_user

TEXT = ["*.py", "*.html", "*.md", "*.toml", "*.yml", "*.js", "*.css", "*.txt", "Makefile", ".ci/*"]
# What was, and of others.
RECORDS = {"CHANGELOG.md", "docs/upgrades.md", "requirements.txt", "requirements-dev.txt"}


def files_that_say(words):
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--", *TEXT],
        cwd=settings.BASE_DIR, capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    whole = re.compile(rf"(?<![\d.]){re.escape(words)}(?![\d.]*\d)")
    names = set(filter(None, listed.split("\0"))) - RECORDS
    return {name for name in names if whole.search((settings.BASE_DIR / name).read_text("utf-8"))}


@pytest.mark.medium
def test_the_version_stands_once():
    assert files_that_say(settings.VERSION) == {"pyproject.toml"}


def test_the_newest_version_of_the_changelog_is_this_one():
    changelog = (settings.BASE_DIR / "CHANGELOG.md").read_text("utf-8")
    headings = re.findall(r"^## (.+)$", changelog, flags=re.MULTILINE)
    assert headings[0] == "[Unreleased]"
    assert headings[1].startswith(f"[{settings.VERSION}] – ")
    assert f"[{settings.VERSION}]: " in changelog


@pytest.mark.medium
@pytest.mark.django_db
def test_staff_are_told_the_version(client):
    client.force_login(make_user())
    assert f"Casa {settings.VERSION}." in client.get(reverse("admin:how_we_publish")).text
