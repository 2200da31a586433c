"""The lead picture on its screen: what is taken, how it is cut, and what its history says."""

import io
import random
import struct
import zlib

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from casa.lib.media.images import JPEG, WEBP
from casa.office.history.statement import history_of
from casa.tests.test_role_matrix import AUTHOR, make
from statements import lead_pictures, lifecycle
from statements.models import LeadPicture, Statement
from statements.testing import (
    make_draft,
    make_edition,
    make_lead_picture,
    make_user,
    screen_data,
    screen_url,
)

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.page]

SECRET = "Taken at 40.4093, 49.8671"


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def editor(client):
    client.force_login(make_user())
    return client


def halves(width=1600, height=1200, name="JPEG", mode="RGB", **options):
    """Red on the left, blue on the right."""
    image = Image.new("RGB", (width, height), "red")
    image.paste("blue", (width // 2, 0, width, height))
    file = io.BytesIO()
    image.convert(mode).save(file, name, **options)
    return file.getvalue()


def fields(data=None, name="photo.jpg", **more):
    made = {"alt_text": "A door", "focus_x": 50, "focus_y": 50, **more}
    if data is not None:
        made["file"] = SimpleUploadedFile(name, data, content_type="image/jpeg")
    return made


def send(client, statement, data=None, name="photo.jpg", **more):
    statement.refresh_from_db()
    picture = LeadPicture.objects.filter(statement=statement).first()
    made = fields(data, name, **more)
    if picture:
        made = {
            "id": picture.pk, "credit": picture.credit,
            **({"is_decorative": "on"} if picture.is_decorative else {}), **made,
        }  # fmt: skip
    posted = {f"lead_picture-0-{key}": value for key, value in made.items()}
    posted |= {
        "lead_picture-0-statement": statement.pk, "lead_picture-TOTAL_FORMS": 1,
        "lead_picture-INITIAL_FORMS": int(picture is not None),
    }  # fmt: skip
    return client.post(screen_url(statement, "files"), screen_data(statement, **posted))


def pixels(size, statement):
    path = f"lead-pictures/{statement.pk}/{size.filename}"
    with default_storage.open(path) as file:
        return Image.open(io.BytesIO(file.read())).convert("RGB")


def test_a_picture_is_cut_into_its_sizes(editor):
    draft = make_draft()
    exif = Image.Exif()
    exif[0x010E] = SECRET
    assert send(editor, draft, halves(exif=exif.tobytes())).status_code == 302
    picture = LeadPicture.objects.get()
    assert [(one.width, one.height) for one in picture.sizes_of(WEBP)] == [
        (320, 180), (480, 270), (720, 405), (1080, 608), (1600, 900),
    ]  # fmt: skip
    assert (picture.shown.width, picture.shown.height) == lead_pictures.SHOWN
    beside = picture.beside_words
    assert (beside.content_type, beside.width, beside.height) == (JPEG, 480, 612)
    for size in picture.all_sizes():
        with default_storage.open(f"lead-pictures/{draft.pk}/{size.filename}") as file:
            assert SECRET.encode() not in file.read()
    with picture.file.open() as file:
        assert SECRET.encode() not in file.read()


def test_another_point_cuts_it_anew_under_another_name(editor, django_capture_on_commit_callbacks):
    draft = make_draft()
    send(editor, draft, halves(), focus_x=0)
    before = LeadPicture.objects.get()
    assert pixels(before.beside_words, draft).getpixel((300, 300))[0] > 200
    with django_capture_on_commit_callbacks(execute=True):
        assert send(editor, draft, focus_x=100).status_code == 302
    after = LeadPicture.objects.get()
    assert (after.focus_x, after.file.name, after.sha256) == (100, before.file.name, before.sha256)
    assert pixels(after.beside_words, draft).getpixel((300, 300))[2] > 200
    gone = {one.filename for one in before.all_sizes()}
    assert not gone & {one.filename for one in after.all_sizes()}
    assert not any(default_storage.exists(f"lead-pictures/{draft.pk}/{one}") for one in gone)
    said = [part.name for entry in history_of(draft) for part in entry.parts]
    assert said.count("Lead picture") == 1
    assert "Lead picture: added" in said


def test_the_whole_that_was_replaced_stays_in_the_history(editor):
    draft = make_draft()
    send(editor, draft, halves())
    send(editor, draft, halves(1200, 800))
    [url] = [part.file_url for entry in history_of(draft) for part in entry.parts if part.file_url]
    answer = editor.get(url)
    assert Image.open(io.BytesIO(b"".join(answer.streaming_content))).size == (1600, 1200)


def test_a_removed_picture_takes_its_sizes_with_it(editor, django_capture_on_commit_callbacks):
    draft = make_draft()
    send(editor, draft, halves())
    sizes = list(LeadPicture.objects.get().all_sizes())
    with django_capture_on_commit_callbacks(execute=True):
        send(editor, draft, DELETE="on")
    assert not LeadPicture.objects.exists()
    paths = [f"lead-pictures/{draft.pk}/{one.filename}" for one in sizes]
    assert not any(default_storage.exists(path) for path in paths)
    folder = f"lead-pictures/{draft.pk}"
    assert len(default_storage.listdir(folder)[1]) == 1  # the whole, for the history
    with django_capture_on_commit_callbacks(execute=True):
        draft.delete()
    assert default_storage.listdir(folder) == ([], [])


@pytest.mark.parametrize(
    ("data", "name", "sentence"),
    [
        (halves(1, 1), "a.jpg", "has to be at least 640 wide and 360 high"),
        (halves(639, 800), "a.jpg", "has to be at least 640 wide and 360 high"),
        (halves(20_000, 10), "a.jpg", "no side may be more than 20 times as long"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "a.jpg", "An SVG file can hold programs"),
        (b"%PDF-1.7", "a.jpg", "This is no picture"),
        (b"", "a.jpg", "empty"),
        (halves()[:3000], "a.jpg", "damaged"),
        (b"\x89PNG\r\n\x1a\nnothing", "a.png", "damaged"),
    ],
)
def test_what_is_no_fit_picture_is_refused_beside_its_field(editor, data, name, sentence):
    draft = make_draft()
    answer = send(editor, draft, data, name)
    assert answer.status_code == 200
    assert sentence in answer.text
    assert "A door</textarea>" in answer.text
    assert not LeadPicture.objects.exists()


def bomb(width=19_000, height=19_000):
    """A PNG of a few hundred kilobytes that would take a gigabyte."""

    def chunk(kind, data):
        checked = kind + data
        return struct.pack(">I", len(data)) + checked + struct.pack(">I", zlib.crc32(checked))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = zlib.compress(bytes((width * 3 + 1) * 100)) * 2
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
    )


def test_a_bomb_is_refused_by_its_header(editor):
    answer = send(editor, make_draft(), bomb())
    assert "million pixels" in answer.text


def test_a_lying_name_and_what_hangs_behind_a_picture_do_no_harm(editor):
    draft = make_draft()
    polyglot = halves() + b"<script>alert(1)</script>%PDF-1.7"
    assert send(editor, draft, polyglot, "page.html").status_code == 302
    picture = LeadPicture.objects.get()
    assert picture.file.name.endswith(".jpg")
    with picture.file.open() as file:
        assert b"<script" not in file.read()


@pytest.mark.parametrize(
    "data",
    [
        halves(mode="CMYK"),
        halves(name="PNG", mode="RGBA"),
        halves(name="PNG", mode="P"),
        halves(name="PNG", mode="L"),
        halves(name="GIF", mode="P", save_all=True,
               append_images=[Image.new("P", (1600, 1200))] * 3),
        halves(name="WEBP", save_all=True, append_images=[Image.new("RGB", (1600, 1200))] * 3),
    ],
    ids=["cmyk", "rgba", "palette", "grey", "moving-gif", "moving-webp"],
)  # fmt: skip
def test_every_kind_of_picture_becomes_one_that_stands_still(editor, data):
    draft = make_draft()
    assert send(editor, draft, data).status_code == 302
    picture = LeadPicture.objects.get()
    with default_storage.open(f"lead-pictures/{draft.pk}/{picture.shown.filename}") as file:
        image = Image.open(file)
        assert (image.mode, getattr(image, "n_frames", 1)) == ("RGB", 1)


def test_what_was_held_sideways_stands_upright(editor):
    draft = make_draft()
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by a quarter
    send(editor, draft, halves(1600, 1200, exif=exif.tobytes()))
    picture = LeadPicture.objects.get()
    assert (picture.width, picture.height) == (1200, 1600)
    assert pixels(picture.shown, draft).getpixel((500, 5))[0] > 200


def test_sizes_keep_their_budget_whatever_the_picture(editor):
    noise = Image.frombytes("RGB", (1600, 1200), random.Random(1).randbytes(1600 * 1200 * 3))
    file = io.BytesIO()
    noise.save(file, "JPEG", quality=95)
    draft = make_draft()
    send(editor, draft, file.getvalue())
    picture = LeadPicture.objects.get()
    [phone] = [one for one in picture.sizes_of(WEBP) if one.width == 720]
    assert default_storage.size(f"lead-pictures/{draft.pk}/{phone.filename}") <= 120 * 1024


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"alt_text": ""}, "Say what the picture shows, or that it only decorates."),
        ({"alt_text": "x" * 5000}, "at most 300 characters (it has 5000)"),
        ({"focus_x": 101}, "less than or equal to 100"),
        ({"focus_y": -1}, "greater than or equal to 0"),
        ({"focus_x": "left"}, "whole number"),
        ({"credit": "x" * 201}, "at most 200 characters"),
    ],
)
def test_what_is_said_of_it_is_checked(editor, more, sentence):
    answer = send(editor, make_draft(), halves(), **more)
    assert answer.status_code == 200
    assert sentence in answer.text
    assert not LeadPicture.objects.exists()


def test_one_that_decorates_needs_no_words(editor):
    draft = make_draft()
    assert send(editor, draft, halves(), alt_text="", is_decorative="on").status_code == 302
    assert LeadPicture.objects.get().shown_alt == ""


def test_a_lost_file_is_asked_for_again(editor):
    draft = make_draft()
    send(editor, draft, halves())
    picture = LeadPicture.objects.get()
    default_storage.delete(picture.file.name)
    assert "The file of this picture is gone" in send(editor, draft, focus_x=10).text
    assert send(editor, draft, credit="Photo: Nora Lind").status_code == 302


def test_a_draft_shows_it_to_those_who_may_see_the_draft(client):
    picture = make_lead_picture(make_draft())
    statement = picture.statement
    urls = [
        reverse("admin:statements_statement_lead_picture", args=[statement.pk]),
        reverse(
            "admin:statements_statement_picture_size", args=[statement.pk, picture.shown.filename]
        ),
    ]
    client.force_login(make(AUTHOR))
    assert {client.get(url).status_code for url in urls} == {403}
    client.force_login(make_user())
    answers = [client.get(url) for url in urls]
    assert {(one.status_code, one["Content-Type"]) for one in answers} == {(200, JPEG)}
    assert all("no-store" in one["Cache-Control"] for one in answers)
    for one in answers:
        b"".join(one.streaming_content)  # closes the file
    page = reverse("admin:statements_statement_preview_page", args=[statement.pk, "en"])
    assert urls[1] in client.get(page).text


def test_an_author_gives_their_own_draft_a_picture(client):
    author = make(AUTHOR)
    client.force_login(author)
    draft = make_draft(by=author)
    assert send(client, draft, halves()).status_code == 302
    lifecycle.submit(draft, by=author)
    assert send(client, draft, DELETE="on").status_code in (302, 403, 409)
    assert LeadPicture.objects.exists()


def test_a_change_renews_the_page(editor):
    statement = make_edition().statement
    page = statement.get_absolute_url()
    assert "lead-picture" not in editor.get(page).text
    send(editor, statement, halves())
    assert LeadPicture.objects.get().shown.filename in editor.get(page).text
    moment = Statement.objects.get().changed_at
    send(editor, statement, credit="Photo: Nora Lind")
    assert Statement.objects.get().changed_at > moment
    assert "Photo: Nora Lind" in editor.get(page).text
