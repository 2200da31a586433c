"""`make look` shows every page that visitors and signers can meet, and meets what it expects."""

import inspect
import pkgutil
from importlib import import_module

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.urls import get_resolver, resolve
from django.utils import translation

from casa.tests.test_cache_policies import patterns
from tools.look import cases
from tools.look.pages import Page

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.page]

NO_PAGES = {
    "attachment", "attachment-by-name", "csv", "count", "ask_answer", "correction_answer", "feed",
    "logo", "organization-feed", "own_data", "picture", "preview-picture", "statement-feed",
    "begun", "suggest", "seal-feed", "sealed_day", "sealed_days",
}  # fmt: skip
QUICK = ("empty", "one", "letter", "signing", "ended", "errors")
"""The cases in the language of the tests that are made in a moment."""


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def answer_to(page, client):
    if page.form is None:
        return client.get(page.path)
    return client.post(page.path, page.form, headers=page.headers)


def unnamed(page, answer):
    """What a page does not say of itself, which readers of a screen hear first."""
    if not answer["Content-Type"].startswith("text/html"):
        return ""
    if answer.text.count("<h1") != 1:
        return f"{answer.text.count('<h1')} times <h1>"
    of_front_page = f"<title>{settings.SITE_TAGLINE} – {settings.SITE_NAME}</title>"
    return "no <title> of its own" if of_front_page in answer.text and page.path != "/" else ""


def open_case(case, client):
    """(what was answered otherwise than expected, the names of the addresses opened)"""
    wrong, opened = [], set()
    cache.clear()
    with transaction.atomic(), translation.override("en"):
        for page in cases.make(case):
            if page.html or page.status == 429:
                continue
            if (answer := answer_to(page, client)).status_code != page.status:
                wrong.append((case, page.name, answer.status_code))
            if missing := unnamed(page, answer):
                wrong.append((case, page.name, missing))
            opened.add(resolve(page.path.partition("?")[0]).view_name)
        transaction.set_rollback(True)
    cache.clear()
    return wrong, opened


def test_every_page_is_among_the_pictures(client):
    wrong, opened = [], set()
    for case in QUICK:
        found, names = open_case(case, client)
        wrong, opened = wrong + found, opened | names
    wanted = {
        f"{namespace}:{entry.name}"
        for namespace, entry in patterns(get_resolver())
        if namespace in ("statements", "signatories", "pages") and entry.name not in NO_PAGES
    }
    assert not wrong, wrong
    assert wanted <= opened, "Add the page to tools/look/pages.py or a case, or to NO_PAGES here"


def test_every_case_is_looked_at():
    """Each function that fills a site is in the list by its name and module, and no other name."""
    modules = {
        one.name: import_module(f"{cases.__name__}.{one.name}")
        for one in pkgutil.iter_modules(cases.__path__)
    }
    found = {
        name: module
        for module, content in modules.items()
        for name, function in inspect.getmembers(content, inspect.isfunction)
        if function.__module__ == content.__name__
        and inspect.signature(function).return_annotation == list[Page]
        and not name.startswith("_")
    }
    assert found == cases.CASES
