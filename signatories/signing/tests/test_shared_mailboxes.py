"""Where a statement lets two people share a mailbox, two names sign from it, and no third."""

import pytest
from django.urls import reverse

from casa.mail.composing import compose
from casa.mail.models import OutgoingMail
from signatories.core import mail_budget, states, tally
from signatories.models import Signature
from signatories.signing import confirmation, submission
from signatories.signing.confirmation import ConfirmationResult
from signatories.testing import (
    form_data,
    make_organization,
    make_submission,
    without_what_was_typed,
)
from statements.testing import make_edition

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition():
    return make_edition(shared_mailboxes=True)


def names():
    found = Signature.objects.order_by("mailbox_place")
    return [(one.name, one.mailbox_place) for one in found]


def words_of(mail):
    return " ".join(compose(mail).body.split())


def test_two_names_are_two_signatures_that_count(edition):
    submission.sign(edition, make_submission(name="Nora Lind"))
    submission.sign(edition, make_submission(name="Per Lind"))
    assert names() == [("Nora Lind", 0), ("Per Lind", 1)]
    for signature in Signature.objects.all():
        assert confirmation.confirm(signature) == ConfirmationResult.CONFIRMED
    assert tally.of(edition.statement).people == 2


@pytest.mark.medium
def test_one_name_however_it_is_spelled_is_one_signature(edition):
    for name in ("Leyla Əliyeva", "LEYLA ƏLİYEVA", "leyla eliyeva"):
        submission.sign(edition, make_submission(name=name))
        submission.sign(edition, make_submission(name="Per Lind"))
    assert len(names()) == 2


@pytest.mark.medium
def test_a_third_name_changes_nothing_and_the_mailbox_is_told(edition):
    for name in ("Nora Lind", "Per Lind", "Somebody Else"):
        submission.sign(edition, make_submission(name=name))
    assert names() == [("Nora Lind", 0), ("Per Lind", 1)]
    first, _second, third = OutgoingMail.objects.order_by("pk")
    assert "Nora Lind" in words_of(first)
    assert "for this name alone" in words_of(first)
    assert third.kind == "signatories.already_signed"
    assert "Nora Lind, Per Lind" in words_of(third)


@pytest.mark.medium
@pytest.mark.parametrize("state", ["pending", "confirmed", "withdrawn"])
def test_the_answer_is_alike_for_the_first_the_second_and_the_third(client, edition, state):
    url = reverse("signatories:sign", args=[edition.statement.slug])
    answers = []
    for name in ("Nora Lind", "Nora Lind", "Per Lind", "Somebody Else"):
        answers.append(client.post(url, form_data(name=name)))
        if state != "pending":
            for signature in Signature.objects.filter(state="pending"):
                confirmation.confirm(signature)
                if state == "withdrawn":
                    states.withdraw(signature)
    assert len({(answer.status_code, without_what_was_typed(answer)) for answer in answers}) == 1


@pytest.mark.medium
def test_a_name_that_withdrew_leaves_its_place(edition):
    for name in ("Nora Lind", "Per Lind"):
        submission.sign(edition, make_submission(name=name))
    states.withdraw(Signature.objects.get(name="Nora Lind"))
    submission.sign(edition, make_submission(name="Somebody Else"))
    live = Signature.objects.exclude(state="withdrawn").order_by("mailbox_place")
    assert [one.name for one in live] == ["Somebody Else", "Per Lind"]
    # And who holds the second place does not get the first one too.
    states.withdraw(live[0])
    submission.sign(edition, make_submission(name="Per Lind"))
    assert live.all().count() == 1


def test_a_pending_name_is_not_overwritten_by_its_neighbour(edition):
    submission.sign(edition, make_submission(name="Nora Lind", role="Teacher"))
    submission.sign(edition, make_submission(name="Per Lind", role="Nurse"))
    submission.sign(edition, make_submission(name="Nora Lind", role="Librarian"))
    assert dict(Signature.objects.values_list("name", "role")) == {
        "Nora Lind": "Librarian", "Per Lind": "Nurse",
    }  # fmt: skip


def test_without_the_setting_the_newest_name_counts():
    edition = make_edition()
    submission.sign(edition, make_submission(name="Nora Lind"))
    submission.sign(edition, make_submission(name="Per Lind"))
    assert names() == [("Per Lind", 0)]


def test_when_the_setting_is_taken_back_those_who_signed_stay_and_nobody_doubles(edition):
    for name in ("Nora Lind", "Per Lind"):
        submission.sign(edition, make_submission(name=name))
    states.withdraw(Signature.objects.get(name="Nora Lind"))
    edition.statement.shared_mailboxes = False
    edition.statement.save()
    submission.sign(edition, make_submission(name="Per Lind"))
    assert Signature.objects.exclude(state="withdrawn").count() == 1


def test_organizations_share_nothing(edition):
    make_organization("River Trust")
    for name in ("Nora Lind", "Per Lind"):
        submission.sign(
            edition, make_submission(name=name, kind="organization", organization="River Trust")
        )
    assert Signature.objects.count() == 1


@pytest.mark.slow
def test_mailbox_owners_get_no_more_mails_for_being_two(edition):
    for number in range(20):
        submission.sign(
            edition, make_submission(name=("Nora Lind", "Per Lind", "Else")[number % 3])
        )
    assert OutgoingMail.objects.count() == mail_budget.MAILS_PER_WINDOW
