"""An office's own templates and files, from a folder outside of the code."""

import secrets

import pytest
from django.conf import settings

from casa.lib.tests.drills import own_site

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.page]

PAGES = """
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.template.loader import render_to_string
from django.test import Client
call_command("collectstatic", interactive=False, verbosity=0)
print(Client().get("/statements/", headers={"host": "letters.example.org"}).content.decode())
print(render_to_string("503.html"))
print(finders.find("logo.txt"))
"""
FINGERPRINT = "from casa.lib.release import fingerprint; print(fingerprint())"


@pytest.fixture
def theme(tmp_path):
    folder = tmp_path / "theme"
    (folder / "templates").mkdir(parents=True)
    (folder / "templates" / "base.html").write_text(
        '{% extends "base.html" %}{% block tagline %}<p>In our own words</p>{% endblock %}'
    )
    (folder / "static").mkdir()
    (folder / "static" / "theme.css").write_text(":root { --serif: Georgia, serif; }")
    (folder / "static" / "logo.txt").write_text("A logo")
    return folder


@pytest.fixture
def own(tmp_path, theme, migrated_database):
    (tmp_path / "var").mkdir()
    with own_site(
        tmp_path / "var", migrated_database, THEME_DIR=str(theme), DEBUG="0",
        SECRET_KEY=secrets.token_urlsafe(60), ALLOWED_HOSTS="letters.example.org",
        EMAIL_URL="smtp://127.0.0.1:1", SSL_REDIRECT="0",
    ) as site:  # fmt: skip
        yield site


def test_it_changes_what_it_names_and_nothing_else(own, theme):
    said = own.run(PAGES)
    assert "<p>In our own words</p>" in said
    assert f"<p><bdi>{settings.SITE_TAGLINE}" not in said
    assert 'href="/organizations/"' in said  # all else of the template stands
    assert said.count('<link rel="stylesheet" href="/static/theme.') == 2  # of a broken site, too
    assert str(theme / "static" / "logo.txt") in said


def test_what_is_kept_is_old_once_it_changes(own, theme):
    before = own.run(FINGERPRINT)
    (theme / "static" / "theme.css").write_text(":root { --serif: Charter, serif; }")
    assert own.run(FINGERPRINT) != before


def test_without_one_no_page_names_a_stylesheet_of_it(client, db):
    assert "theme.css" not in client.get("/").content.decode()
