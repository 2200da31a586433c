"""The front page tells what happened lately, of public statements alone."""

from datetime import timedelta

import pytest
from django.utils import timezone

from casa.lib.testing import assert_flat_queries
from statements import lifecycle
from statements.models import Delivery, Target, Update
from statements.testing import make_draft, make_edition

pytestmark = pytest.mark.django_db


def ago(days):
    return timezone.now() - timedelta(days=days)


def post(statement, title, days=1, **fields):
    fields = {"language": "en", "body": "<p>News.</p>", "posted_at": ago(days), **fields}
    return Update.objects.create(statement=statement, title=title, **fields)


def deliver(statement, name, days=2, **fields):
    target = Target.objects.create(statement=statement, name=name)
    day = timezone.localdate(ago(days))
    return Delivery.objects.create(statement=statement, target=target, delivered_on=day, **fields)


@pytest.mark.medium
def test_news_handovers_and_answers_newest_first(client):
    statement = make_edition(publish_at=ago(30)).statement
    post(statement, "The press wrote", days=5)
    deliver(statement, "The council", days=9, answered_on=timezone.localdate(), answer="Yes.")
    page = client.get("/").text.split("What happened lately")[1]
    found = [page.index(words) for words in ("Answer from", "The press wrote", "Handed over to")]
    assert found == sorted(found)


@pytest.mark.medium
def test_nothing_of_what_is_not_public(client):
    hidden = (
        make_draft("A draft"),
        make_edition("Later", publish_at=timezone.now() + timedelta(days=1)).statement,
        make_edition("Gone").statement,
    )
    lifecycle.withdraw(hidden[-1], by=None, note="A mistake.")
    for statement in hidden:
        post(statement, "Zanzibarium")
        deliver(statement, "Zanzibarium")
    public = make_edition("Shown").statement
    post(public, "Zanzibarium", days=-1)
    deliver(public, "Zanzibarium", days=-1)
    assert "Zanzibarium" not in client.get("/").text
    assert "What happened lately" not in client.get("/").text


@pytest.mark.slow
def test_news_in_the_readers_language(client):
    statement = make_edition(publish_at=ago(30)).statement
    post(statement, "The press wrote")
    post(statement, "Mətbuat yazdı", language="az")
    assert "Mətbuat yazdı" not in client.get("/").text
    assert "The press wrote" not in client.get("/az/").text
    assert "Mətbuat yazdı" in client.get("/az/").text


@pytest.mark.slow
def test_the_front_page_costs_as_much_for_three_as_for_one(client):
    def add(number):
        statement = make_edition(f"Statement {number}").statement
        post(statement, f"News {number}")
        deliver(statement, "The council")

    assert_flat_queries(add, lambda _rows: client.get("/"))
