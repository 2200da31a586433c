"""Requests for data or erasure that came by letter."""

import json
from datetime import date, timedelta

import pytest
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from casa.accounts.testing import make_staff
from casa.lib import tasks
from casa.office import roles
from signatories.core import tally
from signatories.models import DataRequest, DataRequestProof, Follower, Signature
from signatories.self_service import data_requests
from signatories.testing import make_organization, make_signature
from statements.testing import make_edition

pytestmark = pytest.mark.django_db

ADDRESS = "nora@example.org"


@pytest.fixture
def user():
    user = make_staff()
    user.groups.add(Group.objects.get(name=roles.MODERATOR.name))
    return user


@pytest.fixture
def office(client, user):
    client.force_login(user)
    return client


def noted(user, **fields):
    least = {"kind": "erasure", "name": "Nora Lind", "email": ADDRESS, "note": "By post",
             "received_on": timezone.localdate()}  # fmt: skip
    return data_requests.record(DataRequest(**{**least, **fields}), by=user, letter=None)


def press(client, asked, step, **more):
    return client.post(
        reverse("admin:letter", args=[asked.pk]), {"step": step, **more}, follow=True
    )


@pytest.mark.medium
def test_a_request_is_noted_with_its_letter_and_shown_until_it_is_closed(office):
    day = timezone.localdate() - timedelta(days=40)
    data = {"kind": "access", "name": "Nora Lind", "email": ADDRESS, "note": "By post"}
    day_typed = {"received_on": day.isoformat()}
    letter = SimpleUploadedFile("letter.pdf", b"%PDF a letter")
    answer = office.post(reverse("admin:letters_new"), {**data, **day_typed, "letter": letter})
    assert answer.status_code == 302, answer.context["form"].errors
    row = DataRequest.objects.get()
    assert row.due_on == data_requests.due_day(day, 1)
    scan = office.get(reverse("admin:letter_scan", args=[row.pk]))
    assert scan.content == b"%PDF a letter"
    assert scan["Content-Type"] == "application/octet-stream"
    assert scan["Content-Disposition"].startswith("attachment")
    assert "Nora Lind asked by letter" in office.get(reverse("admin:index")).text
    assert "overdue" in office.get(reverse("admin:letters")).text
    press(office, row, "close", words="Sent the file by post.")
    assert "Nora Lind asked by letter" not in office.get(reverse("admin:index")).text
    assert "Sent the file by post." in office.get(answer.url).text


@pytest.mark.medium
@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"received_on": (date.today() + timedelta(days=3)).isoformat()}, "still to come"),
        ({"name": ""}, "required"),
        ({"email": "nobody"}, "address"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field(office, changed, said):
    data = {"kind": "access", "name": "Nora Lind", "note": "By post",
            "received_on": timezone.localdate().isoformat()}  # fmt: skip
    answer = office.post(reverse("admin:letters_new"), {**data, **changed})
    assert said in answer.text
    assert "By post" in answer.text
    assert not DataRequest.objects.exists()


@pytest.mark.medium
def test_rows_are_found_over_all_statements_by_address_or_name(user):
    by_address = make_signature(make_edition("One"), name="N. Lind", email=ADDRESS)
    by_name = make_signature(make_edition("Two"), name="nora lind", email="other@example.org")
    make_signature(make_edition("Three"), name="Tomas Weiss")
    assert set(data_requests.found(noted(user))) == {by_address, by_name}


@pytest.mark.medium
def test_the_download_is_the_signers_own_and_of_the_chosen_alone(office, user):
    edition = make_edition("One")
    own = make_signature(edition, email=ADDRESS, comment="Please")
    gone = make_signature(make_edition("Two"), email="", comment="")
    make_signature(make_edition("Three"), email="other@example.org", comment="A secret")
    answer = press(office, noted(user), "download", row=[own.pk, gone.pk])
    found = json.loads(answer.text)["found"]
    assert sorted(part["email"] for part in found) == ["", ADDRESS]
    assert [len(part["signatures"]) for part in found] == [1, 1]
    assert "A secret" not in answer.text


@pytest.mark.medium
def test_erasing_goes_by_the_signers_own_verb_and_the_count_follows(office, user):
    edition = make_edition()
    own = make_signature(edition, email=ADDRESS)
    other = make_signature(edition, email="other@example.org")
    Follower.objects.create(statement=edition.statement, email=ADDRESS, email_key=ADDRESS)
    row = noted(user)
    press(office, row, "erase", row=[own.pk])
    assert Signature.objects.filter(pk=own.pk).exists(), "Nobody said that they were sure."
    press(office, row, "erase", row=[own.pk], sure="on")
    assert list(Signature.objects.all()) == [other]
    assert not Follower.objects.exists()
    assert tally.of(edition.statement).people == 1
    row.refresh_from_db()
    assert row.erased == 1


@pytest.mark.medium
def test_an_organization_stays_without_whoever_signed_for_it(office, user):
    one = make_signature(make_edition(), email=ADDRESS, organization=make_organization())
    press(office, noted(user), "erase", row=[one.pk], sure="on")
    one.refresh_from_db()
    assert (one.state, one.name, one.email) == ("confirmed", "", "")


@pytest.mark.medium
def test_no_row_is_erased_that_was_not_found(office, user):
    stranger = make_signature(make_edition(), name="Tomas Weiss", email="other@example.org")
    press(office, noted(user), "erase", row=[stranger.pk, "x", "9" * 40], sure="on")
    assert Signature.objects.get() == stranger


@pytest.mark.medium
def test_the_time_is_extended_once_and_nothing_is_done_after_the_end(office, user):
    row = noted(user, received_on=date(2026, 1, 31))
    assert row.due_on == date(2026, 2, 28)
    press(office, row, "extend", words="Many files.")
    assert "only once" in press(office, row, "extend", words="Again.").text
    row.refresh_from_db()
    assert row.due_on == date(2026, 4, 30)
    assert "in words" in press(office, row, "close", words="").text
    press(office, row, "close", words="Told.")
    assert "answered already" in press(office, row, "close", words="Told.").text
    assert "answered already" in press(office, row, "erase", sure="on").text


def test_a_request_is_kept_no_longer_than_declared(user):
    row = noted(user)
    DataRequestProof.objects.create(request=row, file_name="a.pdf", data=b"x")
    tasks.run("forget-requests")
    assert DataRequest.objects.exists(), "It is open."
    for days, is_there in ((36 * 30, True), (36 * 31, False)):
        DataRequest.objects.update(closed_at=timezone.now() - timedelta(days=days))
        tasks.run("forget-requests")
        assert DataRequest.objects.exists() == is_there
    assert not DataRequestProof.objects.exists()


@pytest.mark.parametrize("name", ["letters", "letters_new"])
def test_others_may_not(client, name):
    user = make_staff()
    user.groups.add(Group.objects.get(name=roles.EDITOR.name))
    client.force_login(user)
    assert client.get(reverse(f"admin:{name}")).status_code == 403
