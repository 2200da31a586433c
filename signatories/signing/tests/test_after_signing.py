"""After confirming: the office's own thanks, and the next step that staff chose."""

from datetime import timedelta

import pytest
from django.utils import timezone

from casa.mail.composing import compose
from casa.mail.models import OutgoingMail
from signatories.signing import confirmation
from signatories.testing import make_signature, press_confirm
from statements import before_publishing, lifecycle
from statements.models import Statement, SupporterText
from statements.testing import make_draft, make_edition, make_user, screen_data, screen_url

pytestmark = [pytest.mark.django_db, pytest.mark.page]

After = Statement.AfterSigning
TOLD = {"thanks": "Thank you <all>.\n\nThe council decides in May."}
STEP = {
    "step_words": "It takes two minutes.", "step_label": "Write to the mayor",
    "step_address": "https://mayor.example.org/?a=1&b=2",
}  # fmt: skip


def offering(after, *, language="en", said=None, **fields):
    edition = make_edition(after_signing=after, **fields)
    said = {**TOLD, **STEP} if said is None else said
    SupporterText.objects.create(statement=edition.statement, language=language, **said)
    return edition


def thanked(client, edition):
    return press_confirm(client, make_signature(edition, state="pending")).text


@pytest.mark.medium
def test_the_offices_thanks_are_on_the_page_and_in_the_mail_as_plain_words(client):
    edition = offering(After.NOTHING)
    page = thanked(client, edition)
    assert "<p>Thank you &lt;all&gt;.</p>" in page
    assert "<p>The council decides in May.</p>" in page
    assert "Write to the mayor" not in page
    mail = compose(OutgoingMail.objects.get(kind=confirmation.WELCOME))
    assert "Thank you <all>.\n\nThe council decides in May." in mail.body
    assert "Thank you &lt;all&gt;.<br><br>The council" in mail.alternatives[0][0]


@pytest.mark.medium
@pytest.mark.parametrize(
    ("after", "heading"),
    [(After.WRITE, "Write to those who decide"), (After.LINK, "One step more")],
)
def test_a_link_is_offered_below_the_button_to_share(client, after, heading):
    page = thanked(client, offering(after))
    assert page.index("data-share") < page.index(heading) < page.index("What everybody sees")
    assert 'href="https://mayor.example.org/?a=1&amp;b=2" rel="noopener"' in page
    assert "It takes two minutes." in page
    assert page.count('class="button"') == 1  # one thing to do


@pytest.mark.medium
def test_without_a_link_nothing_is_offered(client):
    edition = offering(After.WRITE, said={"step_words": "It takes two minutes."})
    assert "Write to those who decide" not in thanked(client, edition)


@pytest.mark.medium
def test_words_in_the_original_are_marked_as_such(client):
    edition = offering(After.LINK, language="az", said={**TOLD, **STEP})
    Statement.objects.update(language="az")
    page = thanked(client, edition)
    assert '<div class="own-thanks" lang="az" dir="ltr"><p>Thank you' in page
    assert 'rel="noopener" lang="az" dir="ltr">Write to the mayor' in page


@pytest.fixture
def other():
    return make_edition("Save the <pool>")


@pytest.fixture
def edition(other):
    return offering(After.STATEMENT, said={}, next_statement=other.statement)


@pytest.mark.medium
def test_another_statement_is_offered_by_its_title(client, edition, other):
    page = thanked(client, edition)
    assert "Another statement of ours" in page
    assert "Save the &lt;pool&gt;" in page
    assert f'href="{other.statement.get_absolute_url()}">Read and sign' in page


def paused(statement):
    lifecycle.pause(statement, by=None)


def closed(statement):
    lifecycle.close(statement, by=None)


def ended(statement):
    closes = timezone.now() - timedelta(minutes=1)
    Statement.objects.filter(pk=statement.pk).update(signing_closes_at=closes)


@pytest.mark.slow
@pytest.mark.parametrize("change", [paused, closed, ended])
def test_what_cannot_be_signed_is_offered_to_be_read_at_once(client, edition, other, change):
    assert "Read and sign" in thanked(client, edition)
    change(other.statement)
    page = thanked(client, edition)
    assert "Read and sign" not in page
    assert "Read the statement<span" in page


@pytest.mark.slow
def test_what_is_withdrawn_or_deleted_is_not_offered(client, edition, other):
    assert "Save the" in thanked(client, edition)
    lifecycle.withdraw(other.statement, by=None)
    assert "Save the" not in thanked(client, edition)
    Statement.objects.filter(pk=edition.statement_id).update(next_statement=None)
    assert "Save the" not in thanked(client, edition)


@pytest.mark.medium
def test_new_words_are_on_the_next_page(client):
    edition = offering(After.LINK)
    thanked(client, edition)
    row = SupporterText.objects.get()
    row.step_label = "Join us"
    row.save()
    assert "Join us" in thanked(client, edition)


@pytest.fixture
def editor(client):
    client.force_login(make_user())
    return client


def save(client, statement, **fields):
    rows = {"supporter_texts-TOTAL_FORMS": 1, "supporter_texts-0-language": "en"}
    url = screen_url(statement, "supporters")
    return client.post(url, screen_data(statement, **rows, **fields))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"supporter_texts-0-step_label": "Join"}, "Enter where the link leads."),
        ({"supporter_texts-0-step_address": "/about/"}, "Enter the words of the link."),
        ({"supporter_texts-0-step_address": "javascript:alert(1)"}, "begins with https://"),
        ({"supporter_texts-0-step_address": "//evil.example"}, "begins with https://"),
        ({"supporter_texts-0-step_address": "http://example.org/"}, "begins with https://"),
        ({"supporter_texts-0-thanks": "x" * 1001}, "at most 1000 characters"),
        ({"after_signing": "statement"}, "Choose the statement that is to be offered."),
        ({"after_signing": "perhaps"}, "Select a valid choice"),
    ],
)
def test_what_cannot_be_is_said_at_its_field(editor, typed, sentence):
    answer = save(editor, make_draft(), **{"after_signing": "link", **typed})
    assert answer.status_code == 200
    assert sentence in answer.text


@pytest.mark.medium
def test_a_statement_is_not_the_next_of_itself_and_no_draft_is(editor, edition):
    mine = {"after_signing": "statement", "next_statement": edition.statement_id}
    assert "Choose another statement than this one." in save(editor, edition.statement, **mine).text
    draft = Statement.objects.create(slug="draft")
    mine["next_statement"] = draft.pk
    assert "Select a valid choice" in save(editor, edition.statement, **mine).text


@pytest.mark.medium
def test_thanks_keep_their_paragraphs_and_lose_their_markup(editor):
    typed = {"supporter_texts-0-thanks": "<b>Thank</b>  you.\r\n\r\n \r\nAll of you."}
    assert save(editor, make_draft(), after_signing="nothing", **typed).status_code == 302
    assert SupporterText.objects.get().thanks == "Thank you.\n\nAll of you."


def test_staff_are_told_that_the_link_is_missing():
    statement = offering(After.LINK, said={}).statement
    told = before_publishing.findings(statement, make_user())
    assert "supporters" in [one.part for one in told]
