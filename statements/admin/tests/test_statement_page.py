"""The back office: an editor writes, publishes with a button, and cannot break what is public."""

import io
import zipfile
from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from casa.lib.concurrent_edits.testing import opened_with
from casa.lib.testing import assert_flat_queries
from signatories.testing import make_signature
from statements.models import Attachment, Edition, Statement
from statements.testing import (
    asked_data,
    make_draft,
    make_edition,
    make_user,
    screen_data,
    screen_url,
)

pytestmark = [pytest.mark.django_db, pytest.mark.page]

PDF = b"%PDF-1.7\n%%EOF"


@pytest.fixture
def editor(client):
    client.force_login(make_user())
    return client


change_url = screen_url


def offers(page, name):
    """Whether the page has a button that saves and goes on to this step."""
    return f'name="_step" value="{name}"' in page


def step_url(statement, name):
    return reverse("admin:statements_statement_action", args=[statement.pk, name])


def form_data(**fields):
    """What the statement's screen posts, with one English text."""
    data = {
        "kind": "open_letter", "language": "en", "place": "", "dated_on": "",
        "signers": "everybody",
        "texts-0-language": "en", "texts-0-title": "Mend the bridge",
        "texts-0-body": "<p>It is broken.</p>", "texts-0-summary": "", "texts-0-ask": "",
    }  # fmt: skip
    for prefix in (
        "texts", "consent_texts", "question_texts", "supporter_texts", "targets", "references",
        "attachments", "releases", "updates", "deliveries",
    ):  # fmt: skip
        total = 1 if prefix == "texts" else 0
        data |= {f"{prefix}-TOTAL_FORMS": total, f"{prefix}-INITIAL_FORMS": 0}
    for moment in ("publish_at", "signing_opens_at", "signing_closes_at"):
        data |= {f"{moment}_0": "", f"{moment}_1": ""}
    return data | asked_data(Statement()) | fields


@pytest.mark.medium
def test_a_new_statement_gets_an_address_and_an_author(editor):
    answer = editor.post(reverse("admin:statements_statement_add"), form_data())
    assert answer.status_code == 302, answer.context and answer.context["errors"]
    statement = Statement.objects.get()
    assert statement.slug == "mend-the-bridge"
    assert statement.created_by.email == "editor@example.org"


@pytest.mark.slow
def test_the_address_follows_the_title_until_it_is_public(editor):
    editor.post(reverse("admin:statements_statement_add"), form_data())
    statement = Statement.objects.get()
    text = statement.texts.get()
    data = form_data(**{
        "texts-INITIAL_FORMS": 1, "texts-0-id": text.pk, "texts-0-statement": statement.pk,
        "texts-0-title": "Mend both bridges",
    })  # fmt: skip
    for slug in ("mend-both-bridges", "mend-both-bridges"):
        statement.refresh_from_db()
        data |= opened_with(statement)
        assert editor.post(change_url(statement), data).status_code == 302
        statement.refresh_from_db()
        assert statement.slug == slug
        if statement.is_unpublished:
            editor.post(step_url(statement, "publish"))
            data["texts-0-title"] = "Mend all bridges"
    assert Edition.objects.get().title == "Mend both bridges"


@pytest.mark.medium
def test_what_was_pasted_is_cleaned(editor):
    body = '<p onclick="x()">It is <script>alert(1)</script><b>broken</b>.</p>'
    editor.post(reverse("admin:statements_statement_add"), form_data(**{"texts-0-body": body}))
    assert Statement.objects.get().texts.get().body == "<p>It is <strong>broken</strong>.</p>"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("bad", "sentence"),
    [
        ({"texts-0-title": ""}, "This field is required"),
        ({"texts-0-body": "<script>x()</script>"}, "cannot be blank"),
        ({"language": "tlh"}, "Select a valid choice"),
        (
            {
                "texts-TOTAL_FORMS": 2, "texts-1-language": "en", "texts-1-title": "Again",
                "texts-1-body": "<p>Words.</p>",
            },
            "already a text in this language",
        ),
    ],
)  # fmt: skip
def test_what_is_missing_or_wrong_is_said(editor, bad, sentence):
    answer = editor.post(reverse("admin:statements_statement_add"), form_data(**bad))
    assert answer.status_code == 200
    assert sentence in answer.text
    assert not Statement.objects.exists()


@pytest.mark.medium
def test_signing_opens_before_it_closes(editor):
    statement = make_draft()
    moments = {
        "signing_opens_at_0": "2027-02-02", "signing_opens_at_1": "10:00",
        "signing_closes_at_0": "2027-02-01", "signing_closes_at_1": "10:00",
    }  # fmt: skip
    answer = editor.post(screen_url(statement, "dates"), screen_data(statement, **moments))
    assert "open before it closes" in answer.text


def test_a_new_statement_is_written_in_the_language_chosen_beside_it(editor):
    data = form_data(language="az", **{"texts-0-title": "Körpünü düzəldin"})
    assert editor.post(reverse("admin:statements_statement_add"), data).status_code == 302
    text = Statement.objects.get().texts.get()
    assert (text.statement.language, text.language) == ("az", "az")


@pytest.mark.slow
def test_publishing_is_a_button_with_a_sentence(editor):
    statement = make_draft()
    page = editor.get(change_url(statement)).text
    assert offers(page, "publish")
    assert "Makes edition 1" in editor.get(step_url(statement, "publish")).text
    assert statement.editions.count() == 0
    answer = editor.post(step_url(statement, "publish"), {"note": "agreed"}, follow=True)
    assert "Published." in answer.text
    assert statement.editions.count() == 1
    assert statement.events.get().note == "agreed"
    page = editor.get(change_url(statement)).text
    assert not offers(page, "publish")
    assert offers(page, "close")


@pytest.mark.slow
def test_a_second_click_is_told_that_it_is_done(editor):
    statement = make_draft()
    editor.post(step_url(statement, "publish"))
    answer = editor.post(step_url(statement, "publish"), follow=True)
    assert "the statement is “Published”" in answer.text
    assert statement.editions.count() == 1


@pytest.mark.medium
def test_a_step_needs_the_permission(client):
    user = make_user(is_superuser=False)
    statement = make_draft()
    client.force_login(user)
    assert client.post(step_url(statement, "publish")).status_code == 403
    user.user_permissions.add(Permission.objects.get(codename="view_statement"))
    assert client.post(step_url(statement, "publish")).status_code == 403
    user.user_permissions.add(Permission.objects.get(codename="change_statement"))
    assert client.post(step_url(statement, "publish")).status_code == 403
    user.user_permissions.add(Permission.objects.get(codename="publish_statement"))
    assert client.post(step_url(statement, "publish")).status_code == 403  # another's draft
    user.user_permissions.add(Permission.objects.get(codename="edit_any_statement"))
    assert client.post(step_url(statement, "publish")).status_code == 302
    assert statement.editions.exists()


def test_visitors_are_sent_to_the_login(client):
    assert client.post(step_url(make_draft(), "publish")).status_code == 302
    assert not Edition.objects.exists()


def test_an_unknown_step_is_not_found(editor):
    assert editor.post(step_url(make_draft(), "explode")).status_code == 404


@pytest.mark.medium
def test_not_even_a_superuser_changes_an_edition(editor):
    edition = make_edition()
    url = reverse("admin:statements_edition_change", args=[edition.pk])
    assert edition.sha256 in editor.get(url).text
    assert editor.post(url, {"title": "Other words"}).status_code == 403
    assert editor.post(url.replace("change", "delete"), {"post": "yes"}).status_code == 403
    assert editor.get(reverse("admin:statements_edition_add")).status_code == 403
    assert Edition.objects.get().title == edition.title


@pytest.mark.slow
def test_a_published_statement_is_not_deleted(editor):
    statement = make_edition().statement
    url = reverse("admin:statements_statement_delete", args=[statement.pk])
    assert editor.post(url, {"post": "yes"}).status_code == 403
    draft = make_draft()
    url = reverse("admin:statements_statement_delete", args=[draft.pk])
    seen = editor.get(url).context["seen"]
    assert editor.post(url, {"post": "yes", "_seen": seen}).status_code == 302
    assert list(Statement.objects.all()) == [statement]


def word_file():
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", "<document/>")
    return data.getvalue()


def attach(editor, data, name="sheet.pdf"):
    file = SimpleUploadedFile(name, data, content_type="application/pdf")
    fields = {
        "attachments-TOTAL_FORMS": 1, "attachments-0-position": 1,
        "attachments-0-title": "Fact sheet", "attachments-0-file": file,
    }  # fmt: skip
    draft = make_draft()
    return editor.post(screen_url(draft, "files"), screen_data(draft, **fields))


@pytest.mark.medium
@pytest.mark.parametrize(
    ("data", "content_type"),
    [
        (PDF, "application/pdf"),
        (word_file(), "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ],
)
def test_a_file_is_known_by_its_content(editor, data, content_type):
    ending = "pdf" if content_type.endswith("pdf") else "docx"
    assert attach(editor, data, "sheet.html").status_code == 302
    assert Attachment.objects.get().filename.endswith(f".{ending}")  # not what it claimed to be
    found = Attachment.objects.get()
    assert (found.content_type, found.size) == (content_type, len(data))
    assert len(found.sha256) == 64


@pytest.mark.slow
@pytest.mark.parametrize("data", [b"<html><script>", b"MZ\x90", b"PK\x03\x04", b"BM"])
def test_what_only_claims_to_be_a_document_is_refused(editor, data):
    answer = attach(editor, data)
    assert "Choose a PDF, Word" in answer.text
    assert not Attachment.objects.exists()


@pytest.mark.slow
def test_a_file_that_is_too_large_is_refused(editor, monkeypatch):
    monkeypatch.setattr("statements.admin.forms.ATTACHMENT_LIMIT", 10)
    assert "larger than 10" in attach(editor, PDF).text


@pytest.mark.slow
@pytest.mark.parametrize("name", ["statements_statement", "signatories_signature"])
def test_lists_take_the_same_queries_at_any_length(editor, name):
    def ask(rows):
        answer = editor.get(reverse(f"admin:{name}_changelist"))
        assert len(answer.context["cl"].result_list) == rows

    assert_flat_queries(lambda number: make_signature(make_edition(f"Statement {number}")), ask)


@pytest.mark.medium
@pytest.mark.parametrize(
    "permissions",
    [
        ["view_statement"],
        ["view_statement", "change_statement"],
        ["view_statement", "view_statementtext"],
    ],
)
def test_the_screen_opens_for_whoever_may_only_look(client, permissions):
    user = make_user(is_superuser=False)
    granted = ["view_statement", "edit_any_statement", *permissions]
    user.user_permissions.set(Permission.objects.filter(codename__in=granted))
    client.force_login(user)
    assert client.get(change_url(make_draft())).status_code == 200


@pytest.mark.slow
def test_a_published_statement_keeps_the_moment_it_goes_public(editor):
    statement = make_edition(publish_at=timezone.now() + timedelta(days=1)).statement
    text = statement.texts.get()
    data = form_data(**{
        "texts-INITIAL_FORMS": 1, "texts-0-id": text.pk, "texts-0-statement": statement.pk,
    })  # fmt: skip
    assert "say at which moment" in editor.post(screen_url(statement, "dates"), data).text


@pytest.mark.medium
def test_whoever_may_only_look_reads_words_and_no_html(client):
    user = make_user(is_superuser=False)
    granted = ["view_statement", "edit_any_statement", "view_statementtext"]
    user.user_permissions.set(Permission.objects.filter(codename__in=granted))
    client.force_login(user)
    page = client.get(change_url(make_draft(body="<p>Pupils <em>learn</em> there.</p>"))).text
    assert "<p>Pupils <em>learn</em> there.</p>" in page
    assert "&lt;p&gt;" not in page
