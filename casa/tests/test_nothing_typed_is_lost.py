"""Every screen of the back office with words: what is sent after the session ended is offered back.

The addresses come from the URL configuration, so a new screen is tried without a line here.
"""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from casa.accounts.testing import make_staff
from casa.lib.html import filling
from casa.tests.test_role_matrix import (
    POSTED,
    address,
    admin_patterns,
    rows,  # noqa: F401
    words_of,
)
from casa.unsaved.holding import KEPT_FILE, SECRET, words_in
from casa.unsaved.middleware import NEVER
from casa.unsaved.models import UnsavedForm
from casa.unsaved.testing import filled_in, forms, is_text
from statements.admin.screen import PARTS

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.page]


QUERIES = {"signatories_signature_decide": "?ids=1", "signatories_organization_decide": "?ids=1"}


def screens(client, rows):  # noqa: F811
    """(address, form, fields) of every form with words."""
    for url, form, fields in all_forms(client, rows):
        if any(is_text(one) for one in fields):
            yield url, form, fields


def all_forms(client, rows):  # noqa: F811
    """(address, form, fields) of every form that can be sent."""
    words = words_of(rows)
    for key, route in admin_patterns():
        if key in POSTED or key in NEVER or key == "view_on_site":
            continue
        for url in addresses(key, address(key, route, rows, words)):
            yield from ((url, *found) for found in forms_of(client, url))


def addresses(key, url):
    """One for each part of a screen in parts."""
    if key == "statements_statement_part":
        return [url.replace("/dates/", f"/{part}/") for part in PARTS]
    return [url + QUERIES.get(key, "")]


def forms_of(client, url):
    answer = client.get(url)
    if answer.status_code != 200 or not answer.headers["Content-Type"].startswith("text/html"):
        if answer.streaming:
            b"".join(answer.streaming_content)  # closes the file
        return
    for form, fields in forms(answer.text):
        # One without a token is shown and cannot be sent: a page as visitors see it.
        if any(one.name == "csrfmiddlewaretoken" for one in fields):
            yield form, fields


def test_after_an_ended_session_each_screen_offers_back_what_was_typed(client, rows):  # noqa: F811
    user = make_staff("all@example.org", is_superuser=True)
    client.force_login(user)
    tried, lost = [], []
    for url, form, fields in list(screens(client, rows)):
        sent, words = filled_in(fields)
        client.logout()
        answer = client.post(form.get("action") or url, sent)
        assert answer.status_code == 302, url
        target = parse_qs(urlsplit(answer.url).query)["next"][0]
        assert "What you typed is kept" in client.get(answer.url).text, url
        client.force_login(user)
        page = client.get(target).text
        missing = [one for one in words if one not in page]
        if missing or "it was not saved" not in page:
            lost.append((url, missing))
        tried.append(url)
        UnsavedForm.objects.all().delete()
    assert not lost
    assert len(tried) > 15, tried


def test_no_value_that_a_screen_hides_is_listed_as_typed(client, rows):  # noqa: F811
    client.force_login(make_staff("all@example.org", is_superuser=True))
    hidden = {
        (one.name, one.get("value"))
        for _url, _form, fields in screens(client, rows)
        for one in fields
        if one.kind == "hidden"
    }
    assert len(hidden) > 20
    kept = {(name, value) for name, value in hidden if not SECRET.search(name)}
    assert not {name for name, value in kept if words_in([(name, value)])}


def files_in(fields):
    return [one.name for one in fields if one.kind == "file" and filling.EMPTY not in one.name]


def test_no_screen_offers_a_file_again_that_it_refused(client, rows):  # noqa: F811
    client.force_login(make_staff("all@example.org", is_superuser=True))
    tried, offered = set(), set()
    for url, form, fields in list(all_forms(client, rows)):
        names = files_in(fields)
        sent, _words = filled_in(fields)
        empty = {name: SimpleUploadedFile("nothing.pdf", b"") for name in names}
        if not names or url in tried:
            continue
        answer = client.post(form.get("action") or url, {**sent, **empty})
        assert answer.status_code in (200, 409, 422), url
        tried.add(url)
        if f'name="{KEPT_FILE}' in answer.text:
            offered.add(url)
    assert not offered
    assert len(tried) > 6, tried
