"""An editor has the links looked at; a worker does it once, and the answer has its time."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from casa.lib import dead_links
from casa.lib.dead_links import Outcome
from statements import link_checks
from statements.models import LinkCheck
from statements.testing import make_draft, make_edition, make_user, screen_url

pytestmark = [pytest.mark.django_db, pytest.mark.page]

BODY = (
    '<p><a href="https://example.org/a">a</a> <a href="https://example.org/b">b</a>'
    ' <a href="mailto:a@example.org">c</a> <a href="https://example.org/a">again</a></p>'
)


@pytest.fixture
def asked(monkeypatch):
    """What the worker asked; `b` is gone."""
    urls = []

    def ask(url):
        urls.append(url)
        return Outcome.GONE if url.endswith("b") else Outcome.ANSWERS

    monkeypatch.setattr(dead_links, "ask", ask)
    return urls


def press(client, statement):
    url = reverse("admin:statements_statement_check_links", args=[statement.pk])
    return client.post(url, follow=True)


@pytest.mark.medium
def test_the_answer_stands_in_the_list_with_its_time(client, asked):
    draft = make_draft(body=BODY)
    draft.references.create(title="The plan", url="https://example.org/plan")
    client.force_login(make_user())
    assert "3 links, not looked at yet." in client.get(screen_url(draft)).text
    assert "are being looked at" in press(client, draft).text
    assert asked == []  # never in the request
    assert link_checks.check_asked() == 3
    page = client.get(screen_url(draft)).text
    assert "a page that is not there: https://example.org/b (looked at on" in page
    assert "3 links, looked at on" in page


@pytest.mark.medium
def test_a_second_click_asks_nobody_again(client, asked):
    draft = make_draft(body=BODY)
    client.force_login(make_user())
    for _time in range(2):
        press(client, draft)
        link_checks.check_asked()
    assert len(asked) == 2
    LinkCheck.objects.update(asked_at=timezone.now() - timedelta(hours=1))
    press(client, draft)
    link_checks.check_asked()
    assert len(asked) == 4


def test_what_a_worker_has_taken_is_left_to_it_for_a_while(asked):
    link_checks.ask_for(make_draft(body=BODY))
    LinkCheck.objects.update(taken_at=timezone.now())
    assert link_checks.check_asked() == 0
    LinkCheck.objects.update(taken_at=timezone.now() - timedelta(minutes=3))
    assert link_checks.check_asked() == 2


@pytest.mark.medium
def test_it_can_be_switched_off(client, asked, settings):
    settings.LINK_CHECK = False
    draft = make_draft(body=BODY)
    client.force_login(make_user())
    assert "See whether the links answer" not in client.get(screen_url(draft)).text
    assert "no link to look at" in press(client, draft).text
    now = timezone.now()
    LinkCheck.objects.create(url="https://example.org/a", asked_at=now)
    assert link_checks.check_asked() == 0
    assert asked == []


@pytest.mark.medium
def test_no_more_than_so_many_are_asked():
    links = "".join(f'<a href="https://example.org/{n}">{n}</a>' for n in range(80))
    assert link_checks.ask_for(make_draft(body=f"<p>{links}</p>")) == link_checks.MOST


@pytest.mark.medium
def test_it_needs_the_right_to_edit(client):
    statement = make_edition(body=BODY).statement
    client.force_login(make_user(is_superuser=False))
    assert press(client, statement).status_code == 403
    assert not LinkCheck.objects.exists()


def test_what_was_looked_at_long_ago_is_forgotten():
    now = timezone.now()
    LinkCheck.objects.create(url="https://example.org/a", asked_at=now - timedelta(days=91))
    LinkCheck.objects.create(url="https://example.org/b", asked_at=now)
    assert link_checks.purge() == 1
