"""The office's own question: asked, answered, changed, shown where it may be, counted."""

import pytest
from django.urls import reverse
from django.utils import translation

from casa.lib.concurrent_edits.testing import posted_back
from casa.office.history.statement import history_of
from signatories.core import answers, tokens
from signatories.models import Signature
from signatories.moderation import exports
from signatories.self_service import privacy
from signatories.signing.forms import SignForm
from signatories.testing import (
    form_data,
    make_organization,
    make_signature,
    own_url,
    press_confirm,
)
from statements import copying
from statements.models import QuestionKind, QuestionText, Statement
from statements.own_question import question_of
from statements.testing import make_draft, make_edition, make_user, screen_data, screen_url

pytestmark = pytest.mark.django_db

ASKED = "Do you <read> here?"
OFFERED = "Every day\nAt weekends\nNever"


def asking(kind=QuestionKind.CHOICE, *, az="", **fields):
    edition = make_edition(question_kind=kind, **fields)
    words = {"label": ASKED, "choices": OFFERED if kind == QuestionKind.CHOICE else ""}
    edition.statement.question_texts.create(language="en", **words)
    if az:
        edition.statement.question_texts.create(language="az", label="Oxuyursunuz?", choices=az)
    return edition


def post(client, edition, **fields):
    url = reverse("signatories:sign", args=[edition.statement.slug])
    return client.post(url, form_data(**fields), follow=True)


def only():
    return Signature.objects.get()


# Asked


@pytest.mark.page
@pytest.mark.medium
def test_it_is_asked_with_who_reads_the_answer(client):
    edition = asking(question_required=True)
    page = client.get(reverse("signatories:sign", args=[edition.statement.slug])).text
    assert "Do you &lt;read&gt; here?" in page
    assert "We read it; it is never shown in public." in page
    assert '<option value="At weekends">At weekends</option>' in page
    assert ASKED not in page


@pytest.mark.medium
def test_what_is_asked_in_another_language_is_stored_in_the_originals(client):
    edition = asking(az="Hər gün\nHəftəsonu\nHeç vaxt")
    with translation.override("az"):
        form = SignForm(edition)
        assert form.fields["answer"].label == "Oxuyursunuz?"
        assert ("At weekends", "Həftəsonu") in form.fields["answer"].choices
        assert question_of(edition.statement).shown("Never") == "Heç vaxt"
        assert question_of(edition.statement).shown("Gone") == "Gone"
    assert post(client, edition, answer="At weekends").status_code == 200
    assert (only().question, only().answer) == (ASKED, "At weekends")


@pytest.mark.page
def test_choices_that_do_not_match_the_originals_are_shown_in_the_original():
    edition = asking(az="Hər gün")
    with translation.override("az"):
        assert question_of(edition.statement).label == ASKED


def test_without_words_in_the_original_nothing_is_asked(client):
    edition = make_edition(question_kind=QuestionKind.TEXT, question_required=True)
    assert "answer" not in SignForm(edition).fields
    assert post(client, edition, answer="Smuggled").status_code == 200
    assert only().answer == ""


@pytest.mark.page
@pytest.mark.medium
@pytest.mark.parametrize(
    "typed", ["", "Sometimes", "every day", "<script>", "x" * 1_000_000, ["Every day", "x"]]
)
def test_what_is_not_offered_is_refused_beside_the_field(client, typed):
    answer = post(client, asking(question_required=True), answer=typed)
    assert answer.status_code in (413, 422)
    assert not Signature.objects.exists()
    if answer.status_code == 422:
        assert 'href="#sign-answer"' in answer.text
        assert "<script>" not in answer.text.replace("<script src", "")


@pytest.mark.page
@pytest.mark.medium
@pytest.mark.parametrize(
    "typed", ["x" * 201, "see https://a.example", "=SUM(1)", "a\u202eb", "\n".join("ab" * 300)]
)
def test_own_words_have_the_limits_of_other_fields(client, typed):
    answer = post(client, asking(QuestionKind.TEXT), answer=typed)
    assert answer.status_code == 422
    assert not Signature.objects.exists()


@pytest.mark.medium
def test_it_may_be_left_out_where_it_is_optional(client):
    assert post(client, asking(), answer="").status_code == 200
    assert (only().question, only().answer, only().answer_public) == ("", "", False)


@pytest.mark.medium
def test_nobody_answers_a_question_they_did_not_see(client):
    edition = asking(QuestionKind.TEXT)
    seen = SignForm(edition).initial["asked"]
    QuestionText.objects.update(label="Do you pay for it?")
    again = post(client, edition, answer="Yes", asked=seen)
    assert again.status_code == 422
    assert "The question was changed just now." in again.text
    assert 'value="Yes"' in again.text
    Statement.objects.update(question_public=True)  # who reads the answer is part of it
    edition.statement.refresh_from_db()
    del edition.statement.__dict__["_question_texts"]
    now = SignForm(edition).initial["asked"]
    assert post(client, edition, answer="Yes", asked=now).status_code == 200
    assert (only().question, only().answer_public) == ("Do you pay for it?", True)


@pytest.mark.page
@pytest.mark.medium
def test_the_confirm_page_says_it_with_who_reads_it(client):
    edition = asking(question_public=True)
    post(client, edition, answer="Never")
    url = reverse("signatories:confirm", args=[tokens.make(only(), tokens.CONFIRM)])
    page = client.get(url).text
    assert "Your answer, which is shown in the list of names" in page
    assert "Never" in page


# Shown


def shown(client, edition):
    slug = edition.statement.slug
    names = client.get(f"/statements/{slug}/signatories/").text
    file = b"".join(client.get(f"/statements/{slug}/signatories.csv").streaming_content).decode()
    api = client.get(f"/api/v1/statements/{slug}/signatories").json()["items"][0]["answer"]
    return ["At weekends" in names, "At weekends" in file, api == "At weekends"]


def answered(edition, **fields):
    told = {"question": ASKED, "answer": "At weekends", "answer_public": True}
    return make_signature(edition, **{**told, **fields})


@pytest.mark.medium
@pytest.mark.parametrize(
    ("fields", "is_shown"),
    [
        ({}, True),
        ({"answer_public": False}, False),
        ({"name_withheld": True}, False),
        ({"organization": True}, False),
    ],
)
def test_an_answer_is_shown_of_people_who_were_told_so(client, fields, is_shown):
    edition = asking(question_public=True)
    if "organization" in fields:
        fields = {"organization": make_organization()}
    answered(edition, **fields)
    page = client.get(f"/statements/{edition.statement.slug}/signatories/").text
    assert ("At weekends" in page) is is_shown


@pytest.mark.medium
def test_staff_hide_all_of_them_at_once(client):
    edition = asking(question_public=True)
    answered(edition)
    assert shown(client, edition) == [True, True, True]
    edition.statement.question_public = False
    edition.statement.save()
    assert shown(client, edition) == [False, False, False]


# Changed by its owner


@pytest.mark.medium
def test_its_owner_changes_it_and_takes_it_back(client):
    edition = asking(question_required=True)
    signature = answered(edition, answer_public=False)
    assert "At weekends" in client.get(own_url(signature)).text
    url = own_url(signature, "correct")
    assert "selected>At weekends" in client.get(url).text
    client.post(url, {"name": signature.name, "answer": "Never"})
    assert (only().question, only().answer) == (ASKED, "Never")
    client.post(url, {"name": signature.name, "answer": ""})
    assert (only().question, only().answer) == ("", "")


@pytest.mark.medium
def test_an_answer_that_is_not_offered_any_more_stays_until_it_is_taken_back(client):
    edition = asking()
    signature = answered(edition)
    QuestionText.objects.update(label="Another question?", choices="Yes\nNo")
    url = own_url(signature, "correct")
    page = client.get(url).text
    assert "This question is asked no more." in page
    client.post(url, {"name": signature.name, "answer": "Yes"})
    assert only().answer == "At weekends"
    client.post(url, {"name": signature.name, "answer": "At weekends"})
    assert (only().question, only().answer) == (ASKED, "At weekends")
    client.post(url, {"name": signature.name, "answer": ""})
    assert (only().question, only().answer) == ("", "")


@pytest.mark.medium
def test_it_is_in_the_download_and_erased_with_the_person():
    edition = asking()
    answered(edition, email="n@example.org")
    firm = answered(edition, organization=make_organization(), email="r@example.org")
    assert "At weekends" in str(privacy.collect(firm))
    privacy.erase_representative(firm)
    firm.refresh_from_db()
    assert (firm.question, firm.answer, firm.answer_public) == ("", "", False)


# Staff


@pytest.mark.medium
def test_answers_are_counted_and_what_is_not_offered_apart(client):
    edition = asking()
    for answer in ("Never", "Never", "At weekends"):
        answered(edition, answer=answer)
    answered(edition, question="Earlier?", answer="Never")
    answered(edition, answer="Never", state="pending")
    found = [(one.question, one.answer, one.number, one.is_offered)
             for one in answers.count(edition.statement)]  # fmt: skip
    assert found == [
        (ASKED, "Never", 2, True), (ASKED, "At weekends", 1, True), ("Earlier?", "Never", 1, False),
    ]  # fmt: skip
    client.force_login(make_user())
    url = reverse("admin:signatories_signature_answers", args=[edition.statement.pk])
    page = client.get(url).text
    assert "Do you &lt;read&gt; here?" in page
    assert "not asked or offered any more" in page


def test_exports_have_the_question_and_the_answer():
    assert {"question", "answer", "answer_public"} <= set(exports.COLUMNS)


@pytest.fixture
def editor(client):
    client.force_login(make_user())
    return client


def save(client, statement, *, label="Do you read?", choices="", number=0, language="en", **fields):
    rows = {
        "question_texts-TOTAL_FORMS": number + 1,
        f"question_texts-{number}-language": language,
        f"question_texts-{number}-label": label,
        f"question_texts-{number}-choices": choices,
    }
    url = screen_url(statement, "signing")
    return client.post(url, screen_data(statement, **rows, **fields))


REFUSED = [
    ({"choices": ""}, "Offer two answers at least."),
    ({"choices": "Yes"}, "Offer two answers at least."),
    ({"choices": "Yes\n yes \nNo"}, "Two answers are the same."),
    ({"choices": "\n".join(map(str, range(31)))}, "Offer 30 answers at most."),
    ({"choices": "\n".join(map(str, range(10_000)))}, "at most 6060 characters"),
    ({"choices": "Yes\n" + "x" * 201}, "Shorten each answer"),
    ({"label": "<b></b>", "choices": "Yes\nNo"}, "Write the question, or remove it."),
    ({"label": "x" * 201, "choices": "Yes\nNo"}, "at most 200 characters"),
    ({"language": "az", "choices": "Yes\nNo"}, "Write your question in the statement’s own"),
]


@pytest.mark.page
@pytest.mark.slow
def test_what_cannot_be_asked_is_said(editor):
    draft = make_draft()
    for typed, sentence in REFUSED:
        answer = save(editor, draft, question_kind="choice", **typed)
        assert answer.status_code == 200, typed
        assert sentence in answer.text, typed
    assert not QuestionText.objects.exists()


@pytest.mark.medium
def test_staff_write_it_in_plain_words_and_a_copy_asks_it_too(editor):
    statement = make_draft()
    lines = " <b>Yes</b> \r\n\r\nNo\r\n"
    answer = save(editor, statement, choices=lines, question_kind="choice", question_public="on")
    assert answer.status_code == 302, answer.context["errors"]
    row = QuestionText.objects.get()
    assert (row.label, row.choices) == ("Do you read?", "Yes\nNo")
    statement.refresh_from_db()
    assert statement.question_public
    assert "Do you read?" in str(history_of(statement))
    copy = copying.copy_as_draft(statement, by=None)
    assert (copy.question_kind, copy.question_texts.get().choices) == ("choice", "Yes\nNo")


@pytest.mark.page
@pytest.mark.medium
def test_another_language_has_as_many_answers(editor):
    statement = make_draft()
    words = {"question_texts-0-language": "en", "question_texts-0-label": "Read?",
             "question_texts-0-choices": "Yes\nNo"}  # fmt: skip
    az = {"label": "Oxu?", "choices": "Hə\nYox\nBəlkə", "language": "az", "number": 1}
    answer = save(editor, statement, question_kind="choice", **az, **words)
    assert "Write 2 answers, as in the original" in answer.text


@pytest.mark.medium
def test_signers_are_shown_it_where_everybody_sees_it(client):
    edition = asking(question_public=True)
    signature = answered(edition)
    assert '<q class="particulars">At weekends</q>' in client.get(own_url(signature)).text
    page = press_confirm(client, answered(edition, name="Bo", state="pending")).text
    assert '<q class="particulars">At weekends</q>' in page


# Corrected by staff


def correct(client, signature, answer):
    """What the screen of a signature says once staff have entered `answer` there."""
    url = reverse("admin:signatories_signature_change", args=[signature.pk])
    return client.post(url, posted_back(signature, answer=answer))


@pytest.mark.medium
@pytest.mark.parametrize(
    ("given", "entered", "stored"),
    [("Never", "At weekends", "At weekends"), ("Gone", "Gone", "Gone"), ("Never", "", "")],
)
def test_staff_correct_an_answer_by_what_is_offered(client, given, entered, stored):
    client.force_login(make_user(is_superuser=True))
    signature = make_signature(asking(), question=ASKED, answer=given)
    assert correct(client, signature, entered).status_code == 302
    assert only().answer == stored


@pytest.mark.page
@pytest.mark.medium
@pytest.mark.parametrize("entered", ["Sometimes", "Gone"])
def test_an_answer_that_is_not_offered_is_refused_beside_its_field(client, entered):
    client.force_login(make_user(is_superuser=True))
    signature = make_signature(asking(), question=ASKED, answer="Never")
    refused = correct(client, signature, entered)
    assert refused.context["adminform"].form.errors == {
        "answer": ["Choose one of the answers that are offered."]
    }
    assert only().answer == "Never"


@pytest.mark.medium
def test_an_answer_to_an_earlier_question_is_corrected_in_words(client):
    client.force_login(make_user(is_superuser=True))
    signature = make_signature(asking(), question="How often?", answer="Ofen")
    assert correct(client, signature, "Often").status_code == 302
    assert only().answer == "Often"
