"""What the office says to those who pass a statement on, in each language."""

from datetime import timedelta
from urllib.parse import quote

import pytest
from django.contrib.admin.models import LogEntry
from django.utils import timezone

from casa.office.history.statement import history_of
from statements import copying, lifecycle, supporter_texts
from statements.models import Statement, SupporterText
from statements.testing import make_draft, make_edition, make_user, screen_data, screen_url

pytestmark = [pytest.mark.django_db, pytest.mark.page]

SENTENCE = "The last reading room in town is to close <soon> & for good."


@pytest.fixture
def edition():
    edition = make_edition("Keep it open", ask="We ask the council\nto keep it.", summary="Brief.")
    say(edition.statement, share_sentence=SENTENCE)
    return edition


def say(statement, language="en", **words):
    return SupporterText.objects.create(statement=statement, language=language, **words)


def again(edition):
    """As the next request reads it."""
    found = type(edition).objects.select_related("statement").get(pk=edition.pk)
    found.statement.seen_at = None
    return found


def test_what_is_shown_of_a_link_falls_back_in_order(edition):
    assert supporter_texts.share_description(edition) == SENTENCE
    SupporterText.objects.all().delete()
    assert supporter_texts.share_description(again(edition)) == "We ask the council to keep it."
    assert supporter_texts.share_description(make_edition(ask="", summary="Brief.")) == "Brief."
    assert supporter_texts.share_description(make_edition(ask="", summary="")) == ""


def test_words_of_another_language_are_not_passed_on(edition):
    SupporterText.objects.update(language="az")
    assert supporter_texts.share_words(edition) == "Keep it open"


@pytest.mark.medium
def test_the_sentence_is_on_the_page_and_in_every_way_to_share(client, edition):
    page = client.get(edition.statement.get_absolute_url()).text
    shown = "The last reading room in town is to close &lt;soon&gt; &amp; for good."
    assert f'<meta property="og:description" content="{shown}">' in page
    assert f'data-text="{shown}"' in page
    assert page.count(quote(SENTENCE)) == 5  # mail, WhatsApp, Telegram, X, Bluesky
    assert "<soon>" not in page


@pytest.mark.medium
def test_it_is_gone_once_signing_is_over(client, edition):
    lifecycle.close(edition.statement, by=None)
    assert quote(SENTENCE) not in client.get(edition.statement.get_absolute_url()).text
    closes = timezone.now() - timedelta(hours=1)
    Statement.objects.update(status=Statement.Status.PUBLISHED, signing_closes_at=closes)
    assert supporter_texts.share_sentence(again(edition)) == ""


def test_programs_are_told(client, edition):
    say(edition.statement, "az", share_sentence="Son oxu zalı.")
    [text] = client.get(f"/api/v1/statements/{edition.statement.slug}").json()["texts"]
    assert (text["share_sentence"], text["next_step"]) == (SENTENCE, "")


@pytest.mark.medium
def test_staff_write_it_as_plain_words_and_the_history_tells(client):
    client.force_login(make_user())
    statement = make_draft()
    typed = {
        "supporter_texts-TOTAL_FORMS": 1,
        "supporter_texts-0-language": "en",
        "supporter_texts-0-share_sentence": "<b>Keep</b> it\n open.",
        "supporter_texts-0-next_step": "then  we hand it over",
    }
    answer = client.post(screen_url(statement, "supporters"), screen_data(statement, **typed))
    assert answer.status_code == 302, answer.context["errors"]
    row = SupporterText.objects.get()
    assert (row.share_sentence, row.next_step) == ("Keep it open.", "then we hand it over")
    assert "Keep it open." in str(history_of(statement))
    assert LogEntry.objects.exists()


@pytest.mark.medium
def test_there_is_one_row_for_a_language(client):
    client.force_login(make_user())
    typed = {"supporter_texts-TOTAL_FORMS": 2}
    for number in (0, 1):
        typed[f"supporter_texts-{number}-language"] = "en"
        typed[f"supporter_texts-{number}-share_sentence"] = f"Sentence {number}."
    statement = make_draft()
    answer = client.post(screen_url(statement, "supporters"), screen_data(statement, **typed))
    assert "There are already words in this language." in str(answer.context["errors"])
    assert not SupporterText.objects.exists()


def test_a_copy_says_the_same(edition):
    copy = copying.copy_as_draft(edition.statement, by=None)
    assert copy.supporter_texts.get().share_sentence == SENTENCE
