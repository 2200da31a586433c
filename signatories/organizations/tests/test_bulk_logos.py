"""Logos of many organizations at once: unpacked within bounds, matched by name, shown, undone."""

import io
import zipfile
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from casa.accounts.models import User
from casa.lib import tasks
from casa.lib.media import images
from casa.lib.testing import assert_flat_queries
from signatories.models import LogoFile, LogoUpload, Organization, OrganizationAlias
from signatories.organizations import bulk_logos, logo_archives
from signatories.testing import make_logo, make_organization, make_signature
from statements.testing import make_edition, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.medium]

NEW = reverse("admin:signatories_logoupload_new")


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def office(client):
    client.force_login(make_user())
    return client


def picture(colour=(20, 90, 60)):
    file = io.BytesIO()
    Image.new("RGB", (400, 150), colour).save(file, "PNG")
    return file.getvalue()


def packed(files):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return SimpleUploadedFile("logos.zip", file.getvalue())


def make_upload(files, *, is_read=True, by=None):
    """Pictures that are read already, by nobody: reading is tested once, and costs."""
    uploads = [SimpleUploadedFile(name, data) for name, data in files.items()]
    upload = bulk_logos.open_upload(logo_archives.found_in(uploads), by=by or make_user())
    if not is_read:
        return upload
    for file in upload.files.all():
        made = images.Written(images.PNG, 256, 96, io.BytesIO(bytes(file.data)))
        bulk_logos._keep(file, [made])
    upload.files.update(is_read=True, data=b"")
    assert bulk_logos.read_uploads() == 0
    upload.refresh_from_db()
    return upload


def review(upload):
    return reverse("admin:signatories_logoupload_review", args=[upload.pk])


def typed(upload, verb="apply", **fields):
    """The form of the review as it stands, with `fields` of the first file."""
    first = upload.files.filter(refusal="").first()
    chosen = {f"f{file.pk}-choice": file.organization_id or "" for file in upload.files.all()}
    return {"verb": verb, **chosen, **{f"f{first.pk}-{name}": v for name, v in fields.items()}}


def has_logo(organization):
    return organization.logos.filter(approved=True).exists()


# Matched


@pytest.mark.parametrize(
    ("name", "certainty"),
    [
        ("River Trust.png", "sure"),
        ("river-trust_logo@2x.png", "sure"),
        ("RIVER_TRUST final (1).jpg", "sure"),
        ("Alder Friends.webp", "sure"),
        ("rivertrust.png", "unsure"),
        ("Rivers Trust.png", "unsure"),
        ("River.png", "unsure"),
        ("zebra.png", "none"),
        ("logo.png", "none"),
        ("....png", "none"),
    ],
)
def test_the_name_of_a_file_says_whose_it_is(name, certainty):
    trust = make_organization("River Trust", verification="verified")
    trust.history.all()
    OrganizationAlias.objects.create(organization=trust, name="Alder Friends")
    found = bulk_logos.match(name)
    assert (found.certainty, [one.pk for one in found.organizations]) == (
        certainty, [] if certainty == "none" else [trust.pk],
    )  # fmt: skip


def test_two_of_one_name_and_two_files_of_one_organization_are_unsure():
    make_organization("River Trust", country="NO")
    make_organization("River Trust", country="GB")
    make_organization("Readers' Circle")
    upload = make_upload(
        {"River Trust.png": picture(), "readers circle.png": picture(),
         "Readers' Circle.png": picture()}
    )  # fmt: skip
    assert [file.certainty for file in upload.files.all()] == ["unsure"] * 3
    assert not upload.files.exclude(organization=None).exists()


@pytest.mark.parametrize(
    "fields", [{"name_withheld": True}, {"state": "withdrawn"}, {"state": "hidden"}, {}]
)
def test_who_asked_not_to_be_shown_is_not_chosen_and_it_is_said_why(office, fields):
    trust = make_organization("River Trust")
    make_organization("Lake Club")
    if fields:
        make_signature(make_edition(), organization=trust, **fields)
    else:
        Organization.objects.filter(pk=trust.pk).update(verification="rejected")
    pictures = {"River Trust.png": picture(), "Lake Club.png": picture()}
    upload = make_upload(pictures, by=User.objects.get())
    review = reverse("admin:signatories_logoupload_review", args=[upload.pk])
    page = office.get(review)
    ((_label, (first, second)),) = page.context["parts"]
    assert (first.initial["choice"], first.file.name) == ("", "River Trust.png")
    assert "Not chosen for River Trust: It " in page.text
    assert page.text.count("Not chosen for") == 1
    assert second.initial["choice"] == str(second.alike[0].pk)


def test_who_stands_in_public_elsewhere_is_chosen(office):
    trust = make_organization("River Trust")
    make_signature(make_edition("One"), organization=trust, name_withheld=True)
    make_signature(make_edition("Two"), organization=trust)
    assert bulk_logos.not_to_be_shown([trust]) == {}


# Shown


def test_files_are_reviewed_shown_and_undone(office):
    trust, circle = make_organization("River Trust"), make_organization("Readers' Circle")
    make_logo(circle)
    before = {bulk_logos.logos.digest_of(one) for one in circle.logos.all()}
    files = {
        "River Trust.png": picture(), "Readers’ Circle.png": picture((200, 0, 0)),
        "zebra.png": picture(), "notes.txt": b"hello", "evil.svg": b"<svg onload='x()'></svg>",
    }  # fmt: skip
    answer = office.post(NEW, {"pictures": [packed(files)]})
    upload = LogoUpload.objects.get()
    assert answer["Location"] == review(upload)
    assert "0 of 5 files" in office.get(review(upload)).text
    assert bulk_logos.read_uploads() == 5
    page = office.get(review(upload)).text
    assert "This is no picture" in page and "SVG file can hold programs" in page
    assert "onload" not in page and "has a logo" in page and "zebra.png" in page
    assert not has_logo(trust)
    assert not upload.files.exclude(data=b"").exists()  # what came is not kept
    # The circle keeps its logo, since nobody ticked that it is replaced.
    upload.refresh_from_db()
    assert "1 logo is shown." in office.post(review(upload), typed(upload), follow=True).text
    assert has_logo(trust) and digests(circle) == before
    outcomes = dict(upload.files.filter(refusal="").values_list("name", "outcome"))
    assert outcomes == {
        "River Trust.png": "shown", "Readers’ Circle.png": "has", "zebra.png": "left",
    }  # fmt: skip
    # The second press finds it decided.
    page = office.post(review(upload), typed(upload), follow=True).text
    assert "Somebody decided on these files before" in page
    assert "Undone: 1." in office.post(review(upload), {"verb": "undo"}, follow=True).text
    assert not has_logo(trust)
    page = office.post(review(upload), {"verb": "undo"}, follow=True).text
    assert "Somebody decided" in page


def digests(organization):
    return {bulk_logos.logos.digest_of(one) for one in organization.logos.filter(approved=True)}


def test_a_logo_is_replaced_where_somebody_ticks_it_and_comes_back(office):
    trust = make_organization("River Trust")
    make_logo(trust)
    before = digests(trust)
    upload = make_upload({"River Trust.png": picture((200, 0, 0))}, by=make_user("b@example.org"))
    office.post(review(upload), typed(upload, replaces="on"))
    assert digests(trust) != before and has_logo(trust)
    office.post(review(upload), {"verb": "undo"})
    assert digests(trust) == before


def test_undoing_never_writes_over_what_a_colleague_did_since():
    trust = make_organization("River Trust")
    upload = make_upload({"River Trust.png": picture((200, 0, 0))})
    file = upload.files.get()
    assert bulk_logos.apply(upload, {file.pk: bulk_logos.Choice(trust)}) == 1
    make_logo(trust)
    now = digests(trust)
    assert bulk_logos.undo(upload) == (0, 1)
    assert digests(trust) == now


def test_another_organization_is_chosen_by_hand_and_errors_stand_beside_the_file(office):
    trust = make_organization("River Trust")
    upload = make_upload(
        {"zebra.png": picture(), "River Trust.png": picture()}, by=make_user("b@example.org")
    )
    url = review(upload)
    page = office.post(url, typed(upload, choice="other", other="No such club")).text
    assert "no organization of this name" in page and "No such club" in page
    page = office.post(url, typed(upload, choice="other", other="")).text
    assert "Write the name of the organization." in page
    page = office.post(url, typed(upload, choice="other", other="river  trust")).text
    assert "is for the same organization" in page
    assert office.post(url, typed(upload, choice="999999")).status_code == 200
    assert not has_logo(trust) and LogoUpload.objects.get().state == "review"
    circle = make_organization("Readers' Circle")
    office.post(url, typed(upload, choice="other", other="readers circle"))
    assert has_logo(trust) and has_logo(circle)


def test_none_is_shown_where_all_are_discarded_and_a_rejected_one_gets_none(office):
    trust = make_organization("River Trust", verification="rejected")
    upload = make_upload({"River Trust.png": picture()}, by=make_user("b@example.org"))
    choice = {upload.files.get().pk: bulk_logos.Choice(trust)}
    office.post(review(upload), {"verb": "discard"})
    upload.refresh_from_db()
    assert upload.state == "discarded" and bulk_logos.apply(upload, choice) is None
    other = make_upload({"River Trust.png": picture()}, by=make_user("c@example.org"))
    assert bulk_logos.apply(other, {other.files.get().pk: bulk_logos.Choice(trust)}) == 0
    assert not trust.logos.exists()


# Refused


def bomb():
    return packed({"River Trust.png": b"\0" * (logo_archives.LARGEST_FILE + 1)})


def lying():
    """Its header says that the file is short."""
    data = bytearray(bomb().read())
    size = (logo_archives.LARGEST_FILE + 1).to_bytes(4, "little")
    while (at := data.find(size)) >= 0:
        data[at : at + 4] = (10).to_bytes(4, "little")
    return SimpleUploadedFile("lies.zip", bytes(data))


def locked():
    data = bytearray(packed({"a.png": b"x"}).read())
    data[6] |= 1
    data[data.find(b"PK\x01\x02") + 8] |= 1
    return SimpleUploadedFile("locked.zip", bytes(data))


def packed_as(method):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        archive.writestr("a.png", picture())
    return SimpleUploadedFile("other.zip", file.getvalue())


def damaged_lzma():
    data = bytearray(packed_as(zipfile.ZIP_LZMA).read())
    data[60:120] = b"\xff" * 60
    return SimpleUploadedFile("damaged.zip", bytes(data))


@pytest.mark.page
@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (lambda: packed_as(zipfile.ZIP_LZMA), "packed in an unusual way"),
        (lambda: packed_as(zipfile.ZIP_BZIP2), "packed in an unusual way"),
        (damaged_lzma, "packed in an unusual way"),
        (bomb, "larger than 5 MB"),
        (lying, "cannot be unpacked"),
        (locked, "cannot be unpacked"),
        (lambda: SimpleUploadedFile("cut.zip", packed({"a.png": b"x"}).read()[:40]),
         "cannot be unpacked"),
        (lambda: packed({f"{number}.png": b"x" for number in range(101)}), "more than 100 files"),
        (lambda: packed({}), "There is no file in it"),
        (lambda: packed({"__MACOSX/._a.png": b"x", ".DS_Store": b"x"}), "There is no file in it"),
    ],
)  # fmt: skip
def test_nothing_is_stored_of_an_archive_that_is_refused(office, make, sentence):
    make_organization("River Trust")
    page = office.post(
        NEW,
        {
            "pictures": [SimpleUploadedFile("River Trust.png", picture()), make()]
            if sentence != "There is no file in it"
            else [make()]
        },
    ).text
    assert sentence in page
    assert not LogoUpload.objects.exists() and not LogoFile.objects.exists()


@pytest.mark.page
def test_files_together_are_bounded_too(office, monkeypatch):
    monkeypatch.setattr(logo_archives, "LARGEST_WHOLE", 1500)
    page = office.post(NEW, {"pictures": [packed({"a.png": b"x" * 1000, "b.png": b"x" * 1000})]})
    assert "Together the files are larger" in page.text and not LogoUpload.objects.exists()


@pytest.mark.page
def test_a_form_without_a_file_says_so(office):
    assert "This field is required" in office.post(NEW, {}).text


@pytest.mark.page
def test_names_lead_nowhere_and_run_nothing(office):
    files = {"../../etc/River Trust.png": picture(), "<script>x()</script>.png": picture()}
    office.post(NEW, {"pictures": [packed(files)]})
    bulk_logos.read_uploads()
    upload = LogoUpload.objects.get()
    assert [file.name for file in upload.files.all()] == ["River Trust.png", "script>.png"]
    assert "<script>x()" not in office.get(review(upload)).text


@pytest.mark.page
def test_a_damaged_picture_is_told_beside_its_name(office):
    damaged = {"River Trust.png": picture()[:60]}
    upload = make_upload(damaged, is_read=False, by=make_user("b@example.org"))
    bulk_logos.read_uploads()
    page = office.get(review(upload)).text
    assert "None of the files is a picture" in page and "River Trust.png" in page
    assert upload.files.get().refusal


# Kept, and who may


def test_uploads_are_forgotten_and_the_logos_stay():
    trust = make_organization("River Trust")
    upload = make_upload({"River Trust.png": picture()})
    bulk_logos.apply(upload, {upload.files.get().pk: bulk_logos.Choice(trust)})
    assert tasks.run("forget-logo-uploads") == 0
    LogoUpload.objects.update(changed_at=timezone.now() - timedelta(days=31))
    assert tasks.run("forget-logo-uploads") == 1
    assert not LogoFile.objects.exists() and has_logo(trust)


def test_a_worker_that_is_killed_reads_no_file_twice():
    upload = make_upload({"River Trust.png": picture(), "b.png": picture()}, is_read=False)
    first = upload.files.first()
    assert bulk_logos._read(first.pk)
    assert bulk_logos.read_uploads() == 1
    assert {file.pictures.count() for file in upload.files.all()} == {first.pictures.count()}


@pytest.mark.page
def test_the_list_leads_there(office):
    page = office.get(reverse("admin:signatories_organization_changelist")).text
    assert f'href="{NEW}"' in page
    page = office.get(reverse("admin:signatories_logoupload_changelist")).text
    assert "No logos were uploaded in bulk yet." in page


def test_a_review_asks_as_much_for_many_files_as_for_one(office):
    upload = make_upload({"River Trust.png": picture()}, by=make_user("b@example.org"))

    def add(number):
        LogoFile.objects.create(
            upload=upload, position=number + 2, name=f"{number}.png", is_read=True,
            alike=[make_organization(f"Club {number}").pk], certainty="unsure",
        )  # fmt: skip

    assert_flat_queries(add, lambda rows: office.get(review(upload)))
