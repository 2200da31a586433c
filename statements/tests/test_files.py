"""A file has one address for good, staff open those of drafts, and old ones stay in the history."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils import timezone

from casa.accounts.testing import make_staff
from casa.tests.test_role_matrix import AUTHOR, EDITOR, make
from statements import lifecycle
from statements.models import Attachment, Rendition
from statements.testing import make_draft, make_edition, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def attach(statement, content=b"%PDF-1", name="sheet.pdf", **fields):
    made = {"title": "Fact sheet", "content_type": "application/pdf", "sha256": "a" * 64, **fields}
    file = ContentFile(content, name=name)
    return Attachment.objects.create(statement=statement, file=file, size=len(content), **made)


def put_another(attachment, content=b"%PDF-2", name="other.pdf"):
    attachment.file, attachment.sha256 = ContentFile(content, name=name), "b" * 64
    attachment.save()


def content_of(answer):
    return b"".join(answer.streaming_content)


def staff_url(attachment):
    return reverse("admin:statements_statement_file", args=[attachment.statement_id, attachment.pk])


def test_the_address_stays_when_file_title_and_type_change(client):
    attachment = attach(make_edition().statement)
    address = attachment.get_absolute_url()
    assert content_of(client.get(address)) == b"%PDF-1"
    put_another(attachment)
    attachment.title = "The sheet, corrected"
    attachment.save()
    assert attachment.get_absolute_url() == address
    assert content_of(client.get(address)) == b"%PDF-2"
    assert "sheet" not in address


def test_an_address_with_a_name_leads_on_for_good(client):
    attachment = attach(make_edition().statement)
    old = f"/statements/{attachment.statement.slug}/attachments/{attachment.pk}/sheet.pdf"
    put_another(attachment)
    answer = client.get(old)
    assert (answer.status_code, answer["Location"]) == (301, attachment.get_absolute_url())
    lifecycle.withdraw(attachment.statement, by=None)
    assert client.get(old).status_code == 404


def test_it_is_a_download_called_by_its_title_that_cannot_run(client):
    attachment = attach(make_edition().statement, title="Fact sheet: 5/12 <b>\nəlavə")
    answer = client.get(attachment.get_absolute_url())
    assert answer["Content-Disposition"] == (
        "attachment; filename*=utf-8''Fact%20sheet%205%2012%20b%20%C9%99lav%C9%99.pdf"
    )
    assert content_of(answer)
    assert answer["Content-Type"] == "application/pdf"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"].startswith("public")
    assert client.get(attachment.get_absolute_url() + "x").status_code == 404


@pytest.mark.parametrize(
    ("title", "name"),
    [("Fact sheet", "Fact sheet.pdf"), ("sheet.pdf", "sheet.pdf"), ("../..", "file.pdf"),
     ("…" * 200, "…" * 80 + ".pdf"), (" . ", "file.pdf"), ("C:\\a", "C a.pdf")],
)  # fmt: skip
def test_a_title_becomes_the_name_of_a_file(title, name):
    assert Attachment.download_name(Attachment(title=title, file="x/1.pdf")) == name


def test_who_has_this_very_file_gets_it_once(client):
    attachment = attach(make_edition().statement)
    first = client.get(attachment.get_absolute_url())
    etag, _content = first["ETag"], content_of(first)
    again = client.get(attachment.get_absolute_url(), headers={"If-None-Match": etag})
    assert again.status_code == 304
    put_another(attachment)
    changed = client.get(attachment.get_absolute_url(), headers={"If-None-Match": etag})
    assert content_of(changed) == b"%PDF-2"


def embargo(statement):
    statement.publish_at = timezone.now() + timedelta(hours=1)
    statement.save()
    lifecycle.publish(statement, by=None)


def withdraw(statement):
    lifecycle.publish(statement, by=None)
    lifecycle.withdraw(statement, by=None)


@pytest.mark.medium
@pytest.mark.parametrize("step", [lambda draft: None, embargo, withdraw])
def test_staff_open_what_visitors_may_not(client, step):
    draft = make_draft(by=make_staff("writes@example.org"))
    attachment = attach(draft)
    step(draft)
    assert client.get(attachment.get_absolute_url()).status_code == 404
    assert client.get(staff_url(attachment)).status_code == 302  # to the sign-in page
    client.force_login(make(EDITOR))
    assert client.get(attachment.get_absolute_url()).status_code == 404
    answer = client.get(staff_url(attachment))
    assert content_of(answer) == b"%PDF-1"
    assert "no-store" in answer["Cache-Control"]
    assert answer["Content-Disposition"].startswith("attachment;")


@pytest.mark.medium
def test_a_colleague_who_may_not_see_the_draft_opens_no_file_of_it(client):
    attachment = attach(make_draft(by=make_staff("writes@example.org")))
    client.force_login(make(AUTHOR))
    assert client.get(staff_url(attachment)).status_code == 403


@pytest.mark.medium
def test_a_file_is_opened_under_its_own_statement_alone(client):
    attachment, other = attach(make_draft()), make_draft("Another one")
    client.force_login(make_user())
    for name in ("file", "thumbnail"):
        url = reverse(f"admin:statements_statement_{name}", args=[other.pk, attachment.pk])
        assert client.get(url).status_code == 404
    record = Attachment.history.get().history_id
    url = reverse("admin:statements_statement_old_file", args=[other.pk, record])
    assert client.get(url).status_code == 404


def test_a_file_that_the_storage_lost_is_not_found(client):
    attachment = attach(make_edition().statement)
    default_storage.delete(attachment.file.name)
    assert client.get(attachment.get_absolute_url()).status_code == 404


def old_files(client, statement):
    page = client.get(reverse("admin:statements_statement_history", args=[statement.pk])).text
    records = [one.history_id for one in Attachment.history.order_by("history_id")]
    urls = [
        reverse("admin:statements_statement_old_file", args=[statement.pk, one]) for one in records
    ]
    return [url for url in urls if f'href="{url}"' in page]


@pytest.mark.medium
def test_what_was_replaced_or_removed_is_downloaded_from_the_history(client):
    statement = make_edition().statement
    attachment = attach(statement)
    put_another(attachment)
    attachment.title = "Another title"
    attachment.save()
    attachment.delete()
    client.force_login(make_user())
    found = old_files(client, statement)
    assert [content_of(client.get(url)) for url in found] == [b"%PDF-1", b"%PDF-2"]
    client.force_login(make("Moderator"))
    assert [client.get(url).status_code for url in found] == [403, 403]


@pytest.mark.medium
def test_a_deleted_draft_takes_its_files_with_it(django_capture_on_commit_callbacks):
    kept, draft = attach(make_draft("Kept")), make_draft()
    attachment = attach(draft)
    first = attachment.file.name
    put_another(attachment)
    Rendition.objects.create(
        attachment=attachment, width=1, height=1, content_type="image/jpeg",
        file=ContentFile(b"picture", name="1-640.jpg"),
    )  # fmt: skip
    names = [first, attachment.file.name, Rendition.objects.get().file.name]
    assert all(map(default_storage.exists, names))
    with django_capture_on_commit_callbacks(execute=True):
        draft.delete()
    assert not any(map(default_storage.exists, names))
    assert default_storage.exists(kept.file.name)
