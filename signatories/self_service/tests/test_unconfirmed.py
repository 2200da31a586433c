"""What nobody confirms is forgotten, and nothing else of the mailbox is touched."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from casa.lib import tasks
from casa.mail.models import OutgoingMail
from casa.mail.outbox import queue
from signatories.core import tally
from signatories.core.erasures import ErasedNames
from signatories.models import Erasure, Follower, Signature
from signatories.testing import form_data, make_organization, make_signature, press_confirm
from statements.models import Statement
from statements.testing import make_edition

pytestmark = pytest.mark.django_db

ADDRESS = "nora@example.org"


def signed_long_ago(edition, *, by=timedelta(days=61), **more):
    row = make_signature(edition, **{"state": "pending", "email": ADDRESS, **more})
    at = timezone.now() - by
    Signature.objects.filter(pk=row.pk).update(created_at=at, consented_at=at)
    return row


def test_it_goes_with_its_mails_and_the_mailbox_keeps_the_rest():
    edition, other = make_edition(), make_edition("The river")
    gone, stays = signed_long_ago(edition), make_signature(other, email=ADDRESS)
    follower = Follower.objects.create(
        statement=edition.statement, email=ADDRESS, email_key=ADDRESS, confirmed_at=timezone.now()
    )
    for row in (gone, stays):
        queue("signatories.confirm", to=ADDRESS, language="en", params={"signature": row.pk})
    assert tasks.run("forget-unconfirmed-signatures") == 1
    assert list(Signature.objects.all()) == [stays]
    assert OutgoingMail.objects.get().params == {"signature": stays.pk}
    assert Follower.objects.get() == follower


@pytest.mark.medium
def test_nothing_says_that_it_was_there_so_the_same_person_can_be_asked_again(client):
    edition = make_edition()
    signed_long_ago(edition)
    before = Statement.objects.get().changed_at
    tasks.run("forget-unconfirmed-signatures")
    assert not Erasure.objects.exists()
    assert not ErasedNames(edition.statement).split([])[1]
    assert Statement.objects.get().changed_at == before
    client.post(
        reverse("signatories:sign", args=[edition.statement.slug]), form_data(email=ADDRESS)
    )
    press_confirm(client, Signature.objects.get())
    assert tally.of(edition.statement).people == 1


@pytest.mark.medium
def test_an_organization_stays_in_the_directory():
    trust = make_organization("River Trust")
    signed_long_ago(make_edition(), organization=trust)
    assert tasks.run("forget-unconfirmed-signatures") == 1
    trust.refresh_from_db()


@pytest.mark.parametrize("state", ["confirmed", "hidden", "withdrawn", "invalidated"])
def test_whatever_was_decided_stays(state):
    signed_long_ago(make_edition(), state=state)
    assert tasks.run("forget-unconfirmed-signatures") == 0


def test_a_form_that_was_sent_again_counts_from_then():
    row = signed_long_ago(make_edition())
    Signature.objects.update(consented_at=timezone.now() - timedelta(days=59))
    assert tasks.run("forget-unconfirmed-signatures") == 0
    assert Signature.objects.get() == row


@pytest.mark.medium
def test_a_run_takes_batch_after_batch(monkeypatch):
    monkeypatch.setattr("casa.retention.rules.AT_ONCE", 2)
    edition = make_edition()
    for number in range(5):
        signed_long_ago(edition, email=f"signer{number}@example.org")
    assert tasks.run("forget-unconfirmed-signatures") == 5
    assert not Signature.objects.exists()
