"""The first screen of the back office: what waits for whom, and lists that hold these numbers."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from casa.lib.testing import assert_flat_queries
from casa.mail.models import OutgoingMail
from casa.office import dashboard
from casa.office.charts import DAYS, midnights, per_day
from signatories.testing import make_organization, make_signature
from statements import lifecycle
from statements.models import Comment, Statement, StatementText
from statements.testing import make_draft, make_edition, make_translated, make_user, rewrite

pytestmark = pytest.mark.django_db
INDEX = "/admin/"


def with_role(name, email):
    from django.contrib.auth.models import Group

    user = make_user(email, is_superuser=False, name=f"{name} Person")
    user.groups.add(Group.objects.get(name=name))
    return user


def fill(editor, author):
    """At least one row behind every number."""
    lifecycle.submit(make_draft("For review", by=author), by=author)
    back = make_draft("Sent back", by=author)
    lifecycle.submit(back, by=author)
    lifecycle.send_back(back, by=editor, note="Shorter, please.")
    Comment.objects.create(statement=back, by=editor, text="See the second paragraph.")
    edition = make_edition(
        "Open letter", signing_closes_at=timezone.now() + timedelta(days=3), premoderated=True
    )
    make_draft("Forgotten", publish_at=timezone.now() - timedelta(hours=3))
    make_edition("Later", publish_at=timezone.now() + timedelta(days=2))
    for number in range(3):
        make_signature(edition, f"Person {number}")
    make_signature(edition, "Waits", approved=False)
    make_signature(edition, "Unsure", import_notes="town?", import_confidence=0.5)
    make_signature(edition, organization=make_organization(to_check="no_website"))
    make_signature(
        edition, "Earlier", confirmed_at=timezone.now() - timedelta(days=5), state="confirmed"
    )
    translated = make_translated(title="Two languages")
    rewrite(translated, "<p>Sundays.</p>")
    lifecycle.correct(translated, by=editor, note="Sundays.", is_material=False)
    for state, due in (("dead", None), ("queued", timezone.now())):
        OutgoingMail.objects.create(kind="test", to="a@example.org", language="en", state=state,
                                    due_at=due)  # fmt: skip


def rows_listed(client, url):
    answer = client.get(url)
    assert answer.status_code == 200, (url, answer.status_code, answer.get("Location"))
    return answer.context["cl"].result_count


def numbers_with_links(board):
    counts = [*board.needs, board.mail_waiting, board.moments_count, board.open_count]
    for row in board.open:
        counts += [row.organizations, row.people]
    found = [(count.number, count.url) for count in counts if count]
    for curve in board.curves:
        found += [(curve.total, curve.url), *((bar.number, bar.url) for bar in curve.bars)]
    return [(number, url) for number, url in found if url]


@pytest.mark.slow
def test_each_number_leads_to_the_list_it_counts(client):
    editor, author = make_user(), with_role("Author", "author@example.org")
    fill(editor, author)
    for user, least in ((editor, 14), (author, 3)):
        client.force_login(user)
        answer = client.get(INDEX)
        followed = numbers_with_links(answer.context["dashboard"])
        assert len(followed) >= least
        for number, url in followed:
            assert url in unescape(answer.text)
            assert rows_listed(client, url) == number, url


@pytest.mark.slow
def test_it_names_what_waits_for_each_role(client):
    editor, author = make_user(), with_role("Author", "author@example.org")
    fill(editor, author)
    expected = {
        "Author": {"was sent back", "has a comment for you"},
        "Editor": {"awaits review", "translation is behind", "mail failed", "was to be public"},
        "Moderator": {
            "signature awaits",
            "imported name",
            "organization is to be checked",
            "mail failed",
        },
        "Analyst": set(),
    }
    for role, phrases in expected.items():
        client.force_login(
            author if role == "Author" else with_role(role, f"the-{role}@example.org")
        )
        board = client.get(INDEX).context["dashboard"]
        nouns = [count.noun for count in board.needs]
        assert len(nouns) == len(phrases), (role, nouns)
        assert all(any(phrase in noun for noun in nouns) for phrase in phrases), (role, nouns)


@pytest.mark.medium
def test_translations_that_are_behind_are_counted_and_their_statements_listed(client):
    statement = make_translated()
    StatementText.objects.create(statement=statement, language="fr", title="Lire", body="<p>F</p>")
    lifecycle.correct(statement, by=None, is_material=False)
    rewrite(statement, "<p>Sundays.</p>")
    lifecycle.correct(statement, by=None, note="Sundays.", is_material=False)
    make_translated(title="In step")
    client.force_login(make_user())
    (count,) = client.get(INDEX).context["dashboard"].needs
    assert (count.number, count.noun) == (2, "translations are behind")
    assert rows_listed(client, count.url) == 1
    screen = client.get(reverse("admin:statements_statement_change", args=[statement.pk]))
    assert "2 translations are behind the original" in screen.text


@pytest.mark.medium
def test_an_author_sees_no_number_of_the_drafts_of_others(client):
    editor, author = make_user(), with_role("Author", "author@example.org")
    make_draft("Secret plan", by=editor, publish_at=timezone.now() + timedelta(days=1))
    client.force_login(author)
    answer = client.get(INDEX)
    assert "Secret plan" not in answer.text
    assert answer.context["dashboard"].moments == []


@pytest.mark.medium
def test_an_empty_site_says_the_first_step(client):
    client.force_login(make_user())
    answer = client.get(INDEX)
    assert "Write your first statement" in answer.text
    assert reverse("admin:statements_statement_add") in answer.text
    make_draft()
    assert "Write your first statement" not in client.get(INDEX).text


@pytest.mark.medium
def test_it_warns_of_a_draft_whose_date_comes(client):
    make_draft("Not ready", publish_at=timezone.now() + timedelta(days=1))
    client.force_login(make_user())
    (moment,) = client.get(INDEX).context["dashboard"].moments
    assert moment.what == "is to go public, but is still a draft: publish it"


def test_days_are_the_offices_own(settings):
    settings.TIME_ZONE = "America/New_York"
    edition, starts = make_edition(), midnights()
    assert len(starts) == DAYS + 1
    for moment in (starts[3], starts[4] - timedelta(seconds=1), starts[4]):
        make_signature(edition, confirmed_at=moment)
    make_signature(edition, confirmed_at=starts[3], state="hidden")
    assert per_day(starts) == {("person", 3): 2, ("person", 4): 1}


def test_past_days_are_counted_once_in_a_while_and_today_each_time():
    edition, starts = make_edition(), midnights()
    today = starts[-2]
    make_signature(edition, confirmed_at=today)
    assert per_day(starts) == {("person", DAYS - 1): 1}
    for moment in (today, today - timedelta(seconds=1)):
        make_signature(edition, confirmed_at=moment)
    assert per_day(starts) == {("person", DAYS - 1): 2}
    cache.clear()
    assert per_day(starts) == {("person", DAYS - 2): 1, ("person", DAYS - 1): 2}


@pytest.mark.slow
def test_it_asks_the_same_number_of_questions_however_much_there_is(client):
    editor, author = make_user(), with_role("Author", "author@example.org")
    client.force_login(editor)
    assert_flat_queries(lambda _number: fill_again(editor, author), lambda _rows: client.get(INDEX))


def fill_again(editor, author):
    number = OutgoingMail.objects.count()
    for text in range(3):
        lifecycle.submit(make_draft(f"Review {number} {text}", by=author), by=author)
        edition = make_edition(
            f"Open {number} {text}", signing_closes_at=timezone.now() + timedelta(days=3)
        )
        make_signature(edition, organization=make_organization(f"Trust {number}x{text}"))
    OutgoingMail.objects.create(kind="test", to="a@example.org", language="en", state="dead")


@pytest.mark.medium
def test_a_long_list_is_counted_and_cut(client):
    for number in range(dashboard.SHOWN + 1):
        make_edition(f"Open {number}")
    client.force_login(make_user())
    board = client.get(INDEX).context["dashboard"]
    assert (len(board.open), board.open_count.number) == (dashboard.SHOWN, dashboard.SHOWN + 1)


@pytest.mark.medium
def test_the_picture_needs_no_inline_style(client):
    fill(make_user(), with_role("Author", "author@example.org"))
    client.force_login(make_user("second@example.org"))
    text = client.get(INDEX).text
    assert text.count("<rect") == 2 * DAYS
    assert not re.search(r'\sstyle="', text)


@pytest.mark.medium
def test_a_draft_whose_moment_has_passed_is_said_until_it_has_another(client):
    draft = make_draft("Forgotten", publish_at=timezone.now() - timedelta(minutes=1))
    make_draft("Tomorrow", publish_at=timezone.now() + timedelta(days=1))
    make_edition("Published", publish_at=timezone.now() - timedelta(days=1))
    client.force_login(make_user())
    (count,) = client.get(INDEX).context["dashboard"].needs
    assert (count.number, rows_listed(client, count.url)) == (1, 1)
    assert count.noun.startswith("draft was to be public by now")
    Statement.objects.filter(pk=draft.pk).update(publish_at=None)
    assert client.get(INDEX).context["dashboard"].needs == []
