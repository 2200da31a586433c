"""The same work is done for a mailbox that is new, known, withdrawn or had enough mails.

Times themselves are compared by benchmarks/abuse.py: here they would depend on the machine.
"""

import pytest
from django.urls import reverse

from casa.lib.testing import headers_of, queries_of
from casa.mail.models import OutgoingMail
from signatories.models import Signature
from signatories.testing import (
    form_data,
    make_organization,
    make_signature,
    use_up_mails,
    without_secrets,
    without_what_was_typed,
)
from statements.testing import make_edition

pytestmark = pytest.mark.django_db


def answer_to(client, edition, email, **typed):
    """What is answered, but for what was typed, and how often the database was read and written."""
    address = reverse("signatories:sign", args=[edition.statement.slug])
    answers = []
    sent = queries_of(lambda: answers.append(client.post(address, form_data(email=email, **typed))))
    (answer,) = answers
    assert answer.status_code == 302
    verbs = [sql.split()[0] for sql in sent]
    work = verbs.count("SELECT"), verbs.count("INSERT") + verbs.count("UPDATE")
    headers = [(name, without_secrets(value)) for name, value in sorted(headers_of(answer).items())]
    return without_what_was_typed(answer).replace(email, ""), headers, work


def work_for(client, edition, email):
    return answer_to(client, edition, email)[-1]


KNOWN = [
    {"state": "pending"},
    {"state": "confirmed"},
    {"state": "hidden"},
    {"state": "invalidated"},
    {"state": "withdrawn"},
    {"has_had_its_share": True},
]


def know(edition, *, has_had_its_share=False, **fields):
    """A mailbox that has signed, or had all mails it may get."""
    make_signature(edition, email="known@example.org", **fields)
    if has_had_its_share:
        use_up_mails("known@example.org")


@pytest.mark.medium
@pytest.mark.parametrize("fields", KNOWN)
def test_a_couple_is_answered_alike(client, fields):
    edition = make_edition(shared_mailboxes=True)
    know(edition, **fields)
    answer_to(client, edition, "first@example.org")  # fills the caches
    new = answer_to(client, edition, "newer@example.org")
    assert answer_to(client, edition, "known@example.org") == new
    partner = answer_to(client, edition, "known@example.org", name="Nils Lind")
    assert partner[:2] == new[:2]


@pytest.mark.medium
@pytest.mark.parametrize("fields", KNOWN)
def test_an_organization_that_came_by_a_link_is_answered_alike(client, fields):
    edition, trust = make_edition(), make_organization()
    make_signature(edition, "Ada Abel", share_code="abcdefghijkl")
    know(edition, organization=trust, **fields)
    typed = {
        "kind": "organization", "organization": "River Trust", "website": "river.example.org",
        "authorized": "on", "via": "abcdefghijkl",
    }  # fmt: skip
    answer_to(client, edition, "first@example.org", **typed)
    new = answer_to(client, edition, "newer@example.org", **typed)
    assert answer_to(client, edition, "known@example.org", **typed) == new


@pytest.mark.slow
@pytest.mark.parametrize("limits", [False, True])
@pytest.mark.parametrize("fields", KNOWN)
def test_the_same_number_of_reads_and_writes(client, settings, monkeypatch, fields, limits):
    settings.SIGN_LIMITS = limits
    monkeypatch.setattr(
        "signatories.signing.antispam.rate_limits.random.randrange", lambda number: 1
    )
    edition = make_edition()
    know(edition, **fields)
    work_for(client, edition, "first@example.org")  # fills the caches
    new = answer_to(client, edition, "newer@example.org")
    assert answer_to(client, edition, "known@example.org") == new


def test_who_had_enough_mails_gets_none_and_nothing_is_stored(client):
    edition = make_edition()
    know(edition, has_had_its_share=True)
    before = Signature.objects.values().get()
    work_for(client, edition, "known@example.org")
    assert Signature.objects.values().get() == before
    assert not OutgoingMail.objects.exists()
