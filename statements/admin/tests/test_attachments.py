"""Attachments: known by their content, pictures freed of what cameras write, public when it is."""

import io

import pillow_heif
import pytest
from django.contrib import admin
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.db.models import FileField
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from PIL import Image

from casa.lib.media import uploads
from casa.lib.media.tests.test_rewriter import headed
from signatories.signing.antispam import rate_limits
from statements import lifecycle
from statements.admin.files import staff_url
from statements.admin.forms import AttachmentFileInput
from statements.models import Attachment, Rendition, Statement
from statements.testing import make_draft, make_user, screen_data, screen_url

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.page]

pillow_heif.register_heif_opener()

SECRET = "Taken at 40.4093, 49.8671"


def photo(width=900, height=600, name="JPEG"):
    exif = Image.Exif()
    exif[0x010E] = SECRET
    file = io.BytesIO()
    Image.new("RGB", (width, height), "red").save(file, name, exif=exif.tobytes())
    assert SECRET.encode() in file.getvalue()
    return file.getvalue()


@pytest.fixture
def draft():
    return make_draft()


@pytest.fixture
def editor(client):
    client.force_login(make_user())
    return client


def row(draft, data=None, name="photo.jpg", **fields):
    made = {"position": 1, "title": "The bridge", "alt_text": "A broken bridge", **fields}
    if data:
        made["file"] = SimpleUploadedFile(name, data, content_type="image/jpeg")
    data = {f"attachments-0-{key}": value for key, value in made.items()}
    existing = int("id" in made)
    data |= {"attachments-TOTAL_FORMS": 1, "attachments-INITIAL_FORMS": existing}
    return data | {"attachments-0-statement": draft.pk}


def attach(editor, draft, *args, **fields):
    draft.refresh_from_db()
    url = screen_url(draft, "files")
    return editor.post(url, screen_data(draft, **row(draft, *args, **fields)))


def test_a_picture_is_kept_without_what_the_camera_wrote(editor, draft):
    assert attach(editor, draft, photo()).status_code == 302
    found = Attachment.objects.get()
    assert (found.content_type, found.width, found.height) == ("image/jpeg", 900, 600)
    for file in (found.file, *(one.file for one in found.renditions.all())):
        with file.open() as stored:
            assert SECRET.encode() not in stored.read()
    sizes = found.renditions.values_list("content_type", "width", "height")
    assert sorted(sizes) == [
        ("image/jpeg", 640, 427), ("image/jpeg", 900, 600),
        ("image/webp", 640, 427), ("image/webp", 900, 600),
    ]  # fmt: skip


def test_a_picture_needs_a_description(editor, draft):
    answer = attach(editor, draft, photo(), alt_text=" ")
    assert "Say what the picture shows" in answer.text
    assert not Attachment.objects.exists()


def test_another_picture_replaces_the_smaller_copies(editor, draft):
    attach(editor, draft, photo())
    old = set(Rendition.objects.values_list("pk", flat=True))
    pk = Attachment.objects.get().pk
    assert attach(editor, draft, photo(200, 100), id=pk).status_code == 302
    assert {one.width for one in Rendition.objects.all()} == {200}
    assert not old & set(Rendition.objects.values_list("pk", flat=True))


def test_another_title_leaves_the_copies_alone(editor, draft):
    attach(editor, draft, photo())
    before = list(Rendition.objects.values("pk", "file"))
    attach(editor, draft, id=Attachment.objects.get().pk, title="Another")
    assert Attachment.objects.get().title == "Another"
    assert list(Rendition.objects.values("pk", "file")) == before


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'/>", "Save it as PNG"),
        (b"<svg onload=alert(1)>", "Save it as PNG"),
        (photo()[:2000], "This picture is damaged"),
        (b"\x89PNG\r\n\x1a\nnothing", "This picture is damaged"),
        (b"nothing", "Choose a PDF"),
        (photo(1, 900), "1 × 900 pixels"),
    ],
)
def test_what_is_no_good_picture_is_refused_with_a_sentence(editor, draft, data, sentence):
    assert sentence in attach(editor, draft, data).text
    assert not Attachment.objects.exists()


def test_a_picture_of_too_many_pixels_is_refused(editor, draft):
    answer = attach(editor, draft, headed(15_000, 12_000).getvalue())
    assert "This picture has 180 million pixels. Of this kind, at most 39 million" in answer.text


def test_what_telephones_make_is_taken(editor, draft):
    assert attach(editor, draft, photo(name="HEIF"), "IMG_0001.HEIC").status_code == 302
    found = Attachment.objects.get()
    assert (found.filename, found.content_type) == ("IMG_0001.jpg", "image/jpeg")
    assert found.renditions.count() == 4


def test_a_picture_is_read_when_all_else_is_right(editor, draft):
    """Else a damaged one would be called so, which nobody knows without reading it."""
    answer = attach(editor, draft, photo()[:2000], alt_text=" ", title="")
    assert "Say what the picture shows" in answer.text
    assert "damaged" not in answer.text
    url = screen_url(draft, "files")
    data = screen_data(draft, **row(draft, photo()[:2000]))
    data |= {"attachments-TOTAL_FORMS": 2, "attachments-1-title": "A file is missing"}
    assert "damaged" not in editor.post(url, data).text


def test_no_lock_of_the_database_is_held_while_a_picture_is_read(editor, draft):
    """Its first rows are stored when a later one is refused, as they were, and in one go."""
    seen = []
    with_transaction = uploads.allows[:]
    depth = len(connection.savepoint_ids)
    try:
        uploads.allows.append(lambda request: not seen.append(len(connection.savepoint_ids)))
        assert attach(editor, draft, photo()).status_code == 302
    finally:
        uploads.allows[:] = with_transaction
    assert seen == [depth]
    assert Attachment.objects.count() == 1


def test_uploads_are_counted_by_network(editor, draft, settings, monkeypatch):
    settings.SIGN_LIMITS = True
    one = rate_limits.Limit(rate_limits.DAY, client=1, subnet=9)
    monkeypatch.setitem(rate_limits.LIMITS, "staff_picture", (one,))
    assert attach(editor, draft, photo()).status_code == 302
    answer = attach(editor, draft, photo())
    assert "Many pictures came from your network" in answer.text
    assert Attachment.objects.count() == 1


def test_eleven_at_once_are_one_too_many(editor, draft):
    data = screen_data(draft, **{"attachments-TOTAL_FORMS": 11, "attachments-INITIAL_FORMS": 0})
    for number in range(11):
        fields = {"title": "A", "alt_text": "A", "position": 1, "statement": draft.pk}
        data |= {f"attachments-{number}-{key}": value for key, value in fields.items()}
        file = SimpleUploadedFile("a.jpg", photo(20, 10))
        data[f"attachments-{number}-file"] = file
    url = screen_url(draft, "files")
    assert editor.post(url, data).text.count("At most 10 pictures at once") == 1
    assert not Attachment.objects.exists()


@pytest.mark.parametrize(
    ("name", "stem"), [("sheet.exe", "sheet"), ("../../etc/pass wd", "pass_wd"), (".pdf", "pdf")]
)
def test_a_file_is_named_by_what_it_is(editor, draft, name, stem):
    assert attach(editor, draft, b"%PDF-1.7\n%%EOF", name).status_code == 302
    assert Attachment.objects.get().filename.startswith(stem)
    assert Attachment.objects.get().filename.endswith(".pdf")


def test_a_file_is_one_line_that_shows_what_it_is_and_opens_it(editor, draft):
    """A draft's too: its public address leads nowhere yet."""
    attach(editor, draft, photo())
    page = editor.get(screen_url(draft, "files")).text
    found = Attachment.objects.get()
    address = staff_url(found)
    assert page.count(f'href="{address}"') == 2  # its line, and “Currently”
    assert f'src="{address}thumbnail/"' in page
    assert f"JPG, {filesizeformat(found.size)}, 900 × 600" in page
    assert found.sha256 not in page
    assert found.get_absolute_url() not in page
    with found.file.open() as stored:
        assert editor.get(address).getvalue() == stored.read()
    assert Image.open(io.BytesIO(editor.get(f"{address}thumbnail/").getvalue())).width == 640
    lifecycle.publish(draft, by=None)
    assert found.get_absolute_url() in editor.get(screen_url(draft, "files")).text


def test_no_screen_links_to_where_files_are_stored():
    """Nothing serves MEDIA_URL, so Django's own link to a file would lead nowhere."""
    screens = list(admin.site._registry.values())
    for screen in admin.site._registry.values():
        screens += [inline(screen.model, admin.site) for inline in screen.inlines]
    widgets = [
        screen.formfield_for_dbfield(field, request=None).widget
        for screen in screens
        for field in screen.model._meta.get_fields()
        if isinstance(field, FileField)
    ]
    assert widgets
    assert all(isinstance(widget, AttachmentFileInput) for widget in widgets)


def test_files_are_put_in_order_and_removed_by_fields_alone(editor, client, draft):
    """As without a script."""
    rows = {}
    for number, title in enumerate(["First", "Second", "Third"]):
        row = {"title": title, "position": number, "statement": draft.pk, "alt_text": ""}
        row["file"] = SimpleUploadedFile(f"{title}.txt", title.encode())
        rows |= {f"attachments-{number}-{key}": value for key, value in row.items()}
    count = {"attachments-TOTAL_FORMS": 3, "attachments-INITIAL_FORMS": 0}
    url = screen_url(draft, "files")
    assert editor.post(url, screen_data(draft, **rows, **count)).status_code == 302
    changed = {}
    for number, one in enumerate(Attachment.objects.order_by("position")):
        row = {"id": one.pk, "title": one.title, "statement": draft.pk, "alt_text": ""}
        row["position"] = [7, 2, 1][number]
        row |= {"DELETE": "on"} if one.title == "Second" else {}
        changed |= {f"attachments-{number}-{key}": value for key, value in row.items()}
    count["attachments-INITIAL_FORMS"] = 3
    draft.refresh_from_db()
    assert editor.post(url, screen_data(draft, **changed, **count)).status_code == 302
    lifecycle.publish(draft, by=None)
    page = client.get(draft.get_absolute_url()).text
    assert page.index(">Third<") < page.index(">First<")
    assert ">Second<" not in page


def picture_urls(statement):
    return [
        reverse("statements:picture", args=[statement.slug, one.pk, one.filename])
        for one in Rendition.objects.all()
    ]


def test_pictures_are_shown_with_their_description_once_it_is_public(editor, client, draft):
    attach(editor, draft, photo())
    urls = picture_urls(draft)
    assert [client.get(url).status_code for url in urls] == [404] * 4
    lifecycle.publish(draft, by=None)
    page = client.get(draft.get_absolute_url()).text
    assert 'alt="A broken bridge"' in page
    for url in urls:
        assert url in page
        answer = client.get(url)
        assert Image.open(io.BytesIO(answer.getvalue())).width in (640, 900)
        assert answer["Content-Type"] in ("image/webp", "image/jpeg")
        assert answer["Cache-Control"].startswith("public")
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert client.get(f"{url}x").status_code == 404
    lifecycle.withdraw(draft, by=None)
    assert [client.get(url).status_code for url in urls] == [404] * 4


def test_a_picture_is_served_under_its_own_statement_only(editor, client, draft):
    attach(editor, draft, photo())
    lifecycle.publish(draft, by=None)
    url = picture_urls(draft)[0]
    other = lifecycle.publish(make_draft("Other"), by=None)[0].statement
    assert client.get(url.replace(draft.slug, other.slug)).status_code == 404
    assert Statement.objects.count() == 2


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("Costs.CSV", b"town,cost\nAldermouth,5", "text/csv; charset=utf-8"),
        ("notes.txt", "Şənbə <script>x()</script>".encode(), "text/plain; charset=utf-8"),
    ],
)
def test_texts_and_tables_are_downloads_that_nothing_runs(  # noqa: PLR0917
    editor, client, draft, name, content, kind
):
    assert attach(editor, draft, content, name).status_code == 302
    lifecycle.publish(draft, by=None)
    answer = client.get(Attachment.objects.get().get_absolute_url())
    assert answer.getvalue() == content
    assert answer["Content-Type"] == kind
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Disposition"].startswith('attachment; filename="The bridge.')


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("costs.csv", b"a\n=cmd|x", "Line 2 has a cell that begins with"),
        ("page.html", b"<script>x()</script>", "Choose a PDF, Word, Excel"),
        ("list.txt", b"\xe9t\xe9", "The text is not in UTF-8"),
        ("picture.txt", b"<svg onload='x()'/>", "An SVG file can hold programs"),
    ],
)
def test_what_may_run_or_be_read_wrongly_is_refused_in_a_sentence(
    editor, draft, name, content, sentence
):
    text = attach(editor, draft, content, name).text
    assert f"{name}: {sentence}" in text
    assert "No files yet" not in text
    assert not Attachment.objects.exists()
