"""A supporter signs, confirms, and is counted: the verbs."""

from datetime import timedelta

import pytest
from django.utils import timezone, translation

from casa.mail.models import OutgoingMail
from signatories.core import mail_budget, states, tally
from signatories.models import Organization, Signature
from signatories.moderation import decisions
from signatories.signing import confirmation, openness, submission
from signatories.signing.confirmation import ConfirmationResult
from signatories.testing import a_day_later, make_organization, make_signature, make_submission
from statements import lifecycle
from statements.models import Edition
from statements.testing import make_edition, make_user

pytestmark = pytest.mark.django_db


def test_a_signature_waits_with_its_mail_its_edition_and_its_consent():
    edition = make_edition()
    submission.sign(edition, make_submission())
    signature = Signature.objects.get()
    assert (signature.state, signature.edition) == ("pending", edition)
    assert signature.consent.text == "I agree."
    mail = OutgoingMail.objects.get()
    assert (mail.kind, mail.to) == ("signatories.confirm", "nora@example.org")
    assert mail.params == {"signature": signature.pk}
    assert not tally.of(edition.statement)


def test_a_confirmed_signature_is_counted_once():
    edition = make_edition()
    submission.sign(edition, make_submission())
    signature = Signature.objects.get()
    assert confirmation.confirm(signature) == ConfirmationResult.CONFIRMED
    assert confirmation.confirm(Signature.objects.get()) == ConfirmationResult.ALREADY
    assert tally.of(edition.statement) == tally.Tally(organizations=0, people=1)
    assert [event.to_state for event in signature.events.all()] == ["pending", "confirmed"]


def test_the_newest_form_counts_until_it_is_confirmed():
    edition = make_edition()
    submission.sign(edition, make_submission(name="Nora Lnid"))
    submission.sign(edition, make_submission(name="Nora Lind", email="Nora+paper@example.org"))
    signature = Signature.objects.get()
    assert (signature.name, signature.email) == ("Nora Lind", "nora@example.org")
    # Each mail goes to what was typed; the link of each is good for the one mailbox.
    assert [mail.to for mail in OutgoingMail.objects.order_by("pk")] == [
        "nora@example.org", "Nora+paper@example.org",
    ]  # fmt: skip


def test_after_confirming_another_form_changes_nothing_and_mails_the_owner():
    edition = make_edition()
    make_signature(edition, "Nora Lind", email="nora@example.org")
    submission.sign(edition, make_submission(name="Somebody Else"))
    assert Signature.objects.get().name == "Nora Lind"
    assert OutgoingMail.objects.get().kind == "signatories.already_signed"


def test_details_that_changed_while_the_page_was_open_are_not_confirmed():
    edition = make_edition()
    submission.sign(edition, make_submission())
    seen = confirmation.digest(Signature.objects.get())
    submission.sign(edition, make_submission(name="Somebody Else"))
    signature = Signature.objects.get()
    assert confirmation.confirm(signature, seen=seen) == ConfirmationResult.CHANGED
    assert signature.state == "pending"


def test_who_withdrew_may_sign_again():
    edition = make_edition()
    signature = make_signature(edition, email="nora@example.org")
    assert states.withdraw(signature)
    assert not tally.of(edition.statement)
    submission.sign(edition, make_submission())
    assert sorted(Signature.objects.values_list("state", flat=True)) == ["pending", "withdrawn"]


@pytest.mark.slow
def test_an_address_gets_no_more_than_its_share_of_mails():
    edition = make_edition()
    for number in range(mail_budget.MAILS_PER_WINDOW + 2):
        submission.sign(edition, make_submission(email=f"nora+{number}@example.org"))
        organization = {"kind": "organization", "organization": f"Club {number}"}
        submission.sign(edition, make_submission(**organization))
        submission.sign(make_edition(f"Another {number}"), make_submission())
    assert OutgoingMail.objects.count() == mail_budget.MAILS_PER_WINDOW
    assert Organization.objects.count() < mail_budget.MAILS_PER_WINDOW


@pytest.mark.medium
def test_the_share_is_renewed_so_that_nobody_is_shut_out_for_good():
    edition = make_edition()
    for _ in range(9):
        submission.sign(edition, make_submission())
    a_day_later()
    submission.sign(edition, make_submission())
    assert OutgoingMail.objects.count() == mail_budget.MAILS_PER_WINDOW + 1


@pytest.mark.medium
def test_an_organization_signs_once_whoever_represents_it():
    edition = make_edition()
    for email in ("one@example.org", "two@example.org"):
        submission.sign(
            edition, make_submission(kind="organization", organization="River Trust", email=email)
        )
    assert Organization.objects.count() == 1
    first, second = Signature.objects.order_by("pk")
    assert confirmation.confirm(first) == ConfirmationResult.CONFIRMED
    assert confirmation.confirm(second) == ConfirmationResult.ORGANIZATION_HAS_SIGNED
    assert tally.of(edition.statement) == tally.Tally(organizations=1, people=0)


def test_an_organization_is_found_by_its_alias_however_it_is_spelled():
    edition, trust = make_edition(), make_organization("River Trust")
    trust.aliases.create(name="Çay Fondu")
    submission.sign(edition, make_submission(kind="organization", organization="ÇAY FONDU"))
    assert Signature.objects.get().organization == trust


def test_a_person_may_sign_beside_the_organization_they_represent():
    edition = make_edition()
    submission.sign(edition, make_submission(kind="organization", organization="River Trust"))
    submission.sign(edition, make_submission())
    for signature in Signature.objects.all():
        assert confirmation.confirm(signature) == ConfirmationResult.CONFIRMED
    assert tally.of(edition.statement) == tally.Tally(organizations=1, people=1)


@pytest.mark.parametrize(
    ("signers", "kind"),
    [("people", "organization"), ("organizations", "person"), ("nobody", "person")],
)
def test_only_those_sign_who_may(signers, kind):
    edition = make_edition(signers=signers)
    with pytest.raises(openness.NotOpen):
        submission.sign(edition, make_submission(kind=kind, organization="River Trust"))
    assert not Signature.objects.exists()


def test_nobody_signs_before_or_after_the_time():
    now = timezone.now()
    early = make_edition(signing_opens_at=now + timedelta(hours=1))
    late = make_edition(signing_closes_at=now - timedelta(seconds=1))
    for edition in (early, late):
        with pytest.raises(openness.NotOpen):
            submission.sign(edition, make_submission())


@pytest.mark.parametrize(("hours", "outcome"), [(23, "confirmed"), (25, "too_late")])
def test_who_signed_in_time_has_a_day_of_grace_to_confirm(hours, outcome):
    edition = make_edition()
    signature = make_signature(edition, state="pending")
    edition.statement.signing_closes_at = timezone.now() - timedelta(hours=hours)
    edition.statement.save()
    signature.refresh_from_db()
    assert confirmation.confirm(signature) == outcome


def test_nothing_is_confirmed_under_a_statement_that_was_withdrawn():
    edition = make_edition()
    signature = make_signature(edition, state="pending")
    lifecycle.withdraw(edition.statement, by=None)
    assert (
        confirmation.confirm(Signature.objects.get(pk=signature.pk)) == ConfirmationResult.TOO_LATE
    )


def test_where_names_are_checked_first_a_confirmed_one_is_not_counted_yet():
    edition = make_edition(premoderated=True)
    submission.sign(edition, make_submission())
    assert confirmation.confirm(Signature.objects.get()) == ConfirmationResult.CONFIRMED
    assert not tally.of(edition.statement)
    assert not Signature.objects.public().exists()


def test_after_signing_was_closed_by_hand_there_is_a_day_of_grace_too():
    edition = make_edition()
    signature = make_signature(edition, state="pending")
    lifecycle.close(edition.statement, by=None)
    statement = edition.statement
    assert statement.signing_closes_at <= timezone.now()
    type(statement).objects.update(signing_closes_at=timezone.now() - timedelta(hours=25))
    assert (
        confirmation.confirm(Signature.objects.get(pk=signature.pk)) == ConfirmationResult.TOO_LATE
    )


def test_what_was_swapped_after_it_was_shown_is_not_counted():
    """Even if it was read before: what is compared is the row at the moment of counting."""
    edition = make_edition()
    submission.sign(edition, make_submission(name="Shown Name"))
    read_earlier = Signature.objects.get()
    seen = confirmation.digest(read_earlier)
    submission.sign(edition, make_submission(name="Swapped Name"))
    assert confirmation.confirm(read_earlier, seen=seen) == ConfirmationResult.CHANGED
    assert not tally.of(edition.statement)


def test_a_form_posted_again_after_a_correction_stands_under_the_new_words():
    edition = make_edition()
    submission.sign(edition, make_submission())
    newer = Edition.objects.create(
        statement=edition.statement, number=2, language="en", title="T", body="<p>New.</p>",
        sha256="2" * 64, published_at=timezone.now(),
    )  # fmt: skip
    submission.sign(newer, make_submission())
    assert Signature.objects.get().edition == newer


def test_the_consent_is_kept_in_the_language_it_was_given_in():
    edition = make_edition()
    with translation.override("az"):
        submission.sign(edition, make_submission(consent="Razıyam."))
    signature = Signature.objects.get()
    assert (signature.language, signature.consent.language) == ("az", "az")


@pytest.mark.parametrize("verb", [decisions.hide, decisions.invalidate])
def test_showing_again_goes_back_to_what_it_was(verb):
    user = make_user()
    confirmed = make_signature(make_edition())
    verb(confirmed, by=user, reason="r")
    decisions.restore(confirmed, by=user, reason="r")
    assert confirmed.state == "confirmed"


def test_staff_cannot_confirm_in_a_signers_place():
    user, edition = make_user(), make_edition()
    pending = make_signature(edition, state="pending")
    decisions.invalidate(pending, by=user, reason="r")
    decisions.restore(pending, by=user, reason="r")
    assert pending.state == "pending"
    assert not tally.of(edition.statement)


@pytest.mark.parametrize("field", ["name", "organization"])
def test_signs_that_fold_to_many_letters_are_stored(field):
    kind = "organization" if field == "organization" else "person"
    submission.sign(make_edition(), make_submission(**{"kind": kind, field: "ﷺ" * 200}))
    assert Signature.objects.exists()


def test_organizations_of_one_name_in_two_countries_are_two():
    edition = make_edition()
    for country in ("US", "GB", "GB"):
        organization = {"kind": "organization", "organization": "Readers Union"}
        submission.sign(edition, make_submission(**organization, country=country))
    assert sorted(Organization.objects.values_list("country", flat=True)) == ["GB", "US"]


def test_a_signature_is_public_only_under_a_public_statement():
    edition = make_edition()
    make_signature(edition)
    assert Signature.objects.public().exists()
    lifecycle.withdraw(edition.statement, by=None)
    assert not Signature.objects.public().exists()
