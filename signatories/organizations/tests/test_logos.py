"""Logos: judged by content, kept as sizes of our own making, shown when staff let."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template import Context, Template
from django.urls import reverse
from PIL import Image

from casa.lib.testing import assert_flat_queries
from signatories.models import Organization
from signatories.moderation import decisions
from signatories.organizations import logos
from signatories.testing import make_organization
from statements.testing import make_user

pytestmark = [pytest.mark.django_db, pytest.mark.page]


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def upload(size=(800, 300), mode="RGBA", color=(20, 90, 60, 0), kind="PNG", name="logo.png"):
    file = io.BytesIO()
    Image.new(mode, size, color).save(file, kind)
    return SimpleUploadedFile(name, file.getvalue())


def store(organization, *, approved=True, **picture):
    logos.store(organization, logos.read(upload(**picture)), approved=approved)


def files(folder):
    return [path for path in folder.rglob("*") if path.is_file()]


@pytest.mark.medium
def test_it_keeps_two_sizes_in_two_formats_and_what_is_transparent():
    trust = make_organization()
    store(trust)
    kept = {(one.width, one.height, one.content_type) for one in trust.shown_logos}
    assert kept == {
        (192, 72, "image/webp"), (192, 72, "image/png"),
        (384, 144, "image/webp"), (384, 144, "image/png"),
    }  # fmt: skip
    for one in trust.logos.all():
        with one.file.open() as file, Image.open(file) as image:
            assert image.convert("RGBA").getpixel((1, 1))[3] == 0


@pytest.mark.medium
@pytest.mark.parametrize(("ink", "ground"), [("white", (27, 31, 35)), ("navy", (255, 255, 255))])
def test_what_is_drawn_in_white_on_nothing_is_seen_on_a_white_page(ink, ground):
    drawn = Image.new("RGBA", (100, 100))
    drawn.paste(ink, (30, 30, 70, 70))
    file = io.BytesIO()
    drawn.save(file, "PNG")
    for size in logos.read(SimpleUploadedFile("logo.png", file.getvalue())):
        page = Image.new("RGBA", (size.width, size.height), "white")
        page.alpha_composite(Image.open(io.BytesIO(size.data)).convert("RGBA"))
        assert page.getpixel((2, 2))[:3] == pytest.approx(ground, abs=6)


@pytest.mark.medium
def test_a_small_picture_is_not_enlarged():
    trust = make_organization()
    store(trust, size=(40, 20), mode="RGB", color=(1, 2, 3), kind="JPEG")
    assert {(one.width, one.content_type) for one in trust.shown_logos} == {
        (40, "image/webp"), (40, "image/jpeg"),
    }  # fmt: skip


@pytest.mark.medium
@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>', "SVG"),
        (b"<html>", "no picture"),
        (b"", "no picture"),
        (upload(size=(300, 300)).read()[:120], "damaged"),
        (b"\0" * (2 * 1024**2 + 1), "2 MB"),
    ],
)
def test_it_refuses_what_is_no_picture_with_a_sentence(content, words):
    with pytest.raises(logos.RefusedError, match=words):
        logos.read(SimpleUploadedFile("logo.png", content, content_type="image/png"))


@pytest.mark.slow
def test_files_go_when_the_logo_is_replaced_or_removed(
    tmp_path, django_capture_on_commit_callbacks
):
    trust = make_organization()
    with django_capture_on_commit_callbacks(execute=True):
        store(trust)
    first = files(tmp_path)
    with django_capture_on_commit_callbacks(execute=True):
        store(trust, color=(200, 0, 0, 255))
    second = files(tmp_path)
    assert (len(first), len(second), set(first) & set(second)) == (4, 4, set())
    with django_capture_on_commit_callbacks(execute=True):
        logos.remove(trust.logos.all())
    assert not files(tmp_path)


@pytest.mark.medium
def test_what_came_with_a_signature_is_not_served_until_staff_approve_it(client):
    trust = make_organization()
    store(trust, approved=False)
    waiting = list(trust.logos.all())
    assert not trust.shown_logos
    assert {client.get(one.get_absolute_url()).status_code for one in waiting} == {404}
    assert logos.approve(trust)
    trust.refresh_from_db()
    answer = client.get(waiting[0].get_absolute_url())
    assert answer.status_code == 200
    assert answer["Content-Type"] == waiting[0].content_type
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"].startswith("public")
    assert not answer.cookies
    assert b"".join(answer.streaming_content)
    assert not logos.approve(trust)


@pytest.mark.slow
def test_a_waiting_logo_leaves_the_shown_one_in_its_place():
    trust = make_organization()
    store(trust)
    store(trust, approved=False, color=(200, 0, 0, 255))
    assert trust.logos.filter(approved=True).count() == 4
    shown = {one.pk for one in Organization.objects.with_logos().get().shown_logos}
    logos.approve(trust)
    assert trust.logos.count() == 4
    assert not shown & set(trust.logos.values_list("pk", flat=True))


@pytest.mark.medium
def test_a_rejected_organizations_logo_is_gone(client):
    trust = make_organization()
    store(trust)
    url = trust.shown_logos[0].get_absolute_url()
    decisions.reject(trust, by=make_user(), reason="does not exist")
    trust.refresh_from_db()
    assert not trust.shown_logos
    assert client.get(url).status_code == 404


@pytest.mark.medium
@pytest.mark.parametrize("filename", ["..%2Fx.png", "nothing.png", "é"])
def test_other_addresses_lead_nowhere(client, filename):
    trust = make_organization()
    store(trust)
    assert client.get(f"/organizations/{trust.pk}/logo/{filename}", follow=True).status_code == 404
    own = trust.shown_logos[0].get_absolute_url().rpartition("/")[2]
    url = reverse("signatories:logo", args=[10**18, own])
    assert client.get(url).status_code == 404


def shown(organization, size=48):
    template = Template("{% load organizations %}{% organization_logo one size %}")
    return template.render(Context({"one": organization, "size": size}))


@pytest.mark.medium
def test_pages_show_it_or_the_initials():
    trust, club = make_organization("River Trust"), make_organization("Şirinvan «Kitab» Klubu")
    store(trust)
    html = shown(trust)
    assert 'width="96" height="36" alt=""' in html
    assert "384w" in html
    assert "image/webp" in html
    assert shown(club) == '<span class="monogram" aria-hidden="true">ŞK</span>'


@pytest.mark.slow
def test_a_list_reads_them_all_at_once():
    def ask(rows):
        assert len([shown(one) for one in Organization.objects.with_logos()]) == rows

    assert_flat_queries(
        lambda number: store(make_organization(f"Club {number}"), size=(40, 20)), ask
    )
