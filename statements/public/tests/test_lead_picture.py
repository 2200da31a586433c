"""The lead picture, as visitors meet it: where it stands, and who gets its files."""

import io
import json
import re
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from casa.lib.testing import assert_flat_queries
from statements import lead_pictures, lifecycle, previews
from statements.models import Statement
from statements.testing import make_draft, make_edition, make_lead_picture, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.page]

ALT = 'alt="A red door"'


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def picture():
    return make_lead_picture(make_edition().statement)


def address(picture, size=None):
    return lead_pictures.address(picture.statement, (size or picture.shown).filename)


def figure(page):
    found = re.search(r'<figure class="lead-picture">.*?</figure>', page, re.DOTALL)
    return found[0] if found else ""


def test_its_page_shows_it_in_sizes_with_room_kept(client, picture):
    shown = figure(client.get(picture.statement.get_absolute_url()).text)
    assert ALT in shown
    assert 'width="1080" height="608"' in shown
    assert 'fetchpriority="high"' in shown
    assert shown.count(".webp ") == 5
    assert "<figcaption>Photo: Ines Falk</figcaption>" in shown


def test_words_about_it_are_in_the_language_of_the_original(client, picture):
    shown = figure(client.get(f"/az{picture.statement.get_absolute_url()}").text)
    assert f'{ALT} lang="en" dir="ltr"' in shown
    assert '<figcaption lang="en" dir="ltr">' in shown
    assert 'src="/statements/' in shown  # one address in all languages


def test_front_page_lists_and_frames_show_it(client, picture):
    home = client.get("/").text
    assert ALT in figure(home)
    row = figure(client.get("/statements/").text)
    assert 'alt=""' in row
    assert 'loading="lazy"' in row
    assert "figcaption" not in row
    embed = reverse("signatories:embed", args=[picture.statement.slug])
    assert ALT in figure(client.get(embed).text)


def test_lists_ask_no_more_for_many(client):
    def add(number):
        make_lead_picture(make_edition(f"Statement {number}").statement)

    def ask(rows):
        for url in ("/", "/statements/"):
            assert client.get(url).text.count("lead-picture") == rows

    assert_flat_queries(add, ask)


def test_without_one_nothing_stands_there(client):
    statement = make_edition().statement
    for url in ("/", "/statements/", statement.get_absolute_url()):
        assert "lead-picture" not in client.get(url).text


def test_whoever_has_a_file_keeps_it_for_good(client, picture):
    answer = client.get(address(picture))
    assert (answer.status_code, b"".join(answer.streaming_content)[:2]) == (200, b"\xff\xd8")
    assert answer["Content-Type"] == "image/jpeg"
    assert answer["Cache-Control"] == "public, max-age=31536000, s-maxage=1, immutable"
    assert answer["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert answer["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("step", ["draft", "embargo", "withdrawn"])
def test_what_is_not_public_has_no_public_file(client, step):
    draft = make_draft()
    picture = make_lead_picture(draft)
    if step == "embargo":
        Statement.objects.update(publish_at=timezone.now() + timedelta(days=1))
    if step != "draft":
        lifecycle.publish(Statement.objects.get(), by=None)
    if step == "withdrawn":
        lifecycle.withdraw(Statement.objects.get(), by=None)
    assert client.get(address(picture)).status_code == 404


def test_no_other_file_is_reached_by_its_address(client, picture):
    whole = lead_pictures.address(picture.statement, picture.filename)
    assert client.get(whole).status_code == 404
    other = make_edition("Another").statement
    assert client.get(lead_pictures.address(other, picture.shown.filename)).status_code == 404
    base = f"/statements/{picture.statement.slug}/picture/"
    for name in ("..%2f..%2fwhole.jpg", "x" * 100_000, "%00"):
        assert client.get(base + name).status_code in (400, 404, 414)


def test_a_page_stands_without_a_file_that_the_storage_lost(client, picture):
    for size in picture.all_sizes():
        default_storage.delete(f"lead-pictures/{picture.statement_id}/{size.filename}")
    assert client.get(picture.statement.get_absolute_url()).status_code == 200
    assert client.get(address(picture)).status_code == 404


def test_a_private_link_shows_it_to_its_holder_alone(client):
    draft = make_draft()
    picture = make_lead_picture(draft)
    expires = timezone.now() + timedelta(days=1)
    link, path = previews.give(draft, name="Nora Lind", expires_at=expires, by=make_user())
    shown = figure(client.get(path).text)
    src = re.search(r'src="([^"]+)"', shown)[1]
    assert src == f"{path}picture/{picture.shown.filename}"
    answer = client.get(src)
    assert (answer.status_code, b"".join(answer.streaming_content)[:2]) == (200, b"\xff\xd8")
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["X-Robots-Tag"] == "noindex, nofollow, noarchive"
    previews.revoke(link, by=make_user("other@example.org"))
    assert client.get(src).status_code == 410
    assert client.get(src.replace(path, "/preview/none/")).status_code == 404


def test_after_publication_a_private_link_leads_to_the_public_file(client):
    draft = make_draft()
    picture = make_lead_picture(draft)
    expires = timezone.now() + timedelta(days=1)
    _link, path = previews.give(draft, name="Nora Lind", expires_at=expires, by=make_user())
    lifecycle.publish(draft, by=None)
    answer = client.get(f"{path}picture/{picture.shown.filename}")
    assert answer["Location"] == address(picture)


def test_programs_are_told_of_it(client, picture):
    slug = picture.statement.slug
    told = {"width": 1080, "height": 608, "alt": "A red door", "credit": "Photo: Ines Falk"}
    for path in (f"/api/v1/statements/{slug}", "/api/v1/statements"):
        said = client.get(path).json()
        found = said["items"][0] if "items" in said else said
        assert found["picture"].pop("url").endswith(address(picture))
        assert found["picture"] == told
    page = client.get(picture.statement.get_absolute_url()).text
    described = json.loads(re.search(r'ld\+json">(.*?)</script>', page, re.DOTALL)[1])
    lead, share_image = described["image"]
    assert lead["url"].endswith(address(picture))
    assert (lead["caption"], lead["creditText"]) == ("A red door", "Photo: Ines Falk")
    assert share_image.endswith("/share-1-en.jpg")
    enclosed = re.search(r'<link [^>]*rel="enclosure"[^>]*>', client.get("/feed.atom").text)[0]
    assert f'{address(picture)}"' in enclosed


def test_without_one_programs_are_told_so(client):
    statement = make_edition().statement
    assert client.get(f"/api/v1/statements/{statement.slug}").json()["picture"] is None
    assert "enclosure" not in client.get("/feed.atom").text
    page = client.get(statement.get_absolute_url()).text
    assert 'og:image:type" content="image/png"' in page


def test_the_share_image_has_it_beside_the_words(client, picture):
    page = client.get(picture.statement.get_absolute_url()).text
    assert 'og:image:type" content="image/jpeg"' in page
    [url] = re.findall(r'og:image" content="[^"]*?(/statements/[^"]*)"', page)
    answer = client.get(url)
    assert answer["Content-Type"] == "image/jpeg"
    image = Image.open(io.BytesIO(answer.content)).convert("RGB")
    red, green, _blue = image.getpixel((1000, 300))
    assert red - green > 150
    assert min(image.getpixel((40, 300))) > 240  # words stand on white
    assert len(answer.content) < 300_000  # what messengers load


def test_the_share_image_stands_without_a_lost_file(client, picture):
    for size in picture.all_sizes():
        default_storage.delete(f"lead-pictures/{picture.statement_id}/{size.filename}")
    slug = picture.statement.slug
    answer = client.get(f"/statements/{slug}/share-1-en.jpg")
    image = Image.open(io.BytesIO(answer.content)).convert("RGB")
    assert min(image.getpixel((1000, 340))) > 240
