"""Files that were chosen stay while something else in the form is put right."""

import io
import re
from datetime import timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from casa.accounts.testing import make_staff, sign_in
from casa.lib import tasks
from casa.unsaved import holding, kept_files, opened
from casa.unsaved.models import UnsavedFile
from casa.unsaved.testing import form_of
from signatories.testing import make_organization
from statements.models import Attachment
from statements.testing import make_draft, opened_with, screen_data, screen_url

pytestmark = [pytest.mark.django_db, pytest.mark.page]

PDF = b"%PDF-1.7 a fact sheet"


@pytest.fixture(autouse=True)
def media(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def user():
    return make_staff(is_superuser=True)


@pytest.fixture
def draft(user):
    return make_draft(by=user)


def sheet(data=PDF, name="fact-sheet.pdf"):
    return SimpleUploadedFile(name, data, content_type="application/pdf")


def picture():
    file = io.BytesIO()
    Image.new("RGB", (300, 200), "red").save(file, "PNG")
    return sheet(file.getvalue(), "bridge.png")


def send(client, draft, file=None, **fields):
    draft.refresh_from_db()
    made = {"position": 1, "title": "Facts", "statement": draft.pk, "alt_text": "A bridge"}
    made |= {"file": file} if file else {}
    data = {f"attachments-0-{name}": value for name, value in {**made, **fields}.items()}
    data |= {"attachments-TOTAL_FORMS": 1, "attachments-INITIAL_FORMS": 0}
    url = screen_url(draft, "files")
    return client.post(url, {**screen_data(draft, **data)})


def secret_in(page):
    [found] = re.findall(r'name="_kept-attachments-0-file" value="([\w-]+)"', page)
    return found


def stored():
    return [file for file in Path(settings.MEDIA_ROOT, "unsaved").glob("*") if file.is_file()]


@pytest.mark.medium
@pytest.mark.parametrize("make", [sheet, picture])
def test_a_file_is_kept_while_something_else_is_put_right(
    client, user, draft, make, django_capture_on_commit_callbacks
):
    client.force_login(user)
    file = make()
    answer = send(client, draft, file, title="")  # a title is missing
    assert answer.status_code == 200
    assert f"{file.name} is kept. Choose another to replace it." in answer.text
    secret = secret_in(answer.text)
    again = send(client, draft, title="")
    assert "is kept. Choose" not in again.text  # nothing was sent along
    with django_capture_on_commit_callbacks(execute=True):
        done = send_kept(client, draft, secret)
    assert done.status_code == 302
    assert Attachment.objects.get().title == "Facts"
    assert Attachment.objects.get().size > 10
    assert not UnsavedFile.objects.exists()
    assert not stored()


def send_kept(client, draft, secret, **fields):
    draft.refresh_from_db()
    data = {
        "attachments-0-position": 1, "attachments-0-title": "Facts",
        "attachments-0-statement": draft.pk, "attachments-0-alt_text": "A bridge",
        "attachments-TOTAL_FORMS": 1, "attachments-INITIAL_FORMS": 0,
        "_kept-attachments-0-file": secret, **fields,
    }  # fmt: skip
    url = screen_url(draft, "files")
    return client.post(url, screen_data(draft, **data))


@pytest.mark.medium
def test_it_stays_over_several_errors_and_is_one_file(client, user, draft):
    client.force_login(user)
    secret = secret_in(send(client, draft, sheet(), title="").text)
    again = send_kept(client, draft, secret, **{"attachments-0-title": ""})
    assert secret_in(again.text) == secret
    assert UnsavedFile.objects.count() == 1


@pytest.mark.medium
def test_another_file_takes_its_place(client, user, draft):
    client.force_login(user)
    secret = secret_in(send(client, draft, sheet(), title="").text)
    other = sheet(PDF + b", another", "other.pdf")
    answer = send_kept(client, draft, secret, **{"attachments-0-file": other})
    assert answer.status_code == 302
    assert Attachment.objects.get().size == len(PDF + b", another")
    assert not UnsavedFile.objects.exists()


@pytest.mark.medium
def test_a_logo_stays_while_the_name_is_put_right(client, user):
    client.force_login(user)
    url = reverse("admin:signatories_organization_change", args=[make_organization().pk])
    answer = client.post(url, form_of(client, url, name="", new_logo=picture()))
    assert answer.status_code == 200
    assert "bridge.png is kept" in answer.text
    assert 'name="_kept-new_logo"' in answer.text


@pytest.mark.medium
def test_it_stays_on_the_screen_that_asks_about_a_conflict(client, user, draft):
    """Beside its row, which has another number there: a colleague added one meanwhile."""
    client.force_login(user)
    file = ContentFile(PDF, "old.pdf")
    old = Attachment.objects.create(
        statement=draft, title="Old", content_type="application/pdf", size=9, sha256="0" * 64,
        file=file,
    )  # fmt: skip
    opened_then = opened_with(draft)
    Attachment.objects.filter(pk=old.pk).update(title="Changed by a colleague")
    Attachment.objects.create(
        statement=draft, title="Added", content_type="application/pdf", size=9, sha256="0" * 64,
        file=ContentFile(PDF, "added.pdf"),
    )  # fmt: skip
    data = {
        "attachments-TOTAL_FORMS": 2, "attachments-INITIAL_FORMS": 1,
        "attachments-0-id": old.pk, "attachments-0-title": "Changed by me",
        "attachments-0-statement": draft.pk, "attachments-0-position": 1,
        "attachments-1-title": "Facts", "attachments-1-file": sheet(), "attachments-1-id": "",
        "attachments-1-statement": draft.pk, "attachments-1-position": 2,
    }  # fmt: skip
    answer = client.post(screen_url(draft, "files"), {**screen_data(draft), **data, **opened_then})
    assert answer.status_code == 200
    assert "what stays?" in answer.text
    assert 'name="_kept-attachments-2-file"' in answer.text


@pytest.mark.medium
def test_what_is_refused_itself_is_not_kept(client, user, draft):
    client.force_login(user)
    answer = send(client, draft, sheet(b"nothing of the kind"), title="")
    assert "Choose a PDF" in answer.text
    assert "is kept. Choose" not in answer.text
    assert not UnsavedFile.objects.exists()


@pytest.mark.medium
@pytest.mark.parametrize("screen", ["importbatch_release", "importbatch_new"])
def test_what_cannot_be_read_is_not_offered_again_on_a_screen_of_our_own(client, user, screen):
    client.force_login(user)
    url = reverse(f"admin:signatories_{screen}")
    unreadable = {"file": sheet(b"", "list.xlsx"), "consent": "mail", "language": "en"}
    answer = client.post(url, unreadable)
    assert answer.status_code == 422
    assert "list.xlsx is kept" not in answer.text
    assert not stored()


@pytest.mark.medium
def test_it_outlives_the_session(client, user, draft):
    sign_in(client)
    url = screen_url(draft, "files")
    token = form_of(client, url)[opened.FIELD]
    client.cookies.pop("sessionid")
    answer = send(client, draft, sheet(PDF + b"x" * 100_000))
    assert answer.status_code == 302
    assert not UnsavedFile.objects.exists()  # nobody knows whose it is
    data = {
        "attachments-0-title": "Facts", "attachments-0-position": 1,
        "attachments-0-file": sheet(PDF + b"x" * 100_000), "attachments-0-statement": draft.pk,
        "attachments-TOTAL_FORMS": 1, "attachments-INITIAL_FORMS": 0, opened.FIELD: token,
    }  # fmt: skip
    answer = client.post(url, screen_data(draft, **data))
    target = parse_qs(urlsplit(answer.url).query)["next"][0]
    sign_in(client)
    page = client.get(target).text
    assert "fact-sheet.pdf is kept" in page
    assert secret_in(page)


def test_nobody_else_gets_it(client, user, draft):
    kept = kept_files.keep(sheet(), user=user.pk)
    with kept_files.find(kept.secret, user=user.pk) as file:
        assert file.read() == PDF
    assert kept_files.find(kept.secret, user=make_staff("other@example.org").pk) is None
    assert kept_files.find(kept.secret) is None
    assert kept_files.find("x", user=user.pk) is None


def test_there_is_an_end_to_room_and_time(user, monkeypatch):
    monkeypatch.setattr(kept_files, "MOST_BYTES", {True: 2 * len(PDF)})
    made = [kept_files.keep(sheet(), user=user.pk) for _number in range(3)]
    assert [one is not None for one in made] == [True, True, False]
    UnsavedFile.objects.update(ends_at=timezone.now() - timedelta(seconds=1))
    assert kept_files.find(made[0].secret, user=user.pk) is None


def test_the_purge_takes_the_file_along(user, django_capture_on_commit_callbacks):
    kept_files.keep(sheet(), user=user.pk)
    assert stored()
    UnsavedFile.objects.update(ends_at=timezone.now() - timedelta(seconds=1))
    with django_capture_on_commit_callbacks(execute=True):
        assert tasks.run("forget-unsaved-files") == 1
    assert not stored()


def test_neither_database_nor_folder_tells_its_name(user):
    kept_files.keep(sheet(name="zanzibarium.pdf"), user=user.pk)
    row = UnsavedFile.objects.values().get()
    assert "zanzibarium" not in repr(row)
    assert "zanzibarium" not in repr(stored())


@pytest.mark.medium
def test_no_address_leads_to_it(client, user):
    kept_files.keep(sheet(), user=user.pk)
    client.force_login(user)
    name = UnsavedFile.objects.get().file.name
    for url in (f"/media/{name}", f"/{name}", f"/admin/{name}"):
        assert client.get(url).status_code == 404


def test_discarding_takes_the_files_along(user):
    kept = kept_files.keep(sheet(), user=user.pk)
    row = holding.hold(
        user.pk, "/admin/x/", [("title", "Words")], "csrf", files={"file": kept.secret}
    )
    holding.forget(user.pk, [str(row.key)])
    assert not UnsavedFile.objects.exists()


@pytest.mark.medium
def test_a_large_form_is_kept_of_a_browser_that_staff_used(client, user, draft, settings):
    settings.SIGN_LIMITS = True
    url = screen_url(draft)
    sign_in(client)
    token = {opened.FIELD: form_of(client, url)[opened.FIELD]}
    client.cookies.pop("sessionid")
    words = {"texts-0-body": "<p>" + "word " * 30_000 + "</p>"}
    assert client.post(url, {**token, **words}).status_code == 302
    assert len(holding.all_of(user.pk)) == 1
    client.cookies.clear()
    assert client.post(url, {**token, **words}).status_code == 413
