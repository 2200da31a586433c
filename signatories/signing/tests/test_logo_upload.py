"""A logo that comes with a signature waits for staff, who show or delete it."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from signatories.models import Organization, Signature
from signatories.organizations import logos
from signatories.testing import form_data, make_organization, make_signature
from statements.testing import make_edition, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def picture():
    file = io.BytesIO()
    Image.new("RGB", (300, 100), "teal").save(file, "PNG")
    return SimpleUploadedFile("logo.png", file.getvalue())


def post(client, edition, **fields):
    data = form_data(kind="organization", organization="River Trust", authorized="on", **fields)
    return client.post(
        reverse("signatories:sign", args=[edition.statement.slug]), data, follow=True
    )


def test_it_waits_and_does_not_take_the_place_of_one_that_is_shown(client):
    edition = make_edition()
    assert post(client, edition, logo=picture()).status_code == 200
    trust = Organization.objects.get()
    assert trust.logos.filter(approved=False).exists()
    assert not trust.shown_logos
    logos.approve(trust)
    post(client, edition, logo=picture(), email="b@example.org")
    assert not trust.logos.filter(approved=False).exists()


def test_the_form_posts_files_and_says_when_one_must_be_chosen_again(client):
    edition = make_edition()
    page = client.get(reverse("signatories:sign", args=[edition.statement.slug]))
    assert 'enctype="multipart/form-data"' in page.text
    answer = post(client, edition, logo=picture(), name="")
    assert answer.status_code == 422
    assert "choose the picture again" in answer.text
    svg = SimpleUploadedFile("logo.png", b"<svg xmlns='http://www.w3.org/2000/svg'/>")
    assert "SVG" in post(client, edition, logo=svg).text
    assert not Organization.objects.exists()


def test_what_a_person_left_in_the_field_does_not_matter(client):
    edition = make_edition()
    bad = SimpleUploadedFile("logo.png", b"nonsense")
    url = reverse("signatories:sign", args=[edition.statement.slug])
    assert client.post(url, form_data(logo=bad), follow=True).status_code == 200


@pytest.mark.parametrize(
    ("action", "approved"), [("show", {True}), ("discard", set()), ("", {False})]
)
def test_staff_show_or_delete_it(client, action, approved):
    trust = make_organization()
    logos.store(trust, logos.read(picture()), approved=False)
    client.force_login(make_user())
    url = reverse("admin:signatories_organization_change", args=[trust.pk])
    page = client.get(url)
    assert "came with a signature" in page.text
    assert "data:image/webp;base64," in page.text
    data = {
        "name": trust.name, "kind": trust.kind, "logo_action": action,
        "aliases-TOTAL_FORMS": 0, "aliases-INITIAL_FORMS": 0,
        "events-TOTAL_FORMS": 0, "events-INITIAL_FORMS": 0,
    }  # fmt: skip
    assert client.post(url, data).status_code == 302
    assert set(trust.logos.values_list("approved", flat=True)) == approved
    assert client.post(url, {**data, "new_logo": picture(), "logo_action": ""}).status_code == 302
    assert trust.logos.filter(approved=True).exists()
    trust.refresh_from_db()
    assert client.post(url, {**data, "logo_action": "remove"}).status_code == 302
    assert not trust.logos.filter(approved=True).exists()


def test_the_list_finds_what_waits(client):
    trust, other = make_organization(to_check="free_mail"), make_organization("Other")
    edition = make_edition()
    make_signature(edition, organization=trust)
    make_signature(edition, organization=other, state="pending")  # nobody need look at its logo
    for organization in (trust, other):
        logos.store(organization, logos.read(picture()), approved=False)
    client.force_login(make_user())
    url = reverse("admin:signatories_organization_changelist")
    for query, found in (
        ("to_check=yes", [trust]), ("to_check=free_mail", [trust]), ("to_check=double", []),
        ("logo=waiting", [trust]), ("logo=shown", []), ("", [other, trust]),
    ):  # fmt: skip
        assert list(client.get(f"{url}?{query}").context["cl"].result_list) == found, query


def test_the_form_in_a_frame_takes_a_logo_and_credits_who_brought_them(client):
    edition = make_edition()
    referrer = make_signature(edition, "Ada Abel", share_code="abcdefghijkl")
    form = client.get(f"/embed/{edition.statement.slug}/?via=abcdefghijkl").text
    assert 'enctype="multipart/form-data"' in form
    assert 'name="via" value="abcdefghijkl"' in form
    answer = post(client, edition, via=referrer.share_code, logo=picture())
    assert "Check your mail" in answer.text
    signature = Signature.objects.get(kind="organization")
    assert signature.via == referrer.share_code
    assert signature.organization.logos.filter(approved=False).exists()
