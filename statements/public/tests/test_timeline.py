"""Updates, hand-overs and answers: on the screen as parts, on the page as a timeline."""

import re
from datetime import date, timedelta

import pytest
from django.utils import timezone

from casa.lib.testing import assert_flat_queries
from signatories.testing import make_signature
from statements import lifecycle
from statements.models import Delivery, Reference, Release, Target, Update
from statements.testing import make_draft, make_edition, make_user, screen_data, screen_url

pytestmark = [pytest.mark.django_db, pytest.mark.page]


@pytest.fixture
def statement():
    return make_edition(publish_at=timezone.now() - timedelta(days=30)).statement


def ago(days):
    return timezone.now() - timedelta(days=days)


def news(statement, title, days=1, **fields):
    return Update.objects.create(
        statement=statement, title=title, body="<p>News.</p>", posted_at=ago(days), **fields
    )


def headings(client, statement, prefix=""):
    """The headings of the timeline, as a visitor reads them."""
    page = client.get(f"{prefix}{statement.get_absolute_url()}").text
    part = page.partition('id="timeline"')[2].partition("</section>")[0]
    return [re.sub(r"<[^>]+>", "", found) for found in re.findall(r"<h3[^>]*>(.*?)</h3>", part)]


@pytest.mark.medium
def test_the_story_newest_first(client, statement):
    target = Target.objects.create(statement=statement, name="The council")
    Delivery.objects.create(
        statement=statement, target=target, delivered_on=ago(10), note="By hand.",
        answered_on=ago(2), answer="We shall see.",
    )  # fmt: skip
    news(statement, "The press wrote", days=5)
    statement.texts.update(title="Keep the reading room open, please")
    lifecycle.correct(statement, by=None, note="A word was missing.", is_material=False)
    assert headings(client, statement) == [
        "Corrected", "Answer from The council", "The press wrote", "Handed over to The council",
        "Published",
    ]  # fmt: skip
    page = client.get(statement.get_absolute_url()).text
    for words in ("By hand.", "We shall see.", "A word was missing."):
        assert words in page


@pytest.mark.medium
def test_what_is_still_to_come_is_not_told(client, statement):
    news(statement, "Zanzibarium", days=-1)
    Delivery.objects.create(statement=statement, delivered_on=ago(-3), note="Zanzibarium")
    Delivery.objects.create(
        statement=statement, delivered_on=ago(3), answered_on=ago(-1), answer="Zanzibarium"
    )
    assert headings(client, statement) == ["Handed over", "Published"]
    assert "Zanzibarium" not in client.get(statement.get_absolute_url()).text


@pytest.mark.medium
def test_each_reader_gets_the_news_of_a_day_once(client, statement):
    news(statement, "Translated", language="en")
    news(statement, "Tərcümə olunub", language="az")
    news(statement, "In English only", days=3, language="en")
    assert headings(client, statement) == ["Translated", "In English only", "Published"]
    assert headings(client, statement, "/az")[:2] == ["Tərcümə olunub", "In English only"]


@pytest.mark.medium
def test_a_script_in_the_news_does_not_run(client, statement):
    Update.objects.create(statement=statement, title="<b>T</b>", body="<script>alert(1)</script>x")
    page = client.get(statement.get_absolute_url()).text
    assert "<b>T</b>" not in page
    assert "alert(1)" not in page


@pytest.mark.medium
def test_a_reader_is_told_that_a_translation_is_missing(client, statement):
    url = statement.get_absolute_url()
    assert "translation-note" not in client.get(url).text
    page = client.get(f"/az{url}").text
    assert "translation-note" in page
    assert statement.editions.get().title in page


@pytest.mark.slow
def test_the_page_takes_the_same_queries_at_any_length(client):
    statement = make_edition().statement

    def add(n):
        make_signature(statement.editions.first())
        correct(statement, f"Title {n}")
        news(statement, f"News {n}")
        target = Target.objects.create(statement=statement, name=f"Council {n}")
        Delivery.objects.create(statement=statement, target=target, delivered_on=ago(1))
        Reference.objects.create(statement=statement, title=f"Law {n}")
        Release.objects.create(statement=statement, headline=f"Release {n}")
        statement.milestones.create(of="person", number=n + 1, reached_at=timezone.now())
        attach(statement, f"Picture {n}")

    def ask(rows):
        page = client.get(statement.get_absolute_url()).text
        for words in ("Corrected", "News", "Handed over to", "<figure>", "Law", "Release"):
            assert page.count(words) >= rows

    assert_flat_queries(add, ask)


def correct(statement, title):
    statement.refresh_from_db()
    statement.texts.update(title=title)
    lifecycle.correct(statement, by=None, note="The title.", is_material=False)


def attach(statement, title):
    picture = statement.attachments.create(
        title=title, file=f"{title}.jpg", content_type="image/jpeg", size=1, sha256="0"
    )
    for content_type in ("image/jpeg", "image/webp"):
        picture.renditions.create(file="a", content_type=content_type, width=1, height=1)


def row(prefix, **fields):
    data = {f"{prefix}-0-{name}": value for name, value in fields.items()}
    return data | {f"{prefix}-TOTAL_FORMS": 1}


@pytest.mark.slow
def test_both_are_parts_of_the_screen(client):
    client.force_login(make_user())
    draft = make_draft()
    target = Target.objects.create(statement=draft, name="The council")
    foreign = Target.objects.create(statement=make_draft(), name="Another's council")
    url = screen_url(draft, "after")
    page = client.get(url).text
    assert "No news yet" in page
    assert "The council" in page
    assert "Another&#x27;s council" not in page
    moment = {"posted_at_0": "2026-03-02", "posted_at_1": "10:00"}
    data = row("updates", language="en", title="News", body="<p>x</p>", **moment)
    handed = {"delivered_on": "2026-03-05", "note": "", "answered_on": "", "answer": ""}
    bad = row("deliveries", target=foreign.pk, **handed)
    assert client.post(url, screen_data(draft, **data, **bad)).status_code == 200
    good = row("deliveries", target=target.pk, **handed)
    assert client.post(url, screen_data(draft, **data, **good)).status_code == 302
    assert draft.updates.get().title == "News"
    assert draft.deliveries.get().delivered_on == date(2026, 3, 5)


@pytest.mark.slow
def test_an_answer_does_not_come_before_the_hand_over(client):
    client.force_login(make_user())
    draft = make_draft()
    url = screen_url(draft, "after")
    data = row("deliveries", delivered_on="2026-03-05", answered_on="2026-03-01")
    assert "An answer comes after" in client.post(url, screen_data(draft, **data)).text


@pytest.mark.slow
def test_rows_can_be_added_where_no_script_runs(client):
    client.force_login(make_user())
    draft = make_draft()
    assert 'name="targets-0-name"' not in client.get(screen_url(draft, "addressees")).text
    answer = client.get(f"{screen_url(draft)}?more=targets", follow=True)
    assert answer.redirect_chain == [(f"{screen_url(draft, 'addressees')}?more=targets", 302)]
    assert 'name="targets-0-name"' in answer.text


@pytest.mark.medium
def test_the_office_sees_its_time_zone_and_when_it_goes_live(client, settings):
    client.force_login(make_user())
    with timezone.override("Asia/Baku"):
        draft = make_draft(publish_at=timezone.now() + timedelta(days=2))
        lifecycle.publish(draft, by=None)
        page = client.get(screen_url(draft, "dates")).text
    assert page.count("All times are those of Asia/Baku.") == 1
    assert "UTC+04:00" in page
    assert "not public yet" in page
    assert "(Asia/Baku)</strong>, in 2 days." in page


@pytest.mark.medium
def test_a_published_statement_keeps_its_moment(client):
    client.force_login(make_user())
    draft = make_draft(publish_at=timezone.now() + timedelta(days=2))
    lifecycle.publish(draft, by=None)
    url = screen_url(draft, "dates")
    assert "say at which moment" in client.post(url, screen_data(draft)).text
