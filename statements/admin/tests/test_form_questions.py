"""Staff choose what a statement's form asks, and write its consent sentence."""

import pytest
from django.contrib.auth.models import Group

from casa.office.history.statement import history_of
from casa.office.roles import AUTHOR
from statements import copying
from statements.models import ConsentText
from statements.testing import make_draft, make_user, screen_data, screen_url

pytestmark = [pytest.mark.django_db, pytest.mark.page]


@pytest.fixture
def editor(client):
    client.force_login(make_user())
    return client


def save(client, statement, **fields):
    url = screen_url(statement, "signing")
    return client.post(url, screen_data(statement, **fields))


def sentence(text, language="en", number=0):
    return {
        "consent_texts-TOTAL_FORMS": number + 1,
        f"consent_texts-{number}-language": language,
        f"consent_texts-{number}-text": text,
    }


@pytest.mark.medium
def test_the_options_are_saved(editor):
    statement = make_draft()
    answer = save(editor, statement, ask_comment="required", minimum_age="16", may_withhold="")
    assert answer.status_code == 302, answer.context["errors"]
    before = statement.changed_at
    statement.refresh_from_db()
    assert (statement.ask_comment, statement.minimum_age) == ("required", 16)
    assert statement.changed_at > before  # the form that is kept goes by it


@pytest.mark.slow
@pytest.mark.parametrize(
    ("wrong", "sentence_of_it"),
    [
        ({"minimum_age": "0"}, "greater than or equal to 1"),
        ({"minimum_age": "121"}, "less than or equal to 120"),
        ({"ask_region": "optional", "ask_country": "no"}, "Ask for the country too"),
        ({"ask_role": "perhaps"}, "Select a valid choice"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(editor, wrong, sentence_of_it):
    answer = save(editor, make_draft(), **wrong)
    assert answer.status_code == 200
    assert sentence_of_it in str(answer.context["adminform"].form.errors[next(iter(wrong))])


@pytest.mark.medium
def test_a_consent_sentence_is_plain_text(editor):
    statement = make_draft()
    markup = "<b>I agree</b>\r\n that  <script>x</script> 5 < 6."
    assert save(editor, statement, **sentence(markup)).status_code == 302
    assert ConsentText.objects.get().text == "I agree that x 5 < 6."


@pytest.mark.slow
def test_there_is_one_sentence_for_a_language(editor):
    statement = make_draft()
    twice = sentence("One.") | sentence("Two.", number=1)
    assert save(editor, statement, **twice).status_code == 200
    assert save(editor, statement, **sentence("One.")).status_code == 302
    statement.refresh_from_db()
    assert save(editor, statement, **sentence("Two.")).status_code == 200
    assert ConsentText.objects.get().text == "One."


@pytest.mark.medium
def test_a_sentence_does_not_undo_what_a_colleague_saved_meanwhile(editor):
    statement = make_draft()
    stale = screen_data(statement, **sentence("I agree."))
    save(editor, statement, ask_comment="optional")
    assert editor.post(screen_url(statement, "signing"), stale).status_code == 302
    statement.refresh_from_db()
    assert (statement.ask_comment, ConsentText.objects.get().text) == ("optional", "I agree.")


@pytest.mark.medium
def test_authors_write_it_for_their_own_drafts(client):
    author = make_user("author@example.org", is_superuser=False)
    author.groups.add(Group.objects.get(name=AUTHOR.name))
    client.force_login(author)
    statement = make_draft(by=author)
    assert save(client, statement, **sentence("I agree.")).status_code == 302
    assert ConsentText.objects.exists()


def test_a_copy_asks_the_same(editor):
    statement = make_draft(ask_region="required", minimum_age=18, shared_mailboxes=True)
    ConsentText.objects.create(statement=statement, language="en", text="I agree.")
    copy = copying.copy_as_draft(statement, by=None)
    assert (copy.ask_region, copy.minimum_age, copy.shared_mailboxes) == ("required", 18, True)
    assert copy.consent_texts.get().text == "I agree."
    assert statement.consent_texts.count() == 1


@pytest.mark.medium
def test_the_history_tells_of_it(editor):
    statement = make_draft()
    save(editor, statement, ask_comment="required", **sentence("I agree."))
    statement.refresh_from_db()
    told = str(history_of(statement))
    assert "I agree." in told
    assert "A comment" in told
