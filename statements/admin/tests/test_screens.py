"""What all screens beside the statement's form have in common."""

import re

import pytest
from django.urls import reverse

from statements.admin.statement import SCREENS
from statements.testing import make_edition, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.page]

OF_A_STATEMENT = [screen for screen in SCREENS if screen.of is not None]


def url_of(screen, pk):
    words = {"name": "close", "part": "dates", "language": "en"}
    captured = {name: words.get(name, 1) for name in re.findall(r"<\w+:(\w+)>", screen.route)}
    return reverse(f"admin:statements_statement_{screen.name}", kwargs=captured | {"pk": pk})


@pytest.mark.medium
def test_a_statement_that_is_not_there_is_not_found(client):
    client.force_login(make_user())
    for screen in OF_A_STATEMENT:
        assert client.post(url_of(screen, 4711)).status_code == 404, screen.name


@pytest.mark.medium
def test_they_need_a_login_a_permission_and_no_cache(client):
    pk = make_edition("Mend the bridge").statement.pk
    urls = [url_of(screen, pk) for screen in OF_A_STATEMENT]
    for url in urls:
        assert "/login/" in client.post(url).url, url
    client.force_login(make_user(is_superuser=False))
    for url in urls:
        answer = client.post(url)
        assert answer.status_code == 403, url
        assert "no-store" in answer["Cache-Control"], url


def test_an_action_with_an_unknown_name_is_not_found(client):
    client.force_login(make_user())
    pk = make_edition("Mend the bridge").statement.pk
    url = reverse("admin:statements_statement_action", args=[pk, "abolish"])
    assert client.get(url).status_code == 404


def test_what_only_changes_something_refuses_to_be_read(client):
    client.force_login(make_user())
    pk = make_edition("Mend the bridge").statement.pk
    changing = [screen for screen in OF_A_STATEMENT if screen.post_only]
    assert {screen.name for screen in changing} == {"check_links", "comment", "copy"}
    for screen in changing:
        assert client.get(url_of(screen, pk)).status_code == 405
