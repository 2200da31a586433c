"""A logo that comes with a signature waits for staff, who show or delete it."""

import io
import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from casa.lib.concurrent_edits.testing import opened_with
from casa.unsaved.models import UnsavedFile
from signatories.models import Organization, Signature
from signatories.organizations import logos
from signatories.signing.antispam import proof_of_work, rate_limits
from signatories.testing import form_data, make_organization, make_signature
from statements.testing import make_edition, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.page]


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def picture(width=300, height=100):
    file = io.BytesIO()
    Image.new("RGB", (width, height), "teal").save(file, "PNG")
    return SimpleUploadedFile("logo.png", file.getvalue())


def damaged():
    """Who reads it finds out, and nobody else."""
    return SimpleUploadedFile("logo.png", picture().read()[:60])


def post(client, edition, **fields):
    typed = {"kind": "organization", "organization": "River Trust", "authorized": "on"}
    data = form_data(**typed | fields)
    url = reverse("signatories:sign", args=[edition.statement.slug])
    return client.post(url, data, follow=True)


@pytest.mark.slow
def test_it_waits_and_does_not_take_the_place_of_one_that_is_shown(client):
    edition = make_edition()
    assert post(client, edition, logo=picture()).status_code == 200
    trust = Organization.objects.get()
    assert trust.logos.filter(approved=False).exists()
    assert not trust.shown_logos
    logos.approve(trust)
    post(client, edition, logo=picture(), email="b@example.org")
    assert not trust.logos.filter(approved=False).exists()


def secret_in(page):
    [found] = re.findall(r'name="kept_logo" value="([\w-]+)"', page)
    return found


@pytest.mark.slow
def test_it_stays_while_something_else_is_put_right(client):
    edition = make_edition()
    answer = post(client, edition, logo=picture(), name="")
    assert "logo.png is kept. Choose another to replace it." in answer.text
    answer = post(client, edition, kept_logo=secret_in(answer.text), name="")
    assert "logo.png is kept" in answer.text
    answer = post(client, edition, kept_logo=secret_in(answer.text))
    assert answer.status_code == 200
    assert Organization.objects.get().logos.filter(approved=False).exists()
    assert not UnsavedFile.objects.exists()


@pytest.mark.slow
def test_it_stays_on_the_page_that_asks_for_work(client, settings, monkeypatch):
    settings.SIGN_LIMITS = True
    few = (rate_limits.Limit(rate_limits.BURST, 1, 100),)
    monkeypatch.setitem(rate_limits.LIMITS, "sign", few)
    edition = make_edition()
    post(client, edition, email="first@example.org", organization="Lake Trust")
    answer = post(client, edition, logo=picture())
    assert answer.status_code == 429
    assert "logo.png is kept and goes with it." in answer.text
    kept = secret_in(answer.text)
    monkeypatch.setattr(proof_of_work, "is_solved", lambda request: True)
    assert post(client, edition, kept_logo=kept).status_code == 200
    assert Organization.objects.get(name="River Trust").logos.exists()


@pytest.mark.medium
def test_another_one_takes_its_place_and_a_false_secret_is_none(client):
    edition = make_edition()
    assert "is kept" not in post(client, edition, kept_logo="x", name="").text
    secret = secret_in(post(client, edition, logo=picture(), name="").text)
    other = SimpleUploadedFile("other.png", picture(90, 90).read())
    answer = post(client, edition, logo=other, kept_logo=secret, name="")
    assert "other.png is kept" in answer.text


@pytest.mark.medium
def test_what_is_beyond_the_limits_must_be_chosen_again(client, settings, monkeypatch):
    settings.SIGN_LIMITS = True
    few = (rate_limits.Limit(rate_limits.BURST, 1, 100),)
    monkeypatch.setitem(rate_limits.LIMITS, "kept_logo", few)
    edition = make_edition()
    secret = secret_in(post(client, edition, logo=picture(), name="").text)
    answer = post(client, edition, kept_logo=secret, name="")
    assert "logo.png is kept" in answer.text  # the same one
    assert "choose the picture again" in post(client, edition, logo=picture(), name="").text


@pytest.mark.medium
def test_the_form_posts_files_and_keeps_no_scripts(client):
    edition = make_edition()
    page = client.get(reverse("signatories:sign", args=[edition.statement.slug]))
    assert 'enctype="multipart/form-data"' in page.text
    svg = SimpleUploadedFile("logo.png", b"<svg xmlns='http://www.w3.org/2000/svg'/>")
    assert "SVG" in post(client, edition, logo=svg).text
    assert not Organization.objects.exists()


@pytest.mark.medium
def test_what_a_person_left_in_the_field_does_not_matter(client):
    edition = make_edition()
    bad = SimpleUploadedFile("logo.png", b"nonsense")
    url = reverse("signatories:sign", args=[edition.statement.slug])
    assert client.post(url, form_data(logo=bad), follow=True).status_code == 200


@pytest.mark.slow
@pytest.mark.parametrize("shape", [(1, 900), (900, 1), (30, 700)])
def test_one_that_is_very_narrow_or_flat_is_refused_beside_its_field(client, shape):
    answer = post(client, make_edition(), logo=picture(*shape))
    assert answer.status_code == 422
    assert f"This picture is {shape[0]} × {shape[1]} pixels" in answer.text
    assert not Signature.objects.exists()


@pytest.mark.slow
@pytest.mark.parametrize("shape", [(5, 100), (100, 5), (45, 900), (1, 1)])
def test_one_that_is_rather_narrow_or_flat_is_kept(client, shape):
    assert post(client, make_edition(), logo=picture(*shape)).status_code == 200
    assert Organization.objects.get().logos.exists()


@pytest.mark.slow
def test_it_is_read_when_all_else_is_right(client):
    edition = make_edition()
    assert "This picture is damaged" in post(client, edition, logo=damaged()).text
    for wrong in ({"name": ""}, {"authorized": ""}, {"email": "nobody"}, {"agreed": "other"}):
        answer = post(client, edition, **{"logo": damaged(), **wrong})
        assert answer.status_code == 422
        assert "damaged" not in answer.text
        assert "logo.png is kept" in answer.text


def test_it_is_not_read_for_a_statement_that_nobody_can_sign(client):
    edition = make_edition(signing_closes_at=timezone.now() - timedelta(hours=1))
    answer = post(client, edition, logo=damaged())
    assert answer.status_code == 409
    assert "damaged" not in answer.text


@pytest.mark.slow
def test_it_is_read_within_the_limits_alone(client, settings, monkeypatch):
    settings.SIGN_LIMITS = True
    none = rate_limits.Limit(rate_limits.DAY, client=0.01, subnet=9)
    with monkeypatch.context() as patched:
        patched.setitem(rate_limits.LIMITS, "sign", (none,))
        assert post(client, make_edition(), logo=damaged()).status_code == 429
    one = rate_limits.Limit(rate_limits.DAY, client=1, subnet=9)
    monkeypatch.setitem(rate_limits.LIMITS, "logo", (one,))
    edition = make_edition("Second")
    assert "damaged" in post(client, edition, logo=damaged()).text
    answer = post(client, edition, logo=picture())
    assert answer.status_code == 422
    assert "Many pictures came from your network" in answer.text
    assert not Signature.objects.exists()


@pytest.mark.slow
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
    assert client.post(url, data | opened_with(trust)).status_code == 302
    assert set(trust.logos.values_list("approved", flat=True)) == approved
    new = {"new_logo": picture(), "logo_action": "", **opened_with(trust)}
    assert client.post(url, {**data, **new}).status_code == 302
    assert trust.logos.filter(approved=True).exists()
    trust.refresh_from_db()
    removed = {"logo_action": "remove", **opened_with(trust)}
    assert client.post(url, {**data, **removed}).status_code == 302
    assert not trust.logos.filter(approved=True).exists()


@pytest.mark.slow
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


@pytest.mark.slow
def test_the_form_in_a_frame_takes_a_logo_and_credits_who_brought_them(client):
    edition = make_edition()
    referrer = make_signature(edition, "Ada Abel", share_code="abcdefghijkl")
    form = client.get(f"/embed/{edition.statement.slug}/?via=abcdefghijkl").text
    assert 'enctype="multipart/form-data"' in form
    answer = post(client, edition, via=referrer.share_code, logo=picture())
    assert "Check your mail" in answer.text
    signature = Signature.objects.get(kind="organization")
    assert signature.via == referrer.share_code
    assert signature.organization.logos.filter(approved=False).exists()
